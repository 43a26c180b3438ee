"""Reading the month's workbook back: what each filled-in row decides, and which rows cannot be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from xingtan.foundation.files.sheets import Cell, open_sheet
from xingtan.foundation.refusal import Refused

from .month_book import CHOICES, DECISION, HEADINGS, KEY, PASS, REPORT, RETURN, REVIEW, TEACHER, WORDS

SHEETS = (CHOICES, REVIEW, REPORT)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that decides nothing: its sheet and line, whose it is, and why."""

    sheet: str
    line: int
    teacher: str
    why: str


@dataclass
class Plan:
    """Keys to pass by sheet, keys to return by sheet and words, and the rows that cannot be read."""

    passed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    returned: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int, int]]:
        """Of each sheet how many pass and how many go back."""
        return [
            (name, len(self.passed[name]), sum(len(keys) for (sheet, _w), keys in self.returned.items() if sheet == name))
            for name in SHEETS
        ]

    @property
    def total(self) -> int:
        """How many rows decide something."""
        return sum(passed + returned for _name, passed, returned in self.counts)


def plan_of(path: Path) -> Plan:
    """What the workbook decides; refused when it is not the month's workbook."""
    plan, known = Plan(), 0
    for name in SHEETS:
        with open_sheet(path, sheet=name) as found:
            if not found.is_absent:
                known += 1
                for line, row in _rows(found.rows):
                    _read(plan, name, line, row)
    if not known:
        raise Refused("month_book_unknown")
    return plan


def _rows(rows: Iterator[tuple[int, list[Cell]]]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the headings, by heading."""
    places: dict[str, int] = {}
    for line, cells in rows:
        words = [str(cell).strip() for cell in cells]
        if not places:
            places = {heading: words.index(heading) for heading in HEADINGS if heading in words}
            if not {KEY, DECISION, WORDS} <= places.keys():
                raise Refused("month_book_unknown")
        elif any(words):
            yield line, {heading: words[at] if at < len(words) else "" for heading, at in places.items()}


def _read(plan: Plan, sheet: str, line: int, row: dict[str, str]) -> None:
    decision, words = row[DECISION], row[WORDS][:LONGEST]
    if not decision:
        return
    if decision == PASS:
        plan.passed[sheet].append(row[KEY])
    elif decision == RETURN and words:
        plan.returned[sheet, words].append(row[KEY])
    else:
        why = _("Say in 说明 why it goes back.") if decision == RETURN else _("决定 is 通过, 退回 or empty.")
        plan.problems.append(Problem(sheet, line, row.get(TEACHER, ""), why))
