"""Needs before planning (I4): whom a survey asks, worked out from the register, and reminding them in the background."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from xingtan.core.calendar import local_day
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.surveys import api as surveys

REMIND_JOB = "plans.remind"
TRAITS = ("stage", "subject")


def traits_of(actor: Actor) -> dict[str, str]:
    """What results are split by, of this person: a teacher's stage and subject; nothing of others."""
    if actor.role is not Role.TEACHER or actor.teacher_id is None:
        return {}
    teacher = teachers.teachers_by_id([actor.teacher_id]).get(actor.teacher_id)
    return {name: str(getattr(teacher, name)) for name in TRAITS} if teacher else {}


def asked_of(survey: surveys.Survey, day: date) -> dict[int, int]:
    """Everyone whom the survey asks on this day: {account: the organisation that they belong to}."""
    scope, found = survey.organisation.scope, {}
    if not survey.traits:
        others = Grant.objects.filter(role__in=set(survey.roles) - {Role.TEACHER}, ended_at=None, from_on__lte=day)
        others = others.filter(Q(to_on=None) | Q(to_on__gte=day), organisation__path__gte=scope.first, organisation__path__lt=scope.beyond)
        found = dict(others.values_list("account_id", "organisation_id"))
    if Role.TEACHER in survey.roles:
        people = teachers.teachers_in_post(scope).filter(
            **{f"{name}__in": values for name, values in survey.traits.items() if name in TRAITS}
        )
        found |= dict(people.values_list("account_id", "school_id"))
    return found


@job_kind(REMIND_JOB)
def _remind(job: Job, actor: Actor) -> Mapping[str, Any]:
    now = timezone.now()
    survey = surveys.survey_in(actor.scope, job.params["survey"])
    people = asked_of(survey, local_day(now))
    return {"people": surveys.remind(actor=actor, survey_id=survey.pk, account_ids=people, now=now)}
