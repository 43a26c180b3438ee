"""Two records that are one person: found, weighed, merged as an alias, told apart again; nothing earned is lost."""

from __future__ import annotations

import pytest

from tests.rostering import LATER, row
from xingtan.core.verdicts import Verdict
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.merging.likeness import likenesses
from xingtan.domains.teachers.models import Merge, Teacher
from xingtan.foundation.people.models import Grant
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


@pytest.fixture
def two(cast, hand_in):
    """Lin twice, the second time with another number (a slip of the pen) at another school."""
    hand_in(cast.zhou, [row(2), row(4, school="云亭小学", phone="19900000002"), row(6, name="林知夏")])
    return list(Teacher.everywhere.order_by("pk"))


def merge(actor, merged, into, reason="同一人，证件号录错"):
    return teachers.merge(actor=actor, merged_id=merged.pk, into_id=into.pk, reason=reason, now=LATER)


def test_one_letter_makes_names_alike():
    assert likenesses("林知微") & likenesses("林知薇")
    assert likenesses("林知微") & likenesses("林知晓微")
    assert not likenesses("林知微") & likenesses("王知夏")
    assert not likenesses("林微")


def test_what_two_records_share_makes_them_candidates(cast, two):
    [found] = teachers.candidates(cast.zhou.scope)
    assert (found.merged, found.into) == (two[1], two[0])
    assert {"name", "phone", "birthday"} <= found.shared
    assert teachers.candidates(cast.wu.scope) == []
    teachers.tell_apart(actor=cast.zhou, first_id=two[1].pk, second_id=two[0].pk, now=LATER)
    assert teachers.candidates(cast.zhou.scope) == []


def test_a_merged_record_is_read_through_the_other_and_signs_in_as_it(cast, two):
    lin, double, _ = two
    made = merge(cast.zhou, double, lin)
    double.refresh_from_db()
    assert double.status == "merged"
    assert teachers.whose([lin.pk]) == {lin.pk: lin.pk, double.pk: lin.pk}
    assert teachers.heads_of([double.pk, lin.pk]) == {double.pk: lin.pk, lin.pk: lin.pk}
    assert teachers.teacher_id_of(double.account_id) == lin.pk
    assert [g.organisation_id for g in Grant.objects.filter(account=double.account_id, ended_at=None, to_on=None)] == [cast.school.pk]
    assert list(teachers.search(cast.zhou.scope, "林知微")) == [lin]
    assert teachers.candidates(cast.zhou.scope) == []
    teachers.end_merge(actor=cast.zhou, public_id=made.public_id, now=LATER)
    double.refresh_from_db()
    assert (double.status, teachers.whose([lin.pk])) == ("in_post", {lin.pk: lin.pk})
    assert teachers.teacher_id_of(double.account_id) == double.pk
    assert [g.organisation_id for g in Grant.objects.filter(account=double.account_id, ended_at=None, to_on=None)] == [cast.second.pk]
    assert list(teachers.search(cast.zhou.scope, "林知微").order_by("pk")) == [lin, double]


def test_chains_of_merges_lead_to_one_person(cast, two):
    first, second, third = two
    merge(cast.zhou, third, second)
    merge(cast.zhou, second, first)
    assert teachers.whose([first.pk]) == {one.pk: first.pk for one in two}
    assert teachers.heads_of([third.pk]) == {third.pk: first.pk}
    assert teachers.teacher_id_of(third.account_id) == first.pk


def test_verdicts_of_both_are_the_persons_and_the_better_one_counts(cast, two):
    lin, double, _ = two
    rows = [(lin.pk, 2024, Verdict.NOT_QUALIFIED), (double.pk, 2024, Verdict.QUALIFIED), (double.pk, 2025, Verdict.QUALIFIED)]
    teachers.set_standings(rows, LATER)
    merge(cast.zhou, double, lin)
    assert teachers.standings_of([lin.pk]) == {lin.pk: {2024: "qualified", 2025: "qualified"}}


def test_what_stands_against_a_merge_is_said(cast, two):
    lin, double, third = two
    merge(cast.zhou, double, lin)
    for merged, into, why in ((double, third, "merge_not_these"), (third, double, "merge_not_these"), (lin, lin, "merge_not_these")):
        with pytest.raises(Refused) as refused:
            merge(cast.zhou, merged, into)
        assert refused.value.code == why
    with pytest.raises(NotAllowed):
        merge(cast.chen, third, lin)
    with pytest.raises(NotInScope):
        merge(cast.wu, third, lin)
    assert Merge.objects.count() == 1
