"""Day caps, further viewings, presence and activity through the recorder's door; and what a day's row keeps."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domains.learning.players import START, AtOnce, Clock, Player, call
from xingtan.domains.learning.models import Beat, UnitDay, UnitProgress
from xingtan.domains.learning.recorder import Recorder

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def study(clock):
    recorder = Recorder(AtOnce(), clock)

    def _study(player, seconds, start=0, **more):
        """So many seconds pass and were played from `start`; the answer."""
        clock.at += seconds
        status, answer = call(recorder, player.post(player.beat(start, start + seconds, clock.at, **more)))
        assert status == 200
        return answer

    return _study


def reason(answer):
    return answer["reasons"][0][2]


def test_a_day_counts_no_more_than_its_cap_over_all_units_and_the_next_day_counts_again(study, clock):
    film, other = Player(unit_id=7, length_s=9_000, day_cap_s=100), Player(unit_id=8, length_s=9_000, day_cap_s=100)
    assert study(film, 60)["day_left_s"] == 40
    assert study(other, 60)["counted_s"] == 40
    answer = study(film, 60, 60)
    assert (reason(answer), answer["day_left_s"]) == ("day_cap", 0)
    assert Beat.objects.get(seq=1, unit_id=7).reason == "day_cap"
    clock.at += 86_400
    fresh = Player(unit_id=7, length_s=9_000, now_s=clock.at, day_cap_s=100)
    assert study(fresh, 60, 200)["counted_s"] == 60
    days = UnitDay.objects.order_by("local_on", "unit_id").values_list("local_on", "unit_id", "learned_s")
    first = date.fromordinal(date(1970, 1, 1).toordinal() + (START + 8 * 3600) // 86_400)
    assert list(days) == [(first, 7, 60), (first, 8, 40), (date.fromordinal(first.toordinal() + 1), 7, 60)]


@pytest.mark.parametrize(("viewings", "learned"), [(1, 50), (2, 100), (3, 150)])
def test_a_further_viewing_counts_while_the_policy_says_so(study, viewings, learned):
    player = Player(length_s=50, viewings=viewings)
    answers = [study(player, 50) for _ in range(4)]
    assert answers[-1]["learned_s"] == learned
    assert reason(answers[-1]) == "repeated"
    row = UnitProgress.objects.get()
    assert (row.learned_s, row.viewings, row.viewing) == (learned, viewings, viewings)


def test_rules_that_count_fewer_viewings_take_nothing_back(study, clock):
    many = Player(length_s=50, viewings=2)
    study(many, 50)
    study(many, 50)
    fewer = Player(length_s=50, now_s=clock.at, viewings=1)
    assert study(fewer, 50)["learned_s"] == 100


def test_a_prompt_is_due_and_only_its_own_answer_goes_on_counting(study):
    player = Player(length_s=9_000, prompt_every_s=60, prompt_within_s=30)
    assert "prompt" not in study(player, 50)
    prompt = study(player, 20, 50)["prompt"]
    assert prompt["left_s"] == 20
    assert study(player, 20, 70, presence="0" * 32)["prompt"] == prompt | {"left_s": 0}
    assert reason(study(player, 20, 90)) == "absent"
    answered = study(player, 20, 110, presence=prompt["nonce"])
    assert reason(answered) == "counted"
    assert "prompt" not in answered
    assert Beat.objects.filter(is_present=True).count() == 1
    study(player, 60, 130)
    again = study(player, 5, 190, presence=prompt["nonce"])["prompt"]
    assert again["nonce"] != prompt["nonce"]  # one that was used answers nothing


def test_an_answer_of_another_opening_answers_nothing(study):
    one, other = (Player(unit_id=unit, length_s=9_000, prompt_every_s=60, prompt_within_s=30) for unit in (7, 8))
    prompt = study(one, 90)["prompt"]
    study(other, 90)
    assert reason(study(other, 10, 90, presence=prompt["nonce"])) == "absent"


def test_an_answer_without_anything_played_is_an_answer(study):
    player = Player(length_s=9_000, prompt_every_s=60, prompt_within_s=30)
    prompt = study(player, 90)["prompt"]
    answer = study(player, 0, 90, presence=prompt["nonce"])
    assert (reason(answer), "prompt" in answer) == ("nothing_played", False)
    assert study(player, 30, 90)["counted_s"] == 30


@pytest.mark.parametrize(("signs", "expected"), [({}, "idle"), ({"is_active": False}, "idle"), ({"is_active": True}, "counted")])
def test_an_open_page_alone_is_no_study(study, signs, expected):
    assert reason(study(Player(needs_activity=1), 10, **signs)) == expected
    assert Beat.objects.get().reason == expected


def test_a_day_keeps_when_it_was_counted(study, clock):
    player = Player(length_s=9_000)
    study(player, 10)
    study(player, 10, 10)
    clock.at += 500
    study(player, 0, 20)  # the player was paused
    study(player, 10, 20)
    day = UnitDay.objects.get()
    assert day.learned_s == sum(end - start for start, end in day.walls)
    assert day.walls[0][1] - day.walls[0][0] == 20
    assert len(day.walls) == 2
    assert day.learned_s == UnitProgress.objects.get().learned_s


@pytest.mark.parametrize("presence", [1, "x" * 65, "é"])
def test_an_answer_of_the_wrong_form_is_refused(clock, presence):
    player = Player()
    status, problem = call(Recorder(AtOnce(), clock), player.post(player.beat(0, 1, clock.at, presence=presence)))
    assert (status, problem["title"].split(":")[0]) == (400, "presence")
