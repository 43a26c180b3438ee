"""Writing a survey, opening it, closing it. Whoever asks does so for the own office."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .access import ASK
from .models import Answered, Question, Survey
from .rules import MOST_QUESTIONS, refuse_act, refuse_days, refuse_question
from .states import MOVES, QuestionKind, SurveyAct, SurveyState


class Wanted(NamedTuple):
    """What a survey says of itself: whom it asks by role and by traits, when, and whether names stand with the answers."""

    title: str
    opens_on: date
    closes_on: date
    roles: Sequence[str]
    intro: str = ""
    purpose: str = "needs"
    subject_id: int | None = None
    traits: Mapping[str, Sequence[str]] = {}
    is_anonymous: bool = True


class Asking(NamedTuple):
    """A question as typed."""

    kind: str
    text: str
    options: Sequence[str] = ()
    is_required: bool = True


@atomic
def draft_survey(*, actor: Actor, wanted: Wanted, questions: Sequence[Asking] = (), now: datetime) -> Survey:
    """A draft of the actor's office stands with these questions; nobody is asked yet."""
    require(actor, ASK)
    if actor.organisation_id is None:
        raise NotInScope
    made = Survey(organisation_id=actor.organisation_id, made_at=now, made_by_id=actor.account_id)
    _say(made, wanted)
    _ask(made, questions)
    record(actor, "surveys.drafted", "survey", [made.pk], now=now)
    return made


@atomic
def change_survey(*, actor: Actor, survey_id: int, wanted: Wanted, questions: Sequence[Asking], now: datetime) -> Survey:
    """The draft says these things and asks these questions in this order."""
    require(actor, ASK)
    survey = held(actor, survey_id)
    if survey.state != SurveyState.DRAFT:
        raise Refused("survey_not_draft")
    _say(survey, wanted)
    Question.objects.filter(survey=survey).delete()
    _ask(survey, questions)
    record(actor, "surveys.changed", "survey", [survey.pk], now=now, detail={"questions": len(questions)})
    return survey


@atomic
def copy_survey(*, actor: Actor, survey: Survey, opens_on: date, closes_on: date, now: datetime) -> Survey:
    """A new draft of the actor's office asks the same in other days."""
    same = Wanted(
        survey.title, opens_on, closes_on, survey.roles, survey.intro, survey.purpose, survey.subject_id, survey.traits, survey.is_anonymous
    )
    asked = [Asking(one.kind, one.text, one.options, one.is_required) for one in questions_of(survey)]
    return draft_survey(actor=actor, wanted=same, questions=asked, now=now)


def questions_of(survey: Survey) -> list[Question]:
    """The survey's questions in their order."""
    return list(Question.objects.filter(survey=survey).order_by("position"))


@atomic
def open_survey(*, actor: Actor, survey_id: int, now: datetime) -> Survey:
    """Those it asks may answer in its window."""
    survey = held(actor, survey_id)
    if survey.closes_on < local_day(now):
        raise Refused("survey_over")
    survey.opened_at = now
    return _move(actor, survey, SurveyAct.OPEN, now)


@atomic
def close_survey(*, actor: Actor, survey_id: int, now: datetime) -> Survey:
    """Nobody answers any more; the results stand."""
    survey = held(actor, survey_id)
    survey.closed_at = now
    return _move(actor, survey, SurveyAct.CLOSE, now)


@atomic
def reopen_survey(*, actor: Actor, survey_id: int, closes_on: date, now: datetime) -> Survey:
    """The closed survey takes answers until this day; who has answered has answered."""
    survey = held(actor, survey_id)
    if closes_on < local_day(now):
        raise Refused("survey_over")
    survey.closes_on, survey.closed_at = closes_on, None
    return _move(actor, survey, SurveyAct.REOPEN, now)


@atomic
def cancel_survey(*, actor: Actor, survey_id: int, now: datetime) -> Survey:
    """The survey is off for good."""
    survey = held(actor, survey_id)
    survey.closed_at = now
    return _move(actor, survey, SurveyAct.CANCEL, now)


@atomic
def remind(*, actor: Actor, survey_id: int, account_ids: Collection[int], now: datetime) -> int:
    """Those of these people who have not answered have a message; at most once a day. Returns how many."""
    require(actor, ASK)
    survey, today = held(actor, survey_id), local_day(now)
    if survey.state != SurveyState.OPEN or today > survey.closes_on:
        raise Refused("survey_not_open", opens_on=survey.opens_on.isoformat(), closes_on=survey.closes_on.isoformat())
    if survey.reminded_on == today:
        raise Refused("survey_reminded")
    done = set(Answered.objects.filter(survey=survey).values_list("account_id", flat=True))
    waiting = [pk for pk in account_ids if pk not in done]
    code = "survey_asked" if survey.is_anonymous else "survey_asked_named"
    params = {"title": survey.title, "closes_on": survey.closes_on.isoformat()}
    link = reverse("public:survey", args=[survey.public_id])
    tell(waiting, code, source=f"survey:{survey.pk}:{today.isoformat()}", params=params, link=link, now=now)
    survey.reminded_on = today
    survey.save(update_fields=["reminded_on"])
    record(actor, "surveys.reminded", "survey", [survey.pk], now=now, detail={"people": len(waiting)})
    return len(waiting)


def held(actor: Actor, survey_id: int) -> Survey:
    """The own office's survey, locked until the transaction ends."""
    require(actor, ASK)
    found = Survey.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=survey_id)
    survey: Survey | None = found.filter(organisation_id=actor.organisation_id or 0).first()
    if survey is None:
        raise NotInScope
    return survey


def _move(actor: Actor, survey: Survey, act: SurveyAct, now: datetime) -> Survey:
    state = SurveyState(survey.state)
    if why := refuse_act(state, act, questions=Question.objects.filter(survey=survey).count()):
        raise Refused(why)
    survey.state = MOVES[state][act].value
    survey.save()
    record(actor, f"surveys.{act.value}", "survey", [survey.pk], now=now)
    return survey


def _say(survey: Survey, wanted: Wanted) -> None:
    if why := refuse_days(wanted.opens_on, wanted.closes_on):
        raise Refused(why)
    if not wanted.roles:
        raise Refused("survey_asks_nobody")
    for name, value in wanted._asdict().items():
        setattr(survey, name, value)
    survey.roles = sorted(wanted.roles)
    survey.traits = {trait: sorted(values) for trait, values in wanted.traits.items() if values}
    survey.save()


def _ask(survey: Survey, questions: Sequence[Asking]) -> None:
    if len(questions) > MOST_QUESTIONS:
        raise Refused("survey_too_long", most=MOST_QUESTIONS)
    rows = []
    for position, one in enumerate(questions, start=1):
        options = [text.strip() for text in one.options if text.strip()]
        if why := refuse_question(QuestionKind(one.kind), options):
            raise Refused(why, question=one.text)
        rows.append(
            Question(survey=survey, position=position, kind=one.kind, text=one.text.strip(), options=options, is_required=one.is_required)
        )
    Question.objects.bulk_create(rows)
