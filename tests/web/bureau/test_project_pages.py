"""The pages of a project's making, as an officer uses them without script."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.bureau_cast import DAYS, NOW, make_cast, make_draft
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.people.models import Account

SEGMENT = {"kind": "practice", "title": "实践任务二", "first_on": "2026-12-01", "last_on": "2026-12-20", "component": "", "hours": ""}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def mei(cast):
    made = Client()
    made.force_login(Account.objects.get(pk=cast.mei.account_id))
    made.cookies["django_language"] = "en"
    return made


@pytest.fixture
def it(cast):
    return projects.draft_from_template(
        actor=cast.mei, training_year_id=cast.year.pk, title="2026 提升工程", tier="province", kind="it_capability",
        opens_on=DAYS[0], closes_on=DAYS[0] + timedelta(days=30), starts_on=date(2026, 12, 1), ends_on=DAYS[1], now=NOW,
    )  # fmt: skip


def rows(project):
    return projects.segments_of([project.pk])[project.pk]


def url(name, *args):
    return reverse(f"bureau:{name}", args=args)


class TestDrafting:
    VALUES = {"title": "幼儿园教师研修", "tier": "province", "kind": "kindergarten", "opens_on": "2026-11-01", "closes_on": "2026-11-30"}

    def test_a_draft_begins_with_its_kinds_template(self, cast, mei):
        page = mei.get(url("draft_project")).content.decode()
        assert 'min="2026-07-01"' in page
        answer = mei.post(url("draft_project"), {**self.VALUES, "training_year_id": cast.year.pk, "with_template": "on"})
        made = projects.projects_for(cast.mei.scope).get()
        assert answer.url == url("project", made.public_id)
        assert made.conditions == {"stages": ["kindergarten"]}
        assert len(rows(made)) == 4
        shown = mei.get(answer.url).content.decode()
        assert "Stage: Kindergarten" in shown
        assert "Workshop of play" in shown

    def test_ways_in_make_it_one_with_seats(self, cast, mei):
        held = make_draft(cast)
        values = {**self.VALUES, "ways": ["own", "nomination"], "approval_steps": "2", "starts_on": "2026-12-01", "ends_on": "2027-01-31"}
        assert mei.post(url("change_project", held.public_id), values).status_code == 302
        held.refresh_from_db()
        assert (held.has_seats, held.ways, held.approval_steps, held.ends_on) == (True, ["own", "nomination"], 2, date(2027, 1, 31))

    def test_a_refusal_stands_beside_its_field(self, cast, mei):
        held = make_draft(cast)
        answer = mei.post(url("change_project", held.public_id), {**self.VALUES, "starts_on": "2026-12-02", "ends_on": "2026-12-01"})
        assert answer.status_code == 409
        assert "ends before it starts" in str(answer.context["form"].errors["ends_on"])


class TestSegments:
    def test_buttons_move_a_segment_one_place(self, mei, it):
        order = [one.public_id for one in rows(it)]
        mei.post(url("order_segments", it.public_id), {"segment": order, "down": order[0]})
        assert [one.public_id for one in rows(it)] == [order[1], order[0], *order[2:]]
        mei.post(url("order_segments", it.public_id), {"segment": [one.public_id for one in rows(it)], "up": order[0]})
        assert [one.public_id for one in rows(it)] == order

    def test_an_order_that_is_out_of_date_is_refused_on_the_page(self, mei, it):
        answer = mei.post(url("order_segments", it.public_id), {"segment": [one.public_id for one in rows(it)][1:]})
        assert answer.status_code == 409
        assert "changed meanwhile" in answer.content.decode()

    def test_one_is_added_changed_and_taken_out(self, mei, it):
        assert mei.post(url("add_segment", it.public_id), SEGMENT).status_code == 302
        made = rows(it)[-1]
        changed = {**SEGMENT, "title": "实践任务三", "products": "2", "mark": "60"}
        assert mei.post(url("segment", it.public_id, made.public_id), changed).status_code == 302
        assert (rows(it)[-1].title, rows(it)[-1].passing) == ("实践任务三", {"products": 2, "mark": 60})
        assert mei.post(url("remove_segment", it.public_id, made.public_id)).status_code == 302
        assert len(rows(it)) == 10

    @pytest.mark.parametrize(
        ("values", "status", "field"),
        [
            ({"last_on": "2026-11-30"}, 409, "last_on"),
            ({"component": "course", "hours": "90"}, 409, "hours"),
            ({"hours": "many"}, 422, "hours"),
            ({"mark": "101"}, 422, "mark"),
        ],
    )
    def test_a_mistake_comes_back_with_what_was_typed(self, mei, it, values, status, field):
        answer = mei.post(url("add_segment", it.public_id), {**SEGMENT, **values})
        assert answer.status_code == status
        assert answer.context["form"].errors[field]
        assert "实践任务二" in answer.content.decode()

    def test_of_a_published_project_only_days_are_asked_for(self, cast, mei, it):
        projects.publish(actor=cast.mei, project_id=it.pk, now=NOW)
        one = rows(it)[0]
        page = mei.get(url("segment", it.public_id, one.public_id))
        assert set(page.context["form"].fields) == {"first_on", "last_on"}
        assert mei.post(url("segment", it.public_id, one.public_id), {"first_on": "2026-12-02", "last_on": "2026-12-30"}).status_code == 302
        assert rows(it)[0].first_on == date(2026, 12, 2)


class TestWhom:
    def test_conditions_are_kept_and_read_as_sentences(self, mei, it):
        values = {"stages": ["primary"], "is_rural": "yes", "pause_kinds": ["overseas"], "pause_years": "3", "advisory": ["is_rural"]}
        assert mei.post(url("set_conditions", it.public_id), values).status_code == 302
        it.refresh_from_db()
        assert it.conditions["not_trained_within"] == {"kinds": ["overseas"], "years": 3}
        page = mei.get(url("whom", it.public_id)).content.decode()
        assert "No such training in the last 3 years: Study abroad" in page
        assert mei.post(url("set_conditions", it.public_id), {}).status_code == 302
        it.refresh_from_db()
        assert it.conditions == {}

    def test_nobody_could_meet_them(self, mei, it):
        answer = mei.post(url("set_conditions", it.public_id), {"service_years_at_least": "9", "service_years_at_most": "3"})
        assert answer.status_code == 409

    def test_categories_are_rows_and_empty_rows_are_none(self, mei, it):
        values = {
            "0-code": "rural",
            "0-label": "农村教师",
            "0-seats": "30",
            "0-is_reserved": "on",
            "1-code": "",
            "1-label": "",
            "1-seats": "",
        }
        assert mei.post(url("set_categories", it.public_id), values).status_code == 302
        it.refresh_from_db()
        assert projects.seats_planned(it) == 30
        twice = mei.post(url("set_categories", it.public_id), {**values, "1-code": "rural", "1-label": "又一"})
        assert twice.status_code == 409
        assert "same code" in twice.content.decode()


class TestCopyingAndEnding:
    def test_differences_are_shown_before_the_copy_is_made(self, cast, mei, it):
        policies.open_year(actor=cast.mei, organisation_id=cast.province.pk, year=2027, pack_id=cast.pack.pk, now=NOW)
        page = mei.get(url("copy_project", it.public_id))
        shown = {(one.what, one.part): (one.old, one.new) for one in page.context["differences"]}
        assert shown["Title", ""] == ("2026 提升工程", "2027 提升工程")
        assert projects.projects_for(cast.mei.scope).count() == 1
        form = page.context["form"].initial
        values = {name: str(value) for name, value in form.items() if value is not None}
        answer = mei.post(f"{url('copy_project', it.public_id)}?year=2027", {**values, "title": "2027 提升工程"})
        made = projects.projects_for(cast.mei.scope).exclude(pk=it.pk).get()
        assert answer.url == url("project", made.public_id)
        assert (made.copied_from_id, made.training_year.year, len(rows(made))) == (it.pk, 2027, 10)

    def test_cancelled_with_a_reason_that_everyone_reads(self, cast, mei, it):
        projects.publish(actor=cast.mei, project_id=it.pk, now=NOW)
        assert mei.post(url("cancel_project", it.public_id), {"reason": " "}).status_code == 422
        assert mei.post(url("cancel_project", it.public_id), {"reason": "报名人数不足"}).status_code == 302
        for page in (url("project", it.public_id), reverse("public:project", args=[it.public_id])):
            assert "报名人数不足" in mei.get(page).content.decode()

    def test_the_year_on_one_line_has_its_table_and_its_workbook(self, mei, it):
        page = mei.get(url("project_calendar"), {"year": "2026"})
        assert [one[0] for one in page.context["rows"]] == [it]
        assert "<svg" in page.content.decode()
        book = mei.get(url("project_calendar"), {"year": "2026", "export": "xlsx"})
        assert b"".join(book.streaming_content)[:2] == b"PK"
        book.close()
