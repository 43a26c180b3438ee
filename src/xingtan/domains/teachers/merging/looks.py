"""What later rooms hold of two records, asked before they are merged: the table of who is asked stands in `config/merging.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from django.utils.functional import Promise

from xingtan.foundation.refusal import Refused


class Weighed(NamedTuple):
    """What one room holds: a word, how much of the merged record and of the other, as text; and why they may not be one, if so."""

    label: str | Promise
    merged: str
    into: str
    conflict: Refused | None = None


Look: TypeAlias = Callable[[Sequence[int], Sequence[int]], Iterable[Weighed]]
_LOOKS: list[Look] = []


def wire_looks(looks: Iterable[Look]) -> None:
    """These are asked from now on; each gets the ids of both people."""
    _LOOKS[:] = looks


def weigh(merged: Sequence[int], into: Sequence[int]) -> list[Weighed]:
    """What every room holds of the two, in the table's order."""
    return [one for look in _LOOKS for one in look(merged, into)]
