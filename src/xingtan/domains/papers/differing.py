"""Two contents side by side: what the paper says, and what the register says now; nothing here needs a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Content = Mapping[str, Any]
# What each list of a content is keyed by, and the word under which its rows are shown.
LISTS: Mapping[str, tuple[str, str]] = {
    "years": ("year", "year"),
    "parts": ("part", "part"),
    "lines": ("id", "title"),
    "rows": ("id", "name"),
}
SUMS = ("hours", "verified", "school")


class Difference(NamedTuple):
    """One place where paper and register part: which list, which row, which field (`row` when it is there only once), and both values."""

    where: str
    row: str
    what: str
    printed: Any
    now: Any


def differences_of(printed: Content, now: Content) -> list[Difference]:
    """Every difference, in the paper's order; an empty list when paper and register say the same."""
    found = list(_fields("person", "", printed.get("person", {}), now.get("person", {})))
    for name, (key, word) in LISTS.items():
        found += _rows(name, (key, word), printed.get(name, []), now.get(name, []))
    sums = ({each: one.get(each) for each in SUMS if each in one} for one in (printed, now))
    return [*found, *_fields("sum", "", next(sums), next(sums))]


def _rows(where: str, names: tuple[str, str], printed: Sequence[Content], now: Sequence[Content]) -> Iterator[Difference]:
    key, word = names
    new = {one[key]: one for one in now}
    for one in printed:
        other = new.pop(one[key], None)
        if other is None:
            yield Difference(where, str(one[word]), "row", one.get("hours", one.get("recognised", "")), None)
        else:
            yield from _fields(where, str(one[word]), one, other)
    for one in new.values():
        yield Difference(where, str(one[word]), "row", None, one.get("hours", one.get("recognised", "")))


def _fields(where: str, row: str, printed: Content, now: Content) -> Iterator[Difference]:
    for field in dict.fromkeys((*printed, *now)):
        old, new = printed.get(field), now.get(field)
        if isinstance(old, list) and isinstance(new, list):
            for inner in _rows("years", ("year", "year"), old, new):
                yield inner._replace(row=f"{printed.get('name', row)} {inner.row}")
        elif old != new:
            yield Difference(where, row, field, old, new)
