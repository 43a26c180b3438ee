"""More days for a county: an act of the office above, with a reason."""

from __future__ import annotations

from datetime import date, datetime

from xingtan.core.calendar import WindowKind
from xingtan.domains.credits.api import WindowExtension
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.access import EXTEND
from xingtan.domains.reviews.rules import refuse_words
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

KINDS = (WindowKind.ENTRY, WindowKind.REVIEW, WindowKind.VERIFICATION)
OFFICES = (Kind.COUNTY, Kind.ZONE, Kind.CITY)


@atomic
def extend(  # noqa: PLR0913 -- what, for whom, until when and why
    *, actor: Actor, training_year_id: int, county_id: int, kind: WindowKind, until_on: date, reason: str, now: datetime
) -> WindowExtension:
    """The county's window stays open until this day; the same again changes nothing.

    Refused for the own office, for a day that is not after the window's last one, in a closed year, and without a reason.
    """
    require(actor, EXTEND)
    if why := refuse_words(reason):
        raise Refused(why)
    county = Organisation.objects.within(actor.scope).filter(pk=county_id, kind__in=OFFICES).first()
    year = policies.TrainingYear.everywhere.select_related("pack").filter(pk=training_year_id).first()
    if county is None or year is None or kind not in KINDS:
        raise NotInScope
    if county.pk == actor.organisation_id and actor.role is not Role.OPERATOR:
        raise Refused("not_your_level")
    if year.state == policies.YearState.CLOSED:
        raise Refused("year_closed", year=year.year)
    window = policies.windows_of(year).get(kind)
    if window is not None and until_on <= window.closes_on:
        raise Refused("extension_too_short", day=window.closes_on)
    values = {"training_year": year, "county": county, "kind": kind.value, "until_on": until_on, "reason": reason.strip()}
    same = WindowExtension.everywhere.filter(**values).first()
    if same is not None:
        return same
    made = WindowExtension.everywhere.create(**values, given_at=now, given_by_id=actor.account_id)
    detail = {"county": county.pk, "kind": kind.value, "until": until_on.isoformat()}
    record(actor, "reviews.extended", "window_extension", [made.pk], now=now, detail=detail)
    return made
