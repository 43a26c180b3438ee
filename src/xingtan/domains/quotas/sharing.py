"""Sharing the seats of an office out among those below: targets in, all of them at once or none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

from .access import PASS_DOWN
from .giving import held_for_giving
from .holding import hold_seats
from .models import Quota
from .rules import Held, kept_until, refuse_sum, refuse_target
from .standing import refuse_closed
from .states import Act, Way
from .trail import Step, keep


def offices_below(organisation: Organisation) -> list[Organisation]:
    """Offices and schools directly below that may receive seats, in the order of the tree."""
    found = Organisation.objects.within(organisation.scope).filter(parent=organisation, closed_on=None)
    return list(found.exclude(kind=Kind.PROVIDER).order_by("path"))


def faults(quota: Quota, below: Collection[Quota], targets: Mapping[int, int], today: date) -> dict[int, tuple[str, dict[str, object]]]:
    """Why each of these targets (by office) may not be, with the numbers of its sentence; the key 0 is about their sum."""
    held = {one.organisation_id: Held(one.held, one.passed_down + one.given, one.return_by) for one in below}
    found: dict[int, tuple[str, dict[str, object]]] = {}
    for organisation_id, seats in targets.items():
        here = held.get(organisation_id, Held(0, 0, None))
        if code := refuse_target(here, seats, today):
            found[organisation_id] = (code, {"bound": here.bound, "day": here.return_by})
    if code := refuse_sum(quota.free, held, targets):
        more = sum(seats - (held[key].seats if key in held else 0) for key, seats in targets.items())
        found[0] = (code, {"free": quota.free, "more": more})
    return found


@atomic
def share_out(  # noqa: PLR0913 -- a sharing out is these facts
    *,
    actor: Actor,
    quota_id: int,
    targets: Mapping[int, int],
    way: Way = Way.BY_HAND,
    return_by: date | None = None,
    reason: str = "",
    now: datetime,
) -> int:
    """Each of the named offices directly below holds so many seats of the actor's quota; the others stay. Answers how many offices changed.

    `return_by` is the last day on which those who get more may keep free seats; a later one that was promised stays.
    Sharing out the same again changes nothing.
    """
    require(actor, PASS_DOWN)
    quota, below = _held(actor, quota_id, targets)
    today = local_day(now)
    if return_by is not None and return_by < today:
        raise Refused("quota_return_past")
    if wrong := faults(quota, below.values(), targets, today):
        code, params = wrong.get(0) or next(iter(wrong.values()))
        raise Refused(code if len(wrong) == 1 else "quota_targets", rows=wrong, **params)
    changed = {pk: seats for pk, seats in targets.items() if seats != (below[pk].held if pk in below else 0)}
    if changed:
        steps = _move(quota, below, changed, return_by, now)
        keep(steps, actor=actor, way=way, reason=reason, now=now)
        detail = {"offices": len(changed), "way": way.value}
        record(actor, "quotas.passed_down", "quota", [quota.pk, *(below[pk].pk for pk in changed)], now=now, detail=detail)
    return len(changed)


def _held(actor: Actor, quota_id: int, targets: Mapping[int, int]) -> tuple[Quota, dict[int, Quota]]:
    """The actor's quota and those below it by office, held until the transaction ends."""
    own = Quota.objects.within(actor.scope).filter(pk=quota_id).select_related("organisation", "project").first()
    if own is None:
        raise NotInScope
    if actor.role is not Role.OPERATOR and own.organisation_id != actor.organisation_id:
        raise Refused("quota_not_yours")
    refuse_closed(own.project)
    _refuse_offices(own.organisation, targets)
    hold_seats(own.project_id)
    quotas = held_for_giving([own.pk])
    quotas |= held_for_giving(Quota.everywhere.filter(parent=own).values_list("pk", flat=True))
    quota = quotas.pop(own.pk)
    return quota, {one.organisation_id: one for one in quotas.values()}


def _refuse_offices(organisation: Organisation, targets: Mapping[int, int]) -> None:
    rows = Organisation.objects.within(organisation.scope).filter(pk__in=list(targets)).exclude(kind=Kind.PROVIDER)
    found = {row.pk: row for row in rows}
    if set(found) != set(targets):
        raise NotInScope
    for pk, seats in targets.items():
        if found[pk].parent_id != organisation.pk:
            raise Refused("quota_not_below", name=found[pk].name)
        if seats and found[pk].closed_on is not None:
            raise Refused("quota_office_closed", name=found[pk].name)


def _move(quota: Quota, below: dict[int, Quota], changed: Mapping[int, int], return_by: date | None, now: datetime) -> list[Step]:
    """Lowered ones first, the giver next, raised ones last: so the database sees more held below than passed down at no moment."""
    for pk in changed.keys() - below.keys():
        below[pk] = Quota.everywhere.create(
            project_id=quota.project_id,
            organisation_id=pk,
            category=quota.category,
            parent=quota,
            is_reserved=quota.is_reserved,
            made_at=now,
        )
    by = {pk: seats - below[pk].held for pk, seats in changed.items()}
    lowered = [(below[pk], -count) for pk, count in by.items() if count < 0]
    raised = [(below[pk], count) for pk, count in by.items() if count > 0]
    for one, count in lowered:
        one.held -= count
    Quota.everywhere.bulk_update([one for one, _count in lowered], ["held"])
    quota.passed_down += sum(by.values())
    quota.save(update_fields=["passed_down"])
    for one, count in raised:
        one.held += count
        one.return_by = kept_until(one.return_by, return_by, local_day(now))
    Quota.everywhere.bulk_update([one for one, _count in raised], ["held", "return_by"])
    return _steps(quota, lowered, raised)


def _steps(quota: Quota, lowered: Sequence[tuple[Quota, int]], raised: Sequence[tuple[Quota, int]]) -> list[Step]:
    """Both sides of every move, those that came back first."""
    back = [step for one, count in lowered for step in (Step(one, Act.TAKEN_BACK, count, quota), Step(quota, Act.GOT_BACK, count, one))]
    return back + [
        step for one, count in raised for step in (Step(quota, Act.PASSED_DOWN, count, one), Step(one, Act.RECEIVED, count, quota))
    ]
