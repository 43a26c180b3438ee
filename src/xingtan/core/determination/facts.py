"""What a determination is told: facts of one teacher and one training year, and nothing of how they were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from xingtan.core.policy.slots import FINAL, Kind
from xingtan.core.verdicts import ReasonCode, Verdict


class Reason(NamedTuple):
    """One reason with its numbers; the sentence is made where it is shown."""

    code: ReasonCode
    params: Mapping[str, int | str]


OFFSET = "offset"


class HourFact(NamedTuple):
    """Hours of one activity, corrections already netted: `learned_centi` is never negative; `key` is the caller's own and unique.

    `conversion` names the pack's conversion that made them, whose yearly cap bounds them; the component `OFFSET` is a duty's hours.
    """

    key: str
    component: str
    learned_centi: int
    on: date
    verified: bool = False
    entered: bool = False
    part: str = ""
    conversion: str = ""


class ActivityFact(NamedTuple):
    """An activity as a file or a replica tells it: its kind, hundredths of its own unit, and where it comes from (0 for nowhere)."""

    kind: Kind
    amount_centi: int
    source: int = 0


class ResultFact(NamedTuple):
    """A result of an assessment: hundredths of a point, or -1 without a score; `passed` is 1, 0, or -1 when only the score says it."""

    assessment: str
    score_centi: int = -1
    passed: int = -1
    status: str = FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """One teacher's training year.

    `item` is None while none is chosen. `hours` are amounts in the policy's unit already; `activities` are converted by it. `held` names
    the facts that hold (`village`, `rank_special_grade`), `unclear` what is missing or contradicts itself. `states` is what the year
    before handed on, `carried` are verdicts of earlier years that still stand.
    """

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
    on_roster: bool = True
    retires_in_cycle: bool = False
    held: frozenset[str] = frozenset()
    unclear: tuple[Reason, ...] = ()
    activities: tuple[ActivityFact, ...] = ()
    results: tuple[ResultFact, ...] = ()
    states: Mapping[str, int] = field(default_factory=dict)
    carried: tuple[tuple[int, Verdict], ...] = ()


class PastYear(NamedTuple):
    """A year that was determined before (an opening entry, a closed year)."""

    year: int
    verdict: Verdict
    required_centi: int
    recognised_centi: int
    verified_centi: int
    by_exam_centi: int = 0
