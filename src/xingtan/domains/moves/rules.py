"""Why a move, a leave or a return may not be, or None. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from xingtan.foundation.refusal import Refused

Why: TypeAlias = Refused | None
# The register's words for a status; `teachers.api.Status` is the same list, but rules know no Django.
IN_POST, ON_LEAVE, LEFT, RETIRED, MERGED = "in_post", "on_leave", "left", "retired", "merged"
GONE = frozenset({LEFT, RETIRED})
# From a status to those that an act may give; being merged begins and ends with the merge alone.
TURNS: Mapping[str, frozenset[str]] = {
    IN_POST: frozenset({ON_LEAVE, LEFT, RETIRED}),
    ON_LEAVE: frozenset({IN_POST, LEFT, RETIRED}),
    LEFT: frozenset({IN_POST, RETIRED}),
    RETIRED: frozenset({IN_POST}),
    MERGED: frozenset(),
}


def refuse_day(since: date, *, standing_since: date | None, today: date) -> Why:
    """An act holds from today or a day before, but not from before what is on record already."""
    if since > today:
        return Refused("post_day_in_future")
    return Refused("post_day_too_early", day=standing_since) if standing_since and since < standing_since else None


def refuse_turn(status: str, then: str) -> Why:
    """A status follows another only along `TURNS`."""
    return None if then in TURNS[status] else Refused("post_no_such_turn")


def refuse_transfer(status: str, *, from_school: int, to_school: int, is_closed: bool) -> Why:
    """Nobody moves to where they are, to a closed school, or out of a merged record."""
    if status == MERGED or from_school == to_school:
        return Refused("transfer_not_these")
    return Refused("transfer_school_closed") if is_closed else None


def refuse_second_post(from_on: date, to_on: date | None, *, own_school: int, school: int) -> Why:
    """A second post is elsewhere than the post, and ends after it begins."""
    if own_school == school:
        return Refused("second_post_at_own_school")
    return Refused("second_post_days") if to_on and to_on < from_on else None
