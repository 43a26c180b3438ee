"""Seats at the top, passed down, given back and taken back; each step stands in the trail of both sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused

from .access import GIVE_BACK, GRANT
from .giving import held_for_giving
from .holding import hold_seats
from .models import Quota
from .rules import MOST_SEATS
from .standing import category_of, project_held
from .states import Act, Way
from .trail import Step, keep


@atomic
def grant(*, actor: Actor, project_id: int, category: str = "", seats: int, is_reserved: bool | None = None, now: datetime) -> Quota:
    """The project has so many seats of the category, held by its organiser; granting again changes the number. Saying the same changes nothing."""
    require(actor, GRANT)
    project = project_held(actor, project_id)
    if actor.role is not Role.OPERATOR and actor.organisation_id != project.organiser_id:
        raise Refused("quota_not_organiser")
    known = category_of(project, category)
    hold_seats(project_id)
    if not 0 <= seats <= MOST_SEATS:
        raise Refused("quota_seats_number")
    reserved = known.get("is_reserved", False) if is_reserved is None else is_reserved
    quota, is_new = Quota.everywhere.get_or_create(
        project=project, organisation_id=project.organiser_id, category=category, defaults={"is_reserved": bool(reserved), "made_at": now}
    )
    quota = held_for_giving([quota.pk])[quota.pk]
    if seats < quota.passed_down + quota.given:
        raise Refused("quota_seats_bound", bound=quota.passed_down + quota.given)
    if quota.held == seats:
        return quota
    quota.held = seats
    quota.save(update_fields=["held"])
    keep([Step(quota, Act.GRANTED if is_new else Act.AMENDED, seats)], actor=actor, way=Way.BY_HAND, now=now)
    record(actor, "quotas.granted", "quota", [quota.pk], now=now, detail={"seats": seats, "project": project_id})
    return quota


@atomic
def give_back(*, actor: Actor, seats: Mapping[int, int], reason: str = "", now: datetime) -> int:
    """So many free seats of each of the actor's own quotas are free again in the office they came from; answers how many altogether."""
    require(actor, GIVE_BACK)
    ours = Quota.objects.within(actor.scope).filter(pk__in=list(seats))
    known = dict(ours.values_list("pk", "parent_id"))
    if set(known) != set(seats):
        raise NotInScope
    hold_seats(*ours.values_list("project_id", flat=True))
    quotas = held_for_giving([*known, *(parent for parent in known.values() if parent)])
    steps: list[Step] = []
    for pk, count in sorted(seats.items()):
        _refuse_return(actor, quotas[pk], count)
        steps += move_up(quotas[pk], quotas[known[pk] or 0], count, Act.RETURNED)
    keep(steps, actor=actor, way=Way.BY_HAND, reason=reason, now=now)
    record(actor, "quotas.given_back", "quota", sorted(seats), now=now, detail={"seats": sum(seats.values())})
    return sum(seats.values())


def _refuse_return(actor: Actor, quota: Quota, count: int) -> None:
    if actor.role is not Role.OPERATOR and quota.organisation_id != actor.organisation_id:
        raise Refused("quota_not_yours")
    if quota.parent_id is None:
        raise Refused("quota_top_of_all")
    if count < 1:
        raise Refused("quota_seats_number")
    if count > quota.free:
        raise Refused("quota_nothing_free", free=quota.free)


def move_up(quota: Quota, giver: Quota, count: int, act: Act) -> list[Step]:
    """The seats are the giver's again; the taker's row goes first, for the database compares the two. Both are held by the caller."""
    quota.held -= count
    quota.save(update_fields=["held"])
    giver.passed_down -= count
    giver.save(update_fields=["passed_down"])
    return [Step(quota, act, count, giver), Step(giver, Act.GOT_BACK, count, quota)]


@atomic
def take_back_overdue(*, actor: Actor, quota_id: int, now: datetime) -> int:
    """Free seats below the actor's quota whose last day is over are free again above, from the lowest level up; answers how many came back."""
    require(actor, GRANT)
    top = Quota.objects.within(actor.scope).filter(pk=quota_id).select_related("organisation").first()
    if top is None:
        raise NotInScope
    if actor.role is not Role.OPERATOR and top.organisation_id != actor.organisation_id:
        raise Refused("quota_not_yours")
    today, steps = local_day(now), list[Step]()
    hold_seats(top.project_id)
    lower = Quota.objects.within(top.organisation.scope).filter(project_id=top.project_id, category=top.category)
    quotas = held_for_giving(lower.values_list("pk", flat=True))
    for quota in sorted(quotas.values(), key=lambda one: -one.pk):  # who received is always younger than who gave
        if quota.pk != top.pk and is_overdue(quota, today):
            steps += move_up(quota, quotas[quota.parent_id or 0], quota.free, Act.TAKEN_BACK)
    came = sum(step.seats for step in steps if step.act is Act.GOT_BACK and step.quota.pk == top.pk)
    keep(steps, actor=actor, way=Way.BY_DEADLINE, now=now)
    if steps:
        record(actor, "quotas.taken_back", "quota", sorted({step.quota.pk for step in steps}), now=now, detail={"seats": came})
    return came


def is_overdue(quota: Quota, today: date) -> bool:
    """True when the quota has free seats that it could keep until a day that is over."""
    return quota.parent_id is not None and quota.return_by is not None and quota.return_by < today and quota.free > 0
