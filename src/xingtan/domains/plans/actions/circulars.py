"""Circulars go down the tree: issued to levels, read and answered by units, withdrawn with a reason (B9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from xingtan.core.calendar import local_day
from xingtan.domains.plans.access import ISSUE_CIRCULARS, REPLY_CIRCULARS
from xingtan.domains.plans.models import Circular, CircularReceipt
from xingtan.domains.plans.queries.below import LEVELS
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_rows
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import BUREAU, SCHOOL, Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation


class Issued(NamedTuple):
    """What a circular says, to which levels, and until when an answer is wanted (None: none)."""

    title: str
    text: str
    levels: Sequence[str]
    number: str = ""
    reply_by: date | None = None


@atomic
def issue_circular(*, actor: Actor, issued: Issued, now: datetime) -> Circular:
    """Every open unit of these levels below the office has it, and who works there is told."""
    require(actor, ISSUE_CIRCULARS)
    kinds = [kind for kind, level in LEVELS.items() if level in issued.levels]
    units = Organisation.objects.within(actor.scope).filter(kind__in=kinds, closed_on=None).exclude(pk=actor.organisation_id or 0)
    ids = list(units.order_by("path").values_list("pk", flat=True))
    if not ids or actor.organisation_id is None:
        raise Refused("circular_reaches_nobody")
    values = issued._asdict() | {"levels": sorted(issued.levels)}
    made: Circular = Circular.everywhere.create(
        organisation_id=actor.organisation_id, issued_at=now, issued_by_id=actor.account_id, **values
    )
    insert_rows(CircularReceipt, ("circular", "organisation", "reply"), ((made.pk, pk, "") for pk in ids))
    _tell(made, ids, now)
    record(actor, "plans.circular_issued", "circular", [made.pk], now=now, detail={"units": len(ids)})
    return made


def _tell(circular: Circular, unit_ids: Sequence[int], now: datetime) -> None:
    people = Grant.objects.filter(organisation__in=unit_ids, role__in=SCHOOL | BUREAU, ended_at=None, from_on__lte=now.date())
    accounts = set(people.exclude(to_on__lt=now.date()).values_list("account_id", flat=True))
    params = {"office": circular.organisation.name, "title": circular.title}
    link = reverse("bureau:circular", args=[circular.public_id])
    tell(accounts, "circular_issued", source=f"circular:{circular.pk}", params=params, link=link, now=now)


@atomic
def read_circular(*, actor: Actor, circular_id: int, now: datetime) -> None:
    """It is known that the actor's unit has read it; the first time counts."""
    if not actor.may(REPLY_CIRCULARS):
        return
    own = CircularReceipt.everywhere.filter(circular_id=circular_id, organisation_id=actor.organisation_id or 0, read_at=None)
    own.update(read_at=now, read_by_id=actor.account_id)


@atomic
def reply_to_circular(*, actor: Actor, circular_id: int, words: str, now: datetime) -> CircularReceipt:
    """The actor's unit has answered; until the last day a later answer replaces it."""
    require(actor, REPLY_CIRCULARS)
    own = CircularReceipt.everywhere.select_for_update(of=("self",)).select_related("circular")
    receipt: CircularReceipt | None = own.filter(circular_id=circular_id, organisation_id=actor.organisation_id or 0).first()
    if receipt is None:
        raise NotInScope
    circular = receipt.circular
    if circular.withdrawn_at is not None:
        raise Refused("circular_withdrawn")
    if circular.reply_by is None:
        raise Refused("circular_wants_no_reply")
    if local_day(now) > circular.reply_by:
        raise Refused("circular_reply_late", reply_by=circular.reply_by.isoformat())
    if not words.strip():
        raise Refused("circular_words_missing")
    receipt.reply, receipt.replied_at, receipt.read_at = words.strip(), now, receipt.read_at or now
    receipt.save(update_fields=["reply", "replied_at", "read_at"])
    record(actor, "plans.circular_answered", "circular", [circular.pk], now=now)
    return receipt


@atomic
def withdraw_circular(*, actor: Actor, circular_id: int, reason: str, now: datetime) -> Circular:
    """The circular holds no more; it stays to be read, with the reason. Again changes nothing."""
    require(actor, ISSUE_CIRCULARS)
    found = Circular.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=circular_id)
    circular: Circular | None = found.filter(organisation_id=actor.organisation_id or 0).first()
    if circular is None:
        raise NotInScope
    if not reason.strip():
        raise Refused("circular_words_missing")
    if circular.withdrawn_at is None:
        circular.withdrawn_at, circular.reason = now, reason.strip()[:200]
        circular.save(update_fields=["withdrawn_at", "reason"])
        record(actor, "plans.circular_withdrawn", "circular", [circular.pk], now=now)
    return circular
