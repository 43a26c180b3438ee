"""Where the columns of a file stand: by our headings, by others taken for them, and by those that an office has explained."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xingtan.foundation.files.sheets import Cell
from xingtan.foundation.refusal import Refused

from .columns import BY_KEY, COLUMNS, PROBLEM_HEADING

KEY_OF_HEADING: Mapping[str, str] = {name: column.key for column in COLUMNS for name in (column.heading, *column.also)}
Told = Callable[[Sequence[str]], Mapping[str, str]]


def nothing(headings: Sequence[str]) -> Mapping[str, str]:
    """Nobody has said what headings mean."""
    return {}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of the file stand, and which headings an office has said to leave alone."""

    sheet: str
    headings: tuple[str, ...]
    heading_row: int
    places: Mapping[str, int]
    left_alone: frozenset[str] = frozenset()

    @property
    def ignored(self) -> list[str]:
        """Headings that no column knows."""
        known = set(self.places.values())
        return [name for place, name in enumerate(self.headings) if name and place not in known and name != PROBLEM_HEADING]

    @property
    def unexplained(self) -> list[str]:
        """Headings that no column knows and of which nobody has said what they are."""
        return [name for name in self.ignored if name not in self.left_alone]

    def cell_name(self, key: str, row: int) -> str:
        """The cell as a spreadsheet names it (`D17`), or "" for a column that the file does not have."""
        place = self.places.get(key)
        if place is None:
            return ""
        letters = chr(65 + place % 26)
        return f"{chr(64 + place // 26) if place >= 26 else ''}{letters}{row}"


def heading_key(cell: Cell) -> str:
    """The column that a heading names, or ""; blanks, stars and remarks in brackets do not matter."""
    text = unicodedata.normalize("NFKC", str(cell)).replace(" ", "").replace("\n", "").strip("*:")
    return KEY_OF_HEADING.get(text) or KEY_OF_HEADING.get(text.partition("(")[0], "")


def headings_digest(headings: Sequence[str]) -> str:
    """What a row of headings is known by: the same headings in any order."""
    text = "\0".join(sorted({name for name in headings if name and name != PROBLEM_HEADING}))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def layout_of(number: int, cells: Sequence[Cell], sheet: str, told: Mapping[str, str]) -> Layout:
    """The layout that this row of headings makes; what the office told goes first, then the first of two columns with one meaning."""
    names = [str(cell).strip() for cell in cells]
    places = {told[name]: place for place, name in enumerate(names) if told.get(name)}
    for place, name in enumerate(names):
        if name not in told and (key := heading_key(name)):
            places.setdefault(key, place)
    return Layout(sheet, tuple(names), number, places, frozenset(name for name in names if told.get(name) == ""))


def find_layout(first: Sequence[tuple[int, list[Cell]]], sheet: str, needed: Sequence[str], told: Told = nothing) -> Layout:
    """The best row of headings among the first rows; refused with the names of what is missing, and the headings that are there."""
    if not first:
        raise Refused("roster_empty")
    layouts = [layout_of(number, cells, sheet, {}) for number, cells in first]
    best = max(layouts, key=lambda layout: (len(layout.places), sum(map(bool, layout.headings))))
    if explained := told(best.headings):
        best = layout_of(best.heading_row, best.headings, sheet, explained)
    missing = [BY_KEY[key].heading for key in needed if key not in best.places]
    if missing:
        raise Refused("roster_headings_missing", columns="、".join(missing), headings=list(best.headings))
    return best
