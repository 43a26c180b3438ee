"""Training hours as whole hundredths, seconds as whole seconds; nothing here is a float."""

from __future__ import annotations

import re
from typing import NamedTuple

HUNDREDTHS = 100
MOST_WHOLE_DIGITS = 6
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
_TYPED = re.compile(r"(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?")


class Converted(NamedTuple):
    """Hundredths of an hour and the whole seconds that were left over."""

    centi: int
    remainder_seconds: int


class HoursRefused(ValueError):
    """What was typed is not an amount of hours; `code` says why."""

    def __init__(self, code: str, typed: str) -> None:
        super().__init__(f"{code}: {typed!r}")
        self.code = code
        self.typed = typed


def hours_centi(seconds: int, seconds_per_hour: int) -> Converted:
    """Hundredths of an hour in these seconds, floored exactly, and the whole seconds that make no hundredth yet."""
    if seconds < 0 or seconds_per_hour <= 0:
        message = "seconds must not be negative and an hour must have seconds"
        raise ValueError(message)
    centi, rest = divmod(seconds * HUNDREDTHS, seconds_per_hour)
    return Converted(centi, rest // HUNDREDTHS)


def format_hours(centi: int) -> str:
    """Hours with one decimal; with two when the hundredths are not zero, so that nothing is ever rounded away."""
    return format_hours_exact(centi).removesuffix("0")


def format_hours_exact(centi: int) -> str:
    """Hours with exactly two decimals."""
    whole, part = divmod(abs(centi), HUNDREDTHS)
    return f"{'-' if centi < 0 else ''}{whole}.{part:02d}"


def parse_hours(typed: str) -> int:
    """Hundredths of an hour that a person typed; `HoursRefused` says `empty`, `negative`, `decimals`, `too_many` or `not_a_number`."""
    text = typed.strip().translate(_WIDE)
    if not text:
        raise HoursRefused("empty", typed)
    if text[0] in "-−－":
        raise HoursRefused("negative", typed)
    match = _TYPED.fullmatch(text)
    if match is None:
        raise HoursRefused("not_a_number", typed)
    whole, part = match["whole"], match["part"] or ""
    if len(part) > len("00"):
        raise HoursRefused("decimals", typed)
    if len(whole.lstrip("0")) > MOST_WHOLE_DIGITS:
        raise HoursRefused("too_many", typed)
    return int(whole) * HUNDREDTHS + int(part.ljust(2, "0"))
