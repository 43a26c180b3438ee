"""Granting a study group, and ending the grant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.policy import Policy
from xingtan.core.policy.kinds import TermColumn
from xingtan.domains.circumstances import api as circumstances
from xingtan.domains.kits.access import GRANT_GROUP
from xingtan.domains.kits.models import GroupMember, GroupTime, StudyGroup
from xingtan.domains.kits.times import Slot, refuse_times
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

SUBJECT = "study_group"
VILLAGE = "village"
MOST_PEOPLE = 80
COUNTY_KINDS = (Kind.COUNTY, Kind.ZONE, Kind.CITY, Kind.PROVINCE)


class Wanted(NamedTuple):
    """What a county grants: a name, a place, the people by id, the leader, the times, the ground."""

    name: str
    teacher_ids: Collection[int]
    leader_id: int
    slots: Sequence[Slot]
    place_id: int | None = None
    place_note: str = ""
    ground: str = ""


def modes_of(policy: Policy) -> dict[str, tuple[str, str]]:
    """How a group may study, as the pack's terms name it: code → (Chinese, English); empty when the pack does not ask."""
    return {one.code: (one.label.zh, one.label.en) for one in policy.terms if one.column is TermColumn.MODE}


@atomic
def grant_group(*, actor: Actor, training_year_id: int, wanted: Wanted, now: datetime) -> StudyGroup:
    """The group stands with its people and times, and each of them has the circumstance of the village route where the pack knows one.

    Granting the very same name again answers the group that stands. `Refused` for impossible times, nobody, or too many.
    """
    require(actor, GRANT_GROUP)
    year = policies.year_by_id(actor, training_year_id)
    county = Organisation.objects.within(actor.scope).filter(pk=actor.organisation_id or 0, kind__in=COUNTY_KINDS).first()
    if county is None:
        raise NotInScope("county")
    _refuse(policies.policy_of(year), year, wanted)
    people = _people(actor, {*wanted.teacher_ids, wanted.leader_id})
    if StudyGroup.everywhere.filter(county=county, training_year=year, name=wanted.name.strip()).exists():
        raise Refused("group_name_taken")
    group = StudyGroup.everywhere.create(
        county=county,
        training_year=year,
        name=wanted.name.strip(),
        place_id=_place(actor, wanted.place_id),
        place_note=wanted.place_note.strip(),
        leader=people[wanted.leader_id],
        ground=wanted.ground.strip(),
        granted_at=now,
        granted_by_id=actor.account_id,
    )
    GroupTime.objects.bulk_create([GroupTime(group=group, **slot._asdict()) for slot in sorted(set(wanted.slots))])
    members = [people[pk] for pk in sorted(set(wanted.teacher_ids))]
    _join(actor, group, year, members, now)
    record(actor, "kits.granted", SUBJECT, [group.pk], now=now, detail={"people": len(members), "times": len(wanted.slots)})
    _tell(group, members, "study_group_granted", now)
    return group


def _refuse(policy: Policy, year: policies.TrainingYear, wanted: Wanted) -> None:
    if not wanted.name.strip():
        raise Refused("group_without_name")
    if not wanted.teacher_ids:
        raise Refused("group_without_people")
    if len(set(wanted.teacher_ids)) > MOST_PEOPLE:
        raise Refused("group_too_many_people", most=MOST_PEOPLE)
    if why := refuse_times(wanted.slots, year.first_on, year.last_on):
        raise Refused(why, first=year.first_on.isoformat(), last=year.last_on.isoformat())
    if {slot.mode for slot in wanted.slots} - ({*modes_of(policy)} or {""}):
        raise Refused("group_mode_unknown")
    if year.state == policies.YearState.CLOSED:
        raise Refused("group_year_closed")


def _people(actor: Actor, ids: Collection[int]) -> dict[int, teachers.Teacher]:
    found = {one.pk: one for one in teachers.teachers_in(actor.scope).filter(pk__among=ids)}
    if len(found) != len(set(ids)):
        raise NotInScope("teacher")
    return found


def _place(actor: Actor, place_id: int | None) -> int | None:
    if place_id is not None and not Organisation.objects.within(actor.scope).filter(pk=place_id).exists():
        raise NotInScope("place")
    return place_id


def _join(actor: Actor, group: StudyGroup, year: policies.TrainingYear, people: Sequence[teachers.Teacher], now: datetime) -> None:
    """The people are members, each with the circumstance that the grant stands on: the one that was granted already, or a new one."""
    granted = _circumstances(actor, group, year, [one.pk for one in people], now)
    GroupMember.objects.bulk_create(
        [
            GroupMember(group=group, teacher=one, circumstance_id=granted.get(one.pk), from_on=year.first_on, to_on=year.last_on)
            for one in people
        ]
    )


def _circumstances(actor: Actor, group: StudyGroup, year: policies.TrainingYear, ids: Collection[int], now: datetime) -> Mapping[int, int]:
    """Whose village route stands, by teacher; whoever had none in the year is granted it with the group as its ground."""
    if circumstances.choice_of(policies.policy_of(year), VILLAGE, "") is None:
        return {}
    held = _held(year, ids)
    missing = [pk for pk in ids if pk not in held]
    if missing:
        ground = group.ground or f"{group.name} {group.place or group.place_note}".strip()
        stated = circumstances.Stated(VILLAGE, "", year.first_on, year.last_on, ground)
        circumstances.record_circumstances(actor=actor, training_year_id=year.pk, teacher_ids=missing, stated=stated, now=now)
        held = _held(year, ids)
    return held


def _held(year: policies.TrainingYear, ids: Collection[int]) -> dict[int, int]:
    granted = circumstances.granted(ids, year.first_on, year.last_on)
    return {pk: one.circumstance_id for pk, rows in granted.items() for one in rows if one.name == VILLAGE}


@atomic
def end_group(*, actor: Actor, group_id: int, last_on: date, reason: str, now: datetime) -> StudyGroup:
    """The group studies for the last time on this day; later hours do not count. The circumstance of its people is another act."""
    require(actor, GRANT_GROUP)
    group = StudyGroup.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=group_id).first()
    if group is None:
        raise NotInScope("group")
    year = policies.year_by_id(actor, group.training_year_id)
    if not reason.strip():
        raise Refused("group_end_needs_reason")
    if not year.first_on <= last_on <= year.last_on:
        raise Refused("group_time_outside_year", first=year.first_on.isoformat(), last=year.last_on.isoformat())
    group.ended_on, group.end_reason = last_on, reason.strip()
    group.save(update_fields=["ended_on", "end_reason"])
    record(actor, "kits.ended", SUBJECT, [group.pk], now=now, detail={"last": last_on.isoformat()})
    people = [row.teacher for row in GroupMember.objects.filter(group=group).select_related("teacher")]
    _tell(group, people, "study_group_ended", now)
    return group


def _tell(group: StudyGroup, people: Sequence[teachers.Teacher], code: str, now: datetime) -> None:
    params = {
        "name": group.name,
        "place": str(group.place or group.place_note),
        "last": group.ended_on.isoformat() if group.ended_on else "",
    }
    tell([one.account_id for one in people], code, source=f"{code}:{group.pk}:{params['last']}", params=params, link="/my/group/", now=now)
