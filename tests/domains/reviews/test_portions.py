"""Portions: what an office passes a few at a time is weighed as the one batch that it makes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import crediting, enrolling, reviewing
from tests.reviewing import Outcome, Step, drawn, later, looked
from xingtan.domains.reviews import api as reviews
from xingtan.domains.reviews.models import PassedUnopened
from xingtan.foundation.refusal import Refused


@pytest.fixture
def reported(cast):
    entries = reviewing.entered(cast, 90)
    crediting.walk(cast, entries, Step.REPORT)
    return entries


def passes(actor, entries, minutes=0, outcome=Outcome.PASSED):
    ids = [one.pk for one in entries]
    return reviews.decide(
        actor=actor, step=Step.COUNTY_REVIEW, entry_ids=ids, outcome=outcome, reason_code="differs", now=later(minutes=minutes)
    )


def test_portions_add_up_and_a_whole_sample_begins_anew(cast, reported):
    colleague = replace(cast.zhou, account_id=enrolling.account("colleague").pk)
    passes(cast.zhou, reported[:30])
    with pytest.raises(Refused, match="sample_first"):
        passes(colleague, reported[30:50], 1)
    passes(colleague, reported[30:49], 2)
    with pytest.raises(Refused, match="sample_first"):
        passes(cast.zhou, reported[49:51], 3000)
    assert reviews.sample_due(cast.county.pk, cast.year, Step.COUNTY_REVIEW, 11) == 5
    assert reviews.sample_due(cast.county.pk, cast.year, Step.VERIFY, 11) == 0
    batch = drawn(cast, reported[49:60])
    assert len(reviews.samples_of(batch)) == 5
    with pytest.raises(Refused, match="sample_unopened"):
        reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=later(minutes=4))
    looked(cast, batch)
    assert reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=later(minutes=4)).moved == 11
    assert passes(cast.zhou, reported[60:90], 5).moved == 30
    reviewing.sound()


def test_a_batch_too_small_for_a_sample_is_a_portion_too(cast, reported):
    small = drawn(cast, reported[:40])
    assert reviews.samples_of(small) == []
    passes(cast.zhou, reported[40:60], 1)
    with pytest.raises(Refused, match="sample_first"):
        reviews.pass_batch(actor=cast.zhou, batch_id=small.pk, now=later(minutes=2))
    few = drawn(cast, reported[60:63])
    assert reviews.samples_of(few) == []
    assert reviews.pass_batch(actor=cast.zhou, batch_id=few.pk, now=later(minutes=3)).moved == 3
    again = drawn(cast, reported[:40])
    looked(cast, again)
    assert (len(reviews.samples_of(again)), reviews.pass_batch(actor=cast.zhou, batch_id=again.pk, now=later(minutes=4)).moved) == (5, 40)


def test_a_few_whole_entries_do_not_settle_what_a_sample_of_many_owes(cast, reported):
    passes(cast.zhou, reported[:49])
    few = drawn(cast, reported[49:51])
    looked(cast, few)
    assert (len(reviews.samples_of(few)), reviews.pass_batch(actor=cast.zhou, batch_id=few.pk, now=later(minutes=1)).moved) == (2, 2)
    with pytest.raises(Refused, match="sample_first"):
        passes(cast.zhou, reported[51:53], 2)


def shown(actor, entries):
    for one in entries:
        reviews.note_evidence(actor=actor, entry_id=one.pk, now=later())


def test_one_by_one_unopened_is_a_batch_too(cast, reported):
    colleague = replace(cast.zhou, account_id=enrolling.account("colleague").pk)
    for number, one in enumerate(reported[:49]):
        passes((cast.zhou, colleague)[number % 2], [one], number)
    with pytest.raises(Refused, match="look_first"):
        passes(cast.zhou, reported[49:50], 50)
    with pytest.raises(Refused, match="sample_first"):
        passes(cast.zhou, reported[49:52], 50)
    shown(colleague, reported[49:50])
    with pytest.raises(Refused, match="look_first"):  # the other one looked
        passes(cast.zhou, reported[49:50], 51)
    assert passes(colleague, reported[49:50], 51).moved == 1
    assert passes(cast.zhou, reported[50:51], 52, Outcome.RETURNED).moved == 1
    batch = drawn(cast, reported[51:70])
    assert len(reviews.samples_of(batch)) == 5
    looked(cast, batch)
    assert reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=later(minutes=60)).moved == 19
    assert passes(cast.zhou, reported[70:71], 61).moved == 1  # counted anew
    assert PassedUnopened.objects.count() == 50
    reviewing.sound()


def test_a_batch_of_one_is_one_by_itself_too(cast, reported):
    for number, one in enumerate(reported[:49]):
        passes(cast.zhou, [one], number)
    batch = drawn(cast, reported[49:50])
    assert len(reviews.samples_of(batch)) == 1
    looked(cast, batch)
    assert reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=later(minutes=60)).moved == 1


def test_sixty_opened_one_by_one_and_returns_are_no_portions(cast, reported):
    shown(cast.zhou, reported[:60])
    for number, one in enumerate(reported[:60]):
        passes(cast.zhou, [one], number)
    assert not PassedUnopened.objects.exists()
    passes(cast.zhou, reported[60:80], 61, Outcome.RETURNED)
    assert passes(cast.zhou, reported[80:90], 62).moved == 10
    assert reviews.sample_due(cast.county.pk, cast.year, Step.COUNTY_REVIEW, 39) == 0
