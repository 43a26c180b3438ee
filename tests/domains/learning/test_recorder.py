"""The recorder through its WSGI door, on the real databases."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import DatabaseError

from tests.domains.learning.players import START, Clock, Player, call
from xingtan.domains.learning import settling
from xingtan.domains.learning.models import Beat, TeacherClock, UnitProgress
from xingtan.domains.learning.recorder import MOST_BYTES, Recorder, read_post
from xingtan.domains.learning.tokens import LIVES_S, write_token


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def recorder(own_database, clock):
    """A recorder that really commits, from its own thread."""
    made = Recorder(clock=clock)
    yield made
    made.committer.close()


def test_what_was_played_is_counted_and_kept_before_the_answer(recorder, clock):
    player = Player()
    clock.at += 10
    status, answer = call(recorder, player.post(player.beat(0, 10, clock.at)))
    assert (status, answer["counted_s"], answer["learned_s"], answer["position_s"]) == (200, 10, 10, 10)
    assert answer["acknowledged"] == 0
    assert answer["next_in"] == 2
    assert UnitProgress.objects.get(teacher_id=1, unit_id=7).learned_s == 10
    assert TeacherClock.objects.get(pk=1).counted_until == START + 10
    assert Beat.objects.get().reason == "counted"


def test_a_beat_that_comes_twice_is_answered_the_same_and_counts_once(recorder, clock):
    player = Player()
    clock.at += 10
    post = player.post(player.beat(0, 10, clock.at))
    first = call(recorder, post)[1]
    clock.at += 10
    second = call(recorder, post)[1]
    assert second["counted_s"] == first["counted_s"] == 10
    assert second["learned_s"] == 10
    assert Beat.objects.count() == 1


def test_two_players_at_once_count_once(recorder, clock):
    one, other = Player(unit_id=7), Player(unit_id=8)
    clock.at += 20
    assert call(recorder, one.post(one.beat(0, 20, clock.at)))[1]["counted_s"] == 20
    answer = call(recorder, other.post(other.beat(0, 20, clock.at)))[1]
    assert answer["counted_s"] == 0
    assert answer["reasons"] == [[0, 0, "overlapping"]]


def test_a_beat_from_the_future_is_kept_and_not_counted(recorder, clock):
    player = Player()
    clock.at += 10
    answer = call(recorder, player.post(player.beat(0, 10, clock.at + 3600)))[1]
    assert answer["reasons"] == [[0, 0, "from_the_future"]]
    assert Beat.objects.get().counted_s == 0


def test_more_than_real_time_never_counts(recorder, clock):
    player = Player(length_s=1000)
    clock.at += 30
    beats = [player.beat(at * 10, at * 10 + 10, clock.at) for at in range(20)]
    answer = call(recorder, player.post(*beats))[1]
    assert answer["learned_s"] <= 30


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        ({"token": "x"}, 400),
        ({"token": "x", "beats": []}, 401),
        ({"token": "a.b", "beats": []}, 401),
        ({"token": "é" * 20, "beats": []}, 401),
        (b" " * (MOST_BYTES + 1), 413),
    ],
)
def test_bad_input_is_refused_with_its_reason(recorder, body, status):
    assert call(recorder, body)[0] == status
    assert Beat.objects.count() == 0


@pytest.mark.parametrize(
    "broken", [{"seq": -1}, {"seq": "1"}, {"from_s": 1.5}, {"is_visible": 1}, {"rate_centi": True}, {"client_at": None}]
)
def test_a_beat_of_the_wrong_form_is_refused(recorder, clock, broken):
    player = Player()
    status, problem = call(recorder, player.post(player.beat(0, 1, clock.at) | broken))
    assert status == 400
    assert problem["title"].startswith(next(iter(broken)))


def test_a_forged_token_is_refused(recorder, clock):
    player, other = Player(teacher_id=1), Player(teacher_id=2)
    forged = f"{other.token.split('.')[0]}.{player.token.split('.')[1]}"
    clock.at += 10
    assert call(recorder, {"token": forged, "beats": [player.beat(0, 10, clock.at)]})[0] == 401
    assert Beat.objects.count() == 0


def test_an_old_token_is_refused(recorder, clock):
    player = Player()
    clock.at += LIVES_S + 1
    assert call(recorder, player.post(player.beat(0, 10, clock.at)))[0] == 401


def test_only_post_with_a_length(recorder):
    assert call(recorder, b"", method="GET")[0] == 405
    assert call(recorder, b"", length="")[0] == 411


def test_many_threads_at_once_lose_nothing_and_count_once(recorder, clock):
    """12 players, 3 of each of 4 teachers, 10 beats each: every beat is kept, no teacher gets more than real time."""
    players = [Player(teacher_id=teacher, unit_id=unit) for teacher in range(4) for unit in range(3)]
    statuses, at = [], START + 20
    clock.at = at

    def study(player):
        for tick in range(10):
            beat = player.beat(tick * 2, tick * 2 + 2, START + tick * 2 + 2)
            statuses.append(call(recorder, player.post(beat))[0])

    threads = [threading.Thread(target=study, args=(player,)) for player in players]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert statuses == [200] * 120
    assert Beat.objects.count() == 120
    for teacher in range(4):
        assert sum(UnitProgress.objects.filter(teacher_id=teacher).values_list("learned_s", flat=True)) <= 20


@pytest.mark.django_db(databases="__all__")  # also has every database made for the tests above
def test_a_refused_batch_keeps_nothing(monkeypatch):
    def broken(*_given):
        raise DatabaseError("broken on purpose")

    player = Player()
    monkeypatch.setattr(settling, "write_clocks", broken)
    with pytest.raises(DatabaseError):
        settling.settle([read_post(json.dumps(player.post(player.beat(0, 10, START + 10))).encode(), START + 10)])
    assert Beat.objects.count() == UnitProgress.objects.count() == 0


def test_a_token_lives_no_longer_than_its_key_says(clock):
    player = Player()
    assert write_token(player.claims) == player.token
