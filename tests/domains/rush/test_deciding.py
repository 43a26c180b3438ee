"""A batch of presses: seats in the order of arrival, the line behind them, and a definite answer for everyone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests import rushing
from tests.enrolling import teachers
from tests.rushing import press
from xingtan.domains.admissions.models import AdmissionTerms, Application, ApplicationStep, OfferLimit, Round
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota, Seat
from xingtan.domains.rush.deciding import decide


@pytest.fixture
def cast(db):
    return rushing.build()


def states(answers):
    return [answer["code"] if answer["state"] == "refused" else answer["state"] for answer in answers]


def one(cast, teacher, **changes):
    [answer] = decide([press(cast, teacher, **changes)])
    return answer


def test_seats_go_by_arrival_and_everyone_behind_has_a_place_in_the_line(cast):
    people = teachers(cast.school, 5)
    presses = [press(cast, each) for each in people]
    answers = decide(presses)
    assert states(answers) == ["admitted"] * 3 + ["waiting"] * 2
    assert [answer.get("place") for answer in answers[3:]] == [1, 2]
    assert [answer["number"] for answer in answers] == sorted(answer["number"] for answer in answers)
    assert one(cast, teachers(cast.school, 1)[0])["place"] == 3
    leaf = cast.leaves[cast.school.pk]
    leaf.refresh_from_db()
    assert (leaf.given, leaf.free) == (3, 0) == (Seat.objects.filter(ended_at=None).count(), 0)


def test_pressing_again_is_answered_the_same_and_changes_nothing(cast):
    [someone] = teachers(cast.school, 1)
    first = one(cast, someone)
    assert one(cast, someone) == first
    twice = [press(cast, each) for each in [*teachers(cast.second, 1) * 2]]
    assert len({str(answer) for answer in decide(twice)}) == 1
    assert Application.everywhere.count() == 2 == ApplicationStep.objects.count()


def test_a_press_that_was_used_does_not_come_back_after_a_withdrawal(cast):
    [someone] = teachers(cast.school, 1)
    one(cast, someone)
    Application.everywhere.update(state="withdrawn")
    quotas.end_seats(cast.rush.pk, [someone.pk], reason="", now=datetime.now(UTC))
    assert one(cast, someone)["state"] == "withdrawn"
    assert one(cast, someone, issued_at=int(datetime.now(UTC).timestamp()) + 1)["state"] == "admitted"


def test_whoever_comes_later_stands_behind_those_who_wait_even_when_a_seat_is_free(cast):
    people = teachers(cast.school, 5)
    decide([press(cast, each) for each in people[:4]])
    Application.everywhere.filter(teacher=people[0]).update(state="withdrawn")
    quotas.end_seats(cast.rush.pk, [people[0].pk], reason="", now=datetime.now(UTC))
    assert one(cast, people[4])["state"] == "waiting"


def test_the_next_quota_up_serves_where_the_page_said_so(cast):
    top = Quota.everywhere.get(project=cast.rush, parent=None)
    ids = (cast.leaves[cast.school.pk].pk, top.pk)
    answers = decide([press(cast, each, quota_ids=ids) for each in teachers(cast.school, 5)])
    assert states(answers) == ["admitted"] * 4 + ["waiting"]
    assert [answer["quota"] for answer in answers[2:]] == [ids[0], ids[1], ids[0]]


def close_year(cast):
    cast.year.state = "closed"
    cast.year.save()


def close(cast):
    cast.rush.state = "closed"
    cast.rush.save()


def shut_round(cast):
    Round.everywhere.update(opens_at=datetime.now(UTC) - timedelta(hours=2), closes_at=datetime.now(UTC) - timedelta(seconds=1))


def open_later(cast):
    Round.everywhere.update(opens_at=datetime.now(UTC) + timedelta(minutes=2))


def ask_approval(cast):
    AdmissionTerms.everywhere.update(steps=["county"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (close_year, "rush_year_closed"),
        (close, "admission_project_not_open"),
        (shut_round, "round_closed"),
        (open_later, "round_not_open"),
        (ask_approval, "rush_needs_approval"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_changed_since_the_page_was_shown_is_looked_at_again(cast, change, code):
    [someone] = teachers(cast.school, 1)
    change(cast)
    assert one(cast, someone)["code"] == code
    assert Application.everywhere.count() == 0


def test_who_left_or_has_no_quota_is_refused(cast):
    [gone, other] = teachers(cast.school, 2)
    type(gone).everywhere.filter(pk=gone.pk).update(status="left")
    assert states(decide([press(cast, gone), press(cast, other, quota_ids=())])) == ["rush_not_in_post", "rush_no_quota"]


def test_without_a_line_the_rest_is_told_that_all_seats_are_taken(cast):
    AdmissionTerms.everywhere.update(keeps_line=False)
    assert states(decide([press(cast, each) for each in teachers(cast.school, 4)])) == ["admitted"] * 3 + ["rush_full"]


def test_a_class_with_a_limit_takes_no_more(cast):
    offer = next(iter(cast.offers.values()))
    OfferLimit.everywhere.create(offer=offer, most=2)
    answers = decide([press(cast, each, choice_id=offer.pk) for each in teachers(cast.school, 3)])
    assert states(answers) == ["admitted", "admitted", "class_full_now"]


def test_numbers_rise_even_where_a_clock_runs_behind(cast):
    early, late = teachers(cast.school, 2)
    first = press(cast, late)
    assert decide([first])[0]["number"] == first.arrived
    [answer] = decide([press(cast, early)._replace(arrived=first.arrived - 5_000)])
    assert answer["number"] == first.arrived + 1
