"""The page that explains a verdict, for the teacher and for offices; what would help stands on the record too."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import crediting, enrolling
from xingtan.domains.credits.models import CreditEntry

HOUR = 3600


@pytest.fixture
def other(cast):
    """A teacher with 30 of 50 hours of courses, entered and not verified."""
    [one] = enrolling.teachers(cast.school, 1)
    crediting.register(cast, [one])
    crediting.delivered(cast, [one], 30 * HOUR)
    crediting.enter(cast, teacher_ids=[one.pk])
    return one


def test_an_office_reads_the_verdict_down_to_the_activity(cast, as_actor, other):
    text = as_actor(cast.zhou).get(reverse("bureau:why", args=[other.public_id]), {"year": 2026}).content.decode()
    assert "1800 minutes were measured; 60 minutes make an hour: 30.00 hours were learned." in text
    assert "Learn 20.00 hours more of Public and professional courses, entered and verified" in text
    assert "Have the entries of 30.00 hours verified" in text
    assert "The first that holds decides" in text


@pytest.mark.django_db(databases="__all__")
def test_the_teachers_record_says_what_would_make_it_qualified_and_leads_to_why(cast, as_actor, other):
    browser = as_actor(enrolling.actor_of("teacher", cast.school, other))
    text = browser.get(reverse("trainee:record"), {"year": 2026}).content.decode()
    assert "Learn 22.0 hours more of Workshop study, entered and verified" in text
    assert f"{reverse('trainee:why')}?year=2026" in text
    assert browser.get(reverse("trainee:why"), {"year": 2026}).status_code == 200


def test_a_year_that_is_qualified_needs_nothing(cast, as_actor):
    text = as_actor(cast.lin).get(reverse("trainee:why"), {"year": 2026}).content.decode()
    assert "Nothing more is needed." in text


@pytest.mark.parametrize(
    ("who", "status"), [("mei", 200), ("he", 200), ("supervisor", 200), ("stranger", 404), ("ming", 403), ("lin", 403)]
)
def test_who_may_ask_why(cast, as_actor, who, status):
    assert as_actor(getattr(cast, who)).get(reverse("bureau:why", args=[cast.lin_teacher.public_id])).status_code == status


def test_where_todays_facts_give_another_verdict_the_final_one_is_said_to_stand(cast, as_actor):
    entry = CreditEntry.everywhere.filter(teacher=cast.lin_teacher).order_by("pk")[0]
    crediting.take_back(cast, entry, "错")
    text = as_actor(cast.zhou).get(reverse("bureau:why", args=[cast.lin_teacher.public_id]), {"year": 2026}).content.decode()
    assert "is “Qualified” and stands" in text
    assert "more training hours of" in text
