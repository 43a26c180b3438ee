"""The parts of a pack that say what counts: terms, conversions, buckets, facts, assessments, measures, targets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field, StrictBool

from xingtan.core.policy.kinds import AmountUnit, Holds, How, Level, Over, Payer, Span, TermColumn, Whose
from xingtan.core.policy.parts import Code, Named, Part, Positive, Rule, Whole, Words

FULL_SCORE_CENTI = 100_00
COLUMNS = ("component", "tier", "mode", "topic", "activity", "result", "role")
Codes = tuple[Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$", max_length=40)], ...]


class Term(Part):
    """A code that a column of an activity may carry, with its name."""

    column: TermColumn
    code: Code
    label: Words


class Filters(Part):
    """Which activities are meant: each list is any of; no list is any at all; the empty text is a column without a code."""

    component: Codes | None = None
    tier: Codes | None = None
    mode: Codes | None = None
    topic: Codes | None = None
    activity: Codes | None = None
    result: Codes | None = None
    role: Codes | None = None

    def fits(self, row: Mapping[str, str]) -> bool:
        """Whether a row's columns are all among those that are listed."""
        return all(wanted is None or row[name] in wanted for name, wanted in self.wanted.items())

    @cached_property
    def wanted(self) -> Mapping[str, Codes | None]:
        """The lists by the column they speak of."""
        return {name: getattr(self, name) for name in COLUMNS}


class Conversion(Filters, Rule):
    """How an activity's amount becomes hundredths of the pack's unit: `per` of its unit give `gives_centi`, exactly.

    The caps bound what one such rule gives in a year, in a cycle and from one source; the first rule that fits an activity decides.
    """

    code: Code
    label: Words
    unit: AmountUnit
    per: Positive = 1
    gives_centi: Whole
    year_cap_centi: Positive | None = None
    cycle_cap_centi: Positive | None = None
    source_cap_centi: Positive | None = None


class Bucket(Rule):
    """A part of a component by tier and topic, with its floors and caps; buckets never overlap."""

    code: Code
    label: Words
    component: Code
    tier: Codes | None = None
    topic: Codes | None = None
    year_floor_centi: Whole = 0
    year_cap_centi: Positive | None = None
    cycle_floor_centi: Whole = 0
    cycle_cap_centi: Positive | None = None


class FactRule(Rule):
    """A fact of a person, dated; without values it is a flag. `holds` says on which days of a year it has to hold."""

    code: Code
    label: Words
    values: tuple[Named, ...] = Field(default=(), alias="value")
    holds: Holds = Holds.ANY_DAY
    is_single: StrictBool = False
    is_required: StrictBool = False


class Assessment(Rule):
    """Something that is passed: a test by its score, or work of which every piece is passed. Scores are hundredths of a point."""

    code: Code
    label: Words
    is_work: StrictBool = False
    pass_score_centi: Whole = 60_00
    most_score_centi: Positive = FULL_SCORE_CENTI


class Measure(Filters, Rule):
    """A whole number over a year's rows: the sum of raw amounts (hundredths of their own unit), a count, or the best score."""

    code: Code
    label: Words
    over: Over = Over.ACTIVITIES
    how: How
    unit: AmountUnit | None = None
    assessment: Codes | None = None
    verified_only: StrictBool = False


class Earmark(Filters, Rule):
    """Hours that must lie within a cycle's hours and be of a certain kind."""

    code: Code
    label: Words
    cycle_centi: Positive


class Target(Rule):
    """A least amount beside the item's own: of each person, or on average over all teachers of the region."""

    code: Code
    label: Words
    span: Span
    whose: Whose = Field(alias="of")
    least_centi: Positive


class Split(Rule):
    """One share of a price: who bears or receives it, in parts of the whole."""

    fee: Code
    level: Level | None = None
    payer: Payer | None = None
    label: Words
    parts: Positive
    of_parts: Positive


UNIFIED_EXAM = Assessment(code="exam", label=Words(zh="统一考试", en="Unified exam"))
USUAL_WORK = (
    Assessment(code="assignments", label=Words(zh="作业", en="Assignments"), is_work=True),
    Assessment(code="work_products", label=Words(zh="研修成果", en="Work products"), is_work=True),
)
PLAIN_HOURS = Conversion(code="hours", label=Words(zh="学时", en="Hours"), unit=AmountUnit.HOUR, gives_centi=100)


def share(left: Codes | None, right: Codes | None) -> bool:
    """Whether one code can be among both lists; no list is any code at all."""
    return left is None or right is None or not set(left).isdisjoint(right)
