"""My time, day by day: what was counted when, and what was not and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from xingtan.core.calendar import SHANGHAI
from xingtan.core.learned_time import BeatReason
from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.formats import duration

DAYS = timedelta(days=30)
# A beat of these tells of seconds that cannot be; how often it came says more.
TOLD_BY_NUMBER = {BeatReason.IMPOSSIBLE_SPEED, BeatReason.FROM_THE_FUTURE, BeatReason.SESSION_UNKNOWN, BeatReason.BEYOND_END}


@require_safe
@allowed(learning.STUDY)
def my_time(request: Request) -> HttpResponse:
    """Thirty-one days of the actor's time, of one unit or of all, and what other sources add or take away."""
    teacher_id, last_on = request.actor.teacher_id or 0, _last_day(request)
    unit = courses.unit_by_public_id(request.GET["unit"]) if request.GET.get("unit") else None
    days = learning.days_of(teacher_id, last_on - DAYS, last_on, unit.pk if unit else None)
    ids = {one.unit_id for day in days for one in day.units} | ({unit.pk} if unit else set())
    facts = {
        "unit": unit,
        "last_on": last_on,
        "earlier_on": last_on - DAYS - timedelta(days=1),
        "days": _shown(days, courses.units_by_id(ids)),
        "learned_s": sum(day.learned_s for day in days),
        "shares": [(share, _source(share.source)) for share in learning.shares_of(teacher_id, ids)],
    }
    return render(request, "trainee/my_time.html", facts)


def _last_day(request: Request) -> date:
    try:
        return min(date.fromisoformat(request.GET.get("until", "")), request.today)
    except ValueError:
        return request.today


def _shown(days: list[learning.DayTime], units: Mapping[int, courses.Unit]) -> list[dict[str, Any]]:
    return [
        {
            "on": day.on,
            "learned_s": day.learned_s,
            "units": [
                {"unit": units.get(one.unit_id), "learned_s": one.learned_s, "when": _when(one), "not_counted": _not_counted(one)}
                for one in day.units
            ],
        }
        for day in days
    ]


def _when(one: learning.UnitTime) -> str:
    """The hours and minutes between which was studied."""
    minutes = [(_minute(start), _minute(end)) for start, end in one.when]
    return "，".join(start if start == end else f"{start}–{end}" for start, end in minutes)


def _minute(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC).astimezone(SHANGHAI):%H:%M}"


def _not_counted(one: learning.UnitTime) -> list[tuple[str, str]]:
    """Each reason in words, with how much or how often."""
    return [(str(learning.REASONS[BeatReason(row.reason)]), _how_much(row)) for row in one.not_counted]


def _how_much(row: learning.NotCounted) -> str:
    if row.reason in TOLD_BY_NUMBER:
        return ngettext("%(n)s time", "%(n)s times", row.beats) % {"n": row.beats}
    return duration(row.seconds)


def _source(source: str) -> str:
    kind = source.partition(":")[0]
    return {"kit": _("studied with an offline kit"), "anomaly": _("taken back after a check")}.get(kind, _("from another source"))
