"""A branch of the organisations' tree as a range over the path in byte order."""

from __future__ import annotations

from dataclasses import dataclass

STEP = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Scope:
    """A branch of the tree: every organisation whose path lies in `first <= path < beyond`."""

    first: str
    beyond: str

    @classmethod
    def of(cls, path: str) -> Scope:
        """The branch that begins at the organisation with this path, itself included."""
        return cls(first=path, beyond=path + "~")

    @classmethod
    def nothing(cls) -> Scope:
        """A branch without any organisation."""
        return cls(first="~", beyond="~")

    def holds(self, path: str) -> bool:
        """True when the organisation with this path lies inside the branch."""
        return self.first <= path < self.beyond


def step(number: int) -> str:
    """The path's part for the n-th child, four base-36 digits whose byte order is the numbers' order."""
    digits = ""
    for _ in range(STEP):
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    if number:
        raise ValueError("an organisation has more children than a path can count")
    return digits


def child_number(path: str) -> int:
    """Which child of its parent the organisation with this path is."""
    return int(path[-STEP:], len(DIGITS))
