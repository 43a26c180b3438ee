"""From what was found to a decision, an answer, an appeal; and what of it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import anomalous
from tests.anomalous import HOUR, NOW, ON, act, concern, shared
from tests.deputies import refuses_own, standing_in
from xingtan.domains.anomalies import api as anomalies
from xingtan.domains.anomalies.models import Aside, Case, Concern, Deed, Trace, Watermark
from xingtan.domains.learning import api as learning
from xingtan.domains.policies.models import TrainingYear
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
State = anomalies.State


@pytest.fixture
def cast():
    return anomalous.build()


def figure(cast, teacher):
    return learning.learned_of(teacher.pk, [cast.unit.pk])[cast.unit.pk]


def state(case, teacher):
    return State(concern(case, teacher).state)


def test_one_device_is_one_case_and_found_again_it_is_the_same(cast):
    case = shared(cast)
    assert (case.kind, case.concern_count, case.trace_count, case.seconds) == ("shared_device", 3, 3, 3 * HOUR)
    assert anomalies.look(NOW) == 0
    assert (Case.everywhere.count(), Trace.objects.count()) == (1, 3)


def test_looking_at_the_same_days_once_more_finds_nothing_new(cast):
    shared(cast)
    Watermark.objects.all().delete()
    assert anomalies.look(NOW) == 0
    assert (Case.everywhere.count(), Concern.everywhere.count(), Trace.objects.count()) == (1, 3, 3)


def test_another_day_joins_the_open_case_and_after_a_decision_it_is_a_new_round(cast):
    case = shared(cast)
    assert shared(cast, on=ON + timedelta(days=1)) == case
    act(cast, cast.zhou, case, "let_stand")
    fresh = shared(cast, on=ON + timedelta(days=2))
    assert (fresh.round, fresh.subject, fresh.trace_count) == (2, case.subject, 3)


def test_a_device_shared_over_two_counties_is_a_case_in_each(cast):
    shared(cast, [*cast.colleagues, cast.far])
    counties = Case.everywhere.order_by("county").values_list("county_id", "concern_count")
    assert sorted(counties) == sorted([(cast.county.pk, 3), (cast.strange.pk, 1)])
    assert [one.concern_count for one in anomalies.cases_seen(cast.zhou)] == [3]
    assert [one.concern_count for one in anomalies.cases_seen(cast.stranger)] == [1]


def test_a_school_sees_only_its_own_teachers_and_only_what_they_were_told(cast):
    case = shared(cast, [cast.lin_teacher, *cast.others])
    assert list(anomalies.cases_seen(cast.chen)) == []
    act(cast, cast.zhou, case, "ask")
    assert [one.teacher_id for one in anomalies.with_concerns([case], cast.chen)[case.pk]] == [cast.lin_teacher.pk]


def test_what_does_not_count_is_taken_from_the_figure_and_the_teacher_is_told(cast):
    case = shared(cast)
    assert figure(cast, cast.lin_teacher) == HOUR
    assert act(cast, cast.zhou, case, "set_aside") == 3
    assert act(cast, cast.zhou, case, "set_aside") == 0
    assert [figure(cast, one) for one in cast.colleagues] == [0, 0, 0]
    assert learning.UnitShare.everywhere.get(teacher=cast.lin_teacher).source == f"anomaly:{case.public_id}"
    told = Message.objects.get(account=cast.lin_teacher.account, code__startswith="anomaly")
    assert (told.code, told.params["minutes"]) == ("anomaly_set_aside", 60)
    case.refresh_from_db()
    assert not case.is_open


def test_only_the_named_evidence_is_set_aside(cast):
    case = shared(cast)
    anomalous.study(cast, cast.lin_teacher, ON + timedelta(days=1), 10, device="d" * 32)
    shared(cast, cast.colleagues[1:], on=ON + timedelta(days=1))
    own = Trace.objects.filter(concern__teacher=cast.lin_teacher).order_by("local_on")
    act(cast, cast.zhou, case, "set_aside", [cast.lin_teacher], trace_ids=frozenset({own[0].pk}))
    assert [(one.local_on, one.seconds) for one in Aside.objects.all()] == [(ON, HOUR)]


def test_two_cases_never_take_the_same_second_twice(cast):
    for teacher in cast.colleagues:
        anomalous.study(cast, teacher, ON, 14, 600, device="e" * 32)
    shared(cast)
    first, second = Case.everywhere.order_by("pk")
    act(cast, cast.zhou, first, "set_aside", [cast.lin_teacher])
    with pytest.raises(Refused, match="anomaly_nothing_to_set_aside"):
        act(cast, cast.zhou, second, "set_aside", [cast.lin_teacher])
    assert sum(Aside.objects.values_list("seconds", flat=True)) == HOUR + 600
    assert figure(cast, cast.lin_teacher) == 0


def test_who_is_asked_has_time_to_answer_and_silence_counts_only_afterwards(cast):
    case = shared(cast)
    with pytest.raises(Refused, match="anomaly_was_not_asked"):
        act(cast, cast.zhou, case, "set_aside", reason="no_statement")
    act(cast, cast.zhou, case, "ask")
    with pytest.raises(Refused, match="anomaly_statement_awaited"):
        act(cast, cast.zhou, case, "set_aside")
    act(cast, cast.zhou, case, "set_aside", reason="no_statement", now=NOW + timedelta(days=15))
    assert state(case, cast.lin_teacher) is State.SET_ASIDE


def test_a_teacher_answers_and_it_stands(cast):
    case = shared(cast)
    act(cast, cast.zhou, case, "ask")
    anomalies.answer(actor=cast.lin, public_id=case.public_id, words="当天在学校机房集中学习。", now=NOW)
    assert Message.objects.filter(account_id=cast.zhou.account_id, code="anomaly_answered").count() == 1
    act(cast, cast.zhou, case, "let_stand", [cast.lin_teacher], reason="explained")
    assert (state(case, cast.lin_teacher), figure(cast, cast.lin_teacher)) == (State.STANDS, HOUR)


def test_an_appeal_goes_once_to_the_next_higher_office_and_lifts_what_was_set_aside(cast):
    case = shared(cast)
    act(cast, cast.zhou, case, "set_aside")
    anomalies.appeal(actor=cast.lin, public_id=case.public_id, words="我本人在学习，另两位是围观。", now=NOW)
    held = concern(case, cast.lin_teacher)
    assert held.appeal_to_id == cast.city.pk
    with pytest.raises(NotAllowed):
        anomalies.decide_appeal(actor=cast.zhou, concern_id=held.pk, is_accepted=True, words="同意申诉。", now=NOW)
    with pytest.raises(Refused, match="anomaly_appeal_elsewhere"):
        anomalies.decide_appeal(actor=cast.mei, concern_id=held.pk, is_accepted=True, words="同意申诉。", now=NOW)
    anomalies.decide_appeal(actor=cast.city_officer, concern_id=held.pk, is_accepted=True, words="同意申诉。", now=NOW)
    assert (state(case, cast.lin_teacher), figure(cast, cast.lin_teacher)) == (State.LIFTED, HOUR)
    assert figure(cast, cast.colleagues[1]) == 0
    with pytest.raises(Refused, match="anomaly_moved_on"):
        anomalies.appeal(actor=cast.lin, public_id=case.public_id, words="再次申诉。", now=NOW)
    assert [one.act for one in Deed.objects.filter(concern=held).order_by("pk")] == ["found", "set_aside", "appeal", "accept"]


def test_the_provinces_own_decision_is_reviewed_by_another_person_there(cast):
    case = shared(cast)
    act(cast, cast.mei, case, "set_aside")
    anomalies.appeal(actor=cast.lin, public_id=case.public_id, words="我本人在学习。", now=NOW)
    held = concern(case, cast.lin_teacher)
    with pytest.raises(Refused, match="anomaly_same_person"):
        anomalies.decide_appeal(actor=cast.mei, concern_id=held.pk, is_accepted=False, words="维持原决定。", now=NOW)
    colleague = replace(cast.mei, account_id=cast.supervisor.account_id)
    anomalies.decide_appeal(actor=colleague, concern_id=held.pk, is_accepted=False, words="维持原决定。", now=NOW)
    assert (state(case, cast.lin_teacher), figure(cast, cast.lin_teacher)) == (State.CONFIRMED, 0)


def test_an_appeal_after_its_last_day_is_refused(cast):
    case = shared(cast)
    act(cast, cast.zhou, case, "set_aside")
    with pytest.raises(Refused, match="anomaly_appeal_late"):
        anomalies.appeal(actor=cast.lin, public_id=case.public_id, words="申诉。申诉。", now=NOW + timedelta(days=16))


def test_a_closed_year_is_left_to_its_corrections(cast):
    case = shared(cast)
    TrainingYear.everywhere.update(state="closed", closed_at=NOW)
    with pytest.raises(Refused, match="anomaly_year_closed"):
        act(cast, cast.zhou, case, "set_aside")
    assert act(cast, cast.zhou, case, "let_stand") == 3


def test_cases_of_two_kinds_are_not_decided_together(cast):
    shared(cast)
    for hour in range(0, 24, 3):
        anomalous.study(cast, cast.colleagues[1], ON + timedelta(days=1), hour, 600)
    anomalies.look(NOW)
    ids = list(Concern.everywhere.values_list("pk", flat=True))
    decision = anomalies.Decision(anomalies.Act.LET_STAND, reason="technical")
    assert Case.everywhere.filter(kind="around_clock").exists()
    with pytest.raises(Refused, match="anomaly_kinds_mixed"):
        anomalies.decide(actor=cast.zhou, concern_ids=ids, decision=decision, now=NOW)


def test_only_the_branch_decides_and_only_an_office(cast):
    case = shared(cast)
    with pytest.raises(NotInScope):
        act(cast, cast.stranger, case, "let_stand")
    with pytest.raises(NotAllowed):
        act(cast, cast.chen, case, "let_stand")
    with pytest.raises(NotInScope):
        anomalies.answer(actor=cast.lin, public_id=case.public_id, words="还没有人问我。", now=NOW)


def test_a_taken_back_decision_gives_the_time_back(cast):
    case = shared(cast)
    act(cast, cast.zhou, case, "set_aside")
    act(cast, cast.zhou, case, "let_stand", reason="technical")
    assert [figure(cast, one) for one in cast.colleagues] == [HOUR] * 3


def test_nobody_decides_on_the_own_case(cast):
    case = shared(cast)
    officer, above = (standing_in(one, cast.lin_teacher) for one in (cast.zhou, cast.city_officer))
    for wanted in ("let_stand", "ask", "set_aside"):
        refuses_own(act, cast, officer, case, wanted)
    assert act(cast, officer, case, "let_stand", cast.colleagues[1:]) == 2
    act(cast, cast.zhou, case, "set_aside", [cast.lin_teacher])
    anomalies.appeal(actor=cast.lin, public_id=case.public_id, words="当天本人在教室独自学习。", now=NOW)
    held = concern(case, cast.lin_teacher)
    refuses_own(anomalies.decide_appeal, actor=above, concern_id=held.pk, is_accepted=True, words="经核实，情况属实。", now=NOW)
