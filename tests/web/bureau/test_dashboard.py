"""The dashboard answers where we stand, opens down to the school, and compares with the year before."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.bureau_cast import NOW, add_teacher, examine, make_cast, make_draft, officer, select
from xingtan.domains.policies import api as policies
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.tree import add_children
from xingtan.web.bureau.overview import Below, behind, branch_rows, tenths

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    cast = make_cast()
    cast.project = make_draft(cast)
    for verdict in ("qualified", "make_up_required", ""):
        teacher = add_teacher(cast.school)
        select(cast, teacher, "paid")
        if verdict:
            examine(cast, teacher, verdict)
    return cast


def client(actor):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = "en"
    return made


def test_a_county_sees_its_schools_and_what_waits(cast):
    answer = client(cast.zhou).get(reverse("bureau:dashboard"))
    page = answer.context
    assert "lowest by Selected, the last count that is due by today" in answer.content.decode()
    assert page["total"] == (3, 0, 3, 3, 0, 2, 1)
    assert [(str(row.organisation), row.rate_text, row.change_text) for row in page["rows"]] == [("青禾实验小学", "100.0", "")]
    assert {one.label: one.count for one in page["waiting"]}["Selections to confirm"] == 0


def test_every_branch_opens_down_to_the_school(cast):
    browser = client(cast.mei)
    for node, below in (
        (cast.province, ["吉安市"]),
        (cast.city, ["青原区", "吉州区"]),
        (cast.county, ["青禾实验小学"]),
        (cast.school, ["青禾实验小学"]),
    ):
        page = browser.get(reverse("bureau:branch", args=[node.public_id]), {"year": 2026})
        assert [str(row.organisation) for row in page.context["rows"]] == below
        assert page.context["total"].planned == 3


def test_a_stranger_does_not_find_the_branch(cast):
    assert client(cast.wu).get(reverse("bureau:branch", args=[cast.county.public_id])).status_code == 404
    assert client(cast.wu).get(reverse("bureau:branch", args=[cast.city.public_id])).status_code == 404
    assert client(cast.clerk).get(reverse("bureau:branch", args=[cast.school.public_id])).status_code == 403
    assert client(cast.wu).get(reverse("bureau:dashboard")).context["total"].planned == 0


def test_the_table_is_a_workbook_too(cast):
    response = client(cast.zhou).get(reverse("bureau:dashboard"), {"export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    response.close()
    assert [row[0] for row in rows] == ["Branch", "青禾实验小学", "Total"]
    assert rows[1][1:8] == rows[2][1:8] == [3, 0, 3, 3, 0, 2, 1]


def test_a_year_is_compared_with_the_one_before(cast):
    policies.open_year(actor=cast.mei, organisation_id=cast.province.pk, year=2025, pack_id=cast.pack.pk, now=NOW)
    (row,) = client(cast.zhou).get(reverse("bureau:dashboard")).context["rows"]
    assert (row.rate, row.change, row.change_text, row.is_worse) == (1000, 1000, "▲100.0", False)


def test_nothing_is_red_before_it_is_due_and_a_closed_year_is_measured_by_the_qualified(cast):
    page = client(cast.zhou).get(reverse("bureau:dashboard")).content.decode()
    assert page.count("#9c2e21") == 1  # nobody activated an account, which is due; the verdicts are not
    assert "due from 2027-" in page
    policies.TrainingYear.everywhere.filter(pk=cast.year.pk).update(state=policies.YearState.CLOSED)
    answer = client(cast.zhou).get(reverse("bureau:dashboard"), {"year": 2026})
    (row,) = answer.context["rows"]
    assert (row.counts.planned, row.rate) == (2, 500)
    assert "due from" not in answer.content.decode()


@pytest.mark.parametrize("asked", ["", "1999", "moon", "2026"])
def test_a_strange_year_is_the_open_one(cast, asked):
    assert client(cast.mei).get(reverse("bureau:dashboard"), {"year": asked}).context["year"].year == 2026


def test_before_the_first_year_the_page_says_what_to_do(db):
    (province,) = add_children(None, [{"kind": "province", "name": "湖南省", "code": "430000"}])
    page = client(officer(province, Role.PROVINCE_OFFICER, "fang")).get(reverse("bureau:dashboard"))
    assert reverse("bureau:open_year") in page.content.decode()


def test_cities_of_the_map_are_tiles_with_their_rate(cast):
    cast.city.code = "360800"
    cast.city.save()
    page = client(cast.mei).get(reverse("bureau:dashboard"))
    assert f'href="{reverse("bureau:branch", args=[cast.city.public_id])}"><rect' in page.content.decode()
    assert not client(cast.zhou).get(reverse("bureau:dashboard")).context["tiles"]


@pytest.mark.parametrize("rows", [1, 3])
def test_more_schools_ask_no_more(cast, rows, django_assert_num_queries):
    for number in range(rows - 1):
        (school,) = add_children(cast.county, [{"kind": "school", "name": f"学校 {number}"}])
        examine(cast, add_teacher(school), "qualified")
    browser = client(cast.zhou)
    browser.get(reverse("bureau:dashboard"))
    with django_assert_num_queries(23):
        browser.get(reverse("bureau:dashboard"))


def test_the_lowest_come_first_and_empty_branches_are_not_ranked(cast):
    def branch(planned, qualified):
        return supervision.Branch(cast.school, supervision.SevenCounts(planned=planned, qualified=qualified))

    below = Below(now=[branch(10, 9), branch(0, 0), branch(10, 1), branch(20, 2)], before=[])
    assert [(row.counts.planned, row.rate) for row in behind(below, 2)] == [(20, 100), (10, 100)]
    assert [row.rate_text for row in branch_rows(below)] == ["90.0", "", "10.0", "10.0"]
    assert tenths(5) == "0.5"
