"""What a determination is told: facts of one teacher and one training year, and nothing of how they were found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from xingtan.core.verdicts import Verdict


class HourFact(NamedTuple):
    """Hours of one activity, corrections already netted: `learned_centi` is never negative; `key` is the caller's own and unique."""

    key: str
    component: str
    learned_centi: int
    on: date
    verified: bool = False
    entered: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """One teacher's training year. `item` is None while none is chosen; `carried` are verdicts of earlier years that still stand."""

    year: int
    item: int | None
    is_new_hire: bool = False
    first_year: bool = False
    leave_ground: str | None = None
    hours: tuple[HourFact, ...] = ()
    assignments_required: int = 0
    assignments_passed: int = 0
    assignments_waiting: int = 0
    work_products_required: int = 0
    work_products_passed: int = 0
    work_products_waiting: int = 0
    took_part: bool = False
    study_closed: bool = False
    exam_score: int | None = None
    carried: tuple[tuple[int, Verdict], ...] = ()


class PastYear(NamedTuple):
    """A year that was determined before (an opening entry, a closed year)."""

    year: int
    verdict: Verdict
    required_centi: int
    recognised_centi: int
    verified_centi: int
    by_exam_centi: int = 0
