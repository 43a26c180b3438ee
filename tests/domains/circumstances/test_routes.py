"""All four routes of a year in the product: what offices recorded of a person decides, through the same code as everywhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import crediting, enrolling
from xingtan.core.units import format_hours
from xingtan.core.verdicts import ReasonCode, Verdict
from xingtan.domains.assessment import api as assessment
from xingtan.domains.certificates import api as certificates
from xingtan.domains.circumstances import api as circumstances
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.models import EntryState
from xingtan.domains.determination import api as determination
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import DeliveredRecord
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as recognition
from xingtan.domains.recognition.models import Claim
from xingtan.domains.teachers.models import Teacher, TeacherFact
from xingtan.domains.teachers.queries import NUMBER_BOX

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = crediting.NOW
STUDY, AFTER = date(2027, 3, 1), date(2027, 6, 20)
HOUR = 3600


def grant(cast, name, value="", first=date(2026, 7, 1), last=date(2027, 6, 30), people=None, **more):
    stated = circumstances.Stated(name, value, first, last, "依据", more.pop("hours", 0))
    ids = [one.pk for one in people or [cast.lin_teacher]]
    actor = more.pop("actor", cast.zhou)
    return circumstances.record_circumstances(actor=actor, training_year_id=cast.year.pk, teacher_ids=ids, stated=stated, now=NOW, **more)


def score(cast, test, centi=None, state=assessment.ResultState.FINAL, **more):
    one = assessment.Entered(cast.lin_teacher.pk, test, state, centi, date(2026, 11, 20), more.pop("sitting", 1))
    return assessment.enter_results(actor=more.pop("actor", cast.zhou), training_year_id=cast.year.pk, results=[one], now=NOW, **more)


def verdict(cast, day=AFTER):
    return determination.verdict_of(cast.lin_teacher.pk, policies.year_by_id(cast.mei, cast.year.pk), day).year


def township(cast, hours, mode="township", number="T1"):
    """The provider delivered hours that were studied in the township."""
    row = learning.RecordRow(number, cast.lin_teacher.pk, cast.offers["A"].pk, hours * HOUR, date(2026, 11, 20), mode)
    learning.deliver_records(actor=cast.ming, rows=[row], now=NOW)
    credits_room.take_learned(
        {"delivered": list(DeliveredRecord.everywhere.filter(source__endswith=f":{number}").values_list("pk", flat=True))}, NOW
    )


def verified(cast):
    """All that was learned is entered and verified."""
    crediting.enter(cast)
    crediting.walk(cast, EntryState.everywhere.filter(teacher=cast.lin_teacher, state="entered"))


def test_leave_defers_the_year_and_only_while_it_stands(cast):
    assert verdict(cast).verdict is Verdict.MAKE_UP_REQUIRED
    [pk] = grant(cast, "leave", "maternity", date(2026, 11, 10), date(2027, 4, 20)).ids
    found = verdict(cast)
    assert (found.verdict, found.reasons[0].code) == (Verdict.DEFERRED, ReasonCode.ON_LEAVE)
    circumstances.withdraw(actor=cast.zhou, ids=[pk], reason="登记错误", now=NOW)
    assert verdict(cast).verdict is Verdict.MAKE_UP_REQUIRED


def test_leave_in_the_summer_before_study_opens_defers_nothing(cast):
    grant(cast, "leave", "sick", date(2026, 7, 1), date(2026, 10, 30))
    assert verdict(cast).verdict is Verdict.MAKE_UP_REQUIRED


def test_who_did_not_complete_sits_the_exam_and_passes_by_it(cast):
    crediting.delivered(cast, [cast.lin_teacher], 20 * HOUR)
    assert (verdict(cast).verdict, verdict(cast).route) == (Verdict.EXAM_REQUIRED, 3)
    score(cast, "exam", state=assessment.ResultState.WAITING, actor=cast.mei)
    assert verdict(cast).verdict is Verdict.IN_PROGRESS
    score(cast, "exam", 59_50, reason="成绩公布", actor=cast.mei)
    assert (verdict(cast).verdict, verdict(cast).route) == (Verdict.MAKE_UP_REQUIRED, 4)
    score(cast, "exam", 60_00, sitting=2, actor=cast.mei)
    found = verdict(cast)
    assert (found.verdict, found.route, found.by_exam_centi) == (Verdict.QUALIFIED, 3, 52_00)


@pytest.mark.parametrize("state", [assessment.ResultState.ABSENT, assessment.ResultState.CHEATED])
def test_who_was_absent_or_cheated_has_not_taken_the_exam(cast, state):
    crediting.delivered(cast, [cast.lin_teacher], 20 * HOUR)
    score(cast, "exam", state=state)
    assert verdict(cast).verdict is Verdict.EXAM_REQUIRED


def test_the_village_route_fills_what_one_component_lacks(cast):
    """72 hours of courses in the township; the workshop's 22 are missing, so that route 1 is not met."""
    grant(cast, "village")
    township(cast, 50)
    assert verdict(cast).route == 3
    credits_room.Evidence.everywhere.filter(teacher=cast.lin_teacher).update(learned_centi=72_00)
    verified(cast)
    assert (verdict(cast).verdict, verdict(cast).route) == (Verdict.EXAM_REQUIRED, 2)
    score(cast, "process", 70_00)
    score(cast, "supplementary", 44_00)
    assert verdict(cast).reasons[0].code is ReasonCode.SUPPLEMENTARY_FAILED
    score(cast, "supplementary", 50_00, reason="复核")
    found = verdict(cast)
    assert (found.verdict, found.route, found.by_exam_centi) == (Verdict.QUALIFIED, 2, 22_00)


