"""How a verdict came about, down to each activity, and what would make it qualified: computed, as data and in sentences."""

from __future__ import annotations

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.core.determination.remedies import Prospect
from xingtan.core.determination.steps import StepKind
from xingtan.core.units import format_hours_exact
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.eligibility import api as eligibility

from .http import Request
from .operations import either, reads
from .shapes import TeacherRef, YearQuery, teacher_ref, year_named
from .teachers import teacher_seen

router = Router(tags=["records"])


class RuleOut(Schema):
    """The exact sentence that a step stands on, our reading of it, and the document."""

    clause: str
    reading: str
    source: str


class ExplainedOut(Schema):
    """One step, from the verdict to an activity; `have` and `need` are hundredths of hours, counts of work, or points."""

    kind: str
    code: str
    label: str
    state: str = Field(description="met, lacking or waiting")
    have: int
    need: int
    sentence: str
    rule: RuleOut
    children: list[ExplainedOut]


class TriedOut(Schema):
    """A row of the decision table: what it asks, in words, whether that held, and the numbers that it looked at."""

    verdict: str
    condition: str
    holds: bool
    numbers: list[str]
    rule: RuleOut


class RemedyStep(Schema):
    """A step with its amount: hours, points of an assessment, or pieces of work."""

    kind: StepKind
    subject: str
    part: str
    hours_centi: int | None
    score_centi: int | None
    pieces: int | None
    sentence: str
    who: str


class OutlookOut(Schema):
    """What would make it qualified: each of `ways` is enough, and nothing in it can be left out."""

    prospect: Prospect
    sentence: str
    ways: list[list[RemedyStep]]


class ExplanationOut(Schema):
    """The verdict of the year from the facts of this moment, explained."""

    teacher: TeacherRef
    year: int
    verdict: Verdict
    word: str
    sentences: list[str]
    tree: ExplainedOut
    tried: list[TriedOut]
    outlook: OutlookOut


PERMISSION = either(credits_room.SEE_RECORD, credits_room.SEE_OWN_RECORD)


@reads(router, "/{teacher}/explanation", "records_explain", ExplanationOut, permission=PERMISSION)
def records_explain(request: Request, teacher: str, wanted: Query[YearQuery]) -> ExplanationOut:
    """How the verdict of a teacher of the branch, or one's own, came about."""
    seen = teacher_seen(request.actor, teacher)
    record = determination_room.record_of(seen.pk, year_named(request.actor, wanted.year).pk, request.today)
    found = eligibility.explanation_of(record, format_hours_exact)
    told = eligibility.outlook_told(record.policy, found.outlook, format_hours_exact)
    return ExplanationOut(
        teacher=teacher_ref(record.teacher),
        year=record.training_year.year,
        verdict=record.verdict.verdict,
        word=found.root.value,
        sentences=list(found.sentences),
        tree=_node(found.root),
        tried=[
            TriedOut(verdict=one.verdict, condition=one.condition, holds=one.holds, numbers=list(one.numbers), rule=_rule(one.rule))
            for one in found.tried
        ],
        outlook=OutlookOut(prospect=told.prospect, sentence=told.sentence, ways=[[_step(one) for one in way] for way in told.ways]),
    )


def _rule(rule: eligibility.RuleTold) -> RuleOut:
    return RuleOut(clause=rule.clause, reading=rule.reading, source=rule.source)


def _node(one: eligibility.Explained) -> ExplainedOut:
    return ExplainedOut(
        rule=_rule(one.rule),
        children=[_node(child) for child in one.children],
        **{name: getattr(one, name) for name in ("kind", "code", "label", "state", "have", "need", "sentence")},
    )


def _step(one: eligibility.StepTold) -> RemedyStep:
    step = one.step
    is_work, is_test = step.kind in (StepKind.WORK, StepKind.MARKING), step.kind in (StepKind.ASSESSMENT, StepKind.RESIT)
    return RemedyStep(
        kind=step.kind,
        subject=step.subject,
        part=step.part,
        hours_centi=None if is_work or is_test else step.amount,
        score_centi=step.amount if is_test else None,
        pieces=step.amount if is_work else None,
        sentence=one.sentence,
        who=one.who,
    )
