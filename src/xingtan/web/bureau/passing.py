"""What of an office holder's work passes to a successor: counted before, passed in the same act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.inbox.passing import pass_messages, waiting_of
from xingtan.foundation.jobs.passing import jobs_of, pass_jobs
from xingtan.foundation.notices.passing import objections_held, pass_objections
from xingtan.foundation.people.grants import actor_of
from xingtan.foundation.people.handover import ending_with
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.reach import holds_elsewhere
from xingtan.foundation.people.roles import Actor, Role
from xingtan.web import nav


def work_of(actor: Actor, holder_id: int, roles: Sequence[Grant], day: date) -> dict[str, int]:
    """How much passes: queue, drafts and selections are the office's and pass with its roles, the rest is the person's own."""
    offices = [grant.organisation_id for grant in roles]
    deputies, keys = ending_with(Grant.objects.filter(pk__in=[grant.pk for grant in roles]))
    return {
        "queue": sum(_queue(grant) for grant in roles),
        "selections": sum(_selections(grant) for grant in roles),
        "drafts": sum(_drafts(grant) for grant in roles),
        "objections": objections_held(actor.scope, holder_id).count(),
        "jobs": jobs_of(holder_id, offices).count(),
        "messages": 0 if holds_elsewhere(actor.scope, holder_id, day) else waiting_of(holder_id).count(),
        "deputies": deputies,
        "keys": keys,
    }


def _queue(grant: Grant) -> int:
    return reviews.waiting_of(actor_of(grant, name="")) if Role(grant.role) in nav.WAITING else 0


def _selections(grant: Grant) -> int:
    year = policies.current_year_for(grant.organisation) if grant.role == Role.SCHOOL_CLERK.value else None
    return enrolment.counts_by_state(grant.organisation.scope, year.pk).get(enrolment.State.CHOSEN, 0) if year else 0


def _drafts(grant: Grant) -> int:
    actor = actor_of(grant, name="")
    written = policies.drafts_in(actor).filter(state=policies.DraftState.EDITING).count() if actor.may(policies.WRITE_DRAFTS) else 0
    return written + (projects.projects_for(actor.scope, state=projects.ProjectState.DRAFT).count() if actor.may(projects.PUBLISH) else 0)


def pass_work(actor: Actor, holder_id: int, successor_id: int, roles: Sequence[Grant], *, now: datetime) -> dict[str, int]:
    """The person's own work of these offices is the successor's; returns how much of each kind.

    A message does not say which office it came to: where the holder keeps an office outside the branch, none passes.
    """
    offices = [grant.organisation_id for grant in roles]
    is_shared = holds_elsewhere(actor.scope, holder_id, local_day(now))
    return {
        "objections": pass_objections(actor=actor, holder_id=holder_id, successor_id=successor_id, now=now),
        "jobs": pass_jobs(holder_id=holder_id, successor_id=successor_id, organisation_ids=offices),
        "messages": 0 if is_shared else pass_messages(holder_id=holder_id, successor_id=successor_id),
    }
