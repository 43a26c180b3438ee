"""What a file of results would bring: each row new, changed, unchanged, or refused with its reasons. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xingtan.core.calendar import local_day
from xingtan.core.policy import Policy
from xingtan.domains.assessment.access import ENTER_RESULTS
from xingtan.domains.assessment.models import ExamResult
from xingtan.domains.assessment.states import ResultState, RowState
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, require

from .reading import Typed, read_results
from .rules import STATE_WORDS, Entered, refuse_result, score_of_text, test_named

Key = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file, what it would do, and the result it is or what is wrong with it; `was` is the result that it would supersede."""

    typed: Typed
    state: RowState
    entered: Entered | None = None
    problems: tuple[str, ...] = ()
    was: ExamResult | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows of a file, in its order."""

    lines: tuple[Line, ...]

    def of(self, state: RowState) -> list[Line]:
        """The rows in this state."""
        return [line for line in self.lines if line.state is state]

    @property
    def counts(self) -> dict[RowState, int]:
        """How many rows are in each state; every state is there."""
        counted = Counter(line.state for line in self.lines)
        return {state: counted[state] for state in RowState}


def plan_results(*, actor: Actor, training_year_id: int, test: str, path: Path, now: datetime) -> Plan:
    """What the file would bring for the year; rows that name no test are of the one given. Queries do not grow with the rows."""
    require(actor, ENTER_RESULTS)
    year = policies.year_by_id(actor, training_year_id)
    policy = policies.policy_of(year)
    rows = read_results(path)
    people = teachers.teachers_by_number({row.number for row in rows if row.number}, actor.scope)
    standing = standing_results(year.pk, {one.pk for one in people.values()})
    read = [_read(row, policy, test, people.get(row.number), local_day(now)) for row in rows]
    times = Counter(entered.key for entered, _ in read if entered is not None)
    return Plan(tuple(_line(row, entered, problems, times, standing) for row, (entered, problems) in zip(rows, read, strict=True)))


def standing_results(training_year_id: int, teacher_ids: set[int]) -> dict[Key, ExamResult]:
    """The results of these teachers that stand, by teacher, test and sitting, in one query."""
    rows = ExamResult.everywhere.filter(training_year_id=training_year_id, teacher_id__among=teacher_ids, superseded_at=None)
    return {(one.teacher_id, one.test, one.sitting): one for one in rows}


def _read(row: Typed, policy: Policy, test: str, teacher: teachers.Teacher | None, today: date) -> tuple[Entered | None, list[str]]:
    problems = []
    if teacher is None:
        problems.append("result_nobody")
    elif teachers.normal_name(row.name) != teacher.name:
        problems.append("result_name_differs")
    found = test_named(policy, row.test or test)
    state, score = _outcome(row)
    if found is None:
        problems.append("result_test_unknown")
    if state is None:
        problems.append("result_state_unknown")
    if row.score and score is None and row.score not in STATE_WORDS:
        problems.append("result_score_shape")
    day = _day(row.day)
    if row.day and day is None:
        problems.append("result_day_shape")
    if row.sitting and not row.sitting.isdecimal():
        problems.append("result_sitting")
    if problems or teacher is None or found is None or state is None:
        return None, problems
    entered = Entered(teacher.pk, found.code, state, score, day, int(row.sitting or 1))
    why = refuse_result(policy, entered, today=today)
    return (None, [why]) if why else (entered, [])


def _outcome(row: Typed) -> tuple[ResultState | None, int | None]:
    """State and score; a word such as 缺考 may stand where the score stands."""
    if row.score in STATE_WORDS and row.score and not row.state:
        return STATE_WORDS[row.score], None
    return STATE_WORDS.get(row.state.casefold()), score_of_text(row.score)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def _line(
    typed: Typed, entered: Entered | None, problems: Sequence[str], times: Mapping[Key, int], standing: Mapping[Key, ExamResult]
) -> Line:
    if entered is None:
        return Line(typed, RowState.REFUSED, problems=tuple(problems))
    if times[entered.key] > 1:
        return Line(typed, RowState.REFUSED, problems=("result_twice",))
    was = standing.get(entered.key)
    if was is None:
        return Line(typed, RowState.NEW, entered)
    return Line(typed, RowState.UNCHANGED if says_same(was, entered) else RowState.CHANGED, entered, was=was)


def says_same(row: ExamResult, entered: Entered) -> bool:
    """True when the standing result says the same; a day that is not given says nothing."""
    return (row.state, row.score_centi) == (entered.state.value, entered.score_centi) and entered.sat_on in (None, row.sat_on)
