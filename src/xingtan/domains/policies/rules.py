"""What may be opened and which days a window may have: plain values in, a refusal or None out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from xingtan.core.calendar import WindowKind
from xingtan.core.policy import Policy

from .states import DRAFT_MOVES, DraftState

Days = tuple[date, date]
LONGEST_EXTENSION = timedelta(days=366)


class Why(NamedTuple):
    """The code of a refusal, the windows it is about and the days that would have been right."""

    code: str
    kinds: tuple[WindowKind, ...] = ()
    first: date | None = None
    last: date | None = None


def refuse_year(year: int, *, first: int, last: int) -> Why | None:
    """Why a training year of this name may not be opened: not among those the pack is made for, or later than the next calendar year."""
    return None if first <= year <= last else Why("year_out_of_reach")


def years_of_reach(policy: Policy, today: date) -> tuple[int, int]:
    """First and last training year that may be opened with a pack on a day."""
    first, last = policy.made_for
    return first, min(today.year + 1, last or today.year + 1)


def refuse_windows(windows: Mapping[WindowKind, Days], *, expected: Collection[WindowKind], year: Days) -> Why | None:
    """Why a new year may not have these windows: one missing, one unknown to the pack, one backwards, one outside the year."""
    if missing := tuple(kind for kind in expected if kind not in windows):
        return Why("windows_missing", missing)
    if unknown := tuple(kind for kind in windows if kind not in expected):
        return Why("windows_unknown", unknown)
    if backwards := tuple(kind for kind, (opens, closes) in windows.items() if opens > closes):
        return Why("window_backwards", backwards)
    outside = tuple(kind for kind, (opens, closes) in windows.items() if opens < year[0] or closes > year[1])
    return Why("window_outside_year", outside, *year) if outside else None


def refuse_window(kind: WindowKind, days: Days, *, year: Days) -> Why | None:
    """Why a window of an open year may not be moved to these days; it may close up to a year after the year's last day, but not begin before it."""
    opens, closes = days
    if opens > closes:
        return Why("window_backwards", (kind,))
    latest = year[1] + LONGEST_EXTENSION
    return Why("window_outside_year", (kind,), year[0], latest) if opens < year[0] or closes > latest else None


def refuse_move(state: DraftState, to: DraftState) -> str | None:
    """Why a draft in this state may not go to that one."""
    return None if to in DRAFT_MOVES[state] else f"draft_is_{state.value}"


def refuse_writing(state: DraftState) -> str | None:
    """Why nothing may be written in a draft: it waits for a review, is approved, published or put aside."""
    return None if state is DraftState.EDITING else f"draft_is_{state.value}"


def refuse_request(mistakes: int) -> str | None:
    """Why no second look may be asked for: the text has mistakes."""
    return "draft_has_mistakes" if mistakes else None


def refuse_reviewer(account_id: int | None, writers: Collection[int]) -> str | None:
    """Why this person may not review: whoever wrote in the draft needs another's eyes."""
    return "draft_reviewed_by_writer" if account_id is None or account_id in writers else None
