"""Nominating and deciding, ratios, cadres, offices beside the tree, members; each refusal beside the success that it bounds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import enrolling
from xingtan.domains.registers import api as door
from xingtan.domains.registers.models import PoolMember
from xingtan.domains.registers.rules import Ratio
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import VISITOR, Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = enrolling.NOW
DAY = date(2026, 9, 1)
EXPERT = door.Nomination("罗正行", "青原区教师进修学校", "experts", "指导听课评课", "正高级教师，主持省级课题", DAY, None)


@pytest.fixture
def cast(db):
    made = enrolling.build()
    made.second_officer = enrolling.actor_of(Role.COUNTY_OFFICER, made.county, enrolling.teachers(made.school, 1)[0])
    return made


def nominated(cast, actor=None, office=None, wanted=EXPERT):
    return door.nominate(actor=actor or cast.chen, office_id=(office or cast.county).pk, wanted=wanted, now=NOW)


def decide(actor, *rows, is_approved=True, reason=""):
    return door.decide_nominations(actor=actor, ids=[row.pk for row in rows], is_approved=is_approved, reason=reason, now=NOW)


def test_a_school_nominates_and_the_office_whose_pool_it_is_approves(cast):
    row = nominated(cast)
    assert decide(cast.zhou, row) == 1
    row.refresh_from_db()
    assert (row.state, row.nominator_id, row.decided_by_id) == ("approved", cast.school.pk, cast.zhou.account_id)
    assert list(AuditLine.objects.filter(act__startswith="registers.").order_by("pk").values_list("act", flat=True)) == [
        "registers.nominated",
        "registers.pool_approved",
    ]


@pytest.mark.parametrize("case", ["own", "another county", "school", "no reason", "twice"])
def test_who_may_not_decide_and_how(cast, case):
    row = nominated(cast, actor=cast.zhou if case == "own" else None)
    wrong = {"own": (Refused, cast.zhou), "another county": (NotInScope, stranger(cast)), "school": (NotAllowed, cast.chen)}
    if case == "no reason":
        wrong[case] = (Refused, cast.zhou)
    if case == "twice":
        decide(cast.zhou, row)
        wrong[case] = (Refused, cast.zhou)
    kind, actor = wrong[case]
    with pytest.raises(kind):
        decide(actor, row, is_approved=case != "no reason")
    if case != "twice":
        assert decide(cast.second_officer, row) == 1


def stranger(cast):
    return enrolling.actor_of(Role.COUNTY_OFFICER, cast.strange)


def test_many_are_decided_together_or_not_at_all(cast):
    first, own = nominated(cast), nominated(cast, actor=cast.zhou, wanted=EXPERT._replace(name="周"))
    with pytest.raises(Refused):
        decide(cast.zhou, first, own)
    assert set(PoolMember.everywhere.values_list("state", flat=True)) == {"nominated"}


@pytest.mark.parametrize(
    ("change", "code"),
    [({"to_on": DAY - timedelta(days=1)}, "register_ends_before"), ({}, "pool_twice")],
    ids=["ends before", "twice"],
)
def test_a_nomination_that_cannot_stand(cast, change, code):
    if code == "pool_twice":
        nominated(cast)
    with pytest.raises(Refused) as refused:
        nominated(cast, wanted=EXPERT._replace(**change))
    assert refused.value.code == code


def test_nobody_nominates_for_a_pool_elsewhere(cast):
    with pytest.raises(Refused, match="pool_office_unknown"):
        nominated(cast, office=cast.strange)
    assert nominated(cast, office=cast.province).office_id == cast.province.pk


@pytest.mark.parametrize(
    ("trainees", "per", "held", "needed", "missing"),
    [(0, 30, 0, 0, 0), (1, 30, 0, 1, 1), (30, 30, 1, 1, 0), (31, 30, 1, 2, 1), (360_000, 500, 719, 720, 1), (10, 500, 3, 1, 0)],
)
def test_a_ratio(trainees, per, held, needed, missing):
    ratio = Ratio(trainees, per, held)
    assert (ratio.needed, ratio.missing, ratio.is_met) == (needed, missing, missing == 0)


def test_ratios_count_teachers_in_post_and_experts_of_today(cast):
    enrolling.teachers(cast.second, 61)
    enrolling.teachers(cast.second, 5, status="retired")
    rows = [nominated(cast, wanted=EXPERT._replace(name=name, **more)) for name, more in (
        ("一", {}), ("二", {"team": "tutors"}), ("三", {"to_on": DAY}),
    )]  # fmt: skip
    decide(cast.zhou, *rows)
    found = {row.office.pk: row for row in door.ratios_in(cast.mei.scope, NOW.date())}
    county, other, province = (found[one.pk] for one in (cast.county, cast.strange, cast.province))
    assert (county.ratio, county.teams) == (Ratio(63, 30, 1), {"experts": 1, "tutors": 1})
    assert (county.ratio.missing, other.ratio, province.ratio) == (2, Ratio(0, 30, 0), Ratio(63, 500, 0))
    assert [row.office.pk for row in door.ratios_in(cast.zhou.scope, NOW.date())] == [cast.county.pk]


def test_a_cadre_holds_one_post_at_a_time_and_principals_who_are_missing_are_named(cast):
    [head] = enrolling.teachers(cast.school, 1, position="principal")
    assert list(door.principals_missing(cast.zhou.scope)) == [head]
    post = door.Post("principal", DAY, need="improving")
    row = door.appoint(actor=cast.chen, teacher_id=head.pk, post=post, now=NOW)
    assert not door.principals_missing(cast.zhou.scope).exists()
    with pytest.raises(Refused, match="cadre_has_post"):
        door.appoint(actor=cast.chen, teacher_id=head.pk, post=post, now=NOW)
    door.change_cadre(actor=cast.zhou, cadre_id=row.pk, need="", need_words="", to_on=date(2027, 1, 1), now=NOW)
    assert door.appoint(actor=cast.chen, teacher_id=head.pk, post=post, now=NOW).pk != row.pk
    with pytest.raises(NotInScope):
        door.appoint(actor=cast.wu, teacher_id=head.pk, post=post, now=NOW)


def test_an_office_beside_the_tree_has_one_head(cast):
    told = {"kind": "leadership", "name": "继续教育领导小组", "project": "", "from_on": DAY, "now": NOW}
    made = door.found_office(actor=cast.zhou, organisation_id=cast.county.pk, **told)
    seat = {"actor": cast.zhou, "pid": made.public_id, "post": "局长", "from_on": DAY, "now": NOW}
    head = door.seat(name="甲", duty="head", **seat)
    door.seat(name="乙", duty="member", **seat)
    with pytest.raises(Refused, match="side_office_has_head"):
        door.seat(name="丙", duty="head", **seat)
    door.unseat(actor=cast.zhou, pid=made.public_id, member_id=head.pk, now=NOW)
    door.seat(name="丙", duty="head", **seat)
    assert [one.name for one in door.members_of(made)] == ["丙", "乙", "甲"]
    door.close_office(actor=cast.zhou, pid=made.public_id, now=NOW)
    with pytest.raises(Refused, match="side_office_ended"):
        door.seat(name="丁", duty="member", **seat)
    with pytest.raises(NotInScope):
        door.found_office(actor=cast.chen, organisation_id=cast.county.pk, **told)


FORM = {"name": "新星学校", "contact": "王", "phone": "13800000009", "words": "民办小学，教师 20 人"}


def applied(cast, address="a", **change):
    return door.apply_for_school(actor=VISITOR, county_id=cast.county.pk, address=address, now=NOW, **{**FORM, **change})


def test_a_school_becomes_a_member_and_stands_in_the_tree(cast):
    row = applied(cast)
    assert "13800000009" not in row.phone_closed
    assert not Organisation.everywhere.filter(name="新星学校").exists()
    done = door.decide_membership(actor=cast.zhou, pid=row.public_id, is_approved=True, reason="", now=NOW)
    assert (done.state, done.from_on, done.school.parent_id) == ("approved", date(2026, 9, 10), cast.county.pk)
    with pytest.raises(Refused, match="member_twice"):
        applied(cast)
    ended = door.end_membership(actor=cast.zhou, pid=row.public_id, reason="停办", now=NOW)
    assert (ended.state, ended.reason) == ("ended", "停办")


def test_a_refusal_says_why_and_only_the_county_decides(cast):
    row = applied(cast)
    with pytest.raises(Refused, match="register_needs_reason"):
        door.decide_membership(actor=cast.zhou, pid=row.public_id, is_approved=False, reason=" ", now=NOW)
    with pytest.raises(NotInScope):
        door.decide_membership(actor=stranger(cast), pid=row.public_id, is_approved=True, reason="", now=NOW)
    done = door.decide_membership(actor=cast.zhou, pid=row.public_id, is_approved=False, reason="材料不全", now=NOW)
    assert (done.state, applied(cast).state) == ("refused", "applied")


def test_forms_from_one_address_are_slowed(cast):
    for n in range(6):
        applied(cast, name=f"学校{n}")
    with pytest.raises(Refused, match="locked"):
        applied(cast, name="第七所")
    assert applied(cast, address="b", name="别处").state == "applied"


def test_a_teacher_becomes_an_individual_member_and_is_told(cast):
    row = door.apply_as_individual(actor=cast.lin, words="想多学一些", now=NOW)
    assert (row.county_id, row.kind) == (cast.county.pk, "individual")
    with pytest.raises(Refused, match="member_twice"):
        door.apply_as_individual(actor=cast.lin, words="再来", now=NOW)
    door.decide_membership(actor=cast.zhou, pid=row.public_id, is_approved=False, reason="名额已满", now=NOW)
    assert Message.objects.get(account_id=cast.lin.account_id).code == "member_refused"
    assert door.apply_as_individual(actor=cast.lin, words="再来", now=NOW).state == "applied"
