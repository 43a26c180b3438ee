"""Answering a survey once: a draft is kept with the person, the answer is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import STEP

from .access import ANSWER
from .asking import questions_of
from .models import AnswerDraft, Answered, Question, Reply, Response, Survey, chance_key
from .rules import Asked, Value, refuse_value
from .states import CHOOSING, QuestionKind, SurveyState

Values = Mapping[int, Value]


def asks(survey: Survey, actor: Actor, traits: Mapping[str, str]) -> bool:
    """True when the survey asks this person: the role, the place in the branch, and every trait that it names."""
    is_there = survey.organisation.scope.holds(actor.scope.first)
    return is_there and actor.role in survey.roles and all(traits.get(name, "") in values for name, values in survey.traits.items())


def surveys_for(actor: Actor, traits: Mapping[str, str], today: date) -> list[Survey]:
    """The surveys that ask this person today and have no answer yet, those that close first on top."""
    path = actor.scope.first
    above = [path[:end] for end in range(STEP, len(path) + 1, STEP)]
    found = Survey.everywhere.filter(organisation__path__in=above, state=SurveyState.OPEN, opens_on__lte=today, closes_on__gte=today)
    done = Answered.objects.filter(account_id=actor.account_id or 0).values("survey_id")
    rows = found.exclude(pk__in=done).select_related("organisation").order_by("closes_on", "pk")
    return [survey for survey in rows if asks(survey, actor, traits)]


def answered_by(actor: Actor) -> list[Answered]:
    """What the person has answered, the latest first: the surveys and the days, not the answers."""
    return list(
        Answered.objects.filter(account_id=actor.account_id or 0).select_related("survey__organisation").order_by("-on", "-pk")[:50]
    )


def survey_to_answer(actor: Actor, public_id: str, traits: Mapping[str, str]) -> Survey:
    """The opened survey with this address, if it asks this person; `NotInScope` otherwise."""
    shown = [SurveyState.OPEN, SurveyState.CLOSED]
    survey: Survey | None = Survey.everywhere.filter(public_id=public_id, state__in=shown).select_related("organisation").first()
    if survey is None or not asks(survey, actor, traits):
        raise NotInScope
    return survey


def draft_of(actor: Actor, survey: Survey) -> dict[int, Value]:
    """What this person has typed so far, by the question's id."""
    kept = AnswerDraft.objects.filter(survey=survey, account_id=actor.account_id or 0).values_list("values", flat=True).first()
    return {int(key): value for key, value in (kept or {}).items()}


def has_answered(actor: Actor, survey: Survey) -> bool:
    """True when this person has answered."""
    return Answered.objects.filter(survey=survey, account_id=actor.account_id or 0).exists()


@atomic
def keep_draft(*, actor: Actor, survey: Survey, values: Values, now: datetime) -> None:
    """What was typed is kept for this person until it is handed in; after the answer nothing is kept."""
    account_id, _organisation_id = _refuse(actor, survey, now)
    kept = {str(key): value for key, value in values.items()}
    AnswerDraft.objects.update_or_create(survey=survey, account_id=account_id, defaults={"values": kept, "changed_at": now})


@atomic
def answer(*, actor: Actor, survey: Survey, values: Values, traits: Mapping[str, str], now: datetime) -> None:
    """The person has answered once for all; the answers stand without the person unless the survey said otherwise beforehand."""
    account_id, organisation_id = _refuse(actor, survey, now)
    questions = questions_of(survey)
    wrong = mistakes(questions, values)
    if wrong:
        raise Refused("survey_incomplete", count=len(wrong))
    first = {"organisation_id": organisation_id, "on": local_day(now)}
    _done, is_new = Answered.objects.get_or_create(survey=survey, account_id=account_id, defaults=first)
    if not is_new:
        raise Refused("survey_answered")
    AnswerDraft.objects.filter(survey=survey, account_id=account_id).delete()
    named = None if survey.is_anonymous else account_id
    response = Response.objects.create(
        id=chance_key(), survey=survey, organisation_id=organisation_id, traits=dict(traits), account_id=named
    )
    Reply.objects.bulk_create([reply for question in questions for reply in _replies(response, question, values.get(question.pk))])
    record(actor, "surveys.answered", "survey", [survey.pk], now=now)


def mistakes(questions: list[Question], values: Values) -> dict[int, str]:
    """The code of what is wrong with the answer to each question; a right answer is absent."""
    found = {one.pk: refuse_value(Asked(one.kind, len(one.options), one.is_required), values.get(one.pk)) for one in questions}
    return {pk: why for pk, why in found.items() if why}


def _refuse(actor: Actor, survey: Survey, now: datetime) -> tuple[int, int]:
    """The account and the office of who answers; refused out of the window and after the answer."""
    require(actor, ANSWER)
    if actor.account_id is None or actor.organisation_id is None:
        raise NotInScope
    survey.refresh_from_db(fields=["state", "opens_on", "closes_on"])
    if survey.state != SurveyState.OPEN or not survey.opens_on <= local_day(now) <= survey.closes_on:
        raise Refused("survey_not_open", opens_on=survey.opens_on.isoformat(), closes_on=survey.closes_on.isoformat())
    if has_answered(actor, survey):
        raise Refused("survey_answered")
    return actor.account_id, actor.organisation_id


def _replies(response: Response, question: Question, value: Value | None) -> list[Reply]:
    if value is None or value in ("", []):
        return []
    named = {"response": response, "question": question}
    if isinstance(value, list):
        return [Reply(id=chance_key(), number=one, **named) for one in value]
    if question.kind in CHOOSING or question.kind != QuestionKind.TEXT:
        return [Reply(id=chance_key(), number=int(value), **named)]
    return [Reply(id=chance_key(), words=str(value).strip(), **named)]
