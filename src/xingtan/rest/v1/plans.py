"""Plans of units and their lines; what the level above says; results of surveys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.plans import api as room
from xingtan.foundation.db import writing
from xingtan.foundation.surveys import api as door

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, all_of, organisation, year_named

router = Router(tags=["plans"])
decisions = Router(tags=["plans"])
surveys = Router(tags=["surveys"])
LINE = ("what", "area", "way", "stage", "subject", "category", "head_count", "hours_centi", "budget_fen", "target")


class LineIn(In):
    """A line; `id` names the one that it changes. Hours for each person, budget for all."""

    id: int | None = None
    what: str = Field(default="", max_length=120)
    area: room.Area | None = None
    way: room.Way = room.Way.RUN
    stage: str = Field(default="", max_length=14)
    subject: str = Field(default="", max_length=20)
    category: room.Category = room.Category.ANY
    head_count: int = Field(default=0, ge=0, le=room.MOST_HEADS)
    hours_centi: int = Field(default=0, ge=0, le=room.MOST_HOURS_CENTI)
    budget_fen: int = Field(default=0, ge=0, le=room.MOST_FEN)
    target: str = Field(default="", max_length=200)


class LineOut(Schema):
    """A line, and what of it was accepted."""

    id: int
    what: str
    area: str
    way: room.Way
    stage: str
    subject: str
    category: str
    head_count: int
    hours_centi: int
    budget_fen: int
    target: str
    accepted_count: int | None
    accepted_fen: int | None
    answer: str
    project: str | None


class PlanRow(Schema):
    """A unit's plan in a list."""

    id: str
    unit: OrganisationOut
    year: int
    term: room.Term
    state: room.PlanState
    version: int
    submitted_at: datetime | None
    decided_at: datetime | None
    reply: str


class PlanOut(PlanRow):
    """A plan with its lines and its last day."""

    goals: str
    due_on: date | None
    lines: list[LineOut]


class PlanQuery(Paging):
    """Which plans are wanted."""

    year: int | None = None
    state: room.PlanState | None = None


class PlanIn(In):
    """The year and the term of the own office's plan."""

    year: int = Field(ge=2000, le=2200)
    term: room.Term = room.Term.YEAR


class LinesIn(In):
    """The whole table; `version` is the one that was seen."""

    version: int = Field(ge=1)
    goals: str = Field(default="", max_length=4000)
    lines: list[LineIn] = Field(max_length=room.MOST_LINES)


class PlanDecisionIn(In):
    """Plans to accept as asked, or one to return with words."""

    plans: list[str] = Field(min_length=1, max_length=500)
    is_accepted: bool
    words: str = Field(default="", max_length=2000)


class Decided(Schema):
    """How many plans were decided."""

    changed: int


class SurveyRow(Schema):
    """A survey; `answered` counts people of the branch."""

    id: str
    office: OrganisationOut
    title: str
    purpose: door.Purpose
    state: door.SurveyState
    opens_on: date
    closes_on: date
    is_anonymous: bool
    answered: int


class TallyOut(Schema):
    """One question: how many gave each number (an option's place, or the number itself), and the mean in hundredths."""

    question: str
    kind: door.QuestionKind
    options: list[str]
    counts: dict[int, int]
    mean_centi: int | None


class PartOut(Schema):
    """Some of those who answered, five at least; `key` null stands for the small parts together."""

    key: str | None
    people: int
    tallies: list[TallyOut]


class SplitQuery(Schema):
    """By what results are split."""

    split: str = Field(default="", pattern="^(stage|subject|region)?$")


def _row(one: room.Plan) -> dict[str, Any]:
    names = ("term", "state", "version", "submitted_at", "decided_at", "reply")
    return {"id": one.public_id, "unit": organisation(one.organisation), "year": one.training_year.year} | {
        name: getattr(one, name) for name in names
    }


def _rows(found: Sequence[room.Plan]) -> list[PlanRow]:
    return [PlanRow(**_row(one)) for one in found]


def _line(line: room.PlanLine) -> LineOut:
    answered = {name: getattr(line, name) for name in ("accepted_count", "accepted_fen", "answer")}
    project = line.project.public_id if line.project else None
    return LineOut(id=line.pk, project=project, **{name: getattr(line, name) for name in LINE}, **answered)


def _whole(request: Request, public_id: str) -> PlanOut:
    one = room.plan_in(request.actor.scope, public_id)
    due_on = room.dues_of([one.organisation], one.training_year, one.term).get(one.organisation_id)
    return PlanOut(**_row(one), goals=one.goals, due_on=due_on, lines=[_line(line) for line in room.lines_of([one.pk])[one.pk]])


