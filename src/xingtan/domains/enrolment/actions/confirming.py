"""The school's part: confirm, send back, withdraw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from xingtan.core.calendar import WindowKind, local_day
from xingtan.domains.enrolment import access, rules
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.enrolment.queries import checks_of
from xingtan.domains.enrolment.states import Refusal, State
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, uuid7
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import by_year, hold, move, refuse, refuse_stale
from .registering import register_ready

DONE = frozenset({State.CONFIRMED, State.PAID, State.REGISTERED})
BILLED = DONE  # a bill that is due may stand even for one who is registered, where the card comes first


@atomic
def confirm(*, actor: Actor, selection_ids: Iterable[int], now: datetime, versions: Mapping[int, int] | None = None) -> int:
    """The choices are confirmed, all or none; answers how many were not before. One that lacks something is refused."""
    require(actor, access.CONFIRM)
    held = [one for one in hold(actor, selection_ids) if one.state not in DONE]
    refuse_stale(held, versions)
    for one in held:
        refuse(rules.refuse_move(State(one.state), State.CONFIRMED))
    for year, some in by_year(held):
        refuse(rules.refuse_after(Refusal.CONFIRMATION_CLOSED, year.windows[WindowKind.PAYMENT].closes_on, local_day(now)))
        _refuse_flagged(checks_of(some, year))
        move(some, State.CONFIRMED, confirmed_at=now, confirmed_by_id=actor.account_id)
        _emit_confirmed(some, now)
        if not rules.registers_in_bulk(year.policy.entry):
            register_ready(year, some, now)
    if held:
        record(actor, "enrolment.confirmed", "course_selection", [one.pk for one in held], now=now)
    return len(held)


def _refuse_flagged(checks: Mapping[int, tuple[rules.Why, ...]]) -> None:
    blocked = [pk for pk, found in checks.items() if any(not why.is_warning for why in found)]
    if blocked:
        raise Refused(Refusal.SELECTION_FLAGGED, count=len(blocked))


def _emit_confirmed(selections: Sequence[CourseSelection], now: datetime) -> None:
    schools = {one.school_id for one in selections}
    payload = {
        "selections": [one.pk for one in selections],
        "school": next(iter(schools)) if len(schools) == 1 else None,
        "year": selections[0].training_year_id,
        "batch": str(uuid7()),
    }
    emit("enrolment.confirmed", payload, now=now)


@atomic
def send_back(*, actor: Actor, selection_ids: Iterable[int], reason: str, now: datetime, versions: Mapping[int, int] | None = None) -> int:
    """The choices are with their teachers again, who are told why; a confirmed one loses its place on the bill."""
    require(actor, access.CONFIRM)
    if not reason.strip():
        raise Refused(Refusal.REASON_MISSING)
    held = [one for one in hold(actor, selection_ids) if one.state != State.RETURNED]
    refuse_stale(held, versions)
    for one in held:
        refuse(rules.refuse_move(State(one.state), State.RETURNED))
    _take_back(held, now)
    move(held, State.RETURNED, reason=reason.strip()[:200], confirmed_at=None, confirmed_by_id=None)
    if held:
        accounts = [one.teacher.account_id for one in held]
        tell(
            accounts,
            "selection_returned",
            source=f"returned:{uuid7()}",
            params={"reason": reason.strip()[:200]},
            link="/my/choose/",
            now=now,
        )
        record(actor, "enrolment.sent_back", "course_selection", [one.pk for one in held], now=now)
    return len(held)


@atomic
def withdraw(*, actor: Actor, selection_ids: Iterable[int], reason: str = "", now: datetime) -> int:
    """The choices no longer stand, and another may be made; what was studied is kept (D7)."""
    require(actor, access.WITHDRAW)
    held = [one for one in hold(actor, selection_ids) if one.state != State.WITHDRAWN]
    if actor.role is Role.TEACHER and any(one.teacher_id != actor.teacher_id for one in held):
        raise NotInScope
    for year, some in by_year(held):
        refuse(rules.refuse_after(Refusal.WITHDRAWAL_CLOSED, year.windows[WindowKind.PAYMENT].closes_on, local_day(now)))
        _take_back(some, now)
    move(held, State.WITHDRAWN, reason=reason.strip()[:200])
    if held:
        record(actor, "enrolment.withdrawn", "course_selection", [one.pk for one in held], now=now)
    return len(held)


def _take_back(selections: Sequence[CourseSelection], now: datetime) -> None:
    """Finance hears of the confirmations that no longer hold."""
    billed = [one.pk for one in selections if one.state in BILLED]
    if billed:
        emit("enrolment.taken_back", {"selections": billed, "batch": str(uuid7())}, now=now)
