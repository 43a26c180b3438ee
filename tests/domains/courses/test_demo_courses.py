"""The demonstration's courses are real: judged by the same door as anybody's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from xingtan.config.demo.lessons import add_demo_courses, course_codes
from xingtan.domains.courses import api as courses
from xingtan.foundation.people.roles import OPERATOR, Actor, Role
from xingtan.foundation.scope.tree import add_children

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def provider():
    province = add_children(None, [{"kind": "province", "name": "江西省", "code": "36-test"}])[0]
    return add_children(province, [{"kind": "provider", "name": "明德教师研修中心"}])[0]


@pytest.fixture
def staff(provider):
    return Actor(account_id=None, role=Role.PROVIDER_STAFF, organisation_id=provider.pk, scope=provider.scope)


def test_a_course_has_a_hundred_seconds_and_opens_after_review(provider, staff):
    (course,) = add_demo_courses(actor=staff, provider_id=provider.pk, codes=["XXYW-01"], now=NOW)
    units = courses.units_of([course.pk])[course.pk]
    assert [unit.kind for unit in units] == ["video", "document", "video", "quiz", "assignment"]
    assert sum(unit.length_s for unit in units) == 100
    assert units[1].page_count == 2
    assert courses.required_work([course.pk]) == {course.pk: ((units[3].pk,), (units[4].pk,))}
    assert list(courses.reviewed_courses(provider.scope)) == []
    assert courses.review_course(actor=OPERATOR, course_ids=[course.pk], now=NOW) == 1
    assert courses.review_course(actor=OPERATOR, course_ids=[course.pk], now=NOW) == 0
    assert list(courses.reviewed_courses(provider.scope)) == [course]
    shown = courses.library(provider.scope).get()
    assert (shown.unit_count, shown.length_s) == (5, 100)


def test_adding_the_same_course_again_changes_nothing(provider, staff):
    first = add_demo_courses(actor=staff, provider_id=provider.pk, codes=["XXYW-01"], now=NOW)
    assert add_demo_courses(actor=staff, provider_id=provider.pk, codes=["XXYW-01"], now=NOW) == first


def test_every_course_has_a_code_of_its_own():
    assert len(set(course_codes())) == len(course_codes()) >= 4
