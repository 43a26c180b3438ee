"""What a roster would change in the register: new, changed, unchanged and refused rows; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from xingtan.domains.teachers.api import Change, FactKind, Status, Teacher, masked, masked_phone, number_index, open_facts_since

from .branch import Schools
from .columns import word_for
from .compare import SCHOOL, STATUS, Standing, changes, differing, phones_of, refuse_person, standing
from .reading import Problem, Raw, Reader, RowResult
from .spool import GoodRow, Spool
from .states import RowState

SHOWN_ROWS = 200
MOST_REFUSED = 5000


@dataclass(slots=True)
class PlannedRow:
    """A row and what it would do."""

    read: RowResult
    state: RowState
    school_id: int = 0
    number_index: str = ""
    teacher_id: int = 0
    changes: list[Change] = field(default_factory=list)

    def refuse(self, problem: Problem) -> None:
        """The row is refused for this, too."""
        self.read.problems.append(problem)
        self.state = RowState.REFUSED


@dataclass(slots=True)
class Plan:
    """How many rows would do what, the first of each kind, and how many teachers of its schools the file does not name."""

    schools: Mapping[int, str]
    tally: Counter[RowState] = field(default_factory=Counter)
    kept: dict[RowState, list[PlannedRow]] = field(default_factory=lambda: {state: [] for state in RowState})
    absent: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many rows would do what."""
        return {state.value: self.tally[state] for state in RowState}

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return self.tally.total()

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.tally[RowState.NEW] + self.tally[RowState.CHANGED]

    def of(self, state: RowState) -> list[PlannedRow]:
        """The rows that would do this: refused ones up to 5,000, of the others the first 200."""
        return self.kept[state]

    def note(self, row: PlannedRow) -> None:
        """The row is counted, and kept to be shown while there is room."""
        self.tally[row.state] += 1
        kept = self.kept[row.state]
        if len(kept) < (MOST_REFUSED if row.state is RowState.REFUSED else SHOWN_ROWS):
            kept.append(row)


class Planner:
    """Takes rows in portions and says of each what it would do, in a number of queries that grows with portions, not rows."""

    def __init__(self, reader: Reader, schools: Schools, spool: Spool | None = None) -> None:
        self._reader, self._schools, self._spool = reader, schools, spool
        self.plan = Plan(schools.names)
        self._first: dict[int, int] = {}
        self._named: set[int] = set()
        self._met: Counter[int] = Counter()

    def take(self, part: Sequence[Raw]) -> None:
        """The rows are counted, kept to be shown, and put aside to be written."""
        rows = [self._start(self._reader.read(number, cells)) for number, cells in part]
        stands = standing([row.number_index for row in rows if row.number_index])
        telling = [row for row in rows if self._says_something(row, stands.get(row.number_index))]
        self._compare(telling, stands)
        for row in rows:
            self.plan.note(row)
            if self._spool and row.state in (RowState.NEW, RowState.CHANGED):
                self._spool.put(GoodRow(row.read.row, row.read.values, row.school_id, row.number_index))

    def _start(self, read: RowResult) -> PlannedRow:
        row = PlannedRow(read, RowState.REFUSED if read.problems else RowState.NEW)
        values: dict[str, Any] = read.values
        if name := values.get("school"):
            found = self._schools.named(name, values.get("county", ""))
            if isinstance(found, Problem):
                row.refuse(found)
            else:
                row.school_id = found
                self._named.add(found)
        if number := values.get("number"):
            row.number_index = number_index(number)
            first = self._first.setdefault(int(row.number_index[:15], 16), read.row)
            if first != read.row:
                row.refuse(Problem("number", masked(number), "duplicate_in_file", {"row": first}))
        return row

    def _says_something(self, row: PlannedRow, stands: Standing | None) -> bool:
        """False for a row that says what the register says: nothing of it has to be looked at further."""
        if stands is None:
            return True
        if stands[STATUS] == Status.IN_POST:
            self._met[stands[SCHOOL]] += 1
        if row.state is RowState.REFUSED or stands[SCHOOL] not in self._schools.names or stands[STATUS] == Status.MERGED:
            return True
        if differing(row.read.values, row.school_id, stands):
            return True
        row.state, row.teacher_id = RowState.UNCHANGED, stands[-1]
        return False

    def _compare(self, rows: Sequence[PlannedRow], stands: Mapping[str, Standing]) -> None:
        for row in rows:
            number = row.read.text("number")
            self._reader.look_across(row.read)
            if row.read.problems:
                row.state = RowState.REFUSED
            theirs = stands.get(row.number_index)
            if theirs and (problem := refuse_person(theirs, number, self._schools.names)):
                row.refuse(problem)
            elif theirs and row.state is not RowState.REFUSED:
                row.state, row.teacher_id = RowState.CHANGED, theirs[-1]
        self._tell_changes([row for row in rows if row.state is RowState.CHANGED], stands)

    def _tell_changes(self, rows: Sequence[PlannedRow], stands: Mapping[str, Standing]) -> None:
        columns = {row.teacher_id: differing(row.read.values, row.school_id, stands[row.number_index]) for row in rows}
        phones = phones_of([pk for pk, names in columns.items() if "phone" in names])
        for row in rows:
            theirs, phone = stands[row.number_index], phones.get(row.teacher_id, "")
            row.changes = changes(columns[row.teacher_id], row.read.values, row.school_id, theirs, phone)
        refuse_too_early([row for row in rows if "effective_on" in row.read.values])

    def finish(self) -> Plan:
        """The plan, with how many people in post at the file's schools it does not name."""
        posts = Teacher.everywhere.filter(school_id__among=list(self._named), status=Status.IN_POST)
        held = dict(posts.order_by().values_list("school_id").annotate(n=Count("pk")).values_list("school_id", "n"))
        self.plan.absent = sum(max(0, count - self._met[school]) for school, count in held.items())
        return self.plan


def refuse_too_early(rows: Sequence[PlannedRow]) -> None:
    """Rows whose day of effect lies before a change that is already on record are refused."""
    kinds = open_facts_since([row.teacher_id for row in rows]) if rows else {}
    for row in rows:
        effective = row.read.values["effective_on"]
        since = [kinds.get((row.teacher_id, change.column)) for change in row.changes]
        late = [day for day in since if day and isinstance(effective, date) and day > effective]
        if late and any(change.column != FactKind.HIRED_ON for change in row.changes):
            row.refuse(Problem("effective_on", str(effective), "effective_too_early", {"day": max(late).isoformat()}))


def shown(change: Change, value: str, schools: Mapping[int, str]) -> str:
    """A changed value as a preview shows it."""
    if change.column == "school":
        return schools.get(int(value), "")
    return masked_phone(value) if change.column == "phone" else word_for(change.column, value)
