"""From what was learned to verified hours: each step by the person who owns it, and by nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import crediting, enrolling
from tests.crediting import NOW, Outcome, State, Step
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.models import CreditEntry, Evidence, ReviewDecision
from xingtan.domains.determination import api as determination_room
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

HOUR = 3600


def test_delivered_seconds_become_evidence_once(cast):
    payload = crediting.delivered(cast, [cast.lin_teacher], 10 * HOUR)
    credits_room.take_learned(payload, NOW)
    [evidence] = Evidence.everywhere.all()
    assert (evidence.learned_s, evidence.learned_centi, evidence.component) == (10 * HOUR, 10_00, "course")


def test_a_confirmed_activity_is_evidence_once(cast):
    payload = crediting.attended(cast, [cast.lin_teacher], 4_00)
    credits_room.take_confirmed(payload, NOW)
    [evidence] = Evidence.everywhere.all()
    assert (evidence.learned_centi, evidence.component, evidence.kind) == (4_00, "workshop", "activity")


def test_entering_posts_the_difference_and_never_twice(cast):
    crediting.delivered(cast, [cast.lin_teacher], 10 * HOUR)
    [first] = crediting.enter(cast)
    assert crediting.enter(cast) == []
    crediting.delivered(cast, [cast.lin_teacher], 2 * HOUR)
    [second] = crediting.enter(cast)
    assert [(one.learned_centi, one.recognised_centi) for one in (first, second)] == [(10_00, 10_00), (2_00, 2_00)]


def test_recognition_stops_at_the_cap(cast):
    crediting.attended(cast, [cast.lin_teacher], 20_00)
    crediting.attended(cast, [cast.lin_teacher], 4_00)
    assert [(one.learned_centi, one.recognised_centi) for one in crediting.enter(cast)] == [(20_00, 20_00), (4_00, 2_00)]
    total = crediting.amounts(cast, cast.lin_teacher).by_component["workshop"]
    assert (total.learned, total.recognised, total.entered, total.verified, total.surplus) == (24_00, 22_00, 22_00, 0, 2_00)


def test_the_chain_ends_in_verified_hours(cast):
    crediting.delivered(cast, [cast.lin_teacher], 50 * HOUR)
    crediting.attended(cast, [cast.lin_teacher], 22_00)
    entries = crediting.enter(cast)
    crediting.walk(cast, entries)
    assert {crediting.state_of(one) for one in entries} == {State.VERIFIED}
    total = crediting.amounts(cast, cast.lin_teacher).total
    assert (total.learned, total.recognised, total.entered, total.verified) == (72_00, 72_00, 72_00, 72_00)
    found = determination_room.verdict_of(cast.lin_teacher.pk, cast.year, NOW.date())
    assert (found.year.verdict, found.year.route) == (Verdict.QUALIFIED, 1)


def test_the_same_form_twice_changes_nothing(cast):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    entries = crediting.enter(cast)
    assert crediting.decide(cast.he, Step.REVIEW, entries) == (1, 0)
    assert crediting.decide(cast.he, Step.REVIEW, entries) == (0, 1)
    assert ReviewDecision.objects.count() == 1


def test_a_stale_page_is_refused(cast):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    entries = crediting.enter(cast)
    with pytest.raises(Refused, match="stale"):
        crediting.decide(cast.zhou, Step.VERIFY, entries)
    crediting.decide(cast.he, Step.REVIEW, entries, Outcome.RETURNED, reason_code="differs")
    with pytest.raises(Refused, match="stale"):
        crediting.decide(cast.he, Step.REVIEW, entries)


def test_entering_and_reviewing_are_two_people(cast):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    entries = crediting.enter(cast)
    same = replace(cast.he, account_id=cast.ming.account_id)
    with pytest.raises(Refused, match="same_person"):
        crediting.decide(same, Step.REVIEW, entries)
    assert crediting.decide(cast.he, Step.REVIEW, entries).moved == 1


@pytest.mark.parametrize(
    ("step", "role"), [(Step.REVIEW, "chen"), (Step.COUNTY_REVIEW, "he"), (Step.VERIFY, "supervisor"), (Step.REPORT, "zhou")]
)
def test_a_step_belongs_to_its_role(cast, step, role):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    entries = crediting.enter(cast)
    if before := {Step.REPORT: Step.REVIEW, Step.COUNTY_REVIEW: Step.REPORT, Step.VERIFY: Step.COUNTY_REVIEW}.get(step):
        crediting.walk(cast, entries, before)
    with pytest.raises(NotAllowed):
        crediting.decide(getattr(cast, role), step, entries)


def test_another_school_and_another_county_do_not_exist(cast):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    entries = crediting.enter(cast)
    elsewhere = enrolling.actor_of(Role.SCHOOL_REVIEWER, cast.second)
    with pytest.raises(NotInScope):
        crediting.decide(elsewhere, Step.REVIEW, entries)
    crediting.walk(cast, entries, Step.REPORT)
    with pytest.raises(NotInScope):
        crediting.decide(cast.stranger, Step.COUNTY_REVIEW, entries)
    with pytest.raises(Refused, match="not_your_level"):
        crediting.decide(cast.city_officer, Step.COUNTY_REVIEW, entries)


def test_one_foreign_entry_in_a_batch_moves_none(cast):
    [other] = enrolling.teachers(cast.second, 1)
    crediting.register(cast, [other])
    crediting.delivered(cast, [cast.lin_teacher, other], HOUR)
    entries = crediting.enter(cast)
    with pytest.raises(NotInScope):
        crediting.decide(cast.he, Step.REVIEW, entries)
    assert {crediting.state_of(one) for one in entries} == {State.ENTERED}


@pytest.mark.parametrize(
    ("code", "words", "why"),
    [("", "", "return_needs_reason"), ("other", " ", "return_needs_words"), ("nonsense", "x", "return_needs_reason")],
)
def test_a_return_says_why(cast, code, words, why):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    entries = crediting.enter(cast)
    with pytest.raises(Refused, match=why):
        crediting.decide(cast.he, Step.REVIEW, entries, Outcome.RETURNED, reason_code=code, reason=words)


def test_what_came_back_is_entered_anew(cast):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    entries = crediting.enter(cast)
    crediting.decide(cast.he, Step.REVIEW, entries, Outcome.RETURNED, reason_code="differs")
    assert crediting.amounts(cast, cast.lin_teacher).total.entered == 0
    [(returned, decision)] = credits_room.returned_to(cast.provider.pk, cast.year.pk)
    assert (returned.pk, decision.reason_code) == (entries[0].pk, "differs")
    [again] = crediting.enter(cast)
    assert again.pk != entries[0].pk
    assert crediting.amounts(cast, cast.lin_teacher).total.entered == 1_00


def test_a_reversal_is_a_new_line_and_its_hours_are_gone(cast):
    crediting.delivered(cast, [cast.lin_teacher], 10 * HOUR)
    entries = crediting.enter(cast)
    crediting.walk(cast, entries)
    with pytest.raises(Refused, match="entry_locked"):
        credits_room.reverse(actor=cast.zhou, entry_id=entries[0].pk, reason="重复", now=NOW)
    line = crediting.take_back(cast, entries[0], "重复")
    assert credits_room.reverse(actor=cast.zhou, entry_id=entries[0].pk, reason="重复", now=NOW) == line
    assert (line.learned_centi, line.recognised_centi, line.corrects_id) == (-10_00, -10_00, entries[0].pk)
    assert crediting.amounts(cast, cast.lin_teacher).total == (72_00, 0, 0, 0, 0, 0)
    assert crediting.enter(cast) == []


def test_a_provider_enters_its_own_training_only(cast):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    [evidence] = Evidence.everywhere.all()
    with pytest.raises(NotInScope):
        credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, evidence_ids=[evidence.pk], now=NOW)
    assert credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW) == []
    assert CreditEntry.everywhere.count() == 0


def test_a_closed_window_says_when_it_is_open(cast):
    crediting.delivered(cast, [cast.lin_teacher], HOUR)
    with pytest.raises(Refused, match="hours_window_closed") as refused:
        credits_room.enter(actor=cast.ming, training_year_id=cast.year.pk, now=enrolling.NOW)
    assert str(refused.value.params["opens_on"]) == "2026-11-01"


def test_the_projection_can_be_made_anew(cast):
    crediting.delivered(cast, [cast.lin_teacher], 10 * HOUR)
    crediting.attended(cast, [cast.lin_teacher], 4_00)
    entries = crediting.enter(cast)
    crediting.walk(cast, entries[:1])
    crediting.decide(cast.he, Step.REVIEW, entries[1:], Outcome.RETURNED, reason_code="differs")
    crediting.take_back(cast, entries[0], "重复")
    before = list(credits_room.EntryState.everywhere.order_by("pk").values("pk", "state", "learned_centi", "changed_by_id"))
    assert list(credits_room.check_states()) == []
    credits_room.EntryState.everywhere.filter(pk=entries[0].pk).update(state="verified")
    assert len(list(credits_room.check_states())) == 1
    credits_room.rebuild_states()
    after = list(credits_room.EntryState.everywhere.order_by("pk").values("pk", "state", "learned_centi", "changed_by_id"))
    assert [(one["pk"], one["state"], one["learned_centi"]) for one in before] == [
        (one["pk"], one["state"], one["learned_centi"]) for one in after
    ]
