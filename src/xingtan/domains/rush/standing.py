"""What can have changed since the page was shown, read once for a whole batch: the office's side and the people's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from xingtan.core.calendar import local_day
from xingtan.domains.admissions.api import SEATED, STANDING, AdmissionTerms, Application, OfferLimit, Round, RoundState, State, steps_of
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers

from .presses import Answer, Press, refused
from .tokens import Claims

GONE = frozenset({teachers.Status.LEFT, teachers.Status.RETIRED, teachers.Status.MERGED})


class Known(NamedTuple):
    """A teacher's application for a project as it stands, or the latest that ended."""

    state: State
    number: int | None
    quota_id: int | None
    applied_at: datetime


class Ground(NamedTuple):
    """What a batch is decided on."""

    shut: Mapping[int, Answer]  # by project: why nobody comes in
    rounds: Mapping[int, Sequence[Round]]  # by project, those that take place
    lineless: frozenset[int]  # projects that keep no waiting line
    heads: Mapping[int, int]
    gone: frozenset[int]  # persons who are no longer in post


def ground_of(batch: Sequence[Press]) -> Ground:
    """What must stand for anybody to press, in six queries whatever the size of the batch; read before the quotas are held."""
    found = projects.projects_by_id({press.claims.project_id for press in batch})
    heads = teachers.heads_of({press.claims.teacher_id for press in batch})
    rounds: dict[int, list[Round]] = defaultdict(list)
    for one in Round.everywhere.filter(project__in=list(found)).exclude(state=RoundState.DROPPED):
        rounds[one.project_id].append(one)
    terms = {one.pk: one for one in AdmissionTerms.everywhere.filter(pk__in=found)}
    persons = set(heads.values())
    in_post = teachers.Teacher.everywhere.filter(pk__among=persons).exclude(status__in=GONE).values_list("pk", flat=True)
    now = batch[-1].at
    return Ground(
        {pk: why for pk, project in found.items() if (why := shut(project, terms.get(pk), now))},
        rounds,
        frozenset(pk for pk, one in terms.items() if not one.keeps_line),
        heads,
        frozenset(persons.difference(in_post)),
    )


def shut(project: projects.Project, terms: AdmissionTerms | None, now: datetime) -> Answer | None:
    """Why nobody presses for seats of the project now."""
    if project.training_year.state == policies.YearState.CLOSED:
        return refused("rush_year_closed")
    if project.state != projects.ProjectState.PUBLISHED or not project.has_seats:
        return refused("admission_project_not_open")
    if steps_of(terms.steps if terms else (), project.approval_steps, project.organiser.kind):
        return refused("rush_needs_approval")
    if not project.opens_on <= local_day(now) <= project.closes_on:
        return refused("rush_not_this_day")
    return None


def known_of(batch: Sequence[Press], heads: Mapping[int, int]) -> dict[tuple[int, int], Known]:
    """Applications by project and person; standing ones win over ended ones, later ones over earlier ones. Read with the quotas held."""
    project_ids = {press.claims.project_id for press in batch}
    persons = teachers.whose(set(heads.values()))
    rows = Application.everywhere.filter(project__in=list(project_ids), teacher_id__among=persons).order_by("pk")
    found: dict[tuple[int, int], Known] = {}
    for project_id, teacher_id, state, arrived, quota_id, at in rows.values_list(
        "project_id", "teacher_id", "state", "arrived", "quota_id", "applied_at"
    ):
        key = project_id, persons[teacher_id]
        if key not in found or found[key].state not in STANDING:
            found[key] = Known(State(state), arrived, quota_id, at)
    return found


def places_held(batch: Sequence[Press]) -> dict[int, int]:
    """By class or course with a limit how many may still come; held until the transaction ends, before the quotas, as in every other way."""
    wished = {press.claims.choice_id for press in batch if press.claims.choice_id is not None}
    if not wished:
        return {}
    limits = list(OfferLimit.everywhere.filter(pk__in=wished).select_for_update(of=("self",)).order_by("pk"))
    rows = (
        Application.everywhere.filter(state__in=[state.value for state in SEATED], choice__in=[one.pk for one in limits])
        .order_by()
        .values("choice")
    )
    taken = dict(rows.annotate(n=Count("pk")).values_list("choice", "n"))
    most = {one.pk: 0 if one.cancelled_at else one.most for one in limits}
    return {pk: count - taken.get(pk, 0) for pk, count in most.items() if count is not None}


def refuse_round(rounds: Sequence[Round], claims: Claims, at: datetime) -> Answer | None:
    """Why the press at that moment finds no open round, or None; a press that names none is good for a project without rounds only."""
    if claims.round_id is None:
        return refused("rush_stale") if rounds else None
    found = next((one for one in rounds if one.pk == claims.round_id), None)
    if found is None or at >= found.closes_at:
        return refused("round_closed")
    opens_at = max(found.opens_at.timestamp(), claims.from_at)
    return refused("round_not_open", opens_at=int(opens_at)) if at.timestamp() < opens_at else None
