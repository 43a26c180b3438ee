"""What happens to seats on their way down and up, and how it was decided."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """One step in the life of a quota; each is seen from the quota whose row it changed."""

    GRANTED = "granted"  # at the top: the project has so many seats
    AMENDED = "amended"  # at the top: it has so many now
    PASSED_DOWN = "passed_down"  # the giver's side
    RECEIVED = "received"  # the taker's side
    RETURNED = "returned"  # the taker gave back by itself
    TAKEN_BACK = "taken_back"  # the giver took what was free
    GOT_BACK = "got_back"  # the giver's side of both


class Way(StrEnum):
    """How the numbers of a sharing out came about."""

    BY_HAND = "hand"
    BY_RULE = "rule"
    BY_WORKBOOK = "workbook"
    BY_DEADLINE = "deadline"


class Rule(StrEnum):
    """What a sharing out by rule counts of each office or school below."""

    TEACHERS = "teachers"
    RURAL_TEACHERS = "rural_teachers"
    PLANNED = "planned"
    EQUAL = "equal"
