"""One cell at a time: what a person typed as a value of the register, or why it is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from xingtan.domains.teachers.api import normal_name, normal_number, refuse_name, refuse_phone
from xingtan.foundation.files.sheets import Cell

from .columns import VALUE_OF, accepted

ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})
SCIENTIFIC = re.compile(r"[0-9.]+E\+?[0-9]+", re.IGNORECASE)
DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?: 00:00(?::00)?)?|([0-9]{4})([0-9]{2})([0-9]{2})")
EXACT_UP_TO = 10**15


class Unfit(Exception):
    """The cell holds no value for its column; `code` says why, `params` fill the sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


def text_of(cell: Cell) -> str:
    """The cell as text: half-width, trimmed, whole numbers without a point; `Unfit` for errors and numbers that lost digits."""
    if isinstance(cell, str):
        text = unicodedata.normalize("NFKC", cell).strip()
        if text.upper() in ERRORS:
            raise Unfit("formula_error")
        return text
    if isinstance(cell, bool) or cell != int(cell):
        return str(cell)
    if abs(cell) >= EXACT_UP_TO:
        raise Unfit("stored_as_number")
    return str(int(cell))


def name(cell: Cell) -> str:
    """A person's name in its normal form."""
    if isinstance(cell, str) and cell.strip().upper() not in ERRORS:
        found = normal_name(cell)
        if why := refuse_name(found):
            raise Unfit(why)
        return found
    text_of(cell)
    raise Unfit("name_shape")


def number(cell: Cell) -> str:
    """An identity number in its normal form, not yet looked at."""
    text = normal_number(text_of(cell)).lstrip("'")
    if SCIENTIFIC.fullmatch(text):
        raise Unfit("stored_as_number")
    return text


def day(cell: Cell) -> date:
    """A day, however people write one in digits; a year and month alone are none."""
    found = DAY.fullmatch(text_of(cell))
    if found is None:
        raise Unfit("day_shape")
    year, month, of_month = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, of_month)
    except ValueError:
        raise Unfit("day_shape") from None


def phone(cell: Cell) -> str:
    """A mobile number, with or without the country's prefix."""
    text = re.sub(r"[\s-]", "", text_of(cell)).removeprefix("+86")
    if why := refuse_phone(text):
        raise Unfit(why)
    return text


def short(cell: Cell, *, most: int) -> str:
    """A text of at most so many characters."""
    text = text_of(cell)
    if len(text) > most:
        raise Unfit("too_long", most=most)
    return text


def word(cell: Cell, *, key: str) -> str:
    """The value that a word of the column's list stands for."""
    value = VALUE_OF[key].get(text_of(cell).replace(" ", ""))
    if value is None:
        raise Unfit("unknown_value", values=accepted(key))
    return value


PARSERS: Mapping[str, Callable[[Cell], object]] = {
    "name": name,
    "number": number,
    "hired_on": day,
    "effective_on": day,
    "phone": phone,
    "school": partial(short, most=120),
    "county": partial(short, most=60),
    "staff_number": partial(short, most=40),
    **{key: partial(word, key=key) for key in VALUE_OF},
}
# Columns that say the same few things in many rows.
REPEATED = frozenset({"name", "school", "county", "hired_on", "effective_on", *VALUE_OF})


def _quick_number(cell: str) -> str:
    return cell.upper() if len(cell) == 18 and cell.isascii() and cell[:17].isdigit() and cell[17].isalnum() else ""


def _quick_phone(cell: str) -> str:
    return cell if len(cell) == 11 and cell.isascii() and cell.isdigit() and refuse_phone(cell) is None else ""


def _quick_staff_number(cell: str) -> str:
    return cell if len(cell) <= 40 and cell.isascii() and cell.isalnum() else ""


# Cells that are already as they are kept, by far the most; "" where a parser has to look.
QUICK: Mapping[str, Callable[[str], str]] = {"number": _quick_number, "phone": _quick_phone, "staff_number": _quick_staff_number}
