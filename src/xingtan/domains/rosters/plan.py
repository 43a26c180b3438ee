"""What a roster would change in the register: new, changed, unchanged and refused rows; nothing is written here."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from xingtan.domains.teachers.api import (
    COMPARED,
    Change,
    FactKind,
    Teacher,
    masked,
    masked_phone,
    number_index,
    open_facts_since,
    phone_index,
    phone_of,
)
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.foundation.scope.tree import counties_of

from .columns import word_for
from .reading import Problem, RowResult
from .states import RowState

CHUNK = 5000


@dataclass(slots=True)
class PlannedRow:
    """A row and what it would do."""

    read: RowResult
    state: RowState
    school_id: int = 0
    number_index: str = ""
    teacher: Teacher | None = None
    changes: list[Change] = field(default_factory=list)

    def refuse(self, problem: Problem) -> None:
        """The row is refused for this, too."""
        self.read.problems.append(problem)
        self.state = RowState.REFUSED


@dataclass(slots=True)
class Plan:
    """All rows in the file's order, and how many teachers of its schools the file does not name."""

    rows: list[PlannedRow]
    schools: Mapping[int, str]
    absent: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many rows would do what."""
        found = Counter(row.state for row in self.rows)
        return {state.value: found[state] for state in RowState}

    def of(self, state: RowState) -> list[PlannedRow]:
        """The rows that would do this."""
        return [row for row in self.rows if row.state is state]


def chunks(rows: Sequence[PlannedRow]) -> Iterator[list[PlannedRow]]:
    """The rows in portions that one query may name."""
    each = iter(rows)
    while part := list(islice(each, CHUNK)):
        yield part


def normal_place(text: str) -> str:
    """A school's or county's name as it is compared: half-width brackets, no blanks."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


class Schools:
    """The schools of a branch by name and by code."""

    def __init__(self, scope: Scope) -> None:
        kinds = [Kind.SCHOOL, Kind.TEACHING_POINT]
        found = list(Organisation.objects.within(scope).filter(kind__in=kinds, closed_on=None))
        self.names: dict[int, str] = {school.pk: school.name for school in found}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for school in found:
            self.by_name[normal_place(school.name)].append(school.pk)
            if school.code:
                self.by_name[school.code].append(school.pk)
        self._county_names: dict[int, str] | None = None

    def named(self, name: str, county: str) -> int | Problem:
        """The school of that name (in that county, where one is named), or the problem with it; one outside the branch is unknown."""
        found = self.by_name.get(normal_place(name), [])
        if county and found:
            found = [pk for pk in found if self._county_name(pk) == normal_place(county)]
        if len(found) == 1:
            return found[0]
        return Problem("school", name, "school_ambiguous" if found else "school_unknown")

    def _county_name(self, school_id: int) -> str:
        if self._county_names is None:
            above = counties_of(self.names)
            names = dict(Organisation.everywhere.filter(pk__in=set(above.values())).values_list("pk", "name"))
            self._county_names = {school: normal_place(names[county]) for school, county in above.items()}
        return self._county_names[school_id]


def plan_roster(rows: Iterable[RowResult], *, scope: Scope, today: date) -> Plan:
    """What importing these rows into this branch would do, in a number of queries that grows with chunks, not rows."""
    schools = Schools(scope)
    planned = [_start(row, schools) for row in rows]
    _find_duplicates(planned)
    for part in chunks([row for row in planned if row.number_index]):
        _compare_with_register(part, schools, today)
    return Plan(planned, schools.names, _absent(planned))


def _start(read: RowResult, schools: Schools) -> PlannedRow:
    row = PlannedRow(read, RowState.REFUSED if read.problems else RowState.NEW)
    if name := read.text("school"):
        found = schools.named(name, read.text("county"))
        if isinstance(found, Problem):
            row.refuse(found)
        else:
            row.school_id = found
    if number := read.text("number"):
        row.number_index = number_index(number)
    return row


def _find_duplicates(rows: Sequence[PlannedRow]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if row.number_index and first.setdefault(row.number_index, row.read.row) != row.read.row:
            row.refuse(Problem("number", masked(row.read.text("number")), "duplicate_in_file", {"row": first[row.number_index]}))


def _compare_with_register(rows: Sequence[PlannedRow], schools: Schools, today: date) -> None:
    indexes = [row.number_index for row in rows]
    known = {teacher.number_index: teacher for teacher in Teacher.everywhere.filter(number_index__in=indexes)}
    for row in rows:
        row.teacher = known.get(row.number_index)
        if row.teacher and row.teacher.school_id not in schools.names:
            row.refuse(Problem("number", masked(row.read.text("number")), "already_elsewhere"))
            row.teacher = None
        elif row.teacher and row.state is not RowState.REFUSED:
            row.changes = changes_of(row, row.teacher)
            row.state = RowState.CHANGED if row.changes else RowState.UNCHANGED
    _refuse_too_early([row for row in rows if row.state is RowState.CHANGED and row.read.values.get("effective_on")])


def changes_of(row: PlannedRow, teacher: Teacher) -> list[Change]:
    """What the row says otherwise than the register; a cell left empty says nothing."""
    values, changes = row.read.values, []
    for key in COMPARED:
        if key not in values:
            continue
        if key == "school":
            before, after = str(teacher.school_id), str(row.school_id)
        elif key == "phone":
            after = str(values[key])
            before = after if phone_index(after) == teacher.phone_index else phone_of(teacher)
        else:
            before, after = str(getattr(teacher, key)), str(values[key])
        if before != after:
            changes.append(Change(key, before, after))
    return changes


def _refuse_too_early(rows: Sequence[PlannedRow]) -> None:
    ids = [row.teacher.pk for row in rows if row.teacher]
    kinds = open_facts_since(ids)
    for row in rows:
        effective = row.read.values["effective_on"]
        since = [kinds.get((row.teacher.pk, change.column)) for change in row.changes if row.teacher]
        late = [day for day in since if day and isinstance(effective, date) and day > effective]
        if late and any(change.column != FactKind.HIRED_ON for change in row.changes):
            row.refuse(Problem("effective_on", str(effective), "effective_too_early", {"day": max(late).isoformat()}))


def _absent(rows: Sequence[PlannedRow]) -> int:
    schools = {row.school_id for row in rows if row.school_id}
    named = {row.teacher.pk for row in rows if row.teacher}
    stay = Teacher.everywhere.filter(school_id__in=schools, status="in_post").values_list("pk", flat=True)
    return sum(pk not in named for pk in stay)


def shown(change: Change, value: str, schools: Mapping[int, str]) -> str:
    """A changed value as a preview shows it."""
    if change.column == "school":
        return schools.get(int(value), "")
    return masked_phone(value) if change.column == "phone" else word_for(change.column, value)
