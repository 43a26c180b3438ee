"""Statements are issued with their facts, provable, and asked again as known then they say the same."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import certifying, crediting, enrolling
from tests.certifying import NOW
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.eligibility.models import Statement, StatementRun
from xingtan.domains.teachers.models import NUMBER_BOX
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

LATER = datetime(2027, 9, 1, 4, tzinfo=UTC)
ON = date(2027, 8, 31)
HOUR = 3600


def people(cast, number):
    return enrolling.teachers(cast.school, number, number_closed=NUMBER_BOX.close("360821198802140000"))


def determine(cast, now):
    return determination_room.determine(actor=cast.mei, training_year_id=cast.year.pk, now=now)


def answer(cast, known_at=LATER, on=ON):
    return eligibility.answers_of([cast.lin_teacher.pk], on, known_at)[cast.lin_teacher.pk]


def issue(cast, actor=None, teachers=None, **more):
    ids = [one.pk for one in teachers or [cast.lin_teacher]]
    return eligibility.issue_statements(actor=actor or cast.zhou, teacher_ids=ids, on=ON, now=LATER, **more)


def test_a_final_qualified_year_meets_and_the_good_side_holds(cast):
    certifying.examined(cast, [cast.lin_teacher])
    found = answer(cast)
    assert found["finding"] == "meets"
    [year] = found["years"]
    assert (year["verdict"], year["is_final"], year["recognised"], year["entries"], year["reasons"]) == ("qualified", True, 72_00, [], [])
    assert {one["code"]: one["effect"] for one in found["effects"]}["basis_of_appraisal"] == "holds"


def test_what_is_lacking_is_named_with_the_entries_and_where_they_are(cast):
    [other] = people(cast, 1)
    crediting.register(cast, [other])
    crediting.delivered(cast, [other], 30 * HOUR)
    entries = crediting.enter(cast, teacher_ids=[other.pk])
    crediting.walk(cast, entries, upto=crediting.Step.REPORT)
    determine(cast, NOW)
    found = eligibility.answers_of([other.pk], ON, LATER)[other.pk]
    assert found["finding"] == "pending"
    [year] = found["years"]
    assert {"code": "hours_short", "zh": "还差 20.0 学时公共与专业课程"}.items() <= next(
        one for one in year["reasons"] if one["params"]
    ).items()
    assert [(one["state"], one["hours"]) for one in year["entries"]] == [("reported", 30_00)]


def test_a_year_that_was_not_determined_yet_is_said_to_have_no_verdict(cast):
    found = answer(cast)
    assert (found["finding"], found["years"][0]["verdict"]) == ("pending", "")


def test_nothing_is_due_before_the_year_has_ended(cast):
    assert answer(cast, on=date(2026, 11, 20))["finding"] == "nothing_due"


def test_who_was_hired_later_owes_nothing_before(cast):
    [late] = enrolling.teachers(cast.school, 1, hired_on=date(2027, 8, 1))
    assert eligibility.answers_of([late.pk], ON, LATER)[late.pk]["years"] == []


def test_a_statement_is_numbered_frozen_and_provable(cast):
    certifying.examined(cast, [cast.lin_teacher])
    run = issue(cast)
    one = Statement.everywhere.select_related("run").get(run=run)
    assert one.number.startswith("XE-2027-0803-000001")
    assert one.frozen["person"] == {"name": "林知微", "identity": "36**************2X"}
    assert certifying.NUMBER not in json.dumps(one.frozen)
    assert eligibility.broken_proofs(one) == []
    assert (run.counts, run.statement_count, eligibility.agrees(one)) == ({"meets": 1}, 1, True)
    assert AuditLine.objects.filter(act="eligibility.issued").count() == 1


def test_an_altered_statement_is_noticed(cast):
    issue(cast)
    one = Statement.everywhere.select_related("run").get()
    one.frozen["content"]["finding"] = "meets"
    assert eligibility.broken_proofs(one) == ["digest"]


def test_the_database_refuses_to_change_a_statement(cast):
    issue(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.everywhere.update(finding="meets")
    with pytest.raises(DatabaseError), transaction.atomic():
        StatementRun.everywhere.all().delete()


def test_later_entries_verdicts_and_reversals_change_nothing_of_what_was_known(cast):
    [other] = people(cast, 1)
    crediting.register(cast, [other])
    crediting.delivered(cast, [other], 30 * HOUR)
    [entry] = crediting.enter(cast, teacher_ids=[other.pk])
    determine(cast, NOW)
    moment = NOW + timedelta(minutes=1)
    before = eligibility.answers_of([other.pk, cast.lin_teacher.pk], ON, moment)
    run = eligibility.issue_statements(actor=cast.zhou, teacher_ids=list(before), on=ON, known_at=moment, now=LATER)

    crediting.NOW, kept = NOW + timedelta(hours=1), crediting.NOW
    try:
        crediting.walk(cast, [entry])
    finally:
        crediting.NOW = kept
    determination_room.examine(
        actor=cast.mei, training_year_id=cast.year.pk, teacher_ids=[cast.lin_teacher.pk], now=NOW + timedelta(hours=2)
    )
    lines = credits_room.CreditEntry.everywhere.filter(teacher=cast.lin_teacher)
    crediting.take_back(cast, lines.first(), "错", cast.mei, NOW + timedelta(hours=3))
    determine(cast, NOW + timedelta(hours=4))

    assert eligibility.answers_of(list(before), ON, moment) == before
    assert all(eligibility.agrees(one) for one in Statement.everywhere.filter(run=run).select_related("run"))
    assert eligibility.answers_of(list(before), ON, LATER) != before


def test_a_returned_entry_is_shown_with_its_reason_as_it_was_known(cast):
    [other] = people(cast, 1)
    crediting.register(cast, [other])
    crediting.delivered(cast, [other], 10 * HOUR)
    entries = crediting.enter(cast, teacher_ids=[other.pk])
    crediting.decide(cast.he, crediting.Step.REVIEW, entries, crediting.Outcome.RETURNED, reason_code="differs", reason="不符")
    [year] = eligibility.answers_of([other.pk], ON, LATER)[other.pk]["years"]
    assert [(one["state"], one["reason"]) for one in year["entries"]] == [("returned", "differs")]


def test_numbers_go_on_where_they_stopped_and_a_person_may_be_asked_again(cast):
    issue(cast)
    issue(cast)
    assert sorted(one.number[-7:-1] for one in Statement.everywhere.all()) == ["000001", "000002"]


def test_a_whole_branch_is_one_act_whose_queries_do_not_grow(cast, django_assert_max_num_queries):
    people(cast, 20)
    ids = eligibility.branch_ids(cast.zhou.scope)
    with django_assert_max_num_queries(12):
        eligibility.answers_of(ids, ON, LATER)
    run = eligibility.issue_statements(actor=cast.zhou, teacher_ids=ids, on=ON, now=LATER)
    assert run.statement_count == len(ids)
    assert sum(eligibility.finding_counts(cast.zhou.scope, run).values()) == len(ids)


def test_refused_for_others_for_nobody_and_for_days_to_come(cast):
    with pytest.raises(NotInScope):
        issue(cast, actor=cast.stranger)
    with pytest.raises(NotAllowed):
        issue(cast, actor=cast.supervisor)
    with pytest.raises(Refused, match="eligibility_nobody"):
        eligibility.issue_statements(actor=cast.zhou, teacher_ids=[], on=ON, now=LATER)
    with pytest.raises(Refused, match="eligibility_day_ahead"):
        eligibility.issue_statements(actor=cast.zhou, teacher_ids=[cast.lin_teacher.pk], on=date(2027, 9, 2), now=LATER)
    assert Statement.everywhere.count() == 0


def test_a_teacher_issues_the_own_one_only(cast):
    one = eligibility.issue_own(actor=cast.lin, on=ON, now=LATER)
    assert one.teacher_id == cast.lin_teacher.pk
    assert eligibility.own_statement(cast.lin_teacher.pk, one.public_id) == one
    with pytest.raises(NotInScope):
        eligibility.own_statement(0, one.public_id)
    with pytest.raises(NotAllowed):
        eligibility.issue_own(actor=enrolling.actor_of(Role.TUTOR, cast.provider), on=ON, now=LATER)


def test_anyone_may_check_the_code_and_learns_no_name(cast):
    issue(cast)
    one = Statement.everywhere.get()
    found = eligibility.check_statement(one.check_code, now=LATER)
    assert (found["state"], found["statement"]["holder"], found["statement"]["number"]) == ("valid", "林*微", one.number)
    assert eligibility.check_statement(one.number, now=LATER)["state"] == "not_found"
    assert eligibility.check_statement("2222-2222", now=LATER) is None
    assert not found["statement"]["has_newer"]
    eligibility.issue_statements(actor=cast.zhou, teacher_ids=[cast.lin_teacher.pk], on=ON, now=LATER + timedelta(days=1))
    assert eligibility.check_statement(one.check_code, now=LATER)["statement"]["has_newer"]


def test_a_list_of_numbers_and_names_finds_the_branchs_people(cast):
    [other, same] = people(cast, 2)
    type(other).everywhere.filter(pk__in=[other.pk, same.pk]).update(name="李红")
    type(other).everywhere.filter(pk=other.pk).update(staff_number="G123")
    lines = [certifying.NUMBER, "林知微", "李红", "G123", "查无此人"]
    cast.lin_teacher.number_index = NUMBER_BOX.index(certifying.NUMBER)
    cast.lin_teacher.save(update_fields=["number_index"])
    found = eligibility.matched(lines, cast.zhou.scope)
    assert [one.match.value for one in found] == ["found", "twice", "ambiguous", "found", "unknown"]
    assert [one.match.value for one in eligibility.matched(["林知微"], cast.stranger.scope)] == ["unknown"]
