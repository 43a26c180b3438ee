"""Names that differ by one letter. Pure."""

from __future__ import annotations

SHORTEST = 3


def likenesses(name: str) -> frozenset[str]:
    """The name with each of its letters left open, and left out: two names (of three letters or more) with one of them differ by one letter."""
    if len(name) < SHORTEST:
        return frozenset()
    open_one = {name[:at] + "?" + name[at + 1 :] for at in range(len(name))}
    left_out = {name[:at] + "?" + name[at:] for at in range(1, len(name) + 1)}
    return frozenset(open_one | left_out)
