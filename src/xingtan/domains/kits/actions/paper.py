"""Attendance sheets on paper, keyed in: evidence like a kit's lines, counted by the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.domains.courses import api as courses
from xingtan.domains.kits.access import KEY_IN
from xingtan.domains.kits.models import GroupMember, GroupTime, PaperSheet, StudyGroup
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .counting import count_anew

MOST_SHOWN = 20


class Shown(NamedTuple):
    """What was shown: a unit, from a minute to a minute of the day, beginning at a second of the unit."""

    unit_id: int
    from_minute: int
    to_minute: int
    from_s: int = 0


class There(NamedTuple):
    """Who signed, and from when to when."""

    teacher_id: int
    from_minute: int
    to_minute: int


@atomic
def key_in(
    *, actor: Actor, time_id: int, shown: Sequence[Shown], there: Sequence[There], scan: StoredFile | None = None, now: datetime
) -> PaperSheet:
    """The sheet of this fixed time says exactly this; keyed in again it is replaced, a scan stays unless another is given. Hours follow."""
    require(actor, KEY_IN)
    time = GroupTime.objects.filter(pk=time_id).select_related("group").first()
    if time is None or not StudyGroup.objects.within(actor.scope).filter(pk=time.group_id).exists():
        raise NotInScope("time")
    members = set(GroupMember.objects.filter(group_id=time.group_id).values_list("teacher_id", flat=True))
    _refuse(time, shown, there, members)
    before = PaperSheet.objects.select_for_update().filter(time=time).first()
    if scan is None and before is None:
        raise Refused("sheet_needs_scan")
    values = {
        "scan": scan or (before.scan if before else None),
        "shown": [list(one) for one in shown],
        "there": [list(one) for one in sorted(there)],
        "keyed_at": now,
        "keyed_by_id": actor.account_id,
    }
    sheet, _made = PaperSheet.objects.update_or_create(time=time, defaults=values)
    gone = {row[0] for row in before.there} if before else set()
    count_anew({one.teacher_id for one in there} | gone, now)
    record(actor, "kits.keyed_in", "group_time", [time.pk], now=now, detail={"people": len(there), "units": len(shown)})
    return sheet


def _refuse(time: GroupTime, shown: Sequence[Shown], there: Sequence[There], members: set[int]) -> None:
    if any(one.teacher_id not in members for one in there):
        raise NotInScope("teacher")
    if len({one.teacher_id for one in there}) != len(there):
        raise Refused("sheet_person_twice")
    spans = [one[1:3] for one in (*shown, *there)]
    if any(not time.from_minute <= first < last <= time.to_minute for first, last in spans):
        raise Refused("sheet_outside_time")
    _refuse_shown(shown)


def _refuse_shown(shown: Sequence[Shown]) -> None:
    if len(shown) > MOST_SHOWN:
        raise Refused("sheet_too_many_units", most=MOST_SHOWN)
    known = courses.units_by_id({one.unit_id for one in shown})
    if any(one.unit_id not in known or not 0 <= one.from_s <= known[one.unit_id].length_s for one in shown):
        raise Refused("sheet_unit_unknown")
