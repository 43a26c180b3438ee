"""A workbook of targets read: rows that fit offices below fill the form, the others are told with their number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from xingtan.foundation.files.sheets import open_sheet
from xingtan.foundation.scope.models import Organisation

MOST_ROWS = 5_000


class Read(NamedTuple):
    """Seats by office, and what is wrong with which row."""

    seats: dict[int, int]
    faults: list[tuple[int, str]]


def read_targets(given: UploadedFile[bytes], offices: Sequence[Organisation]) -> Read:
    """The file's targets: address (or name) of an office in the first two columns, seats in the last filled one; raises `Refused` for no workbook."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "targets"
        with place.open("wb") as file:
            file.writelines(given.chunks())
        with open_sheet(place) as sheet:
            return _read(sheet.rows, offices)


def _read(rows: Iterable[tuple[int, Sequence[object]]], offices: Sequence[Organisation]) -> Read:
    known = {one.public_id: one for one in offices} | {one.code: one for one in offices if one.code} | {one.name: one for one in offices}
    found = Read({}, [])
    for number, cells in rows:
        texts = [str(cell).strip() for cell in cells[:4] if cell is not None]
        if number > MOST_ROWS:
            found.faults.append((number, _("Rows behind the five thousandth are not read.")))
            break
        if number > 1 and any(texts):
            office = next((known[text] for text in texts[:2] if text in known), None)
            _take(found, number, office, _whole(texts[-1]))
    return found


def _take(found: Read, number: int, office: Organisation | None, count: int | None) -> None:
    """The row's seats stand with its office, or what is wrong with it among the faults."""
    if office is None:
        found.faults.append((number, _("No office or school directly below has this address or name.")))
    elif count is None:
        found.faults.append((number, _("The last column has no whole number of seats.")))
    elif office.pk in found.seats:
        found.faults.append((number, _("This office stands in an earlier row already.")))
    else:
        found.seats[office.pk] = count


def _whole(text: str) -> int | None:
    plain = text.removesuffix(".0")
    return int(plain) if plain.isdecimal() and len(plain) < 8 else None
