"""Offices hand teachers in: nomination by school, county or city, placement with a plan of study, results of a national programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xingtan.domains.admissions import access
from xingtan.domains.admissions.around import Around, level_of, refuse_closed, standing_of
from xingtan.domains.admissions.checking import Look, looks
from xingtan.domains.admissions.entering import Wish, check_wishes, entered, refuse_taken
from xingtan.domains.admissions.holding import hold_project
from xingtan.domains.admissions.models import Application, NominationBatch, PlannedOffer
from xingtan.domains.admissions.moving import Deed, bear, move, note
from xingtan.domains.admissions.rules import born_state
from xingtan.domains.admissions.states import Act, State, Way
from xingtan.domains.projects import api as projects
from xingtan.domains.suiting.api import refuse_not_rural
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .seating import seat_approved

RIGHTS = {Way.NOMINATION: access.NOMINATE, Way.PLACEMENT: access.PLACE, Way.NATIONAL: access.DECIDE}


@atomic
def nominate(
    *, actor: Actor, project_id: int, wishes: Sequence[Wish], way: Way = Way.NOMINATION, reason: str = "", now: datetime
) -> list[Application]:
    """Everybody named has an application, past the steps that this office may decide; who needs no further step has a seat or waits. All or none.

    Refused where a condition is not met (of a national programme it only warns: it chose by its own rules, C8).
    """
    require(actor, RIGHTS[way])
    if not wishes:
        raise Refused("admission_nobody")
    found = hold_project(project_id, now)
    refuse_closed(found, way, now)
    people = {one.pk: one for one in teachers.teachers_held(actor.scope, {wish.teacher_id for wish in wishes})}
    schools = teachers.teachers_by_id(people)
    check_wishes(found, wishes)
    seen = seen_of(found, wishes, now)
    if way is not Way.NATIONAL and (against := sum(1 for look in seen.values() if look.blocking)):
        raise Refused("admission_conditions", count=against)
    standing = standing_of(project_id, list(people))
    drafts = {pk: row for pk, row in standing.items() if row.state == State.DRAFTED}
    if len(drafts) < len(standing):
        raise Refused("admission_stands", count=len(standing) - len(drafts))
    refuse_taken(found, wishes)
    deed = Deed(actor, now, reason.strip())
    fresh = [wish for wish in wishes if wish.teacher_id not in drafts]
    rows = [entered(found, wish, schools[wish.teacher_id], way, deed, seen.get(wish.teacher_id)) for wish in fresh]
    again = [(drafts[wish.teacher_id], wish) for wish in wishes if wish.teacher_id in drafts]
    return hand_in(found, rows, fresh, deed) + _hand_in_again(found, again, way, deed)


def _hand_in_again(found: Around, drafts: Sequence[tuple[Application, Wish]], way: Way, deed: Deed) -> list[Application]:
    """Drafts, and what was sent back, go the same way as if they were new, with what is wished now."""
    for row, wish in drafts:
        row.choice_id, row.category, row.way = wish.choice_id, wish.category, way.value
        row.save(update_fields=["choice_id", "category", "way"])
    rows = [row for row, _wish in drafts]
    move(rows, Act.APPLY, deed, reason=deed.reason[:200])
    state = _state_after(found, way, deed)
    if state is not State.APPLIED:
        move(rows, Act.APPROVE_FIRST if state is State.SCHOOL_APPROVED else Act.APPROVE, deed)
    note(deed, f"handed_in_{way.value}", rows, project=found.project.pk)
    if state is State.COUNTY_APPROVED and rows:
        seat_approved(found, rows, Deed(None, deed.now))
    return rows


def _state_after(found: Around, way: Way, deed: Deed) -> State:
    """Where an application stands once this office has handed it in."""
    level = "province" if way in (Way.PLACEMENT, Way.NATIONAL) else level_of(deed.actor) if deed.actor else None
    return born_state(found.steps, level)


def seen_of(found: Around, wishes: Sequence[Wish], now: datetime) -> dict[int, Look]:
    """What is known against each of these; refused where one of another school is to have a seat for rural ones."""
    refuse_not_rural(wishes)
    offers = projects.offers_by_id({wish.choice_id for wish in wishes if wish.choice_id})
    wanted = {wish.teacher_id: offers.get(wish.choice_id or 0) for wish in wishes}
    return looks(found.project, list(wanted), now, wanted, is_sent=True)


def hand_in(
    found: Around, rows: Sequence[Application], wishes: Sequence[Wish], deed: Deed, batch: NominationBatch | None = None
) -> list[Application]:
    """The applications stand with their plans of study; those past every step are seated or wait."""
    if not rows:
        return []
    state = _state_after(found, Way(rows[0].way), deed)
    for row in rows:
        row.state, row.batch = state.value, batch
        row.reason = deed.reason[:200]
    bear(rows, Act.APPLY, deed)
    plans = [(row, wish.plan) for row, wish in zip(rows, wishes, strict=True) if wish.plan]
    PlannedOffer.objects.bulk_create(
        PlannedOffer(application_id=row.pk, offer_id=offer_id, number=number)
        for row, plan in plans
        for number, offer_id in enumerate(dict.fromkeys(plan), start=1)
    )
    note(deed, f"handed_in_{rows[0].way}", rows, project=found.project.pk)
    if state is State.COUNTY_APPROVED:
        seat_approved(found, rows, Deed(None, deed.now))
    return list(rows)