def test_discs_without_a_grant_are_unclear_facts(cast):
    township(cast, 10, mode="disc")
    assert verdict(cast, STUDY).verdict is Verdict.UNDETERMINED
    grant(cast, "village")
    assert verdict(cast, STUDY).verdict is Verdict.IN_PROGRESS


def told_duties(cast):
    """What the hallway brings of duties, and what the school then enters."""
    recognition.follow_duties({"teachers": [cast.lin_teacher.pk]}, NOW)
    credits_room.take_confirmed({"claims": list(Claim.everywhere.values_list("pk", flat=True))}, NOW)
    return credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW)


def test_a_mentors_hours_offset_when_the_rank_holds_and_go_through_the_chain(cast):
    [duty] = grant(cast, "duty", "studio_mentor", hours=30_00).ids
    assert told_duties(cast) == []
    grant(cast, "rank", "special_grade", date(2019, 9, 1), None)
    [entry] = told_duties(cast)
    assert (entry.component, entry.learned_centi, entry.recognised_centi) == ("offset", 30_00, 30_00)
    assert (verdict(cast).recognised_centi, verdict(cast).verified_centi) == (30_00, 0)
    crediting.walk(cast, [entry])
    assert (verdict(cast).recognised_centi, verdict(cast).verified_centi) == (30_00, 30_00)
    circumstances.withdraw(actor=cast.zhou, ids=[duty], reason="未承担", now=NOW)
    assert told_duties(cast) == []
    assert verdict(cast).recognised_centi == 0


def test_the_register_may_know_the_rank(cast):
    grant(cast, "duty", "studio_mentor", hours=72_00)
    TeacherFact.objects.create(teacher=cast.lin_teacher, kind="honour", value="special_grade", from_on=date(2020, 1, 1), entered_at=NOW)
    crediting.walk(cast, told_duties(cast))
    found = verdict(cast)
    assert (found.verdict, found.recognised_centi) == (Verdict.QUALIFIED, 72_00)


def test_many_teachers_cost_no_more_queries_than_one(cast):
    people = [cast.lin_teacher, *enrolling.teachers(cast.school, 5)]
    grant(cast, "leave", "sick", people=people)
    grant(cast, "duty", "studio_mentor", people=people, hours=10_00)
    year = policies.year_by_id(cast.mei, cast.year.pk)

    def cost(some):
        with CaptureQueriesContext(connection) as seen:
            determination.determine(actor=cast.mei, training_year_id=year.pk, teacher_ids=[one.pk for one in some], now=NOW)
        return len(seen)

    cost(people)
    assert cost(people) <= cost(people[:1])


def test_a_run_and_the_record_tell_the_deferred_year(cast):
    grant(cast, "leave", "maternity")
    run = determination.determine(actor=cast.mei, training_year_id=cast.year.pk, now=NOW)
    assert run.counts["deferred"] == 1
    record = determination.record_of(cast.lin_teacher.pk, cast.year.pk, AFTER)
    assert record.verdict.verdict is Verdict.DEFERRED
    assert record.verdict.tree is not None


def test_an_offset_stands_on_the_record_under_its_duty(cast):
    grant(cast, "duty", "studio_mentor", hours=30_00)
    grant(cast, "rank", "special_grade", date(2019, 9, 1), None)
    [entry] = told_duties(cast)
    sections = determination.record_of(cast.lin_teacher.pk, cast.year.pk, AFTER).sections
    assert [view.entry.pk for row in sections[-1].rows for view in row.entries] == [entry.pk]
    policy = policies.policy_of(policies.year_by_id(cast.mei, cast.year.pk))
    assert credits_room.component_word(policy, entry.component) == policy.offset.duty.label.zh
    assert eligibility.explanation_of(determination.record_of(cast.lin_teacher.pk, cast.year.pk, AFTER), format_hours)
    Teacher.everywhere.filter(pk=cast.lin_teacher.pk).update(number_closed=NUMBER_BOX.close("36080319800101002X"))
    assert certificates.year_sheet_pdf([cast.lin_teacher.pk], cast.year.pk, AFTER).startswith(b"%PDF")
