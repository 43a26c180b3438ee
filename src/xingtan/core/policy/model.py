"""A policy pack as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Protocol, TypeVar

from pydantic import Field

from xingtan.core.calendar import MonthDay, Window, WindowKind, training_year_of
from xingtan.core.policy import chain, counting, parts
from xingtan.core.policy.kinds import Unit
from xingtan.core.policy.ways import Way
from xingtan.core.units import HUNDREDTHS


class _HasCode(Protocol):
    @property
    def code(self) -> str: ...


Coded = TypeVar("Coded", bound=_HasCode)


class UnknownItem(LookupError):
    """No item has this number; `is_gap` says that the source leaves it out."""

    def __init__(self, number: int, *, is_gap: bool) -> None:
        super().__init__(number)
        self.number = number
        self.is_gap = is_gap


class Policy(parts.Part):
    """The rules of a region: what the file says, checked as a whole. `digest` names the exact text, what it extends included."""

    code: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)
    version: str = Field(pattern=r"^[0-9]+(\.[0-9]+)*$")
    extends: str = ""
    digest: str = ""
    title: parts.Words
    unit: Unit = Unit.HOUR
    seconds_per_hour: Annotated[int, Field(strict=True, gt=0, le=36000)]
    hours_decimals: Annotated[int, Field(strict=True, ge=0, le=2)]
    sources: tuple[parts.Source, ...] = Field(alias="document", min_length=1)
    effective: parts.Effective | None = None
    cycle: parts.Cycle
    year: parts.Year
    components: tuple[parts.Component, ...] = Field(alias="component", min_length=1)
    categories: tuple[parts.Category, ...] = Field(alias="category", min_length=1)
    items: tuple[parts.Item, ...] = Field(alias="item", min_length=1)
    gaps: tuple[parts.Gap, ...] = Field(default=(), alias="gap")
    terms: tuple[counting.Term, ...] = Field(default=(), alias="term")
    conversions: tuple[counting.Conversion, ...] = Field(default=(), alias="conversion")
    buckets: tuple[counting.Bucket, ...] = Field(default=(), alias="bucket")
    facts: tuple[counting.FactRule, ...] = Field(default=(), alias="fact")
    assessments: tuple[counting.Assessment, ...] = Field(default=(), alias="assessment")
    measures: tuple[counting.Measure, ...] = Field(default=(), alias="measure")
    formulas: tuple[parts.Formula, ...] = Field(default=(), alias="formula")
    earmarks: tuple[counting.Earmark, ...] = Field(default=(), alias="earmark")
    targets: tuple[counting.Target, ...] = Field(default=(), alias="target")
    splits: tuple[counting.Split, ...] = Field(default=(), alias="split")
    ways: tuple[Way, ...] = Field(default=(), alias="way")
    surplus: parts.Surplus
    offset: parts.Offset | None = None
    work: parts.WorkRule | None = None
    routes: tuple[parts.Route, ...] = Field(alias="route", min_length=1)
    decide: tuple[parts.DecisionRow, ...] = Field(min_length=1)
    exam: parts.Exam | None = None
    leave: tuple[parts.LeaveGround, ...] = ()
    entry: parts.EntryOrder
    reviews: tuple[chain.ReviewRule, ...] = Field(alias="review", min_length=1)
    clock: chain.ReviewClock | None = Field(default=None, alias="review_clock")
    teaching: tuple[parts.Teaching, ...] = Field(min_length=1)
    fees: tuple[parts.Fee, ...] = Field(alias="fee", min_length=1)
    certificate: parts.CertificateRule
    make_up: parts.MakeUp | None = None
    online: parts.LearnedTime | None = Field(default=None, alias="learned_time")
    consequences: tuple[parts.Consequence, ...] = Field(default=(), alias="consequence")
    readings: tuple[parts.Reading, ...] = Field(default=(), alias="reading")

    def __hash__(self) -> int:
        """By name and text; equal packs are equal."""
        return hash((self.code, self.version, self.digest))

    @cached_property
    def tests(self) -> tuple[counting.Assessment, ...]:
        """What is passed by a score; the short form `[exam]` is one of them."""
        return tuple(one for one in self._assessed if not one.is_work)

    @cached_property
    def works(self) -> tuple[counting.Assessment, ...]:
        """What is handed in and passed piece by piece; assignments and work products are always among it."""
        return tuple(one for one in self._assessed if one.is_work)

    @cached_property
    def _assessed(self) -> tuple[counting.Assessment, ...]:
        given = {one.code for one in self.assessments}
        short = [counting.UNIFIED_EXAM.model_copy(update={"pass_score_centi": self.exam.pass_score * HUNDREDTHS})] if self.exam else []
        return (*self.assessments, *(one for one in (*short, *counting.USUAL_WORK) if one.code not in given))

    @cached_property
    def all_buckets(self) -> tuple[counting.Bucket, ...]:
        """Every component's buckets in order; a component without any is one bucket of its own code."""
        return tuple(
            bucket
            for one in self.components
            for bucket in (
                [bucket for bucket in self.buckets if bucket.component == one.code]
                or [counting.Bucket(code=one.code, label=one.label, component=one.code, clause=one.clause, reading=one.reading)]
            )
        )

    @cached_property
    def converting(self) -> tuple[counting.Conversion, ...]:
        """The conversions in order; a pack that names none counts hours as hours."""
        return self.conversions or (counting.PLAIN_HOURS,)

    @cached_property
    def learned_time(self) -> parts.LearnedTime:
        """What counts of time on line; a pack that says nothing takes the usual (a reading of ours)."""
        return self.online or parts.LearnedTime()

    @cached_property
    def review_clock(self) -> chain.ReviewClock:
        """Samples and days of the review chain; a pack that says nothing takes the usual (a reading of ours)."""
        return self.clock or chain.ReviewClock()

    @cached_property
    def _items(self) -> Mapping[int, parts.Item]:
        return {item.number: item for item in self.items}

    def item(self, number: int) -> parts.Item:
        """The item with this number; `UnknownItem` when there is none, also when the source leaves the number out."""
        try:
            return self._items[number]
        except KeyError:
            raise UnknownItem(number, is_gap=any(gap.number == number for gap in self.gaps)) from None

    @cached_property
    def default_item(self) -> parts.Item:
        """The item whose hours hold while none is chosen."""
        return next(item for item in self.items if item.is_default)

    @cached_property
    def new_hire_item(self) -> parts.Item:
        """The item with hours of its own for a new hire's first year, or the default one."""
        return next((item for item in self.items if item.first_year_centi), self.default_item)

    def required_centi(self, number: int, *, is_new_hire: bool = False, first_year: bool = False) -> Mapping[str, int]:
        """Hundredths of an hour required per component for an item; a new hire's first year may ask for more."""
        item = self.item(number)
        return item.first_year_centi if is_new_hire and first_year and item.first_year_centi else item.required_centi

    def component(self, code: str) -> parts.Component:
        """The component with this code; LookupError when there is none."""
        return _by_code(self.components, code)

    def category(self, code: str) -> parts.Category:
        """The category with this code; LookupError when there is none."""
        return _by_code(self.categories, code)

    def fee(self, code: str) -> parts.Fee:
        """The line of the price book with this code; LookupError when there is none."""
        return _by_code(self.fees, code)

    def leave_ground(self, code: str) -> parts.LeaveGround:
        """The ground of leave with this code; LookupError when there is none."""
        return _by_code(self.leave, code)

    def reading(self, code: str) -> parts.Reading:
        """The reading with this code; LookupError when there is none."""
        return _by_code(self.readings, code)

    def route(self, number: int) -> parts.Route:
        """The route with this number; LookupError when there is none."""
        for route in self.routes:
            if route.number == number:
                return route
        raise LookupError(number)

    def consequences_of(self, verdict: str) -> tuple[parts.Consequence, ...]:
        """What follows from a verdict, in the pack's order."""
        return tuple(one for one in self.consequences if verdict in one.verdicts)

    def source_of(self, rule: parts.Rule) -> parts.Source:
        """The document a rule's clause is taken from."""
        return _by_code(self.sources, rule.source) if rule.source else self.sources[0]

    def year_days(self, training_year: int) -> tuple[date, date]:
        """First and last day of a training year."""
        first, last = MonthDay.parse(self.year.first_day), MonthDay.parse(self.year.last_day)
        return first.within(training_year, first), last.within(training_year, first)

    def training_year_of(self, day: date) -> int:
        """The training year a local day belongs to."""
        return training_year_of(day, self.year.first_day)

    def windows(self, training_year: int) -> Mapping[WindowKind, Window]:
        """The default windows of a training year, by kind."""
        first = MonthDay.parse(self.year.first_day)
        return {
            days.kind: Window(
                days.kind,
                MonthDay.parse(days.opens).within(training_year, first),
                MonthDay.parse(days.closes).within(training_year, first),
            )
            for days in self.year.windows
        }

    @cached_property
    def made_for(self) -> tuple[int, int | None]:
        """First and last training year that the pack is made for: not before its cycle's anchor; None while no last one is named."""
        named = self.effective or parts.Effective()
        return max(self.cycle.anchor_year, named.from_year or 0), named.to_year

    def study_days(self, training_year: int) -> tuple[date, date]:
        """First and last day on which study is open in a training year; a pack has a window of every kind."""
        study = self.windows(training_year)[WindowKind.STUDY]
        return study.opens_on, study.closes_on

    def cycle_of(self, training_year: int) -> tuple[int, int]:
        """First and last training year of the cycle a training year belongs to."""
        first = training_year - (training_year - self.cycle.anchor_year) % self.cycle.years
        return first, first + self.cycle.years - 1


def _by_code(rows: tuple[Coded, ...], code: str) -> Coded:
    for row in rows:
        if row.code == code:
            return row
    raise LookupError(code)
