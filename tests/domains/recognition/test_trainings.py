"""School-run training: declared under the school's plan, approved, held, converted, entered, reviewed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import crediting, recognising
from tests.deputies import refuses_own, standing_in
from tests.recognising import DAY, NOW, approved, attend, convert, declare, meet
from xingtan.domains.credits import api as credits_room
from xingtan.domains.recognition import api as room
from xingtan.domains.recognition.models import Attendance, Claim, Meeting, Training
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def refused(act, *args, **more):
    with pytest.raises(Refused) as found:
        act(*args, **more)
    return found.value.code


def decide(cast, made, actor=None, reason="", *, is_approved=True):
    return room.decide_trainings(actor=actor or cast.zhou, ids=[made.pk], is_approved=is_approved, reason=reason, now=NOW)


def state_of(made):
    return Training.everywhere.get(pk=made.pk).state


def test_a_school_declares_and_the_county_approves(cast):
    made = declare(cast)
    assert (made.state, made.school_id) == ("declared", cast.school.pk)
    assert declare(cast).pk == made.pk
    assert decide(cast, made) == 1
    assert state_of(made) == "approved"
    acts = list(AuditLine.objects.filter(act__startswith="recognition.training").order_by("pk").values_list("act", flat=True))
    assert acts == ["recognition.training_declared", "recognition.training_approved"]
    assert [one.step.act for one in room.steps_of(made)] == ["declared", "approved"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last_on": date(2026, 11, 1)}, "training_ends_before"),
        ({"last_on": date(2027, 7, 20)}, "training_outside_year"),
        ({"teacher_ids": []}, "training_nobody"),
        ({"planned_centi": 0}, "training_without_hours"),
        ({"way": "open_lesson"}, "way_not_yours"),
        ({"way": "swimming"}, "way_unknown"),
        ({"papers": []}, "proof_missing"),
    ],
)
def test_what_may_not_be_declared(cast, changes, code):
    assert refused(declare, cast, **changes) == code
    assert Training.everywhere.count() == 0


def test_who_declares_and_decides(cast):
    made = declare(cast)
    with pytest.raises(NotAllowed):
        declare(cast, actor=cast.zhou)
    with pytest.raises(NotAllowed):
        decide(cast, made, actor=cast.chen)
    with pytest.raises(NotInScope):
        decide(cast, made, actor=cast.stranger)
    [strange] = recognising.enrolling.teachers(cast.elsewhere, 1)
    with pytest.raises(NotInScope):
        declare(cast, title="他校", teacher_ids=[strange.pk])


def test_what_comes_back_has_its_reason_and_may_be_changed(cast):
    made = declare(cast)
    assert refused(decide, cast, made, is_approved=False) == "recognition_needs_a_reason"
    decide(cast, made, is_approved=False, reason="学时偏多")
    assert refused(meet, cast, made) == "training_not_approved"
    room.change(actor=cast.chen, training_id=made.pk, declared=recognising.wanted(cast, planned_centi=4_00), now=NOW)
    assert state_of(made) == "declared"
    decide(cast, made)
    assert refused(decide, cast, made) == "training_wrong_state"


def test_attendance_becomes_hours_by_the_pack_within_the_plan(cast):
    made = approved(cast)
    attend(cast, meet(cast, made), {cast.lin_teacher: 120, cast.ma: 50})
    attend(cast, meet(cast, made, hours=(14, 20)), {cast.lin_teacher: 360})
    assert convert(cast, made) == 2
    claims = {one.teacher_id: one for one in Claim.everywhere.all()}
    # 480 minutes are 8 hours, 6 were planned; 50 minutes are 0.83 hours.
    assert (claims[cast.lin_teacher.pk].amount_centi, claims[cast.lin_teacher.pk].worth_centi) == (360_00, 6_00)
    assert (claims[cast.ma.pk].amount_centi, claims[cast.ma.pk].worth_centi) == (50_00, 83)
    assert convert(cast, made) == 0


def test_lists_that_come_late_are_converted_as_a_difference(cast):
    made = approved(cast)
    meeting = meet(cast, made)
    attend(cast, meeting, {cast.lin_teacher: 60})
    convert(cast, made)
    recognising.told(Claim.everywhere.all())
    entered = credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW)
    attend(cast, meeting, {cast.lin_teacher: 120})
    assert convert(cast, made) == 1
    recognising.told(Claim.everywhere.all())
    more = credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW)
    assert [one.learned_centi for one in (*entered, *more)] == [1_00, 1_00]


def test_the_hours_go_the_whole_way_of_the_chain(cast):
    made = approved(cast)
    attend(cast, meet(cast, made), {cast.lin_teacher: 120})
    convert(cast, made)
    recognising.told(Claim.everywhere.all())
    [entry] = credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW)
    assert (entry.component, entry.recognised_centi, entry.provider_id) == ("workshop", 2_00, cast.school.pk)
    crediting.walk(cast, [entry])
    amounts = credits_room.amounts_of([cast.lin_teacher.pk], cast.year.pk)[cast.lin_teacher.pk]
    assert (amounts.by_component["workshop"].verified, amounts.total.verified) == (2_00, 2_00)


@pytest.mark.parametrize(
    ("hours", "on", "code"),
    [
        ((11, 9), DAY, "meeting_ends_before"),
        ((9, 11), date(2026, 11, 21), "meeting_outside_training"),
        ((10, 12), DAY, "meeting_overlaps"),
    ],
)
def test_when_a_meeting_may_not_be(cast, hours, on, code):
    made = approved(cast)
    first = meet(cast, made)
    assert meet(cast, made).pk == first.pk
    assert refused(meet, cast, made, hours=hours, on=on) == code
    assert Meeting.objects.count() == 1


def test_nobody_is_in_two_places_at_once(cast):
    one, other = approved(cast), approved(cast, title="数学组磨课")
    attend(cast, meet(cast, one), {cast.lin_teacher: 120})
    clash = meet(cast, other, hours=(10, 12))
    assert refused(attend, cast, clash, {cast.lin_teacher: 60}) == "two_places"
    assert attend(cast, clash, {cast.lin_teacher: 0, cast.ma: 60}) == 1
    assert attend(cast, meet(cast, other, hours=(11, 12), on=DAY + timedelta(days=1)), {cast.lin_teacher: 60}) == 1


def test_who_and_how_long(cast):
    made = approved(cast)
    meeting = meet(cast, made)
    [strange] = recognising.enrolling.teachers(cast.school, 1)
    assert refused(attend, cast, meeting, {strange: 10}) == "attendance_of_strangers"
    assert refused(attend, cast, meeting, {cast.ma: 121}) == "attendance_too_long"
    assert refused(recognising.convert, cast, made) == "training_nobody_came"
    with pytest.raises(NotInScope):
        attend(cast, meeting, {cast.ma: 10}, actor=recognising.enrolling.actor_of(Role.SCHOOL_CLERK, cast.second))


def test_members_check_in_by_the_code_when_the_meeting_is_held(cast):
    made = approved(cast)
    meeting = meet(cast, made)
    for now, fits in ((recognising.at(8, 29), False), (recognising.at(8, 30), True), (recognising.at(11, 16), False)):
        if fits:
            room.check_in(actor=cast.lin, code=meeting.code, now=now)
            room.check_in(actor=cast.lin, code=meeting.code, now=now)
        else:
            assert refused(room.check_in, actor=cast.lin, code=meeting.code, now=now) == "code_not_now"
    assert [(one.minutes, one.presence) for one in Attendance.objects.all()] == [(120, "code")]


def test_a_meeting_that_was_attended_stays(cast):
    made = approved(cast)
    meeting = meet(cast, made)
    attend(cast, meeting, {cast.ma: 10})
    assert refused(room.drop_meeting, actor=cast.chen, meeting_id=meeting.pk, now=NOW) == "meeting_was_attended"
    attend(cast, meeting, {cast.ma: 0})
    room.drop_meeting(actor=cast.chen, meeting_id=meeting.pk, now=NOW)
    assert Meeting.objects.count() == 0


def test_nobody_keys_in_the_own_presence_or_work(cast):
    made = approved(cast)
    meeting = meet(cast, made)
    clerk = standing_in(cast.chen, cast.lin_teacher)
    refuses_own(attend, cast, meeting, {cast.lin_teacher: 120, cast.ma: 50}, actor=clerk)
    refuses_own(room.set_work, actor=clerk, training_id=made.pk, teacher_ids={cast.lin_teacher.pk}, now=NOW)
    assert attend(cast, meeting, {cast.lin_teacher: 0, cast.ma: 50}, actor=clerk) == 1
    room.check_in(actor=cast.lin, code=meeting.code, now=recognising.at(9))
    assert attend(cast, meeting, {cast.lin_teacher: 120, cast.ma: 60}, actor=clerk) == 2
    refuses_own(attend, cast, meeting, {cast.lin_teacher: 60}, actor=clerk)
