"""What holds whatever players send, through the recorder's door and into the tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domains.learning.players import START, AtOnce, Clock, Player, call
from xingtan.domains.learning.models import Beat, UnitProgress
from xingtan.domains.learning.recorder import Recorder

LENGTH = 60
pytestmark = pytest.mark.django_db(databases="__all__")


steps = st.lists(
    st.tuples(
        st.integers(0, 3),  # which player: two units, two openings of each
        st.integers(0, 20),  # seconds that pass before it
        st.integers(0, LENGTH + 10),  # from
        st.integers(0, 30),  # how much
        st.sampled_from([50, 100, 200, 400]),
        st.booleans(),  # visible
        st.sampled_from([-3600, -5, 0, 0, 0, 5, 3600]),  # the player's clock
        st.booleans(),  # sent twice
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(steps)
def test_never_more_than_real_time_nor_than_the_unit_and_replays_change_nothing(given_steps):
    Beat.objects.all().delete()
    UnitProgress.objects.all().delete()
    clock = Clock()
    # A teacher per example, so that no clock of an earlier one stands.
    teacher = hash(tuple(given_steps)) % 10**12
    players = [Player(teacher, unit, LENGTH) for unit in (7, 8) for _opening in range(2)]
    recorder, acknowledged = Recorder(AtOnce(), clock), 0
    for which, passed, start, much, rate, is_visible, off, is_twice in given_steps:
        clock.at += passed
        player = players[which]
        post = player.post(player.beat(start, start + much, max(clock.at + off, 0), rate_centi=rate, is_visible=is_visible))
        status, answer = call(recorder, post)
        assert status == 200
        acknowledged += answer["counted_s"]
        if is_twice:
            assert call(recorder, post)[1]["reasons"] == answer["reasons"]
    rows = UnitProgress.objects.filter(teacher_id=teacher)
    assert sum(row.learned_s for row in rows) == acknowledged <= clock.at - START
    assert all(row.learned_s <= LENGTH for row in rows)
    assert Beat.objects.filter(teacher_id=teacher).count() == len(given_steps)
