"""A school declares a training under its staff-development plan; the county approves it or sends it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.policy import WayKind
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.access import DECIDE_TRAININGS, DECLARE, reaches
from xingtan.domains.recognition.models import Attendance, Document, Training, TrainingMember
from xingtan.domains.recognition.rules import Year, missing_proofs, refuse_days, refuse_training_act
from xingtan.domains.recognition.states import Act, TrainingState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .keeping import Papers, all_or_none, keep_papers, keep_steps, known_way, refuse_closed, refuse_declarer

# What an inspection asks for beside what the pack names.
FOLDER_CODES = ("notice", "timetable", "photograph", "material", "result", "bulletin", "account", "evaluation")
AFTER = {Act.APPROVED: TrainingState.APPROVED, Act.RETURNED: TrainingState.RETURNED, Act.WITHDRAWN: TrainingState.WITHDRAWN}


class Declared(NamedTuple):
    """What a school declares: the way, the title, what in its plan it carries out, where, the hours planned, the days, who."""

    way: str
    title: str
    ground: str
    planned_centi: int
    first_on: date
    last_on: date
    teacher_ids: Collection[int]
    place: str = ""


@atomic
def declare(*, actor: Actor, training_year_id: int, declared: Declared, papers: Papers = (), now: datetime) -> Training:
    """The training waits for the county; the very same sent twice is one. `Refused` for days outside the year, nobody, or a missing document."""
    require(actor, DECLARE)
    year = policies.year_by_id(actor, training_year_id)
    values = _values(actor, year, declared)
    refuse_missing(year, declared.way, {code for code, _file in papers})
    same = Training.everywhere.filter(**values).exclude(state=TrainingState.WITHDRAWN).first()
    if same is not None:
        return same
    made = Training(**values, state=TrainingState.DECLARED, declared_at=now, declared_by_id=actor.account_id, changed_at=now)
    made.save()
    _set_members(made, declared.teacher_ids)
    keep_papers(actor, made, papers, codes=_codes(year, declared.way), now=now)
    keep_steps(actor, Act.DECLARED, [made], now=now)
    return made


def _values(actor: Actor, year: policies.TrainingYear, declared: Declared) -> dict[str, object]:
    """The columns of the training, or why it may not be."""
    way = known_way(year, declared.way)
    refuse_closed(year)
    refuse_declarer(actor, way)
    if way.kind is not WayKind.TRAINING:
        raise Refused("way_unknown")
    if why := refuse_days(declared.first_on, declared.last_on, Year(year.first_on, year.last_on)):
        raise Refused(why, first=year.first_on.isoformat(), last=year.last_on.isoformat())
    people = teachers.teachers_in(actor.scope).filter(pk__among=declared.teacher_ids)
    if not declared.teacher_ids or people.count() != len(set(declared.teacher_ids)):
        raise Refused("training_nobody") if not declared.teacher_ids else NotInScope
    if declared.planned_centi <= 0:
        raise Refused("training_without_hours")
    columns = {name: value for name, value in declared._asdict().items() if name != "teacher_ids"}
    return {**columns, "school_id": actor.organisation_id, "training_year_id": year.pk}


def refuse_missing(year: policies.TrainingYear, way: str, codes: Collection[str]) -> None:
    """Nothing changed; refused while a document that the way asks for is not there."""
    if lacking := missing_proofs(known_way(year, way), codes):
        raise Refused("proof_missing", count=len(lacking))


def _codes(year: policies.TrainingYear, way: str) -> set[str]:
    return {one.code for one in known_way(year, way).proofs}


def _set_members(training: Training, teacher_ids: Collection[int]) -> None:
    wanted = set(teacher_ids)
    rows = TrainingMember.objects.filter(training=training)
    gone = [row.pk for row in rows if row.teacher_id not in wanted]
    if Attendance.objects.filter(meeting__training=training, teacher_id__in=rows.filter(pk__in=gone).values("teacher_id")).exists():
        raise Refused("member_has_attended")
    TrainingMember.objects.filter(pk__in=gone).delete()
    known = set(rows.values_list("teacher_id", flat=True))
    TrainingMember.objects.bulk_create(TrainingMember(training=training, teacher_id=pk) for pk in sorted(wanted - known))


@atomic
def change(*, actor: Actor, training_id: int, declared: Declared, papers: Papers = (), now: datetime) -> Training:
    """The training says something else and waits for the county again; refused once it is approved."""
    require(actor, DECLARE)
    [row] = held_trainings(actor, [training_id])
    if why := refuse_training_act(TrainingState(row.state), Act.CHANGED, reason=""):
        raise Refused(why)
    for name, value in _values(actor, row.training_year, declared).items():
        setattr(row, name, value)
    keep_papers(actor, row, papers, codes=_codes(row.training_year, declared.way), now=now)
    refuse_missing(row.training_year, declared.way, set(Document.objects.filter(training=row).values_list("code", flat=True)))
    row.state, row.reason, row.changed_at = TrainingState.DECLARED.value, "", now
    row.save()
    _set_members(row, declared.teacher_ids)
    keep_steps(actor, Act.CHANGED, [row], now=now)
    return row


@atomic
def add_papers(*, actor: Actor, training_id: int, papers: Papers, now: datetime) -> None:
    """The training has these documents as well, in whatever state it is: photographs and materials come when it was held."""
    require(actor, DECLARE)
    [row] = held_trainings(actor, [training_id])
    if row.state == TrainingState.WITHDRAWN:
        raise Refused("training_wrong_state")
    keep_papers(actor, row, papers, codes={*_codes(row.training_year, row.way), *FOLDER_CODES}, now=now)
    keep_steps(actor, Act.CHANGED, [row], now=now)


def held_trainings(actor: Actor, ids: Collection[int]) -> list[Training]:
    """The actor's trainings with these ids, held until the transaction ends; `NotInScope` unless all are there."""
    rows = Training.everywhere.within(actor.scope).select_for_update(no_key=True, of=("self",)).filter(pk__among=set(ids))
    found = list(rows.select_related("school", "training_year__pack").order_by("pk"))
    all_or_none(ids, found)
    return found


