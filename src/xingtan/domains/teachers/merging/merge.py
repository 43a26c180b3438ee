"""Merging two records, and ending a merge."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.domains.teachers import access
from xingtan.domains.teachers.models import Merge, Teacher, ToldApart
from xingtan.domains.teachers.sets.change import change_teachers
from xingtan.domains.teachers.sets.occasion import Amendment, Change, Occasion
from xingtan.domains.teachers.sets.roles import end_teacher_roles, hold_teacher_roles
from xingtan.domains.teachers.states import Status
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import Scope

from .alias import whose
from .looks import Weighed, weigh


class Look(NamedTuple):
    """What merging would do: the record that becomes an alias, the one that stays, what rooms hold of both, and what stands against it."""

    merged: Teacher
    into: Teacher
    weighed: list[Weighed]
    conflicts: list[Refused]


def look_at_merge(*, actor: Actor, merged_id: int, into_id: int) -> Look:
    """The dry run: nothing is written; `NotInScope` unless both are the actor's."""
    require(actor, access.MERGE)
    people = _both(actor, [merged_id, into_id], locks=False)
    return _look(people[merged_id], people[into_id])


def _both(actor: Actor, ids: Collection[int], *, locks: bool) -> dict[int, Teacher]:
    found = Teacher.objects.within(actor.scope).filter(pk__in=ids).order_by("pk")
    found = found.select_for_update(of=("self",)) if locks else found.select_related("school")
    people = {one.pk: one for one in found}
    if set(people) != set(ids):
        raise NotInScope
    return people


def _look(merged: Teacher, into: Teacher) -> Look:
    weighed = weigh(list(whose([merged.pk])), list(whose([into.pk])))
    conflicts = [one.conflict for one in weighed if one.conflict]
    if merged.pk == into.pk or Status.MERGED in (merged.status, into.status):
        conflicts.insert(0, Refused("merge_not_these"))
    return Look(merged, into, weighed, conflicts)


@atomic
def merge(*, actor: Actor, merged_id: int, into_id: int, reason: str, now: datetime) -> Merge:
    """The first record is an alias of the second: not in post, not found, its lines read as the other's, its account signs in as the other.

    Refused with the first conflict of the dry run; ending it restores both.
    """
    require(actor, access.MERGE)
    if not reason.strip():
        raise Refused("merge_reason_missing")
    people = _both(actor, [merged_id, into_id], locks=True)
    if conflicts := _look(people[merged_id], people[into_id]).conflicts:
        raise conflicts[0]
    merged, into = people[merged_id], people[into_id]
    before = {"status": merged.status}
    _set_status(merged, Status.MERGED, actor, now)
    hold_teacher_roles([(merged.account_id, into.school_id)], Occasion(now, actor.account_id))
    made = Merge.objects.create(
        merged=merged, into=into, reason=reason.strip()[:200], merged_at=now, merged_by_id=actor.account_id, before=before
    )
    record(actor, "teachers.merged", "teacher", [merged.pk, into.pk], now=now, detail={"reason": made.reason, "merge": made.pk})
    emit("teachers.merged", {"merged": merged.pk, "into": into.pk}, now=now)
    return made


@atomic
def end_merge(*, actor: Actor, public_id: str, now: datetime) -> Merge:
    """Both records are people of their own again; what was written in between stays with the one it was written to. Again: nothing changes."""
    require(actor, access.MERGE)
    made = Merge.objects.select_for_update().filter(public_id=public_id).first()
    if made is None:
        raise NotInScope
    merged = _both(actor, [made.merged_id, made.into_id], locks=True)[made.merged_id]
    if made.ended_at is None:
        made.ended_at, made.ended_by_id = now, actor.account_id
        made.save(update_fields=["ended_at", "ended_by_id"])
        _set_status(merged, Status(made.before["status"]), actor, now)
        _give_back_role(merged, Occasion(now, actor.account_id))
        record(actor, "teachers.merge_ended", "teacher", [made.merged_id, made.into_id], now=now, detail={"merge": made.pk})
        emit("teachers.merge_ended", {"merged": made.merged_id, "into": made.into_id}, now=now)
    return made


@atomic
def tell_apart(*, actor: Actor, first_id: int, second_id: int, now: datetime) -> None:
    """The two are two people, as somebody looked into: they are no candidates any more."""
    require(actor, access.MERGE)
    first, second = sorted(_both(actor, [first_id, second_id], locks=False))
    _told, made = ToldApart.objects.get_or_create(
        first_id=first, second_id=second, defaults={"told_at": now, "told_by_id": actor.account_id}
    )
    if made:
        record(actor, "teachers.told_apart", "teacher", [first, second], now=now)


def merges_of(teacher_id: int) -> list[Merge]:
    """Every merge that this record took part in, the latest first, with both people."""
    found = Merge.objects.filter(Q(merged_id=teacher_id) | Q(into_id=teacher_id)).select_related("merged__school", "into__school")
    return list(found.order_by("-merged_at", "-pk"))


def merges_in(scope: Scope) -> QuerySet[Merge]:
    """The merges in force of the branch's records, the latest first, with both people."""
    found = Merge.objects.filter(merged__school__path__gte=scope.first, merged__school__path__lt=scope.beyond, ended_at=None)
    return found.select_related("merged__school", "into__school").order_by("-merged_at", "-pk")


def _set_status(teacher: Teacher, status: Status, actor: Actor, now: datetime) -> None:
    change = Change("status", teacher.status, status.value)
    change_teachers([Amendment(teacher, [change], local_day(now))], Occasion(now, actor.account_id))


def _give_back_role(teacher: Teacher, occasion: Occasion) -> None:
    if teacher.status in (Status.IN_POST, Status.ON_LEAVE):
        hold_teacher_roles([(teacher.account_id, teacher.school_id)], occasion)
    else:
        end_teacher_roles([teacher.account_id], occasion)
