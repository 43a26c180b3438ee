"""Batches: a sample that the server draws and the reviewer opens, nothing flagged among them, all or none, and no drawing until it suits."""

from __future__ import annotations

import pytest

from tests import crediting, enrolling, reviewing
from tests.reviewing import NOW, Outcome, State, Step, drawn, entered, looked
from xingtan.domains.credits.models import EntryState, ReviewDecision
from xingtan.domains.reviews import api as reviews
from xingtan.domains.reviews.models import BatchSample
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.refusal import NotInScope, Refused


@pytest.fixture
def reported(cast):
    entries = entered(cast, 60)
    crediting.walk(cast, entries, Step.REPORT)
    return entries


def test_many_pass_an_office_only_as_a_batch_whose_sample_was_opened(cast, reported):
    with pytest.raises(Refused, match="sample_first"):
        crediting.decide(cast.zhou, Step.COUNTY_REVIEW, reported)
    batch = drawn(cast, reported)
    samples = reviews.samples_of(batch)
    assert [one.entry_id for one in samples] == reviews.sample_of(batch.seed, [one.pk for one in reported], 5)
    looked(cast, batch, leave=1)
    with pytest.raises(Refused, match="sample_unopened") as refused:
        reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=NOW)
    assert refused.value.params["count"] == 1
    looked(cast, batch)
    assert {one.opened_at for one in reviews.samples_of(batch)} == {NOW}
    assert reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=NOW) == (60, 0)
    assert reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=NOW) == (0, 60)
    assert EntryState.everywhere.filter(state=State.COUNTY_REVIEWED).count() == 60
    reviewing.sound()


def test_a_fault_in_the_sample_ends_the_batch_and_a_fault_elsewhere_is_left_out(cast, reported):
    batch = drawn(cast, reported)
    looked(cast, batch)
    sampled = {one.entry_id for one in reviews.samples_of(batch)}
    bad = next(one for one in reported if one.pk in sampled)
    crediting.decide(cast.zhou, Step.COUNTY_REVIEW, [bad], Outcome.RETURNED, reason_code="differs")
    with pytest.raises(Refused, match="sample_found_fault"):
        reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=NOW)
    rest = [one for one in reported if one != bad]
    again = drawn(cast, rest)
    other = next(one for one in rest if one.pk not in {row.entry_id for row in reviews.samples_of(again)})
    crediting.decide(cast.zhou, Step.COUNTY_REVIEW, [other], Outcome.RETURNED, reason_code="differs")
    looked(cast, again)
    assert reviews.pass_batch(actor=cast.zhou, batch_id=again.pk, now=NOW) == (58, 0)
    assert {crediting.state_of(bad), crediting.state_of(other)} == {State.RETURNED}


def test_nobody_draws_until_the_sample_suits(cast, reported):
    first = drawn(cast, reported)
    sampled = [one.entry_id for one in reviews.samples_of(first)]
    again = drawn(cast, reported)
    assert [one.entry_id for one in reviews.samples_of(again)] == sorted(sampled)
    without = [one for one in reported if one.pk not in set(sampled[:2])]
    smaller = drawn(cast, without)
    assert set(sampled[2:]) <= {one.entry_id for one in reviews.samples_of(smaller)}
    assert (first.seed, again.seed) == (smaller.seed, smaller.seed)
    assert AuditLine.objects.filter(act="reviews.dropped").count() == 2
    looked(cast, smaller)
    reviews.pass_batch(actor=cast.zhou, batch_id=smaller.pk, now=NOW)
    crediting.walk(cast, more := entered(cast, 50), Step.REPORT)
    late = drawn(cast, [one for one in reported if one.pk in set(sampled[:2])] + more)
    assert late.seed != smaller.seed
    assert set(sampled[:2]) <= {one.entry_id for one in reviews.samples_of(late)}
    with pytest.raises(Refused, match="batch_dropped"):
        reviews.pass_batch(actor=cast.zhou, batch_id=first.pk, now=NOW)


def test_nothing_flagged_is_among_many(cast):
    people = enrolling.teachers(cast.school, 3)
    crediting.register(cast, people)
    crediting.attended(cast, people[:1], 20_00)
    crediting.attended(cast, people[:1], 4_00)
    crediting.delivered(cast, people[1:], 36_000)
    entries = crediting.enter(cast)
    crediting.walk(cast, entries, Step.REPORT)
    checks = reviews.checks_in(cast.zhou.scope, cast.year.pk)
    clean = reviews.clean_of([one.pk for one in entries], checks)
    assert len(entries) - len(clean) == 1
    with pytest.raises(Refused, match="flagged_in_batch"):
        crediting.decide(cast.zhou, Step.COUNTY_REVIEW, entries)
    batch = drawn(cast, entries)
    with pytest.raises(Refused, match="flagged_in_batch"):
        reviews.pass_batch(actor=cast.zhou, batch_id=batch.pk, now=NOW)
    assert ReviewDecision.objects.filter(step=Step.COUNTY_REVIEW).count() == 0
    flagged = [one for one in entries if one.pk not in clean]
    assert crediting.decide(cast.zhou, Step.COUNTY_REVIEW, flagged).moved == 1


def test_the_automatic_check_finds_two_places_and_what_is_unusual(cast):
    people = enrolling.teachers(cast.school, 12)
    crediting.register(cast, people)
    crediting.delivered(cast, people[1:], 3600)
    crediting.delivered(cast, people[:1], 40 * 3600)
    crediting.attended(cast, people[1:2], 2_00)
    crediting.attended(cast, people[1:2], 2_00)
    entries = crediting.enter(cast)
    twice = [one for one in entries if one.component == "workshop"]
    other = enrolling.tree  # a second provider is enough for two places
    assert callable(other)
    EntryState.everywhere.filter(pk=twice[0].pk).update(provider=cast.county)
    checks = reviews.checks_in(cast.zhou.scope, cast.year.pk)
    found = reviews.findings_of([one.pk for one in entries], checks)
    kinds = {(one.component, one.teacher_id == people[0].pk): found[one.pk] for one in entries}
    assert kinds[("course", True)] == (reviews.Check.UNUSUAL,)
    assert kinds[("course", False)] == ()
    assert kinds[("workshop", False)] == (reviews.Check.TWO_PLACES,)
    facets = reviews.queue_facets(cast.he.scope, Step.REVIEW, cast.year.pk, now=NOW)
    assert (facets.checks[reviews.Check.TWO_PLACES], facets.checks[reviews.Check.UNUSUAL], facets.checks[reviews.Check.CLEAN]) == (2, 1, 11)


def test_a_batch_is_its_offices_own(cast, reported):
    batch = drawn(cast, reported)
    stranger = cast.stranger
    for actor in (stranger, cast.city_officer):
        with pytest.raises(NotInScope):
            reviews.pass_batch(actor=actor, batch_id=batch.pk, now=NOW)
        with pytest.raises(NotInScope):
            reviews.batch_named(actor, batch.public_id)
    with pytest.raises(NotInScope):
        reviews.look(actor=cast.zhou, batch_id=batch.pk, entry_id=0, now=NOW)
    assert BatchSample.objects.filter(opened_at=None).count() == 5
