"""Importing a roster: all or nothing, once, within the branch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.rostering import LATER, NOW, TODAY, number, row, rows, write
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Teacher, TeacherFact
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.models import NUMBER_BOX, Account, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.sign_in import account_named, activate, activation_code
from xingtan.foundation.refusal import NotAllowed, Refused
from xingtan.foundation.scope.models import Organisation


def problems(refused):
    return [
        (one.read.row, problem.column, problem.code)
        for one in refused.value.plan.of(rosters.RowState.REFUSED)
        for problem in one.read.problems
    ]


def test_new_teachers_have_account_role_and_dated_facts(cast, hand_in):
    done = hand_in(cast.zhou, [row(honour="骨干教师")])
    assert done.counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}
    teacher = Teacher.everywhere.get()
    assert (teacher.name, teacher.name_pinyin, teacher.name_initials) == ("林知微", "linzhiwei", "lzw")
    assert teachers.masked_number(teacher) == f"360803********{number()[-4:]}"
    assert (teacher.school_id, teacher.stage, teacher.subject, teacher.hired_on) == (cast.school.pk, "primary", "chinese", date(2013, 9, 1))
    grant = Grant.objects.get(account_id=teacher.account_id)
    assert (grant.role, grant.organisation_id, grant.from_on, grant.to_on) == (Role.TEACHER, cast.school.pk, TODAY, None)
    facts = {fact.kind: (fact.value, fact.from_on) for fact in TeacherFact.objects.all()}
    assert facts["school"] == (str(cast.school.pk), TODAY)
    assert facts["hired_on"] == ("2013-09-01", date(2013, 9, 1))
    assert facts["honour"] == ("backbone", TODAY)


def test_the_account_waits_for_its_activation_and_is_found_by_number_and_phone(cast, hand_in):
    hand_in(cast.zhou, [row()])
    account = account_named(number())
    assert account == account_named(number().lower()) == account_named("19900000002")
    assert not account.has_usable_password()
    activate(identity=number(), code=activation_code(account), password="xing-tan-2026", now=LATER)
    account.refresh_from_db()
    assert account.check_password("xing-tan-2026")


def test_no_number_or_phone_stands_readable_in_any_table(cast, hand_in):
    hand_in(cast.zhou, [row()])
    for model in (Teacher, TeacherFact, Account, AuditLine):
        for one in model._base_manager.values():
            assert number() not in str(one)
            assert "19900000002" not in str(one)


def test_a_second_time_nothing_changes(cast, hand_in):
    hand_in(cast.zhou, rows(3))
    before = list(Teacher.everywhere.values()), list(TeacherFact.objects.values()), AuditLine.objects.count()
    assert hand_in(cast.zhou, rows(3), now=LATER).counts == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}
    assert (list(Teacher.everywhere.values()), list(TeacherFact.objects.values()), AuditLine.objects.count()) == before


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (row(6, number=number(6)[:17] + ("1" if number(6)[17] != "1" else "2")), ("number", "number_check_digit")),
        (row(2, name="另一人"), ("number", "duplicate_in_file")),
        (row(6, school="螺川路实验小学"), ("school", "school_unknown")),
        (row(6, school="没有这所"), ("school", "school_unknown")),
        (row(6, hired_on=(TODAY + timedelta(days=1)).isoformat()), ("hired_on", "hired_in_future")),
    ],
    ids=["check digit", "twice in the file", "school of another county", "unknown school", "future hire date"],
)
def test_one_bad_row_keeps_all_rows_out(cast, hand_in, bad, expected):
    with pytest.raises(rosters.RosterRefused) as refused:
        hand_in(cast.zhou, [row(2), row(4), bad])
    assert problems(refused) == [(4, *expected)]
    assert not Teacher.everywhere.exists()
    assert not Account.objects.exclude(login__in=["chen", "zhou", "wu", "province"]).exists()
    assert hand_in(cast.zhou, [row(2), row(4), bad], good_only=True).counts == {"new": 2, "changed": 0, "unchanged": 0, "refused": 1}


def test_a_foreign_school_and_an_unknown_one_are_refused_in_the_same_words(cast, hand_in):
    with pytest.raises(rosters.RosterRefused) as refused:
        hand_in(cast.chen, [row(2, school="云亭小学"), row(4, school="没有这所"), row(6, school="螺川路实验小学")])
    said = {rosters.sentence(problem) for one in refused.value.plan.of(rosters.RowState.REFUSED) for problem in one.read.problems}
    assert len(said) == 1


def test_a_person_registered_elsewhere_is_refused_without_saying_where(cast, hand_in):
    hand_in(cast.wu, [row(2, school="螺川路实验小学")])
    with pytest.raises(rosters.RosterRefused) as refused:
        hand_in(cast.zhou, [row(2), row(4)])
    assert problems(refused) == [(2, "number", "already_elsewhere")]
    (line,) = rosters.error_lines(refused.value.layout, refused.value.plan.of(rosters.RowState.REFUSED))
    assert "螺川路" not in line
    assert Teacher.everywhere.get().school_id == cast.far.pk


def test_a_school_of_two_counties_is_told_apart_by_a_column_or_a_code(cast, hand_in):
    teachers.add_schools(actor=cast.wu, parent_id=cast.other.pk, rows=[{"name": "云亭小学", "code": "3608020009"}], now=NOW)
    with pytest.raises(rosters.RosterRefused) as refused:
        hand_in(cast.head, [row(school="云亭小学")])
    assert problems(refused) == [(2, "school", "school_ambiguous")]
    hand_in(cast.head, [row(2, school="云亭小学", county="吉州区"), row(4, school="3608020009")])
    assert {teacher.school.parent_id for teacher in Teacher.everywhere.all()} == {cast.other.pk}


def test_a_name_of_a_school_is_compared_without_blanks_and_width(cast, hand_in):
    teachers.add_schools(actor=cast.zhou, parent_id=cast.county.pk, rows=[{"name": "青禾实验小学（东校区）"}], now=NOW)
    assert hand_in(cast.zhou, [row(school="青禾实验小学(东校区)")]).counts["new"] == 1


def test_schools_come_beside_the_roster_in_the_same_act(cast, hand_in):
    sheet = [("竹溪小学", "3608030077", "", "是", ""), ("白露教学点", "", "教学点", "是", "青原区")]
    done = hand_in(cast.zhou, [row(school="竹溪小学")], schools=sheet)
    assert done.schools_added == 2
    made = Organisation.everywhere.get(name="竹溪小学")
    assert (made.parent_id, made.is_rural, made.code) == (cast.county.pk, True, "3608030077")
    with pytest.raises(rosters.RosterRefused):
        hand_in(cast.zhou, [row(4, school="没有这所")], schools=[("梅岭小学", "", "", "", "")])
    assert not Organisation.everywhere.filter(name="梅岭小学").exists()


def test_a_look_changes_nothing_even_with_schools(cast, tmp_path):
    path = write(tmp_path / "roster.xlsx", [row(school="竹溪小学")], schools=[("竹溪小学", "", "", "", "")])
    _layout, plan = rosters.preview_roster(actor=cast.zhou, path=path, now=NOW)
    assert plan.counts["new"] == 1
    assert not Organisation.everywhere.filter(name="竹溪小学").exists()
    assert not Teacher.everywhere.exists()


@pytest.mark.django_db(databases="__all__")
def test_an_office_holder_becomes_a_teacher_with_the_same_account(cast, hand_in):
    held = Account.objects.create(login="huang", name="林知微", number_index=NUMBER_BOX.index(number()), created_at=NOW)
    done = hand_in(cast.zhou, [row(2)], now=LATER)
    assert Teacher.everywhere.get().account_id == held.pk
    rosters.undo_batch(actor=cast.zhou, batch_id=done.batch.public_id, reason="试", now=LATER, tell=lambda done, total: None)
    assert Account.objects.get(pk=held.pk).name == "林知微"
    assert not Grant.objects.filter(account=held).exists()


def test_other_documents_and_rare_names_are_registered(cast, hand_in):
    people = [
        row(2, name="阿依古丽•买买提"),
        row(4, name="陈嘉欣", identity_kind="港澳居民来往内地通行证", number="H02468135", gender="女"),
        row(6, name="许文彦", identity_kind="台胞证", number="08642135", gender="男"),
        row(8, name="Anna-Maria Keller", identity_kind="护照", number="c5xr41k7p", gender="女"),
        row(10, name="王𬭎"),
        row(12, name="单雄信", gender="女"),
    ]
    assert hand_in(cast.zhou, people).counts["new"] == 6
    sounds = dict(Teacher.everywhere.values_list("name", "name_pinyin"))
    assert sounds["单雄信"] == "shanxiongxin"
    assert sounds["Anna-Maria Keller"] == "annamariakeller"
    assert account_named("C5XR41K7P").name == "Anna-Maria Keller"


def test_who_may_not_import_is_told_so(cast, hand_in, tmp_path):
    reviewer = cast.chen.__class__(account_id=1, role=Role.SCHOOL_REVIEWER, organisation_id=cast.school.pk, scope=cast.school.scope)
    with pytest.raises(NotAllowed):
        hand_in(reviewer, [row()])
    with pytest.raises(Refused) as refused:
        hand_in(cast.zhou, [])
    assert refused.value.code in {"roster_empty", "roster_headings_missing"}


def test_the_act_is_audited_with_counts_and_without_names(cast, hand_in):
    hand_in(cast.zhou, rows(3))
    line = AuditLine.objects.get(act="teachers.roster_imported")
    assert (line.count, line.account_id, line.detail["new"]) == (3, cast.zhou.account_id, 3)
    assert "教师" not in str(line.detail)


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_rows(cast, tmp_path, django_assert_max_num_queries, count):
    path = write(tmp_path / "roster.xlsx", rows(count))
    with django_assert_max_num_queries(60):
        rosters.import_roster(actor=cast.zhou, path=path, now=NOW)
    with django_assert_max_num_queries(14):
        rosters.import_roster(actor=cast.zhou, path=path, now=NOW)
