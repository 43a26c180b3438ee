"""The common end of every act here: facts turn, roles follow, later rooms are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.api import FactKind, Status, Teacher
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from .models import SecondPost
from .rules import GONE, Why


def refuse(why: Why) -> None:
    """Nothing happens where nothing stands against it."""
    if why is not None:
        raise why


def standing_since(ids: Collection[int], kind: FactKind) -> Mapping[int, date]:
    """Since when the fact in force holds of each of these teachers; absent where none is on record."""
    return {pk: day for (pk, known), day in teachers.open_facts_since(ids).items() if known == kind}


def turn(people: Iterable[Teacher], values: Mapping[str, str], *, since: date, actor: Actor, now: datetime) -> list[int]:
    """The people have the values (`school` by its id, `status`) from that day on; their teacher's role follows the post. Returns who changed."""
    rows = []
    for one in people:
        before = {"school": str(one.school_id), "status": one.status}
        changes = [teachers.Change(key, before[key], value) for key, value in values.items() if before[key] != value]
        if changes:
            rows.append(teachers.Amendment(one, changes, since))
    occasion = teachers.Occasion(now, actor.account_id)
    teachers.change_teachers(rows, occasion)
    changed = [row.teacher for row in rows]
    teachers.end_teacher_roles([one.account_id for one in changed if one.status in GONE], occasion)
    teachers.hold_teacher_roles([(one.account_id, one.school_id) for one in changed if one.status not in GONE], occasion)
    _end_second_posts([one.pk for one in changed if one.status in GONE], since)
    return [one.pk for one in changed]


def _end_second_posts(ids: Sequence[int], since: date) -> None:
    """Who leaves teaches nowhere: open second posts end that day, and one that begins later never was."""
    held = SecondPost.everywhere.filter(teacher_id__among=ids, to_on=None)
    held.filter(from_on__gt=since).delete()
    held.update(to_on=since)


def tell_moved(ids: Sequence[int], schools: Mapping[int, int], *, since: date, now: datetime) -> None:
    """Later rooms hear who moved where (their unfinished choices follow); nobody hears of nobody."""
    if ids:
        emit("teachers.moved", {"teachers": list(ids), "schools": {str(pk): schools[pk] for pk in ids}, "since": str(since)}, now=now)


def tell_left(ids: Sequence[int], status: Status, *, since: date, now: datetime) -> None:
    """Later rooms hear who left or retired: what is not confirmed is withdrawn, the rest waits for a return."""
    if ids and status in GONE:
        emit("teachers.left", {"teachers": list(ids), "status": status.value, "since": str(since)}, now=now)


def told_reason(text: str) -> str:
    """The reason as it is kept; refused where there is none."""
    if not text.strip():
        raise Refused("move_reason_missing")
    return text.strip()[:200]
