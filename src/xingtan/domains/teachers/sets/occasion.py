"""What a set of changes is made of: who enters whom when, and what each row says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xingtan.core.calendar import local_day
from xingtan.domains.teachers.models import Teacher
from xingtan.domains.teachers.states import FactKind

# Columns of a teacher that a set may change, in the order in which a page shows them.
COMPARED = (
    "name", "identity_kind", "gender", "school", "stage", "subject", "position", "title", "honour", "hired_on", "phone", "staff_number",
    "status",
)  # fmt: skip
CLOSED_KINDS = frozenset({FactKind.NAME, FactKind.PHONE})
FACT_KINDS = frozenset(FactKind)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a set is written, by whom, and in which job."""

    now: datetime
    account_id: int | None
    job_id: int | None = None

    @property
    def today(self) -> date:
        """The local day of the writing."""
        return local_day(self.now)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person who enters the register: values by column (those of `COMPARED` and `number`), the school, the number's index, facts since when."""

    values: Mapping[str, Any]
    school_id: int
    number_index: str
    since: date

    def text(self, key: str) -> str:
        """A value as text, "" where none was said."""
        value = self.values.get(key)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Change:
    """A value that changes, before and after in the register's own form (a school by its id)."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """What changes of a teacher (the row as it stands), and since when."""

    teacher: Teacher
    changes: Sequence[Change]
    since: date
