from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from xingtan.core.calendar import MonthDay, Position, Window, WindowKind, local_day, training_year_of


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 0, 0, 0, tzinfo=timezone(timedelta(hours=8))), date(2026, 1, 1)),
    ],
)
def test_the_local_day_is_shanghais(at, day):
    assert local_day(at) == day


def test_a_moment_without_a_zone_has_no_local_day():
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2026, 1, 1))  # noqa: DTZ001 -- this is what is refused


@pytest.mark.parametrize(
    ("day", "position"),
    [
        (date(2025, 10, 31), Position.BEFORE),
        (date(2025, 11, 1), Position.OPEN),
        (date(2026, 5, 31), Position.OPEN),
        (date(2026, 6, 1), Position.AFTER),
    ],
)
def test_first_and_last_day_of_a_window_are_inside(day, position):
    assert Window(WindowKind.STUDY, date(2025, 11, 1), date(2026, 5, 31)).position(day) is position


@pytest.mark.parametrize(
    ("day", "starts", "year"),
    [
        (date(2011, 7, 1), "07-01", 2011),
        (date(2012, 6, 30), "07-01", 2011),
        (date(2012, 7, 1), "07-01", 2012),
        (date(2024, 2, 29), "07-01", 2023),
        (date(2024, 2, 29), "03-01", 2023),
        (date(2024, 1, 1), "01-01", 2024),
    ],
)
def test_a_training_year_is_named_by_the_year_it_starts_in(day, starts, year):
    assert training_year_of(day, starts) == year


@pytest.mark.parametrize("text", ["02-29", "13-01", "7-1", "07/01", "", "0701", "07-01-02"])
def test_only_a_day_of_every_year_is_a_month_day(text):
    with pytest.raises(ValueError, match=r".*"):
        MonthDay.parse(text)
