"""The queue's pages: a decision leads back to the list it was made from, and a batch's sample opens in its place."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import crediting, reviewing
from xingtan.domains.reviews import api as reviews


@pytest.fixture(autouse=True)
def at_that_hour(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: reviewing.NOW)


@pytest.fixture
def entries(cast):
    made = reviewing.entered(cast, 3)
    crediting.walk(cast, made, reviewing.Step.REPORT)
    return made


def wanted(answer):
    found = parse_qs(urlsplit(answer["Location"]).query)
    return {name: values[0] for name, values in found.items()}


@pytest.mark.parametrize("outcome", ["passed", "returned"])
def test_a_decision_leads_back_to_the_same_search(cast, as_actor, entries, outcome):
    page = {"tab": "county_review", "year": "2026", "q": entries[0].teacher.name, "component": "course", "sort": "-hours"}
    browser = as_actor(cast.zhou)
    shown = browser.get(reverse("bureau:queue"), page).content.decode()
    assert shown.count('name="component" value="course"') >= 2
    said = {**page, "ids": entries[0].public_id, "outcome": outcome, "reason_code": "evidence_missing"}
    assert wanted(browser.post(reverse("bureau:queue_decide"), said)) == page


def test_a_school_stays_in_its_search_too(cast, as_actor):
    [entry, *_rest] = reviewing.entered(cast, 2)
    said = {"tab": "review", "year": "2026", "q": entry.teacher.name, "ids": entry.public_id, "outcome": "passed"}
    answer = as_actor(cast.he).post(reverse("school:entries_decide"), said)
    assert wanted(answer) == {"tab": "review", "year": "2026", "q": entry.teacher.name}


def test_a_schools_tabs_name_the_work_that_waits(cast, as_actor):
    reviewing.entered(cast, 1)
    shown = as_actor(cast.he).get(reverse("school:entries")).content.decode()
    tabs = shown[shown.index('class="x-tabs"') : shown.index("</nav>", shown.index('class="x-tabs"'))]
    words = ["To review", "To report", "Reported", "Verified", "Returned"]
    assert [tabs.index(word) for word in words] == sorted(tabs.index(word) for word in words)


def test_a_batch_leads_back_to_the_filters_it_was_drawn_from(cast, as_actor, entries):
    browser, filters = as_actor(cast.zhou), {"component": "course", "sort": "teacher"}
    drawn = browser.post(reverse("bureau:batch_draw"), {"tab": "county_review", "year": "2026", **filters})
    batch = reviews.ReviewBatch.everywhere.get()
    shown = browser.get(drawn["Location"]).content.decode()
    assert "data-next-sample" in shown
    for sample in reviews.samples_of(batch):
        look = browser.post(
            reverse("bureau:batch_look", args=[batch.public_id]), {"entry": sample.entry.public_id}, headers={"X-Requested-With": "fetch"}
        )
        assert sample.entry.teacher.name in look.content.decode()
        assert "<html" not in look.content.decode()
    answer = browser.post(reverse("bureau:batch_pass", args=[batch.public_id]))
    assert wanted(answer) == {"tab": "county_review", "year": "2026", "component": "course"}
    assert len(entries) == batch.entry_count
