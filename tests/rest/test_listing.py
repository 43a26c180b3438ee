"""A program that pages through a list of people leaves one line a token, list and day among the exports."""

from __future__ import annotations

import threading
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connections
from django.test import Client

from tests import enrolling
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.disclosures.api import Export, count_listed, mark_for
from xingtan.foundation.people.models import Account
from xingtan.rest.v1.listing import NAMES_NOBODY
from xingtan.rest.v1.operations import PERMISSIONS


def lines():
    return list(Export.everywhere.exclude(token_id=None).order_by("pk").values_list("name", "rows", "times"))


@pytest.fixture
def teachers(cast):
    enrolling.teachers(cast.school, 11)
    Teacher.everywhere.update(number_closed=NUMBER_BOX.close("36082119880214202X"))


def test_pages_of_a_list_are_one_line_with_all_their_rows(cast, call, teachers):
    zhou, chen = call(cast.zhou), call(cast.chen)
    assert len(zhou.rows("/teachers", limit=5, q="")) == 12
    chen.get("/teachers", limit=5)
    zhou.get("/transfers")  # nothing there, so nothing was told
    zhou.get("/projects")  # nobody is named
    assert lines() == [("/api/v1/teachers", 12, 3), ("/api/v1/teachers", 5, 1)]
    assert AuditLine.objects.filter(act="disclosures.listed").count() == 2
    first = Export.everywhere.order_by("pk").first()
    assert (first.account_id, first.role, first.organisation) == (cast.zhou.account_id, cast.zhou.role.value, cast.county)


def test_another_token_and_another_day_are_other_lines_and_one_person_asked_for_is_none(cast, call, teachers):
    call(cast.zhou).get("/teachers")
    again = call(cast.zhou)
    again.get("/teachers")
    again.get(f"/teachers/{cast.lin_teacher.public_id}")
    Export.everywhere.update(on=enrolling.NOW.date() - timedelta(days=1))
    again.get("/teachers")
    assert [one[1:] for one in lines()] == [(12, 1)] * 3


def test_what_a_teacher_reads_of_the_own_affairs_is_no_export(cast, call):
    assert call(cast.lin).get("/selections", year=2026).json()["rows"]
    assert lines() == []


def test_the_page_of_exports_shows_it(cast, call, teachers):
    call(cast.zhou).rows("/teachers", limit=5)
    office = Client()
    office.force_login(Account.objects.get(pk=cast.zhou.account_id))
    page = office.get("/bureau/exports/").content.decode()
    assert "/api/v1/teachers" in page
    assert cast.zhou.name in page


def test_only_lists_that_exist_are_left_out():
    assert set(PERMISSIONS) >= NAMES_NOBODY


@pytest.mark.race
def test_two_processes_count_into_one_line(own_database):
    cast = import_module("tests.crediting").build()

    def act():
        try:
            mark = mark_for(cast.zhou, "api-v1:teachers_list", "", enrolling.NOW)
            count_listed(mark, token_id=7, name="/api/v1/teachers", rows=3)
        finally:
            connections.close_all()

    hands = [threading.Thread(target=act) for _hand in range(6)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert lines() == [("/api/v1/teachers", 18, 6)]
