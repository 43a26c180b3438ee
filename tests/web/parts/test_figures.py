"""Figures draw every state, and say in words what they draw."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from xingtan.web.parts import figures, formats
from xingtan.web.parts.tables import pages_shown


def read(drawn):
    """The figure as a tree; raises when it is not sound XML."""
    return ET.fromstring(drawn)  # noqa: S314 -- drawn by our own code


AMOUNTS = st.integers(min_value=0, max_value=100_00)


@given(required=AMOUNTS, recognised=AMOUNTS, verified=AMOUNTS)
def test_a_ring_is_sound_for_any_amounts(required, recognised, verified):
    part = figures.Part("课程", required, recognised, verified)
    read(figures.ring([part, figures.Part("工作坊", 22_00, 0, 0)], label="今年"))
    read(figures.bar(part))


@pytest.mark.parametrize(
    "verdict", ["", "qualified", "exam_required", "make_up_required", "not_qualified", "exempt", "deferred", "in_progress", "undetermined"]
)
def test_a_ladder_says_every_verdict_in_words(verdict):
    steps = [figures.LadderStep(2023 + n, verdict, "某结论", 72_00, 68_50, 48_50, is_now=n == 2) for n in range(5)]
    drawn = read(figures.ladder(steps))
    assert "某结论" in drawn.get("aria-label")
    assert sum("某结论" in (text.text or "") for text in drawn.iter("text")) == 5
    read(figures.ladder_strip(steps))


def test_a_label_from_outside_is_escaped():
    part = figures.Part('<b>"x', 10, 1, 0)
    assert "<b>" not in figures.ring([part], label='<b>"')
    assert "<b>" not in figures.ladder([figures.LadderStep(2026, "", "<b>", 1)])


@pytest.mark.parametrize("today", [date(2026, 8, 1), date(2026, 9, 1), date(2026, 12, 24), date(2027, 5, 31), date(2027, 9, 1)])
def test_an_axis_is_drawn_on_any_day(today):
    spans = [figures.Span("选学", date(2026, 9, 1), date(2026, 10, 31)), figures.Span("学习期", date(2026, 11, 1), date(2027, 5, 31))]
    assert "学习期 2026-11-01" in read(figures.axis(spans, today)).get("aria-label")


def test_an_axis_without_windows_is_empty():
    assert figures.axis([], date(2026, 9, 1)) == ""


@pytest.mark.parametrize(
    ("centi", "said"), [(0, "0.0"), (350, "3.5"), (359, "3.5"), (7200, "72.0"), (-150, "−1.5"), (None, "–"), (1_234_50, "1,234.5")]
)
def test_hours_have_one_decimal_and_promise_nothing(centi, said):
    assert formats.hours(centi) == said


@pytest.mark.parametrize(("fen", "said"), [(0, "0.00"), (85_600, "856.00"), (-5, "−0.05"), (123_456_789, "1,234,567.89")])
def test_money_has_two_decimals_and_commas(fen, said):
    assert formats.yuan(fen) == said


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [(1, 1, [1]), (1, 5, [1, 2, 3, None, 5]), (6, 12, [1, None, 4, 5, 6, 7, 8, None, 12]), (12, 12, [1, None, 10, 11, 12])],
)
def test_the_pager_shows_ends_and_neighbours(number, pages, shown):
    assert pages_shown(number, pages) == shown


@pytest.mark.parametrize(("seconds", "told"), [(None, "0 s"), (28, "28 s"), (1680, "28 min"), (1708, "28 min 28 s"), (3960, "1 h 6 min")])
def test_a_duration_names_its_units(seconds, told):
    with override("en"):
        assert formats.duration(seconds) == told
