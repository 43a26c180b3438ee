"""Shares of other sources: absolute, told once, never beyond the unit."""

from __future__ import annotations

from datetime import date

import pytest

from tests import studying
from tests.enrolling import LATER
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import UnitProgress, UnitShare
from xingtan.foundation.events.models import Event

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = date(2026, 11, 10)


@pytest.fixture
def cast():
    made = studying.build()
    film = made.units[0]
    made.film, made.lin_id = film, made.lin_teacher.pk
    UnitProgress.objects.create(
        teacher_id=made.lin_id, unit_id=film.pk, length_s=film.length_s, learned_s=10, published_s=10, changed_at=1_794_400_000
    )
    return made


def share(cast, source, seconds, most_s=0):
    return learning.Share(cast.lin_id, cast.film.pk, source, seconds, DAY, most_s)


def figure(cast):
    return learning.learned_of(cast.lin_id, [cast.film.pk])[cast.film.pk]


def told():
    return [row["learned_s"] for one in Event.objects.filter(name="learning.recognisable").order_by("pk") for row in one.payload["rows"]]


def test_a_share_is_added_once_and_stands_as_it_was_put_last(cast):
    assert learning.put_shares([share(cast, "kit:a", 5)], LATER) == 1
    assert learning.put_shares([share(cast, "kit:a", 5)], LATER) == 0
    assert (figure(cast), told()) == (15, [15])
    assert learning.put_shares([share(cast, "kit:a", 7), share(cast, "anomaly:1", -4)], LATER) == 2
    assert (figure(cast), told()) == (13, [15, 13])
    assert learning.put_shares([share(cast, "anomaly:1", 0)], LATER) == 1
    assert figure(cast) == 17
    assert UnitShare.everywhere.count() == 2


@pytest.mark.parametrize(("seconds", "times", "expected"), [(10_000, 1, 1), (10_000, 2, 2), (-10_000, 1, 0)])
def test_the_figure_never_leaves_what_the_unit_allows(cast, seconds, times, expected):
    learning.put_shares([share(cast, "kit:a", seconds, times * cast.film.length_s)], LATER)
    assert figure(cast) == expected * cast.film.length_s


def test_what_is_learned_on_line_afterwards_is_told_with_the_shares(cast):
    learning.put_shares([share(cast, "kit:a", 5)], LATER)
    UnitProgress.objects.update(learned_s=12)
    assert learning.tell_learned(LATER) == 1
    assert told() == [15, 17]
    progress = learning.progress_of(cast.lin_id, [cast.film.pk])[cast.film.pk]
    assert (progress.learned_s, progress.online_s) == (17, 12)


def test_a_unit_never_opened_on_line_has_the_share_alone(cast):
    UnitProgress.objects.all().delete()
    assert figure(cast) == 0
    learning.put_shares([share(cast, "kit:a", 10_000)], LATER)
    assert figure(cast) == cast.film.length_s
