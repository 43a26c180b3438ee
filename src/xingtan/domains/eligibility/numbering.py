"""Numbers of statements: `XE-<year of issue>-<last four digits of the county>-<six digits and a check digit>`."""

from __future__ import annotations

import re

from xingtan.domains.certificates import api as certificates

NUMBER = re.compile(r"XE-\d{4}-\d{4}-\d{7}", re.ASCII)
MOST_SERIAL = 999_999


def number_prefix(year: int, place: str) -> str:
    """The number's part before the serial, `XE-2026-0803-`."""
    return f"XE-{year:04d}-{place}-"


def number_of(prefix: str, serial: int) -> str:
    """The number with this serial, whose last digit checks all the others; ValueError beyond 999,999."""
    if not 0 < serial <= MOST_SERIAL:
        raise ValueError("a county has no more numbers in this year")
    body = f"{prefix}{serial:06d}"
    return f"{body}{certificates.damm(body[2:].replace('-', ''))}"


def serial_of(number: str) -> int:
    """The serial of a number, without its check digit."""
    return int(number[-7:-1])


def is_number(text: str) -> bool:
    """True for the form of a statement's number, whatever its check digit."""
    return NUMBER.fullmatch(text) is not None
