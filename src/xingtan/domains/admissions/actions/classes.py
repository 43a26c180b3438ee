"""How many a class or course takes and needs, and thin ones that are cancelled; the project's terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.domains.admissions import access
from xingtan.domains.admissions.holding import hold_project
from xingtan.domains.admissions.models import AdmissionTerms, Application, OfferLimit
from xingtan.domains.admissions.models.applications import STANDS
from xingtan.domains.admissions.moving import Deed, note
from xingtan.domains.admissions.rules import CRITERIA, refuse_steps
from xingtan.domains.admissions.states import Act
from xingtan.domains.admissions.telling import tell_them
from xingtan.domains.projects import api as projects
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .rounds import own_project
from .seating import release


class Terms(NamedTuple):
    """Whose approval, what decides when a class is too full, the line, and until when one may change, withdraw, be replaced."""

    steps: Sequence[str] = ()
    trimming: Sequence[str] = ()
    keeps_line: bool = True
    offer_hours: int = 72
    change_until: datetime | None = None
    withdraw_until: datetime | None = None
    replace_until: datetime | None = None


@atomic
def set_terms(*, actor: Actor, project_id: int, terms: Terms, now: datetime) -> AdmissionTerms:
    """The project takes people in on these terms from now on; what was decided before stays."""
    require(actor, access.DECIDE)
    own_project(actor, project_id)
    held = hold_project(project_id, now).terms
    if why := refuse_steps(terms.steps):
        raise Refused(why)
    if unknown := [name for name in terms.trimming if name not in CRITERIA]:
        raise Refused("admission_rule_unknown", rule=unknown[0])
    for name, value in terms._asdict().items():
        setattr(held, name, list(value) if name in ("steps", "trimming") else value)
    held.changed_at = now
    held.save()
    record(actor, "admissions.terms_set", "project", [project_id], now=now)
    return held


@atomic
def set_limit(*, actor: Actor, offer_id: int, most: int | None, least: int, now: datetime) -> OfferLimit:
    """The class or course takes at most so many (None: any number) and needs so many; refused where more have seats in it already."""
    require(actor, access.DECIDE)
    _offer(actor, offer_id)
    if most is not None and most < least:
        raise Refused("class_limits_backwards")
    limit, _made = OfferLimit.everywhere.update_or_create(offer_id=offer_id, defaults={"most": most, "least": least})
    record(actor, "admissions.limit_set", "offer", [offer_id], now=now, detail={"most": most, "least": least})
    return limit


@atomic
def cancel_class(*, actor: Actor, offer_id: int, reason: str, now: datetime) -> int:
    """The thin class is cancelled, its teachers' seats are free, and they are told that they choose first; answers how many they are."""
    require(actor, access.DECIDE)
    if not reason.strip():
        raise Refused("admission_needs_reason")
    offer = _offer(actor, offer_id)
    found = hold_project(offer.project_id, now)
    limit, _made = OfferLimit.everywhere.select_for_update().get_or_create(offer_id=offer_id)
    if limit.cancelled_at is not None:
        return 0
    limit.cancelled_at, limit.reason = now, reason.strip()[:200]
    limit.save(update_fields=["cancelled_at", "reason"])
    rows = Application.everywhere.filter(STANDS, choice_id=offer_id).order_by("pk").select_for_update(no_key=True, of=("self",))
    held = list(rows.select_related("teacher", "school"))
    deed = Deed(actor, now, reason.strip())
    release(found, held, Act.CANCEL, deed)
    tell_them(held, "application_class_cancelled", found.project, deed)
    note(deed, "class_cancelled", held, project=found.project.pk, offer=offer_id)
    return len(held)


def _offer(actor: Actor, offer_id: int) -> projects.Offer:
    offer = projects.offers_by_id([offer_id]).get(offer_id)
    if offer is None:
        raise NotInScope
    own_project(actor, offer.project_id)
    return offer
