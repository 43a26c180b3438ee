"""Ways through the blocks of a chain that came from elsewhere, in any order: what stands, where it forked, what waits for others. No Django."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from .digests import EMPTY


class Fork(NamedTuple):
    """A place where a kit's chain goes on in more than one way: the block before it and the first block of each way."""

    previous: str
    height: int
    ways: tuple[str, ...]


class Standing(NamedTuple):
    """What of the arrived blocks stands: whole ways from the first block on, forks that wait for a decision, and blocks that wait for others."""

    ways: tuple[tuple[str, ...], ...]
    forks: tuple[Fork, ...]
    waiting: int

    @property
    def head(self) -> str:
        """The last block that every way has in common, "" when none arrived: what the kit may go on from."""
        together = ""
        for level in zip(*self.ways, strict=False):
            if len(set(level)) > 1:
                break
            together = level[0]
        return together


def standing(blocks: Iterable[tuple[int, str, str]], decided: Mapping[str, Collection[str]]) -> Standing:
    """The ways through these blocks (height, previous, digest); at a fork only those that were decided for. Independent of any order."""
    after: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for height, previous, digest in blocks:
        after[previous].add((height, digest))
    ways: list[tuple[str, ...]] = []
    forks: list[Fork] = []
    seen: set[str] = set()
    starts: list[list[str]] = [[]]
    while starts:
        way = starts.pop()
        while nexts := sorted(after.get(way[-1] if way else EMPTY, ())):
            seen |= {digest for _height, digest in nexts}
            if len(nexts) > 1:
                starts += _beyond(way, nexts, decided, forks)
                break
            way.append(nexts[0][1])
        else:
            ways.append(tuple(way))
            continue
        if forks and forks[-1].previous == (way[-1] if way else EMPTY):
            ways.append(tuple(way))
    return Standing(tuple(sorted(ways)), tuple(sorted(forks)), sum(map(len, after.values())) - len(_behind(after, seen)))


def _beyond(way: list[str], nexts: Sequence[tuple[int, str]], decided: Mapping[str, Collection[str]], forks: list[Fork]) -> list[list[str]]:
    """The ways that go on behind a fork: those that were decided for; none, and the fork is noted, when nobody decided."""
    here = way[-1] if way else EMPTY
    chosen = [digest for _height, digest in nexts if digest in decided.get(here, ())]
    if not chosen:
        forks.append(Fork(here, nexts[0][0], tuple(digest for _height, digest in nexts)))
    return [[*way, digest] for digest in chosen]


def _behind(after: Mapping[str, Collection[tuple[int, str]]], seen: Collection[str]) -> set[str]:
    """The seen blocks and everything that follows them: beyond a fork or in a way not taken, but not waiting for a block."""
    found, ends = set(seen), list(seen)
    while ends:
        for _height, digest in after.get(ends.pop(), ()):
            if digest not in found:
                found.add(digest)
                ends.append(digest)
    return found
