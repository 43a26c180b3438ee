"""Why a move, a leave or a return may not be, or None. Pure."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from xingtan.domains.teachers.api import Status
from xingtan.foundation.refusal import Refused

Why: TypeAlias = Refused | None
GONE = frozenset({Status.LEFT, Status.RETIRED})
# From a status to those that an act may give; being merged begins and ends with the merge alone.
TURNS: dict[Status, frozenset[Status]] = {
    Status.IN_POST: frozenset({Status.ON_LEAVE, Status.LEFT, Status.RETIRED}),
    Status.ON_LEAVE: frozenset({Status.IN_POST, Status.LEFT, Status.RETIRED}),
    Status.LEFT: frozenset({Status.IN_POST, Status.RETIRED}),
    Status.RETIRED: frozenset({Status.IN_POST}),
    Status.MERGED: frozenset(),
}


def refuse_day(since: date, *, standing_since: date | None, today: date) -> Why:
    """An act holds from today or a day before, but not from before what is on record already."""
    if since > today:
        return Refused("post_day_in_future")
    return Refused("post_day_too_early", day=standing_since) if standing_since and since < standing_since else None


def refuse_turn(status: str, then: Status) -> Why:
    """A status follows another only along `TURNS`."""
    return None if then in TURNS[Status(status)] else Refused("post_no_such_turn")


def refuse_transfer(status: str, *, from_school: int, to_school: int, is_closed: bool) -> Why:
    """Nobody moves to where they are, to a closed school, or out of a merged record."""
    if status == Status.MERGED or from_school == to_school:
        return Refused("transfer_not_these")
    return Refused("transfer_school_closed") if is_closed else None


def refuse_second_post(from_on: date, to_on: date | None, *, own_school: int, school: int) -> Why:
    """A second post is elsewhere than the post, and ends after it begins."""
    if own_school == school:
        return Refused("second_post_at_own_school")
    return Refused("second_post_days") if to_on and to_on < from_on else None
