"""What a visitor finds of the published projects: list, page, feed."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.bureau_cast import NOW, make_cast
from xingtan.core.calendar import local_day
from xingtan.domains.projects import api as projects

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def browser():
    made = Client()
    made.cookies["django_language"] = "en"
    return made


@pytest.fixture
def published(cast):
    today = local_day(timezone.now())
    first = max(cast.year.first_on, min(today, cast.year.last_on - timedelta(days=60)))
    made = projects.draft_from_template(
        actor=cast.mei, training_year_id=cast.year.pk, title="校长研修 & 改进", tier="province", kind="principals", venue="南昌",
        opens_on=first, closes_on=first + timedelta(days=10), starts_on=first + timedelta(days=11), ends_on=first + timedelta(days=50), now=NOW,
    )  # fmt: skip
    projects.draft_from_template(
        actor=cast.mei, training_year_id=cast.year.pk, title="还在起草", tier="province", kind="overseas",
        opens_on=date(2026, 11, 1), closes_on=date(2026, 11, 2), now=NOW,
    )  # fmt: skip
    return projects.publish(actor=cast.mei, project_id=made.pk, now=NOW)


class TestList:
    @pytest.mark.parametrize(
        ("query", "count"), [({}, 1), ({"q": "校长"}, 1), ({"q": "起草"}, 0), ({"kind": "principals", "tier": "province"}, 1)]
    )
    def test_published_ones_are_found_and_drafts_are_not(self, browser, published, query, count):
        page = browser.get(reverse("public:projects"), query)
        assert page.status_code == 200
        assert [row[0] for row in page.context["rows"]] == [published] * count

    def test_nothing_found_says_what_to_do(self, browser, db):
        assert "Show all" in browser.get(reverse("public:projects"), {"q": "x"}).content.decode()

    def test_it_is_a_workbook_too(self, browser, published):
        answer = browser.get(reverse("public:projects"), {"export": "xlsx"})
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)[:2] == b"PK"
        answer.close()


class TestPage:
    def test_it_says_for_whom_when_and_how(self, browser, published):
        page = browser.get(reverse("public:project", args=[published.public_id])).content.decode()
        for words in (
            "Position: Principal",
            "Nominated",
            "Two steps",
            "Principals of rural schools",
            "Shadowing another principal",
            "南昌",
        ):
            assert words in page, words

    def test_a_draft_is_not_there(self, browser, published):
        draft = projects.projects_for(published.organiser.scope, state="draft").get()
        assert browser.get(reverse("public:project", args=[draft.public_id])).status_code == 404


class TestFeed:
    def test_it_is_atom_and_names_every_published_project_once(self, browser, published):
        answer = browser.get(reverse("public:projects_feed"))
        assert answer["Content-Type"].startswith("application/atom+xml")
        read = ET.fromstring(answer.content)  # noqa: S314 -- our own answer
        entries = read.findall(f"{ATOM}entry")
        assert [one.findtext(f"{ATOM}title") for one in entries] == ["校长研修 & 改进"]
        assert entries[0].find(f"{ATOM}link").get("href").endswith(reverse("public:project", args=[published.public_id]))
        assert entries[0].findtext(f"{ATOM}updated")

    def test_it_is_narrowed_like_the_list(self, browser, published):
        answer = browser.get(reverse("public:projects_feed"), {"kind": "overseas"})
        assert b"<entry>" not in answer.content
