"""Circumstances: proposed, granted, refused, ended, withdrawn; what the pack does not know, what overlaps, who may, what was known when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import crediting, enrolling
from xingtan.core.policy import bundled_policy
from xingtan.domains.circumstances import api as room
from xingtan.domains.circumstances.models import Circumstance
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = crediting.NOW
FIRST, LAST = date(2026, 11, 10), date(2027, 4, 20)
LEAVE = room.Stated("leave", "maternity", FIRST, LAST, "产假审批表")
VILLAGE = room.Stated("village", "", date(2026, 7, 1), date(2027, 6, 30))


def put(cast, stated=LEAVE, actor=None, people=None, now=NOW):
    ids = [one.pk for one in people or [cast.lin_teacher]]
    return room.record_circumstances(actor=actor or cast.zhou, training_year_id=cast.year.pk, teacher_ids=ids, stated=stated, now=now)


def refused(act, *args, **more):
    with pytest.raises(Refused) as found:
        act(*args, **more)
    return found.value.code


def state_of(pk):
    return Circumstance.everywhere.get(pk=pk).state


def test_a_school_proposes_and_the_county_grants(cast):
    [pk] = put(cast, actor=cast.chen).ids
    assert state_of(pk) == "proposed"
    assert room.granted([cast.lin_teacher.pk], FIRST, LAST) == {}
    assert room.waiting_count(cast.county.scope) == 1
    assert room.decide(actor=cast.zhou, ids=[pk], is_granted=True, now=NOW) == 1
    [held] = room.granted([cast.lin_teacher.pk], FIRST, FIRST)[cast.lin_teacher.pk]
    assert (held.name, held.value, held.from_on, held.to_on) == ("leave", "maternity", FIRST, LAST)
    assert [one.act for one in room.steps_of(Circumstance.everywhere.get(pk=pk))] == ["proposed", "granted"]
    assert Message.objects.get(account_id=cast.lin_teacher.account_id).code == "circumstance_granted"
    acts = ["circumstances.proposed", "circumstances.granted"]
    assert list(AuditLine.objects.filter(act__in=acts).order_by("pk").values_list("act", flat=True)) == acts


def test_a_refusal_needs_its_reason_and_is_final(cast):
    [pk] = put(cast, actor=cast.chen).ids
    assert refused(room.decide, actor=cast.zhou, ids=[pk], is_granted=False, now=NOW) == "circumstance_needs_a_reason"
    room.decide(actor=cast.zhou, ids=[pk], is_granted=False, reason="材料不全", now=NOW)
    assert state_of(pk) == "refused"
    assert refused(room.decide, actor=cast.zhou, ids=[pk], is_granted=True, now=NOW) == "circumstance_wrong_state"
    assert len(put(cast, actor=cast.chen).ids) == 1


def test_who_decides_and_who_may_not(cast):
    [pk] = put(cast, actor=cast.chen).ids
    with pytest.raises(NotAllowed):
        room.decide(actor=cast.chen, ids=[pk], is_granted=True, now=NOW)
    with pytest.raises(NotAllowed):
        put(cast, actor=cast.lin)
    with pytest.raises(NotInScope):
        put(cast, actor=cast.wu)
    with pytest.raises(NotInScope):
        room.decide(actor=cast.stranger, ids=[pk], is_granted=True, now=NOW)
    Circumstance.everywhere.filter(pk=pk).update(recorded_by_id=cast.zhou.account_id)
    assert refused(room.decide, actor=cast.zhou, ids=[pk], is_granted=True, now=NOW) == "circumstance_own_proposal"


def test_a_school_withdraws_what_it_proposed_and_not_what_was_granted(cast):
    [pk] = put(cast, actor=cast.chen).ids
    room.withdraw(actor=cast.chen, ids=[pk], reason="重复申报", now=NOW)
    assert state_of(pk) == "withdrawn"
    [pk] = put(cast).ids
    assert refused(room.withdraw, actor=cast.chen, ids=[pk], reason="不再需要", now=NOW) == "circumstance_of_office"
    assert room.withdraw(actor=cast.zhou, ids=[pk], reason="销假", now=NOW) == 1
    assert Circumstance.everywhere.count() == 2


def test_the_same_again_changes_nothing_and_an_overlap_is_refused(cast):
    people = [cast.lin_teacher, *enrolling.teachers(cast.school, 2)]
    assert (len(put(cast, people=people[:2]).ids), put(cast, people=people[:2]).already) == (2, 2)
    assert put(cast, people=people)[1] == 2
    other = LEAVE._replace(value="sick", from_on=LAST)
    assert refused(put, cast, other, people=people) == "circumstance_contradicts"
    assert Circumstance.everywhere.count() == 3
    after = LEAVE._replace(value="sick", from_on=LAST + timedelta(days=1), to_on=date(2027, 5, 30))
    assert len(put(cast, after, people=people).ids) == 3


def test_two_ranks_may_hold_at_once_and_one_rank_not_twice(cast):
    rank = room.Stated("rank", "special_grade", date(2019, 9, 1), None)
    put(cast, rank)
    put(cast, rank._replace(value="provincial_subject_leader"))
    assert refused(put, cast, rank._replace(from_on=date(2020, 9, 1))) == "circumstance_contradicts"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (LEAVE._replace(value="holiday"), "circumstance_unknown"),
        (LEAVE._replace(name="category", value="3"), "circumstance_unknown"),
        (LEAVE._replace(to_on=date(2026, 11, 9)), "circumstance_ends_before"),
        (LEAVE._replace(to_on=None), "circumstance_needs_an_end"),
        (LEAVE._replace(from_on=date(2027, 7, 1), to_on=date(2027, 8, 1)), "circumstance_outside_year"),
        (VILLAGE._replace(to_on=date(2027, 7, 1)), "circumstance_is_yearly"),
        (VILLAGE._replace(to_on=None), "circumstance_needs_an_end"),
        (LEAVE._replace(hours_centi=1_00), "circumstance_without_hours"),
        (VILLAGE._replace(name="duty", value="studio_mentor"), "circumstance_hours_range"),
        (VILLAGE._replace(name="duty", value="studio_mentor", hours_centi=72_01), "circumstance_hours_range"),
    ],
)
def test_what_cannot_be_is_refused(cast, stated, code):
    assert refused(put, cast, stated) == code
    assert not Circumstance.everywhere.exists()


def test_an_early_end_counts_from_then_on_and_what_was_known_can_be_asked_again(cast):
    [pk] = put(cast).ids
    later, latest = NOW + timedelta(days=1), NOW + timedelta(days=2)
    assert (
        refused(room.end_early, actor=cast.zhou, circumstance_id=pk, last_on=LAST, reason="返岗", now=later) == "circumstance_end_outside"
    )
    room.end_early(actor=cast.zhou, circumstance_id=pk, last_on=date(2027, 1, 5), reason="返岗", now=later)
    room.withdraw(actor=cast.zhou, ids=[pk], reason="登记错误", now=latest)

    def known(moment):
        return [(one.state, one.to_on) for one in room.circumstances_known([cast.lin_teacher.pk], moment).get(cast.lin_teacher.pk, [])]

    assert known(NOW - timedelta(seconds=1)) == []
    assert known(NOW) == [("granted", LAST)]
    assert known(later) == [("granted", date(2027, 1, 5))]
    assert known(latest) == [("withdrawn", date(2027, 1, 5))]


@pytest.mark.parametrize("code", ["jiangxi-2011", "zibo-2011", "dawa-2008", "jiangxi-it-2014", "jiangxi-credit-2018"])
def test_every_pack_says_what_may_be_recorded(code):
    policy = bundled_policy(code)
    found = room.choices(policy)
    assert len({one.code for one in found}) == len(found)
    assert {fact.code for fact in policy.facts} <= {one.name for one in found}
    assert [one.value for one in found if one.name == "leave"] == [one.code for one in policy.leave]
    assert all(room.circumstance_word(policy, one.name, one.value) for one in found)
