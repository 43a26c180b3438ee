"""What every verb of the room begins with: the project, held and within the branch."""

from __future__ import annotations

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
        days = {"first": year.first_on.isoformat(), "last": year.last_on.isoformat()}
        raise Refused(why.code, most=format_hours(why.most_centi), **days)
