"""Signs that somebody is sent only to fill a seat (敷衍调训, S4): they warn and never shut out. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from xingtan.core.selection import Candidate, full_years

# Readings: whoever is this old has few years left to use what is learned; this many projects within a year are many.
NEAR_RETIREMENT, MANY_PROJECTS = 57, 3


class Mismatch(StrEnum):
    """What does not fit between a person and the class that an office chose for them."""

    OTHER_SUBJECT = "other_subject"
    OTHER_STAGE = "other_stage"
    NEAR_RETIREMENT = "near_retirement"
    SENT_OFTEN = "sent_often"
    NOT_PLANNED = "not_planned"


class Wanted(NamedTuple):
    """A candidate, the subjects next to theirs, the class's subject and stage ("" for any), the day, projects of the last year, whether a plan is the ground."""

    candidate: Candidate
    related: frozenset[str]
    subject: str
    stage: str
    on: date
    sent: int
    is_planned: bool = True


def mismatches(wanted: Wanted) -> tuple[Mismatch, ...]:
    """Everything that does not fit, in the order of the list; empty when all does."""
    return tuple(sign for sign, is_seen in _seen(wanted).items() if is_seen)


def _seen(wanted: Wanted) -> dict[Mismatch, bool]:
    one = wanted.candidate
    age = full_years(one.born_on, wanted.on) if one.born_on else 0
    return {
        Mismatch.OTHER_SUBJECT: bool(wanted.subject) and wanted.subject != one.subject and wanted.subject not in wanted.related,
        Mismatch.OTHER_STAGE: bool(wanted.stage) and wanted.stage != one.stage,
        Mismatch.NEAR_RETIREMENT: age >= NEAR_RETIREMENT,
        Mismatch.SENT_OFTEN: wanted.sent >= MANY_PROJECTS,
        Mismatch.NOT_PLANNED: not wanted.is_planned,
    }
