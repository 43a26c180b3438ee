"""A provider's file of records: read, each row resolved to its teacher and offer or told what is wrong with it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

import python_calamine

from xingtan.core.calendar import local_day
from xingtan.core.policy import Policy
from xingtan.core.policy.kinds import TermColumn
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import STEP, Scope

from .access import DELIVER_RECORDS
from .actions import RecordRow
from .models import DeliveredRecord
from .rules import refuse_delivered

HEADINGS = ("记录编号", "身份证件号码", "姓名", "课程/项目", "学时秒数", "日期")
# A file may also say how it was studied, in the words of the pack: online, in the township, with discs.
MODE_HEADING = "学习方式"
MOST_ROWS = 100_000
MOST_NUMBER = 80
ZIP = b"PK\x03\x04"
Cells: TypeAlias = Sequence[object]


class Chosen(NamedTuple):
    """An offer of the provider that a teacher chose, by the words a file may name it with."""

    offer_id: int
    names: frozenset[str]
    first_on: date
    last_on: date
    modes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file as typed, and either the record it is or what is wrong with it."""

    place: int
    typed: tuple[str, ...]
    record: RecordRow | None = None
    problems: tuple[str, ...] = ()
    is_known: bool = False


def read_lines(path: Path) -> list[tuple[str, ...]]:
    """The rows below the headings, every cell as text, in the order of `HEADINGS`, then how it was studied; `Refused` without headings."""
    rows = [row for row in _cells(path) if any(_text(cell) for cell in row)]
    titles = [_text(cell) for cell in rows[0]] if rows else []
    if any(heading not in titles for heading in HEADINGS):
        raise Refused("records_unreadable", headings="、".join(HEADINGS))
    places = [titles.index(heading) for heading in HEADINGS]
    places.append(titles.index(MODE_HEADING) if MODE_HEADING in titles else len(titles))
    if len(rows) == 1:
        raise Refused("records_without_rows")
    return [tuple(_text(row[place]) if place < len(row) else "" for place in places) for row in rows[1 : MOST_ROWS + 1]]


def _cells(path: Path) -> list[Cells]:
    """The first sheet of an .xlsx file or the lines of a .csv file, told apart by their bytes."""
    with path.open("rb") as file:
        is_zip = file.read(4) == ZIP
    try:
        if is_zip:
            return list(python_calamine.load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False))
        with path.open(encoding="utf-8-sig", newline="") as text:
            return list(csv.reader(text))
    except (UnicodeDecodeError, csv.Error, python_calamine.CalamineError, IndexError):
        raise Refused("records_unreadable", headings="、".join(HEADINGS)) from None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def preview_records(*, actor: Actor, path: Path, now: datetime) -> list[Line]:
    """Every row of the file with its record or its problems; nothing is changed. The number of queries does not grow with the rows."""
    require(actor, DELIVER_RECORDS)
    rows = read_lines(path)
    branch = Scope.of(actor.scope.first[:STEP])
    people = teachers.teachers_by_number({row[1] for row in rows if row[1]}, branch)
    chosen = _chosen((teacher.pk for teacher in people.values()), actor.organisation_id or 0)
    held = _held(actor.organisation_id or 0, {row[0] for row in rows})
    times = Counter(row[0] for row in rows)
    today = local_day(now)
    return [
        _line(place, row, people.get(row[1]), chosen, held.get(row[0]), is_twice=times[row[0]] > 1, today=today)
        for place, row in enumerate(rows, 2)
    ]


def _chosen(teacher_ids: Iterable[int], provider_id: int) -> dict[int, list[Chosen]]:
    """The provider's offers that these teachers chose, with the days of their year."""
    rows = enrolment.ChosenOffer.objects.filter(selection__teacher_id__among=list(teacher_ids), offer__provider_id=provider_id)
    rows = rows.exclude(selection__state=enrolment.State.WITHDRAWN)
    year = "selection__training_year__"
    fields = (
        "selection__teacher_id",
        "offer_id",
        "offer__title",
        "offer__course__title",
        "offer__course__code",
        f"{year}first_on",
        f"{year}last_on",
        f"{year}id",
    )
    chosen = list(rows.values_list(*fields))
    modes = {pk: _modes(policy) for pk, policy in policies.policies_of({row[-1] for row in chosen}).items()}
    found: dict[int, list[Chosen]] = {}
    for teacher_id, offer_id, *names, first_on, last_on, year_id in chosen:
        one = Chosen(offer_id, frozenset(name for name in names if name), first_on, last_on, modes[year_id])
        found.setdefault(teacher_id, []).append(one)
    return found


def _held(provider_id: int, numbers: Iterable[str]) -> Mapping[str, DeliveredRecord]:
    """Records of these numbers that the provider delivered before."""
    rows = DeliveredRecord.everywhere.filter(source__among=[f"{provider_id}:{number}" for number in numbers])
    return {row.source.partition(":")[2]: row for row in rows}


def _line(  # noqa: PLR0913 -- a row and what is known of it
    place: int,
    typed: tuple[str, ...],
    teacher: teachers.Teacher | None,
    chosen: Mapping[int, Sequence[Chosen]],
    held: DeliveredRecord | None,
    *,
    is_twice: bool,
    today: date,
) -> Line:
    number, _identity, name, title, seconds, day, said = typed
    learned_s, learned_on = _whole(seconds), _day(day)
    offer = _offer(chosen.get(teacher.pk, ()) if teacher else (), title, learned_on)
    mode = offer.modes.get(said) if offer else None
    named = teacher if teacher and teachers.normal_name(name) == teacher.name else None
    problems = {
        "number_missing": not 0 < len(number) <= MOST_NUMBER,
        "number_twice": is_twice,
        "not_a_trainee": not (teacher and chosen.get(teacher.pk)),
        "name_differs": bool(teacher and chosen.get(teacher.pk) and not named),
        "offer_unknown": bool(teacher and chosen.get(teacher.pk) and learned_on and offer is None),
        "seconds_wrong": learned_s is None or refuse_delivered(learned_s) is not None,
        "day_wrong": learned_on is None or learned_on > today,
        "mode_unknown": mode is None and offer is not None,
    }
    found = tuple(code for code, is_so in problems.items() if is_so)
    if found or not (named and offer and learned_on):
        return Line(place, typed, problems=found)
    record = RecordRow(number, named.pk, offer.offer_id, learned_s or 0, learned_on, mode or "")
    if held and (held.teacher_id, held.offer_id, held.learned_s, held.learned_on, held.mode) != record[1:]:
        return Line(place, typed, problems=("record_differs",))
    return Line(place, typed, record, is_known=held is not None)


def _offer(chosen: Sequence[Chosen], title: str, day: date | None) -> Chosen | None:
    """The chosen offer that the row names, of the year in which its day lies."""
    return next((one for one in chosen if day and title in one.names and one.first_on <= day <= one.last_on), None)


def _modes(policy: Policy) -> dict[str, str]:
    """The words that a file may use for how it was studied, and their codes in the pack."""
    terms = [one for one in policy.terms if one.column is TermColumn.MODE]
    return {word: one.code for one in terms for word in (one.code, one.label.zh, one.label.en)} | {"": ""}


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None
