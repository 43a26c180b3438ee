"""Learned time that was set aside after it was entered: corrected by new lines, nothing overwritten."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests import crediting, studying
from tests.crediting import NOW, State
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.models import CreditEntry, EntryState, Evidence
from xingtan.domains.credits.rules import Share, shares_of
from xingtan.domains.enrolment.models import ChosenOffer, CourseSelection
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import UnitDay, UnitProgress
from xingtan.domains.policies import api as policies
from xingtan.domains.projects.models import Offer, Project
from xingtan.foundation.events.models import Event
from xingtan.foundation.ledger.models import Chain
from xingtan.foundation.ledger.post import books, check_chain

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = 3600


@pytest.fixture
def cast():
    made = studying.build()
    made.ming = made.staff
    made.unit = made.units[0]
    made.unit.length_s = 10 * HOUR
    made.unit.save(update_fields=["length_s"])
    return made


def study(cast, seconds):
    """So much of the unit stands as learned on line, and the hallway brought it."""
    UnitProgress.objects.update_or_create(
        teacher_id=cast.lin_teacher.pk,
        unit_id=cast.unit.pk,
        defaults={"length_s": 10 * HOUR, "learned_s": seconds, "changed_at": int(NOW.timestamp())},
    )
    learning.tell_learned(NOW)
    hear()


def set_aside(cast, seconds):
    learning.put_shares([learning.Share(cast.lin_teacher.pk, cast.unit.pk, "anomaly:1", -seconds, date(2026, 11, 20))], NOW)
    hear()


def hear():
    for event in Event.objects.filter(name="learning.recognisable", delivered_at=None).order_by("pk"):
        credits_room.take_learned(event.payload, NOW)
        Event.objects.filter(pk=event.pk).update(delivered_at=NOW)


def evidence():
    return Evidence.everywhere.get(kind="learned")


def sound():
    assert list(credits_room.check_states()) == []
    assert [fault for chain in Chain.objects.all() for fault in check_chain(chain, books())] == []


def test_less_than_before_is_what_the_evidence_says(cast):
    study(cast, 4 * HOUR)
    set_aside(cast, HOUR)
    assert (evidence().learned_s, evidence().learned_centi) == (3 * HOUR, 3_00)
    assert CreditEntry.everywhere.count() == 0
    set_aside(cast, 0)
    assert (evidence().learned_s, evidence().learned_centi) == (4 * HOUR, 4_00)


def test_the_newest_entry_that_says_too_much_is_taken_back_by_a_line_of_its_own(cast):
    study(cast, 2 * HOUR)
    [first] = crediting.enter(cast)
    study(cast, 3 * HOUR)
    [second] = crediting.enter(cast)
    crediting.walk(cast, [first, second])
    set_aside(cast, HOUR // 2)
    assert (crediting.state_of(first), crediting.state_of(second)) == (State.VERIFIED, State.REVERSED)
    back = CreditEntry.everywhere.get(corrects=second)
    assert (back.learned_centi, back.recognised_centi, back.reason) == (-1_00, -1_00, "learned_time_fell")
    second.refresh_from_db()
    assert second.learned_centi == 1_00
    assert [one.learned_centi for one in crediting.enter(cast)] == [50]
    assert crediting.amounts(cast, cast.lin_teacher).total.entered == 2_50
    assert crediting.enter(cast) == []
    sound()


def test_what_is_lifted_again_is_due_again_and_nothing_doubles(cast):
    study(cast, 2 * HOUR)
    crediting.enter(cast)
    set_aside(cast, 2 * HOUR)
    assert crediting.amounts(cast, cast.lin_teacher).total.entered == 0
    assert crediting.enter(cast) == []
    set_aside(cast, 0)
    assert [one.learned_centi for one in crediting.enter(cast)] == [2_00]
    assert sum(EntryState.everywhere.filter(state="entered").values_list("learned_centi", flat=True)) == 2_00
    sound()


def test_an_event_replayed_late_sets_nothing_back(cast):
    study(cast, 4 * HOUR)
    old = Event.objects.get(name="learning.recognisable").payload
    set_aside(cast, 3 * HOUR)
    credits_room.take_learned(old, NOW)
    assert evidence().learned_s == HOUR


def study_on(cast, days):
    """Seconds by day, all of which the teacher learned so far."""
    for on, seconds in days.items():
        UnitDay.objects.update_or_create(
            teacher_id=cast.lin_teacher.pk, unit_id=cast.unit.pk, local_on=on, defaults={"learned_s": seconds, "walls": []}
        )
    study(cast, sum(days.values()))


def test_a_course_chosen_again_brings_each_year_its_own_seconds(cast):
    study_on(cast, {date(2026, 12, 1): HOUR})
    again = choose_again(cast)
    study_on(cast, {date(2026, 12, 1): HOUR, date(2027, 12, 1): 2 * HOUR})
    both = {cast.offers["A"].pk: HOUR, again.pk: 2 * HOUR}
    assert dict(Evidence.everywhere.values_list("offer_id", "learned_s")) == both
    learning.tell_everything_again()
    learning.tell_learned(NOW)
    hear()
    assert dict(Evidence.everywhere.values_list("offer_id", "learned_s")) == both


def test_a_course_chosen_again_and_not_yet_studied_brings_nothing(cast):
    study_on(cast, {date(2026, 12, 1): HOUR})
    choose_again(cast)
    learning.tell_everything_again()
    learning.tell_learned(NOW)
    hear()
    assert dict(Evidence.everywhere.values_list("offer_id", "learned_s")) == {cast.offers["A"].pk: HOUR}


def choose_again(cast):
    """Lin chose the same course for the next year; the earlier one is still open."""
    year = policies.open_year(actor=cast.mei, organisation_id=cast.year.organisation_id, year=2027, pack_id=cast.year.pack_id, now=NOW)
    project = Project.everywhere.get(pk=cast.offers["A"].project_id)
    project.pk, project.public_id, project.training_year = None, "nextyearpid1", year
    project.save(force_insert=True)
    offer = Offer.objects.get(pk=cast.offers["A"].pk)
    offer.pk, offer.public_id, offer.project = None, "nextyearoff1", project
    offer.save(force_insert=True)
    chosen = CourseSelection.everywhere.create(
        teacher=cast.lin_teacher, training_year=year, project=project, school_id=cast.lin_teacher.school_id, item=3, hours_centi=72_00,
        state="registered", chosen_at=NOW,
    )  # fmt: skip
    ChosenOffer.objects.create(selection=chosen, offer=offer)
    return offer


@given(
    some.lists(some.tuples(some.integers(0, 400_000), some.integers(0, 400_000)), min_size=1, max_size=6),
    some.sampled_from([2, 2700, 3600]),
)
def test_shares_add_up_to_the_whole_when_seconds_fall(seconds, per_hour):
    before, _ = shares_of([Share(first, 0) for first, _ in seconds], per_hour)
    after, whole = shares_of([Share(then, had) for (_, then), had in zip(seconds, before, strict=True)], per_hour)
    assert sum(after) == whole.centi == sum(then for _, then in seconds) * 100 // per_hour
    assert all(0 <= now <= -(-then * 100 // per_hour) for now, (_, then) in zip(after, seconds, strict=True))
