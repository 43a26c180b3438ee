"""Identifiers for addresses and for rows that may be born outside the centre."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
PAIRS = [one + other for one in ALPHABET for other in ALPHABET]


def random_text(length: int) -> str:
    """So many random characters that are not mistaken for one another; one draw, for imports make thousands."""
    number, text = secrets.randbelow(len(ALPHABET) ** length), ""
    for _ in range(length // 2):
        number, rest = divmod(number, len(PAIRS))
        text += PAIRS[rest]
    return text + ALPHABET[number] if length % 2 else text


def public_id() -> str:
    """A random 12-character id for addresses; it tells neither count nor order, and no character is mistaken for another."""
    return random_text(12)


def uuid7() -> UUID:
    """A UUIDv7 (RFC 9562): sorted by its time of birth in milliseconds, unique without a centre."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)
