"""Nobody decides on the own hours, and nobody takes both parts of one act, in whatever role and through whatever door."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests import crediting, enrolling, reviewing
from tests.deputies import standing_in
from tests.reviewing import NOW, Outcome, Step
from xingtan.domains.credits.models import ReviewDecision
from xingtan.domains.reviews import api as reviews
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused

AFTER = datetime(2027, 7, 20, 4, tzinfo=UTC)


@pytest.fixture
def own(cast):
    """Two teachers' entries, and the first of the two in an office."""
    entries = reviewing.entered(cast, 2)
    mine = next(one for one in entries if one.teacher_id == min(row.teacher_id for row in entries))
    return entries, mine, mine.teacher


def test_a_deputy_does_not_review_the_own_entry(cast, own):
    entries, mine, teacher = own
    deputy = standing_in(cast.he, teacher)
    for wanted, outcome, why in ((entries, Outcome.PASSED, ""), ([mine], Outcome.PASSED, ""), ([mine], Outcome.RETURNED, "differs")):
        with pytest.raises(Refused, match="own_hours") as refused:
            crediting.decide(deputy, Step.REVIEW, wanted, outcome, reason_code=why)
        assert refused.value.params == {"count": 1}
    assert ReviewDecision.objects.count() == 0
    assert crediting.decide(deputy, Step.REVIEW, [one for one in entries if one != mine]).moved == 1
    assert crediting.decide(cast.he, Step.REVIEW, [mine]).moved == 1


def test_a_person_is_known_by_every_record_that_was_merged(cast, own):
    entries, _mine, teacher = own
    [other] = enrolling.teachers(cast.school, 1)
    assert teachers.own_ids(standing_in(cast.he, teacher)) == {teacher.pk}
    teachers.merge(actor=cast.zhou, merged_id=teacher.pk, into_id=other.pk, reason="同一人", now=NOW)
    for account in (teacher, other):
        assert teachers.own_ids(standing_in(cast.he, account)) == {teacher.pk, other.pk}
        with pytest.raises(Refused, match="own_hours"):
            crediting.decide(standing_in(cast.he, account), Step.REVIEW, entries)


def test_own_entries_are_neither_batched_nor_reopened(cast, own):
    entries, mine, teacher = own
    crediting.walk(cast, entries, Step.REPORT)
    officer = standing_in(cast.zhou, teacher)
    with pytest.raises(Refused, match="own_hours"):
        reviewing.drawn(cast, entries, actor=officer)
    reviewing.drawn(cast, [one for one in entries if one != mine], actor=officer)
    for step in (Step.COUNTY_REVIEW, Step.VERIFY):
        crediting.decide(cast.zhou, step, entries)
    with pytest.raises(Refused, match="own_hours"):
        reviews.reopen(actor=officer, entry_ids=[mine.pk], reason="核对", now=NOW)
    assert reviews.reopen(actor=cast.zhou, entry_ids=[mine.pk], reason="核对", now=NOW) == 1


def test_who_asked_for_a_late_entry_or_whose_it_is_does_not_grant_it(cast):
    document = keep_file([b"%PDF-1.4 "], kind="late_entry", name="a.pdf", media_type="application/pdf", actor=cast.chen, now=AFTER)
    told = reviews.Told("course", "县级集中培训", 8_00, date(2026, 12, 1), reviews.LateReason.MISTAKE, "漏登", document.pk)
    for_school = replace(cast.chen, account_id=cast.city_officer.account_id)
    one = reviews.ask_late(actor=for_school, teacher_id=cast.lin_teacher.pk, training_year_id=cast.year.pk, told=told, now=AFTER)
    colleague = replace(cast.city_officer, account_id=enrolling.account("colleague").pk)
    for actor, why in ((cast.city_officer, "same_person"), (standing_in(colleague, cast.lin_teacher), "own_hours")):
        for is_granted in (True, False):
            with pytest.raises(Refused, match=why):
                reviews.decide_late(actor=actor, late_id=one.pk, is_granted=is_granted, answer="已核", now=AFTER)
    assert reviews.decide_late(actor=colleague, late_id=one.pk, is_granted=True, answer="", now=AFTER).entry_id is not None


def test_who_decided_does_not_answer_the_appeal(cast):
    [entry] = reviewing.entered(cast)
    crediting.walk(cast, [entry], Step.REPORT)
    crediting.decide(cast.zhou, Step.COUNTY_REVIEW, [entry], Outcome.RETURNED, reason_code="differs")
    appellant = enrolling.actor_of(Role.TEACHER, cast.school, entry.teacher)
    one = reviews.file_appeal(actor=appellant, words="学时应计入", entry_id=entry.pk, now=NOW)
    colleague = replace(cast.zhou, account_id=enrolling.account("colleague").pk)

    def answer(actor):
        return reviews.answer_appeal(actor=actor, appeal_id=one.pk, is_upheld=False, words="维持", now=NOW)

    with pytest.raises(Refused, match="appeal_same_person"):
        answer(cast.zhou)
    with pytest.raises(Refused, match="own_hours"):
        answer(standing_in(cast.zhou, entry.teacher))
    assert answer(colleague).state == "rejected"
    reviews.carry_up(actor=appellant, appeal_id=one.pk, words="有签到表", now=NOW)
    with pytest.raises(Refused, match="appeal_same_person"):
        answer(replace(cast.city_officer, account_id=colleague.account_id))
    assert answer(cast.city_officer).state == "rejected"
