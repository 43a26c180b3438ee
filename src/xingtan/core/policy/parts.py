"""The parts of a policy pack as frozen values. A field's name is the name in the file."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool

from xingtan.core.calendar import MonthDay, WindowKind
from xingtan.core.learned_time.step import BeatRules
from xingtan.core.policy.kinds import EntryStep, FeeUnit, Level, Payer, Stage, Work
from xingtan.core.verdicts import ReasonCode, Verdict


def _month_day(text: str) -> str:
    try:
        MonthDay.parse(text)
    except ValueError:
        raise ValueError("a day of every year as MM-DD, from 01-01 to 12-31, not 02-29") from None
    return text


Whole = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, gt=0)]
Text = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Day = Annotated[str, AfterValidator(_month_day)]
Amounts = dict[Code, Whole]


class Part(BaseModel):
    """A value of a pack: nothing unknown in it, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class Words(Part):
    """A name in Chinese and English; both are there."""

    zh: Text
    en: Text


class Named(Part):
    """A code with its name."""

    code: Code
    label: Words


class Rule(Part):
    """A rule with its ground: the exact sentence of the source, or the reading that decides where the source does not, or both."""

    clause: str = ""
    source: str = ""
    reading: str = ""


class Source(Part):
    """A document the rules are taken from."""

    code: Code
    title: Words


class Reading(Part):
    """Our interpretation of a clause; a region may decide otherwise."""

    code: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    clause: str = ""
    zh: Text
    en: Text


class DecisionRow(Rule):
    """One row of a decision table: the first whose condition holds decides. `otherwise` holds always."""

    when: Text
    verdict: Verdict
    route: Annotated[int, Field(strict=True, ge=0, le=4)] = 0
    reason: ReasonCode
    grants_missing_hours: StrictBool = False


class Formula(Rule):
    """A named whole number, computed of the names above it."""

    code: Code
    label: Words
    expression: Text = Field(alias="is")


class Effective(Rule):
    """The training years that the pack is made for, both included; open where one is not named."""

    from_year: Annotated[int, Field(strict=True, ge=1990, le=2100)] | None = None
    to_year: Annotated[int, Field(strict=True, ge=1990, le=2100)] | None = None


class Cycle(Rule):
    """The cycle: its length, the hours it asks for, and how its years make one verdict."""

    anchor_year: Annotated[int, Field(strict=True, ge=1990, le=2100)]
    years: Annotated[int, Field(strict=True, ge=1, le=20)]
    required_centi: Positive
    new_hire_required_centi: Positive | None = None
    is_sum_of_years: StrictBool = True
    formulas: tuple[Formula, ...] = Field(default=(), alias="formula")
    decide: tuple[DecisionRow, ...] = Field(min_length=1)


class WindowDays(Rule):
    """The default days of a window, inclusive; the province sets them yearly."""

    kind: WindowKind
    opens: Day
    closes: Day


class Year(Rule):
    """The training year: its first and last day and its default windows."""

    first_day: Day
    last_day: Day
    windows: tuple[WindowDays, ...] = Field(alias="window")


class ComponentPart(Rule):
    """A part of a component; its minimum is hundredths of an hour of learned time and may be nothing."""

    code: Code
    label: Words
    minimum_centi: Whole


class Component(Rule):
    """A component of the year's hours, and the work that is handed in under it."""

    code: Code
    label: Words
    parts: tuple[ComponentPart, ...] = Field(default=(), alias="part")
    work: tuple[Work, ...] = ()


class Category(Rule):
    """One of the categories of training."""

    code: Code
    label: Words


class Item(Rule):
    """One item of training. `first_year_centi` holds for a new hire's first year only."""

    number: Positive
    category: Code
    label: Words
    required_centi: Amounts
    first_year_centi: Amounts = {}
    is_trial: StrictBool = False
    is_default: StrictBool = False


class Gap(Rule):
    """A number that the source leaves out; no item may have it."""

    number: Positive


class Surplus(Rule):
    """Whether hours beyond what a year requires count in the next year, and whether they count for the cycle all the same."""

    carries_over: StrictBool
    counts_in_cycle: StrictBool = False


