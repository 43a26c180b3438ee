"""The night's look: day after day that is over, kind after kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from xingtan.core.calendar import local_day, midnight_of
from xingtan.domains.exchange import api as exchange
from xingtan.domains.kits import api as kits
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind, start_job, tell_progress
from xingtan.foundation.people.roles import OPERATOR, Actor, require

from . import detectors, frames
from .access import LOOK
from .actions.keeping import keep_findings
from .detectors import Finding
from .models import Watermark
from .queries import limits
from .rules import Limits
from .states import Kind, Sureness

LOOK_JOB = "anomalies.look"
FIRST_LOOK = 30
BEFORE = 2
"""Days before the one that is looked at which a stretch without rest may begin in."""
LATE: Mapping[Kind, int] = {Kind.TWO_PLACES: 14}
"""What is confirmed days later is looked at again for so long; the same finding changes nothing."""


def _devices(on: date, rules: Limits) -> list[Finding]:
    return detectors.shared_devices(frames.openings_of(on), frames.studied_on(on, on), on, rules)


def _clock(on: date, rules: Limits) -> list[Finding]:
    return detectors.around_clock(frames.studied_on(on - timedelta(days=BEFORE), on), on, rules)


def _addresses(on: date, rules: Limits) -> list[Finding]:
    openings = frames.openings_of(on)
    schools = {pk: school_id for pk, school_id, _hired in teachers.posts_of({one.teacher_id for one in openings})}
    habits = frames.habits_of({one.address for one in openings}, schools, on)
    return detectors.one_address(openings, habits, schools, on, rules)


def _answers(on: date, rules: Limits) -> list[Finding]:
    return detectors.fast_answers(frames.answered_on(on), on, rules)


def _beats(on: date, rules: Limits) -> list[Finding]:
    return detectors.refused_beats(frames.beats_of(on), on, rules)


def _places(on: date, rules: Limits) -> list[Finding]:
    attended: Callable[[date, date], list[tuple[int, int, int, str]]] = getattr(kits, "attended", lambda _first, _last: [])
    meetings = frames.meetings_of(on)
    meetings += [detectors.Meeting(teacher_id, words, until - at, at, until) for teacher_id, at, until, words in attended(on, on)]
    studied = frames.studied_on(on, on, {one.teacher_id for one in meetings}) if meetings else []
    return detectors.two_places(meetings, studied, on, rules)


def _records(on: date, _rules: Limits) -> list[Finding]:
    """Judged on that day. What is wrong in them does not count already; people look whether the provider is at fault."""
    first, beyond = (datetime.fromtimestamp(midnight_of(on.toordinal() + more), UTC) for more in (0, 1))
    return [
        Finding(
            kind=Kind.PROVIDER_RECORDS,
            subject=f"provider:{one.provider_id}:{on}",
            teacher_id=one.teacher_id,
            unit_id=None,
            local_on=date.fromordinal(one.last_on_ordinal),
            key=f"claim:{one.claim_id}:{one.why.value}",
            sureness=Sureness.STRONG,
            from_at=one.from_at,
            until_at=one.until_at,
            facts={"what": one.why.value, "seconds": one.seconds, "said_s": one.said_s, "provider": one.provider_id},
        )
        for one in exchange.contradictions(first)
        if one.teacher_id is not None and one.judged_at < beyond
    ]


LOOKS: Mapping[Kind, Callable[[date, Limits], list[Finding]]] = {
    Kind.SHARED_DEVICE: _devices,
    Kind.AROUND_CLOCK: _clock,
    Kind.ONE_ADDRESS: _addresses,
    Kind.FAST_ANSWERS: _answers,
    Kind.REFUSED_BEATS: _beats,
    Kind.PROVIDER_RECORDS: _records,
    Kind.TWO_PLACES: _places,
}


def look(now: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Every day that is over was looked at for every kind, each once; answers how many cases are new. Cheap when nothing is left to look at."""
    last = local_day(now) - timedelta(days=1)
    marks = dict(Watermark.objects.values_list("kind", "through_on"))
    waiting = [(kind, on) for kind in LOOKS for on in _days(kind, marks.get(kind.value), last)]
    found = 0
    for place, (kind, on) in enumerate(waiting, start=1):
        found += _look_at(kind, on, now)
        progress(place, len(waiting))
    if found:
        record(OPERATOR, "anomalies.found", "anomaly_case", [], now=now, detail={"cases": found})
    return found


def _days(kind: Kind, through: date | None, last: date) -> list[date]:
    if through is not None and through >= last:
        return []
    first = (through - timedelta(days=LATE.get(kind, 0)) if through else last - timedelta(days=FIRST_LOOK)) + timedelta(days=1)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@atomic
def _look_at(kind: Kind, on: date, now: datetime) -> int:
    found = keep_findings(LOOKS[kind](on, limits()), now=now)
    mark, _made = Watermark.objects.select_for_update().get_or_create(kind=kind.value, defaults={"through_on": on, "looked_at": now})
    mark.through_on, mark.looked_at = max(mark.through_on, on), now
    mark.save()
    return found


def looked_through() -> date | None:
    """The last day that was looked at for every kind; None while there is none."""
    marks = dict(Watermark.objects.values_list("kind", "through_on"))
    return min(marks.values()) if len(marks) == len(LOOKS) else None


def start_look(*, actor: Actor, now: datetime) -> Job:
    """The look begins in the background now instead of at night."""
    require(actor, LOOK)
    return start_job(actor=actor, kind=LOOK_JOB, params={}, now=now)


@job_kind(LOOK_JOB)
def _look_job(job: Job, _actor: Actor) -> Mapping[str, Any]:
    return {"cases": look(timezone.now(), lambda done, total: tell_progress(job, done, total))}
