"""Each detector by what it shows and what it leaves alone, on small frames."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xingtan.domains.anomalies import detectors
from xingtan.domains.anomalies.detectors import Answered, Beats, Habit, Meeting, Opened, Studied, merge, overlap
from xingtan.domains.anomalies.rules import Limits
from xingtan.domains.anomalies.states import Sureness

ON = date(2026, 11, 19)
LIMITS = Limits()
HOUR = 3600


def opened(teacher, at=0, device="d", address="", unit=1):
    return Opened(teacher, unit, at, device, address)


def studied(teacher, *walls, unit=1, on=ON):
    return Studied(teacher, unit, on, walls)


def people(found):
    return sorted({one.teacher_id for one in found})


def test_two_colleagues_one_after_the_other_are_left_alone():
    rows = [opened(1), opened(2, 2 * HOUR)]
    assert detectors.shared_devices(rows, [studied(1, (0, HOUR)), studied(2, (2 * HOUR, 3 * HOUR))], ON, LIMITS) == []


def test_two_at_the_same_time_on_one_device_are_shown_as_strong():
    found = detectors.shared_devices([opened(1), opened(2, 100)], [studied(1, (0, HOUR)), studied(2, (100, HOUR))], ON, LIMITS)
    assert people(found) == [1, 2]
    assert {one.sureness for one in found} == {Sureness.STRONG}


def test_time_learned_before_the_unit_was_opened_on_this_device_is_not_of_this_device():
    found = detectors.shared_devices([opened(1), opened(2, HOUR)], [studied(1, (0, HOUR)), studied(2, (0, HOUR))], ON, LIMITS)
    assert found == []


def test_three_in_a_day_are_a_hint_and_a_device_without_a_mark_is_nobodys():
    rows = [opened(teacher, teacher * HOUR) for teacher in (1, 2, 3)]
    assert {one.sureness for one in detectors.shared_devices(rows, [], ON, LIMITS)} == {Sureness.WEAK}
    assert detectors.shared_devices([one._replace(device="") for one in rows], [], ON, LIMITS) == []


@pytest.mark.parametrize(("gap", "is_shown"), [(3 * HOUR, True), (5 * HOUR, False)])
def test_around_the_clock_is_a_matter_of_rest(gap, is_shown):
    walls = [(start, start + HOUR) for start in range(0, 30 * HOUR, HOUR + gap)]
    found = detectors.around_clock([studied(1, *walls)], ON, LIMITS)
    assert bool(found) is is_shown


def test_a_stretch_that_began_the_day_before_is_seen_from_the_day_after():
    before = studied(1, *((at, at + HOUR) for at in range(0, 15 * HOUR, 3 * HOUR)), on=date(2026, 11, 18))
    after = studied(1, *((at, at + HOUR) for at in range(16 * HOUR, 22 * HOUR, 3 * HOUR)), unit=2)
    [found] = detectors.around_clock([before, after], ON, LIMITS)
    assert (found.unit_id, found.facts["hours"]) == (2, 20)


def test_a_schools_own_address_is_left_alone_until_it_is_far_beyond_its_usual_day():
    schools = dict.fromkeys(range(200), 7)
    rows = [opened(teacher, address="a") for teacher in range(40)]
    assert detectors.one_address(rows, {"a": Habit(7, 35)}, schools, ON, LIMITS) == []
    assert len(detectors.one_address(rows, {"a": Habit(7, 12)}, schools, ON, LIMITS)) == 40
    assert detectors.one_address(rows[:9], {}, schools, ON, LIMITS) == []


def test_strangers_on_a_schools_address_are_shown_without_its_own_people():
    schools = dict.fromkeys(range(20), 7) | dict.fromkeys(range(20, 40), 8)
    found = detectors.one_address([opened(teacher, address="a") for teacher in range(40)], {"a": Habit(7, 20)}, schools, ON, LIMITS)
    assert people(found) == list(range(20, 40))


@pytest.mark.parametrize(("took", "is_shown"), [(9, True), (25, False)])
def test_answers_are_measured_by_what_there_is_to_read(took, is_shown):
    assert bool(detectors.fast_answers([Answered(1, 1, 1, 0, took, 300, 10)], ON, LIMITS)) is is_shown


def test_a_handful_of_refused_beats_is_a_bad_line():
    rows = [Beats(1, 1, "replayed", 20), Beats(1, 2, "replayed", 15), Beats(2, 1, "overlapping", 500), Beats(3, 1, "replayed", 5)]
    assert people(detectors.refused_beats(rows, ON, LIMITS)) == [1]


def test_two_places_are_a_meeting_and_a_screen_or_two_meetings_or_too_long_a_day():
    online = studied(1, (10 * HOUR, 12 * HOUR))
    timed = Meeting(1, "a", 2 * HOUR, 11 * HOUR, 13 * HOUR)
    assert [one.facts["what"] for one in detectors.two_places([timed], [online], ON, LIMITS)] == ["online"]
    assert detectors.two_places([timed], [studied(1, (13 * HOUR, 14 * HOUR))], ON, LIMITS) == []
    assert [one.facts["what"] for one in detectors.two_places([timed, timed._replace(key="b")], [], ON, LIMITS)] == ["meetings"]
    assert [one.facts["what"] for one in detectors.two_places([Meeting(1, "a", 15 * HOUR)], [online], ON, LIMITS)] == ["day"]


walls = some.lists(some.tuples(some.integers(0, 200), some.integers(0, 30)).map(lambda pair: (pair[0], sum(pair))), max_size=12)


@given(walls, walls)
def test_time_is_merged_and_compared_second_by_second(first, second):
    one = {at for start, end in first for at in range(start, end)}
    other = {at for start, end in second for at in range(start, end)}
    assert {at for start, end in merge(first) for at in range(start, end)} == one
    assert overlap(merge(first), merge(second)) == len(one & other)