class Offset(Rule):
    """Duties counted as hours, in data: for whom, in which order they fill the components, what they never replace."""

    is_open: StrictBool
    ranks: tuple[Named, ...] = Field(alias="rank", min_length=1)
    duty: Named
    fill_order: tuple[Code, ...]
    never: tuple[Code, ...] = ()
    cap_centi: Whole
    activity: Code = "studio_mentor"


class WorkRule(Rule):
    """How much of the work of the chosen course must be passed."""

    least: Annotated[str, Field(pattern="^all_required$")]


class Route(Rule):
    """One of the ways a year is assessed; a route that is not open is named and not walked yet."""

    number: Annotated[int, Field(strict=True, ge=1, le=4)]
    code: Code
    label: Words
    is_open: StrictBool


class Exam(Rule):
    """The unified exam's pass mark in whole points: the short form of an assessment `exam`."""

    pass_score: Whole


class LeaveGround(Rule):
    """A ground on which a year is deferred."""

    code: Code
    label: Words


class EntryOrder(Rule):
    """The order of steps into study, and the step after which study is open."""

    order: tuple[EntryStep, ...]
    study_opens_on: EntryStep

    def before(self, step: EntryStep) -> tuple[EntryStep, ...]:
        """The steps that come before this one."""
        return self.order[: self.order.index(step)]

    def after(self, step: EntryStep) -> EntryStep | None:
        """The next step, or None after the last."""
        return next(iter(self.order[self.order.index(step) + 1 :]), None)


class Teaching(Rule):
    """The level that runs the teaching of a stage."""

    stage: Stage
    level: Level
    label: Words


class Fee(Rule):
    """A line of the price book, in fen."""

    code: Code
    label: Words
    unit: FeeUnit
    fen: Whole
    payer: Payer
    is_charged: StrictBool
    first_year_of_cycle_only: StrictBool = False


class CertificateRule(Rule):
    """What the certificate of a cycle is called, and the office that examines and issues it."""

    title: Words
    issuer: Words


class MakeUp(Rule):
    """Who pays for the year that makes up for one, the activity that its rows carry, and the condition on which it is passed."""

    payer: Payer
    is_open: StrictBool = False
    activity: Code = "make_up"
    passed: Text = "make_up_short == 0 and make_up_taken == 1"


class LearnedTime(Rule):
    """What counts of time on line, in whole seconds; 0 for a cap or a prompt means none.

    `fastest_centi`: the highest playing speed (200 = 2 ×). `viewings`: how often the same media count. `prompt_every_s`: after so much counted
    time the player asks whether somebody is there, and `prompt_within_s` later it counts no more until it is answered.
    `question_s`: most that one answered question of an exercise counts. `page_s`: what a page takes to read where the file does not say.
    """

    fastest_centi: Annotated[int, Field(strict=True, ge=100, le=400)] = 200
    viewings: Annotated[int, Field(strict=True, ge=1, le=9)] = 1
    day_cap_s: Annotated[int, Field(strict=True, ge=0, le=86_400)] = 0
    prompt_every_s: Annotated[int, Field(strict=True, ge=0, le=86_400)] = 2400
    prompt_within_s: Annotated[int, Field(strict=True, ge=30, le=3600)] = 300
    needs_activity: StrictBool = True
    question_s: Annotated[int, Field(strict=True, ge=0, le=3600)] = 60
    page_s: Annotated[int, Field(strict=True, gt=0, le=3600)] = 60
    picture_in_picture: StrictBool = False

    def beat_rules(self, *, is_effort: bool) -> BeatRules:
        """What the fold of beats is told; documents and exercises are units of effort and want signs of activity where the pack says so."""
        return BeatRules(
            max_rate_centi=self.fastest_centi,
            day_cap_s=self.day_cap_s,
            viewings=self.viewings,
            prompt_every_s=self.prompt_every_s,
            prompt_within_s=self.prompt_within_s,
            needs_activity=int(is_effort and self.needs_activity),
        )


class Consequence(Rule):
    """What follows from a verdict, who applies it and until which verdict."""

    code: Code
    label: Words
    verdicts: tuple[Verdict, ...] = Field(min_length=1)
    applied_by: tuple[Level, ...] = Field(min_length=1)
    until: Verdict | None = None
