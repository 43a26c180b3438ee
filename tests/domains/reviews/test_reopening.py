"""What is verified is locked; an office reopens it with a reason, and who has just decided may undo it."""

from __future__ import annotations

import pytest

from tests import crediting, reviewing
from tests.reviewing import NOW, Outcome, State, Step, entered, later
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


@pytest.fixture
def verified(cast):
    entries = entered(cast, 2)
    crediting.walk(cast, entries)
    return entries


def test_what_is_verified_is_locked_until_it_is_reopened_with_a_reason(cast, verified):
    one = verified[0]
    with pytest.raises(Refused, match="entry_locked"):
        crediting.decide(cast.zhou, Step.VERIFY, [one], Outcome.RETURNED, reason_code="differs")
    with pytest.raises(Refused, match="reason_missing"):
        reviews.reopen(actor=cast.zhou, entry_ids=[one.pk], reason=" ", now=NOW)
    assert reviews.reopen(actor=cast.zhou, entry_ids=[one.pk], reason="凭据不符", now=NOW) == 1
    assert reviews.reopen(actor=cast.zhou, entry_ids=[one.pk], reason="凭据不符", now=NOW) == 0
    assert crediting.state_of(one) is State.COUNTY_REVIEWED
    assert AuditLine.objects.filter(act="reviews.reopened", subject_ids=[one.pk]).count() == 1
    crediting.decide(cast.zhou, Step.VERIFY, [one])
    reviews.reopen(actor=cast.city_officer, entry_ids=[one.pk], reason="抽查", now=NOW)
    crediting.decide(cast.zhou, Step.VERIFY, [one], Outcome.RETURNED, reason_code="differs")
    assert crediting.state_of(one) is State.RETURNED
    reviewing.sound()


def test_reopening_is_an_offices_that_verified_or_one_above(cast, verified):
    with pytest.raises(NotAllowed):
        reviews.reopen(actor=cast.he, entry_ids=[verified[0].pk], reason="错", now=NOW)
    with pytest.raises(NotInScope):
        reviews.reopen(actor=cast.stranger, entry_ids=[verified[0].pk], reason="错", now=NOW)
    policies.TrainingYear.everywhere.filter(pk=cast.year.pk).update(state=policies.YearState.CLOSED)
    with pytest.raises(Refused, match="year_closed"):
        reviews.reopen(actor=cast.zhou, entry_ids=[verified[0].pk], reason="错", now=NOW)
    assert reviews.reopen(actor=cast.mei, entry_ids=[verified[0].pk], reason="错", now=NOW) == 1


def test_the_own_last_decision_is_undone_within_ten_minutes(cast):
    entries = entered(cast, 2)
    crediting.decide(cast.he, Step.REVIEW, entries)
    with pytest.raises(Refused, match="too_late_to_undo"):
        reviews.undo(actor=cast.chen, entry_ids=[entries[0].pk], now=NOW)
    with pytest.raises(Refused, match="too_late_to_undo"):
        reviews.undo(actor=cast.he, entry_ids=[entries[0].pk], now=later(minutes=11))
    assert reviews.undo(actor=cast.he, entry_ids=[entries[0].pk], now=later(minutes=9)) == 1
    assert [crediting.state_of(one) for one in entries] == [State.ENTERED, State.REVIEWED]
    crediting.decide(cast.he, Step.REVIEW, entries[:1], Outcome.RETURNED, reason_code="differs")
    assert reviews.undo(actor=cast.he, entry_ids=[entries[0].pk], now=NOW) == 1
    assert crediting.decide(cast.he, Step.REVIEW, entries[:1]).moved == 1
    reviewing.sound()


def test_a_return_that_was_entered_anew_is_not_undone(cast):
    entries = entered(cast, 1)
    crediting.decide(cast.he, Step.REVIEW, entries, Outcome.RETURNED, reason_code="differs")
    assert len(crediting.enter(cast)) == 1
    with pytest.raises(Refused, match="too_late_to_undo"):
        reviews.undo(actor=cast.he, entry_ids=[entries[0].pk], now=NOW)
    reviewing.sound()


def test_the_projection_is_made_anew_with_reopenings_in_it(cast, verified):
    reviews.reopen(actor=cast.zhou, entry_ids=[verified[0].pk], reason="抽查", now=NOW)
    before = dict(credits_room.EntryState.everywhere.values_list("pk", "state"))
    credits_room.rebuild_states()
    assert dict(credits_room.EntryState.everywhere.values_list("pk", "state")) == before
