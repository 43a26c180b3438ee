"""What people write in a table's fields, as whole numbers: amounts, years, days, yes and no. None is what cannot be read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from xingtan.core.units import HUNDREDTHS

MOST_WHOLE = 9_999_999
# Day 0 of the spreadsheets' calendar, as they count it since 1900 was taken for a leap year.
SPREADSHEET_EPOCH = date(1899, 12, 30).toordinal()
_AMOUNT = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,9})(?:\.(?P<part>[0-9]{0,2})0*)?")
_DAY = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)(?:[ T]+0?0:00(?::00(?:\.0+)?)?)?")
_PLAIN_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"[2-7][0-9]{4}(?:\.0+)?")
_YEAR = re.compile(r"[0-9]{4}")
_YES = frozenset({"1", "true", "yes", "是"})
_NO = frozenset({"0", "false", "no", "否"})


def tidy(text: str) -> str:
    """Full-width digits, letters and signs as their plain ones, without spaces around."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def code_of(text: str) -> str:
    """A code in small letters."""
    return tidy(text).lower()


def centi_of(text: str) -> int | None:
    """Hundredths: `12`, `12.5`, `-0.25`; zeros behind the second decimal say nothing more."""
    found = _AMOUNT.fullmatch(tidy(text))
    if found is None or int(found["whole"]) > MOST_WHOLE:
        return None
    centi = int(found["whole"]) * HUNDREDTHS + int((found["part"] or "").ljust(2, "0"))
    return -centi if found["sign"] == "-" else centi


def year_of(text: str) -> int | None:
    """A year of four digits."""
    found = tidy(text)
    return int(found) if _YEAR.fullmatch(found) else None


def day_of(text: str) -> int | None:
    """The ordinal of a day, 0 for none: `2011-09-01`, also with / or . or 年月日, `20110901`, or the number a spreadsheet keeps for it."""
    written = tidy(text)
    if not written:
        return 0
    if _SERIAL.fullmatch(written):
        return SPREADSHEET_EPOCH + int(written.partition(".")[0])
    found = _DAY.fullmatch(written) or _PLAIN_DAY.fullmatch(written)
    if found is None:
        return None
    year, month, day = (int(group) for group in found.groups() if group and group.isdigit())
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def passed_of(text: str) -> int | None:
    """1 for yes, 0 for no, -1 when nothing is said."""
    written = code_of(text)
    return 1 if written in _YES else 0 if written in _NO else -1 if not written else None
