"""A text looked at while it is written: what it says as far as it can be read, and everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from xingtan.core.policy import Policy, PolicyError, Problem, bundled, read_policy
from xingtan.core.policy.layers import Layer, locate, merged, read_layers

FILE = "policy.toml"
LARGEST_TEXT = 512 * 1024
Path = tuple[str | int, ...]
Data = Mapping[str, Any]
# What a reader of text may stumble over: a text is never answered with a fault of ours.
_STUMBLES = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
_STEP = re.compile(r"([A-Za-z0-9_-]+)|\[(\d+)\]")


class Checked(NamedTuple):
    """A text, its tables when they can be read, its rules when nothing is wrong, else what is."""

    text: str
    policy: Policy | None
    problems: tuple[Problem, ...]
    data: Data | None
    layers: tuple[Layer, ...]

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of a field in the text itself, counted from 1; 0 when it stands in what the text extends."""
        if not self.layers:
            return 0
        file, line = locate(self.layers, path)
        return line if file == self.layers[0].file else 0


@lru_cache(maxsize=64)
def check_text(text: str) -> Checked:
    """What the text says and every problem in it, for any text whatever."""
    try:
        layers = read_layers(text, FILE, bundled())
        data: Data = merged(layers)
    except PolicyError as error:
        return Checked(text, None, error.problems, None, ())
    except _STUMBLES:
        return Checked(text, None, (_unreadable(text),), None, ())
    try:
        return Checked(text, read_policy(text, FILE), (), data, layers)
    except PolicyError as error:
        return Checked(text, None, error.problems, data, layers)
    except _STUMBLES:
        return Checked(text, None, (_unreadable(text),), data, layers)


def _unreadable(text: str) -> Problem:
    return Problem(FILE, text.count("\n") + 1, "", f"{len(text)} characters", "a pack that can be read", "unreadable")


def path_of(dotted: str) -> Path:
    """The path that a problem's field names: `item[3].required_centi` is item, 2, required_centi."""
    return tuple(name or int(number) - 1 for name, number in _STEP.findall(dotted))


def value_at(data: object, path: Sequence[str | int]) -> object:
    """What stands at the path, or None."""
    for step in path:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
    return data


def rows_of(data: Data, *path: str) -> list[Data]:
    """The tables of a list, whatever else stands there left out."""
    found = value_at(data, path)
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def normal(text: str) -> str:
    """The text with plain line ends, as it is kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
