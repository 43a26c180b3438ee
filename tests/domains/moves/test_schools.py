"""Schools renamed, closed, merged, split, put under another office: dated, nobody lost, old rows with the office of their time."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rostering import LATER, actor, row
from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Teacher, TeacherFact
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused
from xingtan.foundation.scope.changing import names_on
from xingtan.foundation.scope.models import Organisation, Succession

SINCE = date(2026, 11, 1)
ORDER = moves.Order(SINCE, "青教字〔2026〕8 号")


@pytest.fixture
def people(cast, hand_in):
    cast.city_office = actor(Role.CITY_OFFICER, cast.city, "city")
    hand_in(cast.zhou, [row(2), row(4, name="何小溪"), row(6, name="贺远山", school="云亭小学")])
    return {one.name: one for one in Teacher.everywhere.all()}


def at(school):
    return sorted(Teacher.everywhere.filter(school=school).values_list("name", flat=True))


def test_an_old_name_stays_on_documents_of_before(cast, people):
    for _again in (1, 2):
        moves.rename_school(actor=cast.zhou, school_id=cast.school.pk, name="青禾第一小学", order=ORDER, now=LATER)
    assert names_on([cast.school.pk], date(2026, 10, 31)) == {cast.school.pk: "青禾实验小学"}
    assert names_on([cast.school.pk], SINCE) == {cast.school.pk: "青禾第一小学"}
    assert teachers.search(cast.zhou.scope, "第一小学").count() == 2


def test_a_school_with_people_is_not_closed(cast, people):
    with pytest.raises(Refused) as refused:
        moves.close_school(actor=cast.zhou, school_id=cast.school.pk, order=ORDER, now=LATER)
    assert (refused.value.code, refused.value.params) == ("school_has_people", {"count": 2})


def test_merged_schools_bring_everyone_along(cast, people):
    moved = moves.merge_schools(actor=cast.zhou, school_ids=[cast.school.pk], into_id=cast.second.pk, order=ORDER, now=LATER)
    cast.school.refresh_from_db()
    assert (moved, cast.school.closed_on) == (2, SINCE)
    assert at(cast.second) == ["何小溪", "林知微", "贺远山"]
    assert not Grant.objects.filter(organisation=cast.school, ended_at=None, to_on=None).exists()
    facts = TeacherFact.objects.filter(teacher=people["林知微"], kind="school", to_on=None)
    assert [(fact.value, fact.from_on) for fact in facts] == [(str(cast.second.pk), SINCE)]
    with pytest.raises(Refused) as refused:
        moves.merge_schools(actor=cast.zhou, school_ids=[cast.school.pk], into_id=cast.second.pk, order=ORDER, now=LATER)
    assert refused.value.code == "school_not_open"


def test_a_split_takes_those_who_are_named(cast, people):
    ids = [people["何小溪"].pk]
    made = moves.split_school(actor=cast.zhou, school_id=cast.school.pk, name="青禾第二小学", teacher_ids=ids, order=ORDER, now=LATER)
    assert (at(made), at(cast.school)) == (["何小溪"], ["林知微"])
    assert Succession.objects.get().successor == made
    with pytest.raises(NotInScope):
        moves.split_school(
            actor=cast.zhou, school_id=cast.school.pk, name="三小", teacher_ids=[people["贺远山"].pk], order=ORDER, now=LATER
        )


def test_under_another_county_access_follows_and_the_old_unit_stays(cast, people):
    with pytest.raises(NotInScope):
        moves.put_under(actor=cast.zhou, school_id=cast.school.pk, office_id=cast.other.pk, order=ORDER, now=LATER)
    made = moves.put_under(actor=cast.city_office, school_id=cast.school.pk, office_id=cast.other.pk, order=ORDER, now=LATER)
    cast.school.refresh_from_db()
    assert (made.name, made.code, made.parent_id) == ("青禾实验小学", "3608030001", cast.other.pk)
    assert (cast.school.closed_on, cast.school.code) == (SINCE, "")
    assert cast.wu.scope.holds(made.path)
    assert at(made) == ["何小溪", "林知微"]
    assert sorted(teachers.teachers_in(cast.zhou.scope).values_list("name", flat=True)) == ["贺远山"]
    assert sorted(teachers.search(cast.wu.scope, "lin").values_list("name", flat=True)) == ["林知微"]
    held = Grant.objects.filter(organisation=made, ended_at=None, to_on=None).exclude(role="teacher")
    assert [(one.account_id, one.role) for one in held] == [(cast.chen.account_id, "school_clerk")]
    assert teachers.check_search() == []


def test_a_clerk_and_a_stranger_reorganise_nothing(cast, people):
    for who, error in ((cast.chen, NotAllowed), (cast.wu, NotInScope)):
        with pytest.raises(error):
            moves.rename_school(actor=who, school_id=cast.school.pk, name="x", order=ORDER, now=LATER)
    assert Organisation.everywhere.get(pk=cast.school.pk).name == "青禾实验小学"
