"""What a segment may say, and how days are laid out over segments: plain values in, a refusal or None out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from .rules import Why

Days = tuple[date | None, date | None]


def refuse_segment(*, days: Days, bounds: tuple[date, date], component: str, hours_centi: int, most_centi: Mapping[str, int]) -> Why | None:
    """Why a segment may not stand: days backwards or outside the project's, hours without a component or one that the year does not know."""
    first, last = days
    if first and last and first > last:
        return Why("segment_days_backwards")
    if any(day is not None and not bounds[0] <= day <= bounds[1] for day in days):
        return Why("segment_outside_project")
    if component and component not in most_centi:
        return Why("offer_component_unknown")
    return Why("segment_hours_need_component") if hours_centi and not component else None


def refuse_hours(hours: Iterable[tuple[str, int]], most_centi: Mapping[str, int]) -> Why | None:
    """Why these segments (component, hundredths of an hour) bring too much together: more of a component than any item of the year asks."""
    sums: dict[str, int] = {}
    for component, centi in hours:
        sums[component] = sums.get(component, 0) + centi
    over = next((component for component, centi in sums.items() if component and centi > most_centi.get(component, 0)), None)
    return None if over is None else Why("segment_hours_over", most_centi.get(over, 0))


def laid_out(parts: Sequence[tuple[int, int]], first: date, last: date) -> list[tuple[date, date]]:
    """Days for each part (fixed days, or a weight where these are 0), in order, without a gap from first to last.

    Where the days do not suffice every part still has one, and parts share days at the end.
    """
    room = (last - first).days + 1
    fixed, weights = sum(days for days, _weight in parts), sum(weight for days, weight in parts if not days)
    rest = max(0, room - fixed)
    found: list[tuple[date, date]] = []
    at, gone = 0, 0
    for days, weight in parts:
        if days:
            wide = days
        else:
            gone += weight
            wide = rest * gone // weights - rest * (gone - weight) // weights if weights else 1
        begins = min(at, room - 1)
        ends = min(begins + max(1, wide), room)
        found.append((first + timedelta(begins), first + timedelta(ends - 1)))
        at = ends
    if found and weights:
        found[-1] = (found[-1][0], last)
    return found
