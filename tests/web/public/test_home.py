"""The teacher's home in every state of the year's beginning."""

from __future__ import annotations

import pytest

from tests import enrolling
from xingtan.domains.enrolment import api as enrolment
from xingtan.web.middleware import timezone as clock

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def at(monkeypatch):
    """The pages believe that it is this moment."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def home_of(as_actor, actor):
    return as_actor(actor).get("/my/").content.decode()


def test_a_new_year_begins_with_choosing(as_actor, cast, at):
    at(enrolling.NOW)
    page = home_of(as_actor, cast.lin)
    assert "还差" in page
    assert "72.0" in page
    assert "选课程和工作坊" in page


def test_after_choosing_the_school_has_to_confirm(as_actor, cast, at):
    at(enrolling.NOW)
    enrolling.choose(cast, cast.lin, "A", "own")
    assert "等学校确认选学" in home_of(as_actor, cast.lin)


def test_a_choice_that_came_back_says_why(as_actor, cast, at):
    at(enrolling.NOW)
    chosen = enrolling.choose(cast, cast.lin, "A", "own")
    enrolment.send_back(actor=cast.chen, selection_ids=[chosen.pk], reason="请改选本学科", now=enrolling.NOW)
    assert "请改选本学科" in home_of(as_actor, cast.lin)


def test_after_confirmation_the_school_has_to_pay(as_actor, cast, at):
    at(enrolling.NOW)
    chosen = enrolling.choose(cast, cast.lin, "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[chosen.pk], now=enrolling.NOW)
    assert "等学校缴费、注册" in home_of(as_actor, cast.lin)


def test_the_ring_and_the_ladder_have_words(as_actor, cast, at):
    at(enrolling.NOW)
    page = home_of(as_actor, cast.lin)
    assert 'role="img" aria-label="2026 学年：认定 0.0 学时' in page
    assert "五年阶梯：" in page
    assert "看表格" in page


def test_home_belongs_to_teachers(as_actor, cast, browser):
    assert as_actor(cast.chen).get("/my/").status_code == 403
    assert browser.get("/my/").status_code == 302


def test_a_teacher_of_a_province_without_a_year_is_told_so(as_actor, cast, at):
    at(enrolling.NOW)
    type(cast.year).everywhere.filter(pk=cast.year.pk).update(state="closed")
    assert "还没有开放的学年" in home_of(as_actor, cast.lin)


def test_the_own_card_and_applications_are_reached_from_a_phone_and_from_the_menu(as_actor, cast):
    for path in ("/my/me/", "/my/"):
        page = as_actor(cast.lin).get(path).content.decode()
        assert 'href="/my/card/"' in page, path
        assert 'href="/my/applications/"' in page, path
