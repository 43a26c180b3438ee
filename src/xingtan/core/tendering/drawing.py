"""Drawing a panel so that everybody can draw it again, and who may not be drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import NamedTuple


class Facts(NamedTuple):
    """What is known of an expert: the organisations of present and late posts, the workplace in words, and whether a key is held."""

    organisations: frozenset[int]
    workplace: str
    holds_key: bool


def seed_of(tender: str, digests: Iterable[str]) -> str:
    """The draw's seed (64 hexadecimal digits): nobody knows it before the last bid is sealed, everybody can reckon it afterwards."""
    return hashlib.sha256("|".join(["xingtan.draw", tender, *sorted(digests)]).encode()).hexdigest()


def draw_order(seed: str, names: Iterable[str]) -> list[str]:
    """The names in the order of the draw: by the digest of seed and name."""
    return sorted(names, key=lambda name: (hashlib.sha256(f"{seed}|{name}".encode()).hexdigest(), name))


def conflict_of(facts: Facts, bidders: Collection[tuple[int, str]]) -> str | None:
    """Why this expert may not be drawn, as a code, or None: works or worked lately for a bidder, the same workplace, holds a key."""
    if facts.holds_key:
        return "holds_key"
    if any(organisation in facts.organisations for organisation, _name in bidders):
        return "works_for_bidder"
    place = facts.workplace.strip()
    return "same_workplace" if place and any(name in place or place in name for _organisation, name in bidders) else None
