"""Keeping what was found: one case for one look, the same finding never twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from xingtan.domains.anomalies.detectors import Finding
from xingtan.domains.anomalies.frames import seconds_of
from xingtan.domains.anomalies.models import Case, Concern, Deed, Trace
from xingtan.domains.anomalies.queries import years_of
from xingtan.domains.anomalies.states import Act, State, Sureness
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.scope.tree import counties_of

UNDECIDED = frozenset({State.FOUND, State.ASKED, State.ANSWERED})
SURER = {Sureness.WEAK: 0, Sureness.LIKELY: 1, Sureness.STRONG: 2}
Place: TypeAlias = tuple[str, str, int, int]
"""Kind, subject, county and year: what one case is about."""


class Placed(NamedTuple):
    """A finding with the teacher's school and the seconds that were counted of its unit and day."""

    finding: Finding
    school_id: int
    seconds: int


@atomic
def keep_findings(findings: Iterable[Finding], *, now: datetime) -> int:
    """Every finding stands as evidence of one case; answers how many cases are new. What is known already changes nothing.

    A case collects one kind about one subject in one county and year. What comes after its decision begins a new round.
    """
    fresh = _unknown(findings)
    if not fresh:
        return 0
    places = _by_place(fresh)
    cases = _cases(places, now)
    made = 0
    for place, rows in sorted(places.items()):
        made += _keep(place, rows, cases.get(place, []), now)
    return made


def _unknown(findings: Iterable[Finding]) -> list[Finding]:
    by_key = {one.key: one for one in findings}
    keys = list(by_key)
    for start in range(0, len(keys), 5_000):
        for key in Trace.objects.filter(key__in=keys[start : start + 5_000]).values_list("key", flat=True):
            del by_key[key]
    return list(by_key.values())


def _by_place(findings: Sequence[Finding]) -> dict[Place, list[Placed]]:
    """The findings by kind, subject, county and year; what belongs to no training year is nobody's concern."""
    schools = {pk: school_id for pk, school_id, _hired in teachers.posts_of({one.teacher_id for one in findings})}
    counties = counties_of(schools.values())
    years = years_of({(one.teacher_id, one.unit_id, one.local_on) for one in findings})
    seconds = seconds_of({(one.teacher_id, one.unit_id, one.local_on) for one in findings if one.unit_id is not None})
    found: dict[Place, list[Placed]] = defaultdict(list)
    for one in findings:
        school_id, year_id = schools.get(one.teacher_id), years.get((one.teacher_id, one.unit_id, one.local_on))
        if school_id is not None and year_id is not None:
            counted = seconds.get((one.teacher_id, one.unit_id or 0, one.local_on), 0)
            found[one.kind.value, one.subject, counties[school_id], year_id].append(Placed(one, school_id, counted))
    return dict(found)


def _cases(places: Collection[Place], now: datetime) -> dict[Place, list[Case]]:
    """Every round of these places' cases, in order, locked."""
    rows = Case.everywhere.select_for_update().filter(
        subject__in={place[1] for place in places}, county_id__in={place[2] for place in places}
    )
    found: dict[Place, list[Case]] = defaultdict(list)
    for one in rows.order_by("pk"):
        found[one.kind, one.subject, one.county_id, one.training_year_id].append(one)
    return found


def _keep(place: Place, rows: Sequence[Placed], rounds: Sequence[Case], now: datetime) -> int:
    """The rows stand in the latest round where nothing was decided about their teachers, the others in a new one; answers how many are new."""
    latest = max(rounds, key=lambda one: one.round, default=None)
    held = {one.teacher_id: one for one in Concern.everywhere.filter(case=latest)} if latest and latest.is_open else {}
    late = [row for row in rows if latest is None or not latest.is_open or _is_decided(held.get(row.finding.teacher_id))]
    early = [row for row in rows if row not in late]
    if latest is not None and early:
        _add(latest, early, held, now)
    if late:
        fresh = _new_case(place, latest.round + 1 if latest else 1, late, now)
        _add(fresh, late, {}, now)
    return 1 if late else 0


def _is_decided(concern: Concern | None) -> bool:
    return concern is not None and concern.state not in UNDECIDED


def _new_case(place: Place, number: int, rows: Sequence[Placed], now: datetime) -> Case:
    days = [row.finding.local_on for row in rows]
    kind, subject, county_id, year_id = place
    return Case.everywhere.create(
        kind=kind, subject=subject, county_id=county_id, training_year_id=year_id, round=number, sureness=Sureness.WEAK.value,
        first_on=min(days), last_on=max(days), found_at=now, changed_at=now,
    )  # fmt: skip


def _add(case: Case, rows: Sequence[Placed], held: Mapping[int, Concern], now: datetime) -> None:
    concerns = dict(held)
    strangers = {row.finding.teacher_id: row.school_id for row in rows if row.finding.teacher_id not in concerns}
    made = [Concern(case=case, teacher_id=pk, school_id=school_id, changed_at=now) for pk, school_id in sorted(strangers.items())]
    for one in Concern.everywhere.bulk_create(made):
        concerns[one.teacher_id] = one
    Deed.objects.bulk_create(Deed(concern=one, act=Act.FOUND.value, state=State.FOUND.value, at=now) for one in made)
    Trace.objects.bulk_create([_trace(concerns[row.finding.teacher_id], row) for row in rows], batch_size=500)
    for row in rows:
        concerns[row.finding.teacher_id].seconds += row.seconds
    Concern.everywhere.bulk_update(concerns.values(), ["seconds"], batch_size=500)
    _retell(case, rows, concerns.values(), now)


def _trace(concern: Concern, row: Placed) -> Trace:
    one = row.finding
    return Trace(
        concern=concern, key=one.key, unit_id=one.unit_id, local_on=one.local_on, from_at=one.from_at, until_at=one.until_at,
        seconds=row.seconds, facts={**one.facts, "sureness": one.sureness.value},
    )  # fmt: skip


def _retell(case: Case, rows: Sequence[Placed], concerns: Collection[Concern], now: datetime) -> None:
    days: list[date] = [case.first_on, case.last_on, *(row.finding.local_on for row in rows)]
    surest = max([Sureness(case.sureness), *(row.finding.sureness for row in rows)], key=SURER.__getitem__)
    case.first_on, case.last_on, case.sureness, case.changed_at = min(days), max(days), surest.value, now
    case.concern_count, case.trace_count = len(concerns), case.trace_count + len(rows)
    case.seconds = sum(one.seconds for one in concerns)
    case.save(update_fields=["first_on", "last_on", "sureness", "changed_at", "concern_count", "trace_count", "seconds"])
