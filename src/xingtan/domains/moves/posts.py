"""Leave, leaving, retirement and return; teaching elsewhere than the post."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.calendar import local_day
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.api import FactKind, Status
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from . import access
from .models import SecondPost
from .rules import refuse_day, refuse_second_post, refuse_turn
from .states import SecondPostKind
from .turning import refuse, standing_since, tell_left, told_reason, turn


@atomic
def change_status(*, actor: Actor, teacher_ids: Collection[int], status: Status, since: date, reason: str, now: datetime) -> list[int]:
    """Each has the status from that day on: on leave, left, retired, or back in post at the school of before. All or nobody.

    Leavers are frozen: the teacher's role ends, everything earned stays, and a return gives the role back. Who has the status already stays
    as they are. Returns the ids of those who changed.
    """
    require(actor, access.CHANGE_POSTS)
    why = told_reason(reason)
    people = [one for one in teachers.teachers_held(actor.scope, teacher_ids) if one.status != status]
    known = standing_since([one.pk for one in people], FactKind.STATUS)
    for one in people:
        refuse(refuse_turn(one.status, status))
        refuse(refuse_day(since, standing_since=known.get(one.pk), today=local_day(now)))
    changed = turn(people, {"status": status.value}, since=since, actor=actor, now=now)
    tell_left(changed, status, since=since, now=now)
    if changed:
        record(
            actor,
            "moves.status_changed",
            "teacher",
            changed,
            now=now,
            detail={"status": status.value, "since": str(since), "reason": why},
        )
    return changed


class Elsewhere(NamedTuple):
    """Where a teacher also teaches, as what, and from when to when."""

    school_id: int
    kind: SecondPostKind
    from_on: date
    to_on: date | None = None


@atomic
def give_second_post(*, actor: Actor, teacher_id: int, wanted: Elsewhere, now: datetime) -> SecondPost:
    """The teacher also teaches at that school, whichever branch it lies in; the post, and who looks after the record, stay where they are."""
    require(actor, access.CHANGE_POSTS)
    [teacher] = teachers.teachers_held(actor.scope, [teacher_id])
    if teacher.status not in (Status.IN_POST, Status.ON_LEAVE):
        raise Refused("second_post_not_in_post")
    if not Organisation.everywhere.filter(pk=wanted.school_id, closed_on=None).exists():
        raise NotInScope
    refuse(refuse_second_post(wanted.from_on, wanted.to_on, own_school=teacher.school_id, school=wanted.school_id))
    held = SecondPost.everywhere.filter(teacher=teacher, school_id=wanted.school_id)
    if held.filter(to_on=None).exists() or held.filter(to_on__gte=wanted.from_on).exists():
        raise Refused("second_post_held")
    told = {"school_id": wanted.school_id, "kind": wanted.kind.value, "from_on": wanted.from_on, "to_on": wanted.to_on}
    made: SecondPost = SecondPost.everywhere.create(teacher=teacher, entered_at=now, entered_by_id=actor.account_id, **told)
    record(actor, "moves.second_post_given", "teacher", [teacher.pk], now=now, detail={key: str(value) for key, value in told.items()})
    return made


def second_posts_of(teacher_ids: Collection[int]) -> list[SecondPost]:
    """Where these people taught or teach as well, the latest first, with the schools."""
    found = SecondPost.everywhere.filter(teacher_id__among=teachers.whose(teacher_ids)).select_related("school", "teacher")
    return list(found.order_by("-from_on", "-pk"))


@atomic
def end_second_post(*, actor: Actor, post_id: int, on: date, now: datetime) -> SecondPost:
    """The second post ends with that day; ending it again on the same day changes nothing."""
    require(actor, access.CHANGE_POSTS)
    post = SecondPost.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=post_id).first()
    if post is None:
        raise NotInScope
    if on < post.from_on:
        raise Refused("second_post_days")
    if post.to_on != on:
        SecondPost.everywhere.filter(pk=post.pk).update(to_on=on)
        post.to_on = on
        record(actor, "moves.second_post_ended", "teacher", [post.teacher_id], now=now, detail={"on": str(on)})
    return post
