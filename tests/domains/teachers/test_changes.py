"""A changed row closes the old fact and opens the new one; nothing earned or known before is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.rostering import LATER, NOW, TODAY, row
from xingtan.core.verdicts import Verdict
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Teacher, TeacherFact
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.disclosures import api as disclosures
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.sign_in import account_named
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

CHANGED_ON = date(2026, 11, 21)


@pytest.fixture
def lin(cast, hand_in):
    hand_in(cast.zhou, [row()])
    return Teacher.everywhere.get()


def history(teacher, kind):
    return [(fact.value, fact.from_on, fact.to_on) for fact in TeacherFact.objects.filter(teacher=teacher, kind=kind).order_by("from_on")]


def test_a_new_title_ends_the_old_one_the_day_before(cast, hand_in, lin):
    done = hand_in(cast.zhou, [row(title="高级教师")], now=LATER)
    assert done.counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 0}
    (change,) = done.plan.of(rosters.RowState.CHANGED)[0].changes
    assert (change.column, change.before, change.after) == ("title", "first", "senior")
    assert history(lin, "title") == [("first", TODAY, date(2026, 11, 20)), ("senior", CHANGED_ON, None)]
    assert Teacher.everywhere.get().title == "senior"


def test_the_file_may_say_since_when(cast, hand_in, lin):
    hand_in(cast.zhou, [row(title="高级教师", effective_on="2026-10-01")], now=LATER)
    assert history(lin, "title") == [("first", TODAY, date(2026, 9, 30)), ("senior", date(2026, 10, 1), None)]
    with pytest.raises(rosters.RosterRefused) as refused:
        hand_in(cast.zhou, [row(title="正高级教师", effective_on="2026-09-20")], now=LATER)
    (problem,) = refused.value.plan.of(rosters.RowState.REFUSED)[0].read.problems
    assert (problem.code, problem.params) == ("effective_too_early", {"day": "2026-10-01"})


def test_a_transfer_keeps_the_history_and_moves_the_role(cast, hand_in, lin):
    hand_in(cast.zhou, [row(school="云亭小学")], now=LATER)
    assert history(lin, "school") == [(str(cast.school.pk), TODAY, date(2026, 11, 20)), (str(cast.second.pk), CHANGED_ON, None)]
    grants = Grant.objects.filter(account_id=lin.account_id).order_by("from_on").values_list("organisation_id", "from_on", "to_on")
    assert list(grants) == [(cast.school.pk, TODAY, date(2026, 11, 20)), (cast.second.pk, CHANGED_ON, None)]
    held = teachers.facts_on([lin.pk], teachers.FactKind.SCHOOL, date(2026, 10, 1))
    assert held == {lin.pk: str(cast.school.pk)}
    assert teachers.facts_on([lin.pk], teachers.FactKind.SCHOOL, date(2012, 10, 1)) == held
    assert teachers.facts_on([lin.pk], teachers.FactKind.SCHOOL, CHANGED_ON) == {lin.pk: str(cast.second.pk)}


def test_a_slip_mended_on_the_same_day_leaves_no_trace_of_a_day(cast, hand_in, lin):
    hand_in(cast.zhou, [row(school="云亭小学", title="高级教师")])
    assert history(lin, "school") == [(str(cast.second.pk), TODAY, None)]
    assert history(lin, "title") == [("senior", TODAY, None)]
    hand_in(cast.zhou, [row()])
    assert history(lin, "school") == [(str(cast.school.pk), TODAY, None)]
    assert [grant.organisation_id for grant in Grant.objects.filter(account_id=lin.account_id)] == [cast.school.pk]


def test_a_school_clerk_cannot_pull_a_teacher_over_from_elsewhere(cast, hand_in):
    hand_in(cast.zhou, [row(school="云亭小学")])
    with pytest.raises(rosters.RosterRefused):
        hand_in(cast.chen, [row()], now=LATER)
    assert Teacher.everywhere.get().school_id == cast.second.pk


def test_a_new_name_and_phone_follow_into_the_account_and_the_old_ones_stay_closed(cast, hand_in, lin):
    hand_in(cast.zhou, [row(name="林知薇", phone="19911112222")], now=LATER)
    account = Account.objects.get(pk=lin.account_id)
    assert account.name == "林知薇"
    assert account_named("19911112222") == account
    assert account_named("19900000002") is None
    for kind in ("name", "phone"):
        spans = [(from_on, to_on) for _value, from_on, to_on in history(lin, kind)]
        assert spans == [(TODAY, date(2026, 11, 20)), (CHANGED_ON, None)]
    assert not {"林知微", "林知薇", "19911112222"} & {fact.value for fact in TeacherFact.objects.all()}


def test_an_empty_cell_of_an_optional_column_changes_nothing(cast, hand_in, lin):
    assert hand_in(cast.zhou, [row(title="", phone="", staff_number="", position="")], now=LATER).counts["unchanged"] == 1
    assert hand_in(cast.zhou, [row(title="无")], now=LATER).counts["changed"] == 1
    assert Teacher.everywhere.get().title == ""


def test_who_left_stays_in_the_register(cast, hand_in, lin):
    hand_in(cast.zhou, [row(status="退休")], now=LATER)
    assert teachers.teachers_in(cast.county.scope).count() == 1
    assert teachers.teachers_in_post(cast.county.scope).count() == 0


def test_a_number_is_shown_only_with_a_reason_and_the_reason_is_kept(cast, lin):
    with pytest.raises(Refused) as refused:
        teachers.unmask(actor=cast.chen, teacher_id=lin.pk, reason=" ", now=LATER)
    assert refused.value.code == "reason_missing"
    with pytest.raises(NotInScope):
        teachers.unmask(actor=cast.wu, teacher_id=lin.pk, reason="核对", now=LATER)
    assert teachers.unmask(actor=cast.chen, teacher_id=lin.pk, reason="核对", now=LATER) == row()["number"]
    line = AuditLine.objects.get(act="teachers.number_opened")
    assert (line.subject_ids, line.detail) == ([lin.pk], {})
    [shown] = disclosures.unmaskings_of(lin.account_id)
    assert shown.reason == "核对"


def test_slips_are_for_those_who_are_not_yet_active(cast, hand_in, lin):
    hand_in(cast.zhou, [row(4, name="何其")])
    Account.objects.filter(pk=lin.account_id).update(activated_at=datetime(2026, 9, 11, tzinfo=UTC), activation_code="")
    (slip,) = teachers.activation_slips(actor=cast.chen, now=LATER)
    assert (slip.name, slip.school, len(slip.code)) == ("何其", "青禾实验小学", 8)
    with pytest.raises(NotAllowed):
        teachers.activation_slips(actor=cast.zhou, now=LATER)


def test_a_years_later_finding_replaces_the_earlier_one(cast, lin):
    teachers.set_standings([(lin.pk, 2025, Verdict.IN_PROGRESS), (lin.pk, 2024, Verdict.QUALIFIED)], NOW)
    teachers.set_standings([(lin.pk, 2025, Verdict.QUALIFIED)], LATER)
    assert teachers.standings_of([lin.pk]) == {lin.pk: {2024: "qualified", 2025: "qualified"}}


@pytest.mark.parametrize(("typed", "finds"), [("林", 1), ("linzhi", 1), ("lzw", 1), ("zhi", 1), ("36080300001", 1), ("", 1), ("王", 0)])
def test_a_teacher_is_found_the_way_people_type(cast, lin, typed, finds):
    assert teachers.search(cast.county.scope, typed).count() == finds
    assert teachers.search(cast.other.scope, typed).count() == 0


def test_a_teacher_is_found_by_number_phone_and_last_four(cast, lin):
    for typed in (row()["number"], row()["number"].lower(), "19900000002", row()["number"][-4:].lower()):
        assert teachers.search(cast.county.scope, typed).get() == lin
    assert teachers.teachers_by_number([row()["number"], "x"], cast.county.scope) == {row()["number"]: lin}
    with pytest.raises(NotInScope):
        teachers.teacher_in(cast.other.scope, lin.public_id)
