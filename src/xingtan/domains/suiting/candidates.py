"""The facts that conditions read, of many teachers in a fixed number of queries (one of five thousand teachers each, the register's way)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from xingtan.core.selection import Candidate, Completed, Engagement
from xingtan.core.verdicts import Verdict
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.models import Kind

from .past import Seated

PASSED = frozenset({Verdict.QUALIFIED, Verdict.EXEMPT})
FINAL = frozenset(Verdict) - {Verdict.IN_PROGRESS, Verdict.UNDETERMINED}


def candidates_of(teacher_ids: Iterable[int], on: date, seated: Collection[Seated] = ()) -> dict[int, Candidate]:
    """Per teacher what is known on this day; unknown ids are absent. Merged records count with the person they were merged into.

    The caller hands in which projects with seats the people are or were in, for that is known in a later room. Completed is (our
    reading) a year whose verdict is passed, for the project that was chosen for it, and a project with seats that is over and
    whose seat the teacher kept to its end. What is not over yet is an engagement, an application under way too.
    """
    people = teachers.teachers_by_id(teacher_ids)
    verdicts = teachers.standings_of(list(people))
    chosen = enrolment.engaged_by_choice(people)
    completed, engaged = _sorted_out([*_by_choice(chosen, verdicts, on), *_by_seat(seated, on)])
    return {
        pk: _candidate(one, verdicts.get(pk, {}), tuple(completed.get(pk, ())), tuple(engaged.get(pk, ()))) for pk, one in people.items()
    }


def _candidate(
    one: teachers.Teacher, verdicts: dict[int, str], completed: tuple[Completed, ...], engaged: tuple[Engagement, ...]
) -> Candidate:
    final = {year: verdict for year, verdict in verdicts.items() if verdict in FINAL}
    last = max(final, default=None)
    return Candidate(
        teacher=one.pk,
        stage=one.stage,
        subject=one.subject,
        title=one.title,
        honour=one.honour,
        position=one.position,
        hired_on=one.hired_on,
        born_on=teachers.birthday(one),
        is_rural=one.school.is_rural,
        # Reading: a school has a line; of a teaching point the register does not say.
        is_online=None if one.school.kind == Kind.TEACHING_POINT else True,
        is_in_post=one.status == teachers.Status.IN_POST,
        last_year=last,
        last_verdict=final[last] if last is not None else None,
        completed=completed,
        engaged=engaged,
    )


def _by_choice(
    chosen: Collection[enrolment.Engaged], verdicts: dict[int, dict[int, str]], on: date
) -> Iterator[tuple[int, Completed | Engagement]]:
    for one in chosen:
        if one.is_registered and verdicts.get(one.teacher, {}).get(one.year) in PASSED:
            yield one.teacher, Completed(one.kind, min(one.to_on, on), one.project)
        elif one.to_on >= on:
            yield one.teacher, Engagement(one.project, one.kind, one.from_on, one.to_on)


def _by_seat(seated: Collection[Seated], on: date) -> Iterator[tuple[int, Completed | Engagement]]:
    for one in seated:
        if one.to_on >= on:
            yield one.teacher, Engagement(one.project, one.kind, one.from_on, one.to_on)
        elif one.is_kept:
            yield one.teacher, Completed(one.kind, one.to_on, one.project)


def _sorted_out(rows: Iterable[tuple[int, Completed | Engagement]]) -> tuple[dict[int, list[Completed]], dict[int, list[Engagement]]]:
    completed: dict[int, list[Completed]] = {}
    engaged: dict[int, list[Engagement]] = {}
    for teacher, one in rows:
        if isinstance(one, Completed):
            completed.setdefault(teacher, []).append(one)
        else:
            engaged.setdefault(teacher, []).append(one)
    return completed, engaged
