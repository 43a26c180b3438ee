"""What every verb of the room begins with: the project, held and within the branch."""

from __future__ import annotations

from datetime import date

from xingtan.core.calendar import WindowKind
from xingtan.core.units import format_hours
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused

from .models import Project
from .rules import Why
from .states import ProjectState


def held(actor: Actor, project_id: int) -> Project:
    """The project, held until the transaction ends; `NotInScope` outside the actor's branch."""
    found = Project.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=project_id)
    project = found.select_related("organiser", "training_year__pack").first()
    if project is None:
        raise NotInScope
    return project


def draft_held(actor: Actor, project_id: int) -> Project:
    """The project, held, a draft of an open year; anything else is refused."""
    project = held(actor, project_id)
    if project.state != ProjectState.DRAFT:
        raise Refused("project_not_draft")
    refuse_closed(project.training_year)
    return project


def refuse_closed(year: policies.TrainingYear) -> None:
    """Nothing changes in a year that is closed: `Refused`."""
    if year.state == policies.YearState.CLOSED:
        raise Refused("project_year_closed", year=year.year)


def raise_why(why: Why | None, year: policies.TrainingYear) -> None:
    """The rule's answer as a refusal, with the year's days and the most hours in its sentence."""
    if why is not None:
        first, last = days_of(year)
        raise Refused(why.code, most=format_hours(why.most_centi), first=first.isoformat(), last=last.isoformat())


def days_of(year: policies.TrainingYear) -> tuple[date, date]:
    """First and last day that a project of this year may have: the year's own, and longer where its study was let go on."""
    study = policies.windows_of(year).get(WindowKind.STUDY)
    return year.first_on, max(year.last_on, study.closes_on) if study else year.last_on
