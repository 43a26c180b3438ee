"""Clashes of time and repeats, shown before and not after (D2)."""

from __future__ import annotations

from .conditions import Code
from .facts import Candidate, Engagement
from .findings import Finding, Value


def clashes(candidate: Candidate, wanted: Engagement, *, is_blocking: bool = False) -> tuple[Finding, ...]:
    """Each project whose days overlap the wanted one's, by its first day, then the newest completion of the same kind.

    Both only warn unless the caller says that an overlap blocks: two projects on line may well be followed at once.
    """
    others = sorted((one for one in candidate.engaged if one.project != wanted.project and _overlap(one, wanted)), key=_order)
    found = [Finding(Code.CLASH, is_blocking, _days(one, wanted)) for one in others]
    earlier = [one for one in candidate.completed if one.kind == wanted.kind and one.project != wanted.project]
    if earlier:
        newest = max(earlier, key=lambda one: one.ended_on)
        values: dict[str, Value] = {"kind": newest.kind, "ended_on": newest.ended_on.isoformat(), "project": newest.project}
        found.append(Finding(Code.REPEAT, is_blocking=False, values=values))
    return tuple(found)


def _overlap(one: Engagement, other: Engagement) -> bool:
    return one.from_on <= other.to_on and other.from_on <= one.to_on


def _order(one: Engagement) -> tuple[object, ...]:
    return (one.from_on, one.to_on, one.project)


def _days(one: Engagement, wanted: Engagement) -> dict[str, Value]:
    first, last = max(one.from_on, wanted.from_on), min(one.to_on, wanted.to_on)
    return {"project": one.project, "from_on": first.isoformat(), "to_on": last.isoformat()}
