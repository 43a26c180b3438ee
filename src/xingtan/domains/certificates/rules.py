"""Numbers, codes and masks of certificates, and why a page may not be revoked or issued anew; nothing here needs a database."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from .states import PageState, RevokeReason

# Damm's table: a quasigroup in which every changed digit and every swap of two neighbours changes the last state.
DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
NUMBER = re.compile(r"XT-?(\d{4})-?(\d{4})-?(\d{6})", re.ASCII)
NUMBER_LIKE = re.compile(r"XT|[\d-]+", re.ASCII)
CODE = re.compile(r"([23456789ABCDEFGHJKMNPQRSTVWXYZ]{4})-?([23456789ABCDEFGHJKMNPQRSTVWXYZ]{4})")
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣─"), "-")
MOST_SERIAL = 99_999
MOST_WORDS = 200


class Typed(NamedTuple):
    """What a person typed into the check: a whole number, a whole code, or why it can be neither."""

    number: str = ""
    code: str = ""
    why: str = ""


def damm(digits: str) -> int:
    """The check digit of these digits; 0 when the last one already is it."""
    state = 0
    for digit in digits:
        state = DAMM[state][int(digit)]
    return state


def number_prefix(cycle_first: int, place: str) -> str:
    """The number's part before the serial, `XT-2021-0803-`."""
    return f"XT-{cycle_first:04d}-{place}-"


def number_of(prefix: str, serial: int) -> str:
    """The certificate number with this serial, whose last digit checks all the others; ValueError beyond 99,999."""
    if not 0 < serial <= MOST_SERIAL:
        raise ValueError("a county has no more numbers in this cycle")
    body = f"{prefix}{serial:05d}"
    return f"{body}{damm(body[2:].replace('-', ''))}"


def serial_of(number: str) -> int:
    """The serial of a certificate number, without its check digit."""
    return int(number[-6:-1])


def place_of(division: str) -> str:
    """The last four digits of a national division code, as numbers carry them; 0000 where there is none."""
    digits = "".join(char for char in division if char.isascii() and char.isdigit())
    return digits[-4:].zfill(4)


def typed(text: str) -> Typed:
    """What was typed, brought into the written form; wide letters, other dashes and spaces are forgiven, a wrong check digit is not."""
    plain = "".join(unicodedata.normalize("NFKC", text).translate(DASHES).upper().split())
    if match := NUMBER.fullmatch(plain):
        digits = "".join(match.groups())
        return Typed(number="XT-" + "-".join(match.groups())) if damm(digits) == 0 else Typed(why="check_digit_wrong")
    if match := CODE.fullmatch(plain):
        return Typed(code="-".join(match.groups()))
    if NUMBER_LIKE.match(plain):
        return Typed(why="number_malformed")
    return Typed(why="code_malformed")


def masked_name(name: str) -> str:
    """The first and the last character with stars between: 林*微; of two characters only the first."""
    if len(name) < 3:
        return name[:1] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def masked_further(masked: str) -> str:
    """A number that screens already mask, with no more than its first and last two characters left, for paper that leaves the house."""
    return masked[:2] + "*" * (len(masked) - 4) + masked[-2:] if len(masked) >= 15 else masked


def refuse_revocation(state: PageState, reason: str, words: str) -> str:
    """Why the page may not be revoked for this reason, or nothing."""
    if reason not in {one.value for one in RevokeReason}:
        return "revocation_needs_reason"
    if reason == RevokeReason.OTHER and not words.strip():
        return "revocation_needs_words"
    if len(words) > MOST_WORDS:
        return "revocation_too_long"
    return "page_superseded" if state is PageState.SUPERSEDED else ""


def refuse_reissue(state: PageState, *, is_latest: bool, verified_centi: int, required_centi: int) -> str:
    """Why no new page may take this one's place, or nothing: only a revoked page that none has followed, while the ledger carries it."""
    if not is_latest or state is not PageState.REVOKED:
        return "page_not_revoked"
    return "hours_no_longer_there" if verified_centi < required_centi else ""
