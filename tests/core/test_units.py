from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.units import Converted, HoursRefused, format_hours, format_hours_exact, hours_centi, parse_hours


@pytest.mark.parametrize(
    ("seconds", "seconds_per_hour", "converted"),
    [
        (0, 3600, Converted(0, 0)),
        (35, 3600, Converted(0, 35)),
        (36, 3600, Converted(1, 0)),
        (3600, 3600, Converted(100, 0)),
        (27720, 3600, Converted(770, 0)),  # 7 h 42 min are 7.70 hours
        (2699, 2700, Converted(99, 26)),
        (7, 2, Converted(350, 0)),  # the try-out pack: 3.5 hours in seven seconds
    ],
)
def test_seconds_become_hundredths_floored_and_the_rest_is_shown(seconds, seconds_per_hour, converted):
    assert hours_centi(seconds, seconds_per_hour) == converted


@given(st.integers(0, 10**8), st.sampled_from([2, 60, 2700, 3000, 3600]))
def test_a_conversion_never_gives_more_than_was_learned(seconds, seconds_per_hour):
    centi, rest = hours_centi(seconds, seconds_per_hour)
    assert centi * seconds_per_hour <= seconds * 100 < (centi + 1) * seconds_per_hour
    assert 0 <= rest <= seconds_per_hour // 100
    if seconds_per_hour % 100 == 0:
        assert centi * seconds_per_hour // 100 + rest == seconds


@pytest.mark.parametrize(("seconds", "seconds_per_hour"), [(-1, 3600), (1, 0)])
def test_a_conversion_of_nonsense_is_an_error(seconds, seconds_per_hour):
    with pytest.raises(ValueError, match="seconds"):
        hours_centi(seconds, seconds_per_hour)


@pytest.mark.parametrize(
    ("centi", "short", "exact"),
    [
        (6850, "68.5", "68.50"),
        (6855, "68.55", "68.55"),
        (7200, "72.0", "72.00"),
        (5, "0.05", "0.05"),
        (0, "0.0", "0.00"),
        (-350, "-3.5", "-3.50"),
    ],
)
def test_hours_are_written_without_rounding(centi, short, exact):
    assert (format_hours(centi), format_hours_exact(centi)) == (short, exact)


@pytest.mark.parametrize(
    ("typed", "centi"),
    [("3.5", 350), ("72", 7200), (" 0.05 ", 5), ("３．５", 350), ("１２", 1200), ("03.50", 350), ("999999.99", 99999999)],
)
def test_hours_that_people_type_are_read(typed, centi):
    assert parse_hours(typed) == centi


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("-3", "negative"),
        ("－3", "negative"),
        ("3.555", "decimals"),
        ("3,5", "not_a_number"),
        ("3.", "not_a_number"),
        (".5", "not_a_number"),
        ("1e3", "not_a_number"),
        ("٣", "not_a_number"),
        ("三", "not_a_number"),
        ("1000000", "too_many"),
    ],
)
def test_what_is_not_hours_is_refused_for_its_reason(typed, code):
    with pytest.raises(HoursRefused) as refused:
        parse_hours(typed)
    assert refused.value.code == code


@given(st.integers(0, 99999999))
def test_what_is_written_is_read_back(centi):
    assert parse_hours(format_hours(centi)) == parse_hours(format_hours_exact(centi)) == centi