@atomic
def decide_trainings(*, actor: Actor, ids: Collection[int], is_approved: bool, reason: str = "", now: datetime) -> int:
    """The declared trainings are approved, or back at their schools with the reason; all of them or none. Returns how many."""
    require(actor, DECIDE_TRAININGS)
    rows = held_trainings(actor, ids)
    if any(one.declared_by_id is not None and one.declared_by_id == actor.account_id for one in rows):
        raise Refused("recognition_own")
    if any(not reaches(actor.role, known_way(one.training_year, one.way).approved_by) for one in rows):
        raise Refused("way_decided_higher")
    act = Act.APPROVED if is_approved else Act.RETURNED
    _move(actor, act, rows, reason, now)
    for one in rows:
        params = {"title": one.title, "reason": reason.strip()}
        if one.declared_by_id:
            tell(
                [one.declared_by_id],
                f"training_{act.value}",
                source=f"training:{one.pk}:{act.value}:{now:%Y%m%d%H%M%S}",
                params=params,
                link=f"/bureau/trainings/{one.public_id}/",
                now=now,
            )
    return len(rows)


@atomic
def withdraw_training(*, actor: Actor, training_id: int, reason: str, now: datetime) -> None:
    """The training is not held; what was converted stays and is withdrawn claim by claim."""
    require(actor, DECLARE)
    _move(actor, Act.WITHDRAWN, held_trainings(actor, [training_id]), reason, now)


def _move(actor: Actor, act: Act, rows: Sequence[Training], reason: str, now: datetime) -> None:
    for row in rows:
        if why := refuse_training_act(TrainingState(row.state), act, reason=reason):
            raise Refused(why)
        row.state, row.reason, row.changed_at = AFTER[act].value, reason.strip()[:300], now
    Training.everywhere.bulk_update(rows, ["state", "reason", "changed_at"])
    keep_steps(actor, act, rows, reason=reason.strip()[:300], now=now)
