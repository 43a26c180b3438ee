"""A county grants a group, a school and the teachers see it, and paper counts by the same rules."""

from __future__ import annotations

from datetime import date

import pytest

from tests import enrolling, kitting
from tests.kitting import LATER, MADE
from xingtan.domains.circumstances import api as circumstances
from xingtan.domains.kits import api as kits
from xingtan.domains.kits.models import KitPerson
from xingtan.domains.learning import api as learning
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_grant_is_the_village_route_of_each_and_nobody_has_it_twice(cast):
    held = circumstances.granted([cast.lin_teacher.pk, cast.mao.pk], cast.year.first_on, cast.year.last_on)
    assert {pk: [one.name for one in rows] for pk, rows in held.items()} == {cast.lin_teacher.pk: ["village"], cast.mao.pk: ["village"]}
    second = kitting.grant(cast, "第二小组", people=[cast.mao])
    again = circumstances.granted([cast.mao.pk], cast.year.first_on, cast.year.last_on)
    assert again[cast.mao.pk] == held[cast.mao.pk]
    assert [one.circumstance_id for one in kits.members_of(second)] == [held[cast.mao.pk][0].circumstance_id]
    assert Message.objects.filter(account_id=cast.mao.account_id, code="study_group_granted").count() == 2
    assert AuditLine.objects.filter(act="kits.granted").count() == 2


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ([], "group_without_times"),
        ([kits.Slot(date(2026, 11, 21), 600, 540, "township")], "group_time_impossible"),
        ([kits.Slot(date(2028, 11, 21), 540, 600, "township")], "group_time_outside_year"),
        ([kits.Slot(date(2026, 11, 21), 540, 600, "township"), kits.Slot(date(2026, 11, 21), 590, 640, "disc")], "group_times_overlap"),
        ([kits.Slot(date(2026, 11, 21), 540, 600, "balloon")], "group_mode_unknown"),
    ],
)
def test_what_cannot_be_granted(cast, slots, why):
    wanted = kits.Wanted("第三小组", [cast.mao.pk], cast.mao.pk, slots)
    with pytest.raises(Refused, match=why):
        kits.grant_group(actor=cast.zhou, training_year_id=cast.year.pk, wanted=wanted, now=MADE)


def test_who_grants_and_who_sees(cast):
    wanted = kits.Wanted("第三小组", [cast.mao.pk], cast.mao.pk, kitting.SLOTS)
    with pytest.raises(NotAllowed):
        kits.grant_group(actor=cast.chen, training_year_id=cast.year.pk, wanted=wanted, now=MADE)
    [stranger] = enrolling.teachers(cast.elsewhere, 1)
    with pytest.raises(NotInScope):
        kits.grant_group(actor=cast.zhou, training_year_id=cast.year.pk, wanted=wanted._replace(teacher_ids=[stranger.pk]), now=MADE)
    assert list(kits.groups_in(cast.chen)) == [cast.group]
    assert list(kits.groups_in(cast.wu)) == []
    assert list(kits.groups_in(enrolling.actor_of(Role.COUNTY_OFFICER, cast.strange))) == []
    assert kits.groups_of(cast.mao.pk) == [cast.group]


def test_a_kit_holds_the_groups_people_and_no_numbers(cast):
    laptop = kitting.make(cast)
    manifest = laptop.kit.manifest
    assert [one["id"] for one in manifest["people"]] == [cast.lin_teacher.public_id, cast.mao.public_id]
    assert "number" not in str(manifest["people"])
    assert all("answer" not in question for course in manifest["courses"] for unit in course["units"] for question in unit["questions"])
    pins = [kits.PIN_BOX.open(one.pin_closed) for one in KitPerson.objects.filter(kit=laptop.kit)]
    assert len(pins) == 2
    assert not any(pin in str(manifest) for pin in pins)


def scan_of(cast):
    return keep_file([b"%PDF-1.4 signed"], kind="group_sheet", name="sheet.pdf", media_type="application/pdf", actor=cast.zhou, now=LATER)


def key_in(cast, *, shown, there, scan=None):
    time = kits.times_of(cast.group)[0]
    rows = [kits.There(one.pk, *minutes) for one, minutes in there]
    return kits.key_in(actor=cast.zhou, time_id=time.pk, shown=shown, there=rows, scan=scan, now=LATER)


def learned(cast, teacher, place):
    return learning.learned_of(teacher.pk, [cast.units[place].pk])[cast.units[place].pk]


def test_paper_counts_what_was_shown_while_one_was_there(cast):
    shown = [kits.Shown(cast.units[0].pk, 540, 541), kits.Shown(cast.units[2].pk, 545, 546)]
    there = [(cast.lin_teacher, (540, 720)), (cast.mao, (542, 720))]
    with pytest.raises(Refused, match="sheet_needs_scan"):
        key_in(cast, shown=shown, there=there)
    key_in(cast, shown=shown, there=there, scan=scan_of(cast))
    assert (learned(cast, cast.lin_teacher, 0), learned(cast, cast.lin_teacher, 2)) == (24, 56)
    assert (learned(cast, cast.mao, 0), learned(cast, cast.mao, 2)) == (0, 56)
    key_in(cast, shown=shown, there=there[1:])
    assert (learned(cast, cast.lin_teacher, 0), learned(cast, cast.mao, 2)) == (0, 56)


def test_paper_and_kit_of_the_same_time_are_one(cast):
    laptop = kitting.make(cast)
    laptop.session(kitting.BEGIN, [(cast.lin_teacher, 0, None)], [(cast.units[0], 0, 24)])
    key_in(cast, shown=[kits.Shown(cast.units[0].pk, 540, 541)], there=[(cast.lin_teacher, (540, 720))], scan=scan_of(cast))
    assert learned(cast, cast.lin_teacher, 0) == 24
    kitting.receive(laptop)
    assert learned(cast, cast.lin_teacher, 0) == 24
    assert sum(one.seconds for one in kits.hours_of(cast.group).values()) == 24


@pytest.mark.parametrize(
    ("shown", "minutes", "why"),
    [
        ((500, 541), (540, 720), "sheet_outside_time"),
        ((540, 541), (540, 800), "sheet_outside_time"),
        ((541, 540), (540, 720), "sheet_outside_time"),
    ],
)
def test_a_sheet_stays_within_its_time(cast, shown, minutes, why):
    with pytest.raises(Refused, match=why):
        key_in(cast, shown=[kits.Shown(cast.units[0].pk, *shown)], there=[(cast.mao, minutes)], scan=scan_of(cast))


def test_a_determination_hears_how_the_group_studied(cast):
    laptop = kitting.make(cast)
    laptop.session(kitting.BEGIN, [(cast.lin_teacher, 0, None)], [(cast.units[0], 0, 24)])
    kitting.receive(laptop)
    [(teacher_id, _record, component, mode)] = kits.studied_modes([cast.lin_teacher.pk, cast.mao.pk], cast.year.pk)
    assert (teacher_id, component, mode) == (cast.lin_teacher.pk, "course", "township")
