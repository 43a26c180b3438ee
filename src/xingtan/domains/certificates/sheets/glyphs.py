"""Which characters a font has, read from its own table; no Django here."""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
NEED_NO_GLYPH = {"Cc", "Cf", "Zs", "Zl", "Zp"}
SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
Ranges = list[tuple[int, int]]


def missing(text: str, fonts: Iterable[Path]) -> str:
    """The characters of the text, once each, that none of the fonts has; blanks, controls and selectors of variants need no glyph.

    Characters newer than this Python's tables are looked for like any other: just those are the rare ones of names.
    """
    left = {char for char in text if unicodedata.category(char) not in NEED_NO_GLYPH and ord(char) not in SELECTORS}
    for font in fonts:
        if not left:
            break
        ranges = covered(font)
        firsts = [first for first, _ in ranges]
        left = {char for char in left if not _has(ranges, firsts, ord(char))}
    return "".join(sorted(left))


def _has(ranges: Ranges, firsts: list[int], number: int) -> bool:
    at = bisect_right(firsts, number) - 1
    return at >= 0 and number <= ranges[at][1]


def covered(font: Path) -> Ranges:
    """The code points of a font file (of a collection: of its first font) as sorted ranges, both ends included."""
    with font.open("rb") as file:
        head = file.read(12)
        start = 0
        if head[:4] == b"ttcf":
            start = struct.unpack(">I", file.read(4))[0]
            file.seek(start)
            head = file.read(12)
        for _ in range(struct.unpack(">H", head[4:6])[0]):
            tag, _sum, offset, length = struct.unpack(">4sIII", file.read(16))
            if tag == b"cmap":
                file.seek(offset)
                return _ranges(file.read(length))
    return []


def _ranges(table: bytes) -> Ranges:
    found: Ranges = []
    for at in range(struct.unpack(">H", table[2:4])[0]):
        platform, encoding, offset = struct.unpack(">HHI", table[4 + 8 * at : 12 + 8 * at])
        if (platform, encoding) in UNICODE:
            form = struct.unpack(">H", table[offset : offset + 2])[0]
            found += _long(table[offset:]) if form == 12 else _short(table[offset:]) if form == 4 else []
    return _merged(found)


def _long(table: bytes) -> Ranges:
    count = struct.unpack(">I", table[12:16])[0]
    return [struct.unpack(">II", table[16 + 12 * at : 24 + 12 * at]) for at in range(count)]


def _short(table: bytes) -> Ranges:
    count = struct.unpack(">H", table[6:8])[0] // 2
    ends = struct.unpack(f">{count}H", table[14 : 14 + 2 * count])
    starts = struct.unpack(f">{count}H", table[16 + 2 * count : 16 + 4 * count])
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start != 0xFFFF]


def _merged(ranges: Ranges) -> Ranges:
    merged: Ranges = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
