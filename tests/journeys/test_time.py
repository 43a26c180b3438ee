"""Prompts, exercises and the page of one's time in a real Chromium, against a real server."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.journeys.test_players import counted, learned, page, site  # noqa: F401 -- fixtures of the players' walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def asking(monkeypatch):
    """The rules ask after four counted seconds whether somebody is there, and count four more without an answer."""
    opening = import_module("xingtan.domains.learning.opening")
    rules_of = opening.rules_of
    monkeypatch.setattr(opening, "rules_of", lambda *given: rules_of(*given)._replace(prompt_every_s=4, prompt_within_s=4))


def test_a_prompt_is_answered_with_one_key_and_an_unanswered_one_stops_the_film(site, page, asking):  # noqa: F811 -- the fixtures above
    page.goto(f"{site.url}/my/study/{site.units[0].public_id}/")
    page.wait_for_function("() => window.videojs('film').readyState() >= 2")
    page.keyboard.press("Space")
    page.wait_for_selector("#presence[open]")
    assert page.evaluate("document.activeElement.id") == "present"
    page.keyboard.press("Enter")
    page.wait_for_selector("#presence:not([open])", state="attached")
    counted(page, 6)
    page.wait_for_selector("#presence[open]")
    page.wait_for_function("() => window.videojs('film').paused()")
    assert learned(site, 0) <= 14
    assert page.locator("#presence-text").text_content().startswith("因无人应答")
    page.keyboard.press("Escape")
    page.wait_for_selector("#presence:not([open])", state="attached")
    page.click("text=我的学习时间")
    assert str(site.units[0]) in page.locator("h1").text_content()


def test_an_exercise_counts_answered_questions_and_not_an_open_page(site, page):  # noqa: F811 -- the fixtures above
    place = next(place for place, unit in enumerate(site.units) if unit.kind == "quiz")
    page.goto(f"{site.url}/my/study/{site.units[place].public_id}/quiz/")
    page.wait_for_selector("#sync[data-state=synced]")
    page.wait_for_timeout(3200)
    page.locator(".x-question input").first.check()
    page.wait_for_function("() => document.querySelector('[data-show=learned]').textContent.includes('3')")
    assert 3 <= learned(site, place) <= 5
    page.wait_for_timeout(4000)
    assert learned(site, place) <= 5
