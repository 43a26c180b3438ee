"""A provider's file as rows: its columns found by what the provider told once, by our headings, or by their other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xingtan.foundation.files.sheets import Cell, open_sheet
from xingtan.foundation.refusal import Refused

from .models import Layout
from .states import FIELDS, NEEDED, Field, Unit
from .words import HEADING_ALIASES, HEADINGS

MOST_ROWS = 200_000
EMPTY = {"", "-", "—", "无"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A row as it was typed: its number in the file, and the text of each field (empty where the file has no such column)."""

    place: int
    cells: tuple[str, ...]

    def __getitem__(self, field: Field) -> str:
        return self.cells[FIELDS.index(field)]


@dataclass(frozen=True, slots=True)
class Records:
    """A file being read: its own headings, the unit of its times, its rows."""

    headings: tuple[str, ...]
    unit: Unit
    rows: Iterator[Typed]


@contextmanager
def open_records(path: Path, *, provider_id: int) -> Iterator[Records]:
    """The records of a workbook, CSV file or Parquet table; refused with the headings found when a needed column is not."""
    layout = Layout.everywhere.filter(provider_id=provider_id).first()
    with open_sheet(path) as sheet:
        rows = ((number, cells) for number, cells in sheet.rows if any(_text(cell) for cell in cells))
        first = next(rows, None)
        headings = tuple(_text(cell) for cell in first[1]) if first else ()
        places = places_of(headings, layout.headings if layout else {})
        yield Records(headings, Unit(layout.unit) if layout else Unit.SECONDS, _typed(rows, places))


def _typed(rows: Iterator[tuple[int, list[Cell]]], places: Sequence[int | None]) -> Iterator[Typed]:
    count = 0
    same: dict[str, str] = {}  # names, titles and days come again and again: one text of each is enough
    for count, (number, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise Refused("records_too_many", most=MOST_ROWS)
        width = len(cells)
        texts = (_text(cells[at]) if at is not None and at < width else "" for at in places)
        yield Typed(number, tuple(same.setdefault(text, text) for text in texts))
    if not count:
        raise Refused("records_without_rows")


def places_of(headings: Sequence[str], told: Mapping[str, str]) -> list[int | None]:
    """Where each field's column is, None for one that the file does not have; refused when a needed one is not found."""
    names = [_plain(heading) for heading in headings]
    places: dict[Field, int | None] = {}
    for field in FIELDS:
        wanted = [told.get(field.value, ""), HEADINGS[field], *HEADING_ALIASES[field]]
        places[field] = next((names.index(_plain(one)) for one in wanted if one and _plain(one) in names), None)
    missing = [field for field in NEEDED if places[field] is None and not _does_without(field, places)]
    if missing:
        words = "、".join(HEADINGS[field] for field in missing)
        raise Refused("records_headings", headings=words, missing=[field.value for field in missing], found=list(headings)[:60])
    return [places[field] for field in FIELDS]


def _does_without(field: Field, places: Mapping[Field, int | None]) -> bool:
    """A file that says when each record began and ended needs neither days nor seconds."""
    has_times = places.get(Field.BEGIN) is not None and places.get(Field.END) is not None
    return has_times and field in (Field.DAY, Field.SECONDS)


def _plain(heading: str) -> str:
    """A heading as it is compared: without spaces, brackets and what stands in them, small letters."""
    return heading.partition("（")[0].partition("(")[0].replace(" ", "").replace("_", "").lower()


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    return "" if text in EMPTY else text
