"""Pure decisions of workshops and cohorts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .states import MOVES, Standing, State

SHORTEST_TEXT = 10


class Refusal(StrEnum):
    """Why a part cannot be handed in or decided, or an activity not be added."""

    NOT_A_MEMBER = "not_a_member"
    ACTIVITY_NOT_OPEN = "activity_not_open"
    ACTIVITY_NOT_BEGUN = "activity_not_begun"
    ALREADY_CONFIRMED = "participation_confirmed"
    TOO_SHORT = "participation_too_short"
    NOT_WAITING = "participation_not_waiting"
    RETURN_NEEDS_WORDS = "participation_return_needs_words"
    HOURS_OUT_OF_RANGE = "activity_hours_out_of_range"
    DAYS_REVERSED = "activity_days_reversed"


def refuse_activity(*, hours_centi: int, most_centi: int, opens_on: date, closes_on: date) -> Refusal | None:
    """Why this activity may not be added, or None; it brings some hours and no more than its workshop can."""
    if not 0 < hours_centi <= most_centi:
        return Refusal.HOURS_OUT_OF_RANGE
    return Refusal.DAYS_REVERSED if closes_on < opens_on else None


def refuse_hand_in(  # noqa: PLR0913 -- a decision is these facts
    state: State | None, *, is_member: bool, opens_on: date, closes_on: date, today: date, length: int, has_file: bool
) -> Refusal | None:
    """Why this part may not be handed in today, or None if it may."""
    if not is_member:
        return Refusal.NOT_A_MEMBER
    if state is State.CONFIRMED:
        return Refusal.ALREADY_CONFIRMED
    if not opens_on <= today <= closes_on:
        return Refusal.ACTIVITY_NOT_OPEN
    return None if length >= SHORTEST_TEXT or has_file else Refusal.TOO_SHORT


def refuse_decision(state: State, outcome: State, *, comment: str) -> Refusal | None:
    """Why a lead may not decide so, or None if they may; who returns a part says what to do."""
    if outcome not in MOVES[state]:
        return Refusal.NOT_WAITING
    if outcome is State.RETURNED and not comment.strip():
        return Refusal.RETURN_NEEDS_WORDS
    return None


def standing(state: State | None, *, opens_on: date, closes_on: date, today: date) -> Standing:
    """How an activity stands for one member on this day."""
    if state is State.CONFIRMED:
        return Standing.CONFIRMED
    if state is State.HANDED_IN:
        return Standing.WAITS
    if today > closes_on:
        return Standing.MISSED
    if today < opens_on:
        return Standing.NOT_OPEN
    return Standing.TO_MEND if state is State.RETURNED else Standing.TO_DO


@dataclass
class Bench:
    """A cohort while trainees are being seated: whose branch ("" for everyone) and stage ("" for every one) it takes, and how many sit there."""

    cohort_id: int
    branch: str
    stage: str
    taken: int


def choose_bench(benches: Iterable[Bench], *, path: str, stage: str) -> Bench | None:
    """The emptiest cohort of the trainee's branch and stage; of the branch alone when no cohort has the stage; None when the branch has none."""
    near = [bench for bench in benches if path.startswith(bench.branch)]
    fitting = [bench for bench in near if bench.stage in ("", stage)] or near
    return min(fitting, key=lambda bench: (bench.taken, bench.cohort_id), default=None)


@dataclass(frozen=True)
class Named:
    """Who a list of names means: the teachers found, the lines that mean nobody here, the lines that mean more than one."""

    teacher_ids: tuple[int, ...]
    unknown: tuple[str, ...]
    ambiguous: tuple[str, ...]


def find_named(lines: Iterable[str], by_key: Mapping[str, Sequence[int]]) -> Named:
    """Each line's cells are tried in order, staff number or name; the first that is known decides, and one that means several is left to the reader."""
    found: dict[int, None] = {}
    unknown: list[str] = []
    ambiguous: list[str] = []
    for line in lines:
        cells = [cell.strip() for cell in line.replace("\t", ",").replace("，", ",").replace("、", ",").split(",") if cell.strip()]
        if not cells:
            continue
        meant: set[int] = set()
        for cell in cells:
            here = set(by_key.get(cell, ()))
            meant = (meant & here or meant or here) if here else meant
        if len(meant) == 1:
            found[meant.pop()] = None
        else:
            (ambiguous if meant else unknown).append(" ".join(cells))
    return Named(tuple(found), tuple(unknown), tuple(ambiguous))
