"""Recording, deciding, ending and withdrawing circumstances; every act leaves a step and an audit line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.policy import Policy
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import SCHOOL, Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .access import GRANT, RECORD
from .models import Circumstance, CircumstanceStep
from .queries import fates
from .rules import DUTY, RANK, Stated, Year, refuse_act, refuse_end, refuse_stated
from .states import AFTER, Act, Fate, State
from .words import circumstance_word

SUBJECT = "circumstance"


class Recorded(NamedTuple):
    """What recording did: ids of new rows, and how many people had the very same already."""

    ids: tuple[int, ...]
    already: int


@atomic
def record_circumstances(
    *,
    actor: Actor,
    training_year_id: int,
    teacher_ids: Collection[int],
    stated: Stated,
    document: StoredFile | None = None,
    now: datetime,
) -> Recorded:
    """Each teacher has the circumstance, proposed by a school or granted by an office; who has the very same keeps it. All or nobody.

    `NotInScope` for a teacher or year elsewhere; `Refused` for what the pack does not know, impossible days, and overlaps.
    """
    require(actor, RECORD)
    year = policies.year_by_id(actor, training_year_id)
    _refuse(policies.policy_of(year), year, stated)
    people = _locked(actor, teacher_ids)
    fate = fates(year, people, stated)
    if against := sum(1 for one in fate.values() if one is Fate.CONTRADICTS):
        raise Refused("circumstance_contradicts", count=against)
    act = Act.PROPOSED if actor.role in SCHOOL else Act.GRANTED
    made = _make(year, [one for pk, one in people.items() if fate[pk] is Fate.NEW], stated, document, (actor, act, now))
    _step(actor, act, made, "", now)
    _tell_later_rooms(made, now)
    ids = tuple(one.pk for one in made)
    if ids:
        what = {"what": stated.name, "value": stated.value, "from": stated.from_on.isoformat()}
        record(actor, f"circumstances.{act.value}", SUBJECT, ids, now=now, detail=what)
    return Recorded(ids, len(people) - len(ids))


def _refuse(policy: Policy, year: policies.TrainingYear, stated: Stated) -> None:
    if why := refuse_stated(policy, Year(year.first_on, year.last_on), stated):
        most = policy.offset.cap_centi // 100 if policy.offset else 0
        raise Refused(why, first=year.first_on.isoformat(), last=year.last_on.isoformat(), most=most)


def _locked(actor: Actor, teacher_ids: Collection[int]) -> dict[int, teachers.Teacher]:
    """The teachers, held until the transaction ends, so that two who record at once see each other's rows."""
    wanted = set(teacher_ids)
    if not wanted:
        raise Refused("circumstance_nobody")
    return {one.pk: one for one in teachers.teachers_held(actor.scope, wanted)}


def _make(
    year: policies.TrainingYear,
    people: Sequence[teachers.Teacher],
    stated: Stated,
    document: StoredFile | None,
    by: tuple[Actor, Act, datetime],
) -> list[Circumstance]:
    actor, act, now = by
    rows = [
        Circumstance(
            teacher=one,
            school_id=one.school_id,
            training_year=year,
            **stated._asdict(),
            document=document,
            state=AFTER[act].value,
            recorded_at=now,
            recorded_by_id=actor.account_id,
            changed_at=now,
        )
        for one in people
    ]
    return Circumstance.everywhere.bulk_create(rows, batch_size=500)


def _step(actor: Actor, act: Act, rows: Sequence[Circumstance], reason: str, now: datetime) -> None:
    CircumstanceStep.objects.bulk_create(
        [
            CircumstanceStep(
                circumstance=row,
                act=act.value,
                at=now,
                account_id=actor.account_id,
                organisation_id=actor.organisation_id,
                reason=reason,
                to_on=row.to_on,
            )
            for row in rows
        ],
        batch_size=500,
    )


@atomic
def decide(*, actor: Actor, ids: Collection[int], is_granted: bool, reason: str = "", now: datetime) -> int:
    """The proposals are granted, or refused with a reason, and the teachers are told; all of them or none. Returns how many."""
    require(actor, GRANT)
    act = Act.GRANTED if is_granted else Act.REFUSED
    rows = _held(actor, ids)
    if any(one.recorded_by_id is not None and one.recorded_by_id == actor.account_id for one in rows):
        raise Refused("circumstance_own_proposal")
    _take(actor, act, rows, reason, now)
    _tell(rows, act, reason, now)
    return len(rows)


@atomic
def end_early(*, actor: Actor, circumstance_id: int, last_on: date, reason: str, now: datetime) -> None:
    """The granted circumstance ends with this day instead of later; refused without a reason, or for a day outside its days."""
    require(actor, GRANT)
    rows = _held(actor, [circumstance_id])
    if why := refuse_end(rows[0].from_on, rows[0].to_on, last_on):
        raise Refused(why)
    rows[0].to_on = last_on
    _take(actor, Act.ENDED, rows, reason, now)


@atomic
def withdraw(*, actor: Actor, ids: Collection[int], reason: str, now: datetime) -> int:
    """The circumstances count no more; a school withdraws its proposals only, what was granted an office. Returns how many."""
    require(actor, RECORD)
    rows = _held(actor, ids)
    if not actor.may(GRANT) and any(one.state != State.PROPOSED for one in rows):
        raise Refused("circumstance_of_office")
    _take(actor, Act.WITHDRAWN, rows, reason, now)
    return len(rows)


def _held(actor: Actor, ids: Collection[int]) -> list[Circumstance]:
    """The actor's rows with these ids, held until the transaction ends."""
    wanted = set(ids)
    rows = Circumstance.everywhere.within(actor.scope).select_for_update(no_key=True, of=("self",)).filter(pk__among=wanted)
    found = list(rows.select_related("teacher", "training_year__pack").order_by("pk"))
    if not wanted or len(found) != len(wanted):
        raise NotInScope
    return found


def _take(actor: Actor, act: Act, rows: Sequence[Circumstance], reason: str, now: datetime) -> None:
    """Every row has taken the step, or the first that may not says why."""
    for row in rows:
        if why := refuse_act(State(row.state), act, reason=reason):
            raise Refused(why)
        row.state, row.reason, row.changed_at = AFTER[act].value, reason.strip(), now
    Circumstance.everywhere.bulk_update(rows, ["state", "reason", "to_on", "changed_at"], batch_size=500)
    _step(actor, act, rows, reason.strip(), now)
    _tell_later_rooms(rows, now)
    record(actor, f"circumstances.{act.value}", SUBJECT, [one.pk for one in rows], now=now)


def _tell_later_rooms(rows: Sequence[Circumstance], now: datetime) -> None:
    """Who has a duty or a rank is told to the rooms that make hours of duties."""
    if ids := sorted({row.teacher_id for row in rows if row.name in (RANK, DUTY)}):
        emit("circumstances.changed", {"teachers": ids}, now=now)


def _tell(rows: Sequence[Circumstance], act: Act, reason: str, now: datetime) -> None:
    for row in rows:
        params = {
            "what": circumstance_word(policies.policy_of(row.training_year), row.name, row.value),
            "first": row.from_on.isoformat(),
            "last": row.to_on.isoformat() if row.to_on else "…",
            "reason": reason,
        }
        tell([row.teacher.account_id], f"circumstance_{act.value}", source=f"circumstance:{row.pk}:{act.value}", params=params, now=now)
