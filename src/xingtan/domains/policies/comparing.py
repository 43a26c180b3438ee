"""Two texts of a pack compared field by field: what was there, what is there now, under which clause. Moved lines and comments are no difference."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .checking import Checked, Data, Path

# What names a table among its like; the first field that it has.
_KEYS = ("code", "number", "kind", "step", "stage", "column", "fee")
MOST_LINES = 6_000
_DECIDING = ("verdict", "reason")
ABSENT = object()


class Change(NamedTuple):
    """One field that differs. `before` or `after` is None where it is not there; `line` is that of the later text, 0 for none."""

    path: Path
    place: Path
    before: Any
    after: Any
    clause: str
    line: int
    line_before: int
    is_order: bool = False

    @property
    def section(self) -> str:
        """The table at the top under which the field stands."""
        return str(self.path[0])


def compare(before: Checked, after: Checked) -> tuple[Change, ...]:
    """Every field that differs, in the order of the later text; nothing when either cannot be read."""
    if before.data is None or after.data is None:
        return ()
    old, new = leaves(before.data), leaves(after.data)
    found = [
        _change(before, after, path, old.get(path), new.get(path))
        for path in _whole(old, new)
        if path not in old or path not in new or old[path].value != new[path].value
    ]
    found += list(_orders(before, after))
    return tuple(sorted(found, key=lambda one: (one.line or one.line_before, one.line_before)))


class Leaf(NamedTuple):
    """A value and where it stands in its own text, by numbers."""

    value: Any
    place: Path


def leaves(data: Data) -> dict[Path, Leaf]:
    """Every value by a path in which tables of a list stand under their names, not their numbers."""
    return dict(_leaves(data, (), ()))


def _leaves(value: object, path: Path, place: Path) -> Iterator[tuple[Path, Leaf]]:
    if isinstance(value, Mapping) and (value or not path):
        for key, inside in value.items():
            yield from _leaves(inside, (*path, str(key)), (*place, str(key)))
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        for at, (name, one) in enumerate(zip(names_of(value), value, strict=True)):
            yield from _leaves(one, (*path, name), (*place, at))
    else:
        yield path, Leaf(value, place)


def names_of(tables: list[Any]) -> list[str]:
    """What each table of a list is called; twins are counted, so that every name is one table's."""
    seen: Counter[str] = Counter()
    names = []
    for table in tables:
        name = next((str(table[key]) for key in _KEYS if key in table), "") or ".".join(str(table.get(key, "")) for key in _DECIDING)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return names


def _whole(old: Mapping[Path, Leaf], new: Mapping[Path, Leaf]) -> list[Path]:
    return [*new, *(path for path in old if path not in new)]


def _change(before: Checked, after: Checked, path: Path, old: Leaf | None, new: Leaf | None) -> Change:
    data, leaf = (after.data, new) if new else (before.data, old)
    place = leaf.place if leaf else path
    return Change(
        path,
        place,
        old.value if old else None,
        new.value if new else None,
        _clause(data, place),
        after.line_of(place) if new else 0,
        before.line_of(old.place) if old else 0,
    )


def _clause(data: object, place: Path) -> str:
    """The clause of the nearest table around the field."""
    clause = ""
    for step in place:
        if isinstance(data, Mapping):
            clause = str(data["clause"]) if data.get("clause") else clause
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
    return clause


def _orders(before: Checked, after: Checked) -> Iterator[Change]:
    """Lists whose order decides, and whose rows stand in another order now."""
    for path in (("decide",), ("cycle", "decide")):
        old, new = _row_names(before.data, path), _row_names(after.data, path)
        both = set(old) & set(new)
        first, then = [one for one in old if one in both], [one for one in new if one in both]
        if first != then:
            yield Change((*path,), (*path,), first, then, "", after.line_of((*path, 0)), before.line_of((*path, 0)), is_order=True)


def _row_names(data: object, path: tuple[str, ...]) -> list[str]:
    for step in path:
        data = data.get(step) if isinstance(data, Mapping) else None
    return names_of(data) if isinstance(data, list) and all(isinstance(one, Mapping) for one in data) else []


def differing_lines(before: str, after: str) -> list[tuple[str, int, str]]:
    """The lines that are only in one of the texts: `-` or `+`, the number there, the words; none of texts that are too long to be compared."""
    old, new = before.split("\n"), after.split("\n")
    found: list[tuple[str, int, str]] = []
    if max(len(old), len(new)) > MOST_LINES:
        return found
    for tag, first, beyond, start, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [("-", at + 1, old[at]) for at in range(first, beyond)]
            found += [("+", at + 1, new[at]) for at in range(start, stop)]
    return found
