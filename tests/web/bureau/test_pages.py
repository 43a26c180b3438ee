"""The bureau's pages: who opens which, what they refuse, how many questions they ask, and a walk from the pack to the published project."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.bureau_cast import NOW, make_cast, make_draft, make_offer
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


def client(actor, language="en"):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = language
    return made


def windows_of_form(response):
    form = response.context["form"]
    days = {name: value.isoformat() for name, value in form.initial.items() if "-" in name}
    return {**days, "theme": "", "confirm": "on"}


def exported(response):
    """The rows of a workbook that was answered, headings first."""
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    response.close()
    return book.get_sheet_by_index(0).to_python()


class TestDoors:
    PAGES = ("dashboard", "years", "open_year", "policies", "projects", "draft_project", "audit")

    @pytest.mark.parametrize(
        ("who", "shut"),
        [
            ("mei", ()),
            ("zhou", ("open_year", "audit")),
            ("supervisor", ("open_year", "draft_project")),
            ("clerk", (*PAGES[:3], *PAGES[4:])),
        ],
    )
    def test_each_role_opens_its_pages_and_no_other(self, cast, who, shut):
        browser = client(getattr(cast, who))
        found = {page: browser.get(reverse(f"bureau:{page}")).status_code for page in self.PAGES}
        assert found == {page: 403 if page in shut else 200 for page in self.PAGES}

    def test_a_visitor_signs_in_first(self, cast):
        for page in self.PAGES:
            response = Client().get(reverse(f"bureau:{page}"))
            assert (response.status_code, response.url.split("?")[0]) == (302, reverse("public:sign_in"))

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_pages_answer_in_both_languages(self, cast, language):
        project = make_draft(cast)
        make_offer(cast, project)
        browser = client(cast.mei, language)
        for url in (
            reverse("bureau:year", args=[2026]),
            reverse("bureau:window", args=[2026, "study"]),
            reverse("bureau:policy", args=[cast.pack.pk]),
            reverse("bureau:project", args=[project.public_id]),
            reverse("bureau:change_project", args=[project.public_id]),
            reverse("bureau:branch", args=[cast.city.public_id]),
        ):
            assert browser.get(url).status_code == 200, url

    def test_another_county_does_not_find_it(self, cast):
        project = make_draft(cast, cast.zhou)
        offer = make_offer(cast, project, cast.zhou)
        browser = client(cast.wu)
        assert browser.get(reverse("bureau:project", args=[project.public_id])).status_code == 404
        assert browser.get(reverse("bureau:branch", args=[cast.county.public_id])).status_code == 404
        for name, args in (
            ("change_project", [project.public_id]),
            ("add_offer", [project.public_id]),
            ("remove_offer", [project.public_id, offer.public_id]),
            ("publish_project", [project.public_id]),
            ("close_project", [project.public_id]),
        ):
            assert browser.post(reverse(f"bureau:{name}", args=args)).status_code == 404, name

    def test_a_county_reads_the_provinces_project_and_changes_nothing(self, cast):
        project = make_draft(cast)
        make_offer(cast, project)
        projects.publish(actor=cast.mei, project_id=project.pk, now=NOW)
        browser = client(cast.zhou)
        assert browser.get(reverse("bureau:project", args=[project.public_id])).status_code == 200
        assert browser.post(reverse("bureau:close_project", args=[project.public_id])).status_code == 404

    def test_a_supervisor_posts_nothing(self, cast):
        project = make_draft(cast)
        browser = client(cast.supervisor)
        assert browser.get(reverse("bureau:project", args=[project.public_id])).status_code == 200
        assert browser.post(reverse("bureau:publish_project", args=[project.public_id])).status_code == 403
        assert browser.post(reverse("bureau:adopt_bundled", args=["try-out"])).status_code == 403
        assert browser.post(reverse("bureau:window", args=[2026, "study"])).status_code == 403


class TestPolicyPages:
    def test_a_waiting_pack_is_adopted_by_a_click(self, cast):
        response = client(cast.mei).post(reverse("bureau:adopt_bundled", args=["try-out"]), follow=True)
        assert response.context["pack"].code == "try-out"
        assert client(cast.mei).post(reverse("bureau:adopt_bundled", args=["nowhere"])).status_code == 404

    def test_a_pack_shows_clauses_readings_and_the_gap(self, cast):
        text = client(cast.zhou, "zh-hans").get(reverse("bureau:policy", args=[cast.pack.pk])).content.decode()
        assert "2、新到岗班主任教师分学段岗位适应性培训(每年72学时)" not in text
        assert "在“十二五”期间每位教师五年累计接受全员远程培训不少于360学时" in text
        assert "文件编号缺第 7 项，保留空缺，不作补充。" in text
        items = client(cast.zhou).get(reverse("bureau:policy", args=[cast.pack.pk])).context["items"]
        assert [item.number for item in items] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]
        assert client(cast.zhou).get(reverse("bureau:policy", args=[404])).status_code == 404


class TestYearPages:
    def test_a_year_is_opened_in_two_steps(self, cast):
        browser = client(cast.mei)
        page = browser.get(reverse("bureau:open_year"), {"pack": cast.pack.pk, "year": 2027})
        url = reverse("bureau:open_year_now", args=[cast.pack.pk, 2027])
        values = windows_of_form(page) | {"theme": "单元教学", "study-opens_on": "2027-10-15"}
        for _time in range(2):
            assert browser.post(url, values).url == reverse("bureau:year", args=[2027])
        opened = policies.year_for(cast.county, 2027)
        assert (opened.theme, policies.windows_of(opened)["study"].opens_on) == ("单元教学", date(2027, 10, 15))
        assert AuditLine.objects.filter(act="policies.year_opened").count() == 2

    @pytest.mark.parametrize(
        ("change", "status", "said"),
        [
            ({"confirm": ""}, 422, "Tick the box"),
            ({"study-opens_on": "soon"}, 422, "YYYY-MM-DD"),
            ({"study-opens_on": "2028-06-01"}, 409, "closes before it opens: Study"),
            ({"study-closes_on": "2028-07-01"}, 409, "2027-07-01 to 2028-06-30"),
        ],
    )
    def test_bad_input_opens_nothing(self, cast, change, status, said):
        browser = client(cast.mei)
        page = browser.get(reverse("bureau:open_year"), {"pack": cast.pack.pk, "year": 2027})
        response = browser.post(reverse("bureau:open_year_now", args=[cast.pack.pk, 2027]), windows_of_form(page) | change)
        assert response.status_code == status
        assert said in response.content.decode()
        assert policies.years_for(cast.province).count() == 1

    @pytest.mark.parametrize("query", [{"pack": "404", "year": "2027"}, {"pack": "x", "year": "y"}, {"pack": "", "year": ""}])
    def test_a_strange_choice_of_pack_or_year_comes_back(self, cast, query):
        assert client(cast.mei).get(reverse("bureau:open_year"), query).status_code == 422

    def test_a_window_is_moved_with_a_reason(self, cast):
        browser = client(cast.mei)
        url = reverse("bureau:window", args=[2026, "study"])
        assert browser.post(url, {"opens_on": "2026-11-01", "closes_on": "2027-06-15", "reason": "weather"}).status_code == 302
        assert policies.windows_of(cast.year)["study"].closes_on == date(2027, 6, 15)
        refused = browser.post(url, {"opens_on": "2026-11-01", "closes_on": "2026-10-01", "reason": "weather"})
        assert (refused.status_code, "closes before it opens" in refused.content.decode()) == (409, True)
        assert browser.post(url, {"opens_on": "2026-11-01", "closes_on": "", "reason": "moon"}).status_code == 422
        assert browser.get(reverse("bureau:window", args=[2026, "nothing"])).status_code == 404
        assert browser.get(reverse("bureau:year", args=[1999])).status_code == 404


class TestProjectPages:
    VALUES = {"title": "全员远程培训", "tier": "province", "kind": "all_staff", "opens_on": "2026-11-01", "closes_on": "2027-05-31"}
    WORKSHOP = {"kind": "workshop", "title": "名师工作坊", "component": "workshop"}

    def test_from_draft_to_published(self, cast):
        browser = client(cast.mei)
        response = browser.post(reverse("bureau:draft_project"), self.VALUES | {"training_year_id": cast.year.pk})
        pid = response.url.split("/")[-2]
        bare = browser.post(reverse("bureau:publish_project", args=[pid]))
        assert (bare.status_code, "nothing to choose" in bare.content.decode()) == (409, True)
        offers = reverse("bureau:add_offer", args=[pid])
        assert (
            browser.post(offers, {"kind": "course", "course_id": cast.course.pk, "component": "course", "hours_centi": "50"}).status_code
            == 302
        )
        assert browser.post(offers, self.WORKSHOP | {"hours_centi": "22.0"}).status_code == 302
        assert browser.post(reverse("bureau:publish_project", args=[pid])).status_code == 302
        project = projects.project_in(cast.mei.scope, pid)
        assert (project.state, [offer.hours_centi for offer in projects.offers_of([project.pk])[project.pk]]) == (
            "published",
            [50_00, 22_00],
        )
        assert browser.post(reverse("bureau:close_project", args=[pid])).status_code == 302
        assert Client().get(reverse("public:project", args=[pid])).status_code == 200

    @pytest.mark.parametrize(
        ("hours", "status", "said"),
        [
            ("22.5", 409, "at most 22.0 hours"),
            ("-1", 422, "not negative"),
            ("3.555", 422, "two decimals"),
            ("viel", 422, "as a number"),
            ("0", 409, "0.01"),
        ],
    )
    def test_hours_that_cannot_be(self, cast, hours, status, said):
        project = make_draft(cast)
        response = client(cast.mei).post(reverse("bureau:add_offer", args=[project.public_id]), self.WORKSHOP | {"hours_centi": hours})
        assert response.status_code == status
        assert said in response.content.decode()

    def test_a_draft_outside_the_year_comes_back(self, cast):
        values = self.VALUES | {"training_year_id": cast.year.pk, "closes_on": "2027-12-31"}
        response = client(cast.mei).post(reverse("bureau:draft_project"), values)
        assert (response.status_code, "2026-07-01 to 2027-06-30" in response.content.decode()) == (409, True)
        assert client(cast.zhou).post(reverse("bureau:draft_project"), values).status_code == 422

    def test_the_list_is_searched_filtered_and_exported(self, cast):
        make_draft(cast)
        make_draft(cast, cast.zhou, title="县级面授")
        browser = client(cast.mei)
        for query, titles in (
            ({}, ["县级面授", "全员远程培训"]),
            ({"q": "面授"}, ["县级面授"]),
            ({"tier": "province"}, ["全员远程培训"]),
            ({"state": "published"}, []),
            ({"sort": "title"}, ["全员远程培训", "县级面授"]),
            ({"tier": "moon", "sort": "moon", "page": "moon"}, ["县级面授", "全员远程培训"]),
        ):
            assert [row[0].title for row in browser.get(reverse("bureau:projects"), query).context["projects"]] == titles, query
        assert len(exported(browser.get(reverse("bureau:projects"), {"export": "xlsx"}))) == 3

    @pytest.mark.parametrize("rows", [1, 3])
    def test_three_rows_ask_no_more_than_one(self, cast, rows, django_assert_num_queries):
        for number in range(rows):
            make_offer(cast, make_draft(cast, title=f"项目 {number}"), title=f"课 {number}")
        browser = client(cast.mei)
        browser.get(reverse("bureau:projects"))
        with django_assert_num_queries(8):
            browser.get(reverse("bureau:projects"))


class TestAuditPage:
    def test_lines_are_filtered_by_act_and_day(self, cast):
        browser = client(cast.mei)
        url = reverse("bureau:audit")
        acts = [line.row.act for line in browser.get(url).context["lines"]]
        assert acts == ["policies.year_opened", "policies.pack_adopted"]
        assert [line.row.act for line in browser.get(url, {"act": "policies.pack_adopted"}).context["lines"]] == ["policies.pack_adopted"]
        assert len(browser.get(url, {"since": "2026-11-21", "until": "2026-11-21"}).context["lines"]) == 2
        assert not browser.get(url, {"since": "2026-11-22"}).context["lines"]
        assert browser.get(url, {"since": "yesterday"}).status_code == 422
        assert [row[1] for row in exported(browser.get(url, {"export": "xlsx"}))] == ["Act", "Training year opened", "Policy pack adopted"]