@reads(router, "", "plans_list", Page[PlanRow], permission=room.SEE_PLANS)
def plans_list(request: Request, wanted: Query[PlanQuery]) -> Page[PlanRow]:
    """Plans of the branch."""
    found = room.plans_in(request.actor.scope)
    if wanted.year:
        found = found.filter(training_year=year_named(request.actor, wanted.year))
    return page_of(found.filter(state=wanted.state) if wanted.state else found, wanted, _rows)


@reads(router, "/{plan}", "plans_get", PlanOut, permission=room.SEE_PLANS)
def plans_get(request: Request, plan: str) -> PlanOut:
    """One plan with its lines."""
    return _whole(request, plan)


@writes(router, "", "plans_start", PlanOut, permission=room.WRITE_PLANS, status=HTTPStatus.CREATED)
def plans_start(request: Request, body: PlanIn) -> PlanOut:
    """Begin the own office's plan, or find the one that is begun."""
    year = year_named(request.actor, body.year)
    made = room.start_plan(actor=request.actor, training_year_id=year.pk, term=body.term, now=request.now)
    return _whole(request, made.public_id)


@writes(router, "/{plan}/lines", "plans_save", PlanOut, permission=room.WRITE_PLANS)
def plans_save(request: Request, plan: str, body: LinesIn) -> PlanOut:
    """The plan consists of these lines."""
    held = room.plan_in(request.actor.scope, plan)
    lines = [room.Wanted(**one.model_dump(exclude={"id", "area"}, mode="json"), area=one.area or "", line_id=one.id) for one in body.lines]
    room.save_lines(actor=request.actor, plan_id=held.pk, version=body.version, goals=body.goals, lines=lines, now=request.now)
    return _whole(request, plan)


@writes(router, "/{plan}/submission", "plans_submit", PlanOut, permission=room.SUBMIT_PLANS)
def plans_submit(request: Request, plan: str) -> PlanOut:
    """The plan lies with the level above; the top's is adopted."""
    held = room.plan_in(request.actor.scope, plan)
    act = room.submit if held.organisation.parent_id else room.adopt
    act(actor=request.actor, plan_id=held.pk, now=request.now)
    return _whole(request, plan)


@writes(decisions, "", "plans_decide", Decided, permission=room.ANSWER_PLANS)
def plans_decide(request: Request, body: PlanDecisionIn) -> Decided:
    """Plans of units below are accepted as asked, or returned; all of them or none."""
    rows = room.plans_in(request.actor.scope).filter(public_id__in=body.plans)
    ids = all_of(dict(rows.values_list("public_id", "pk")), body.plans)
    if body.is_accepted:
        return Decided(changed=room.accept(actor=request.actor, plan_ids=ids, answers={}, words=body.words, now=request.now))
    with writing():
        for pk in ids:
            room.return_plan(actor=request.actor, plan_id=pk, words=body.words, now=request.now)
    return Decided(changed=len(ids))


@reads(surveys, "", "surveys_list", Page[SurveyRow], permission=door.SEE_SURVEYS)
def surveys_list(request: Request, paging: Query[Paging]) -> Page[SurveyRow]:
    """Surveys of the branch and opened ones from above."""
    return page_of(door.surveys_seen(request.actor.scope), paging, lambda rows: _surveys(request, rows))


def _surveys(request: Request, rows: Sequence[door.Survey]) -> list[SurveyRow]:
    answered = door.response_counts([one.pk for one in rows], request.actor.scope)
    return [_survey(one, answered.get(one.pk, 0)) for one in rows]


def _survey(one: door.Survey, answered: int) -> SurveyRow:
    names = ("title", "purpose", "state", "opens_on", "closes_on", "is_anonymous")
    return SurveyRow(
        id=one.public_id, office=organisation(one.organisation), answered=answered, **{name: getattr(one, name) for name in names}
    )


@reads(surveys, "/{survey}/results", "surveys_results", list[PartOut], permission=door.SEE_SURVEYS)
def surveys_results(request: Request, survey: str, wanted: Query[SplitQuery]) -> list[PartOut]:
    """What was answered, whole or split; nothing for fewer than five people. Words are not told here."""
    held = door.survey_in(request.actor.scope, survey)
    return [_part(part) for part in door.results(held, request.actor.scope, wanted.split)]


def _part(part: door.Part) -> PartOut:
    tallies = [
        TallyOut(
            question=one.question.text,
            kind=door.QuestionKind(one.question.kind),
            options=one.question.options,
            counts=one.counts,
            mean_centi=one.mean_centi,
        )
        for one in part.tallies
    ]
    return PartOut(key=part.key, people=part.people, tallies=tallies)
