"""A clerk fills the plan's table, the county answers on one page; what is wrong comes back beside its cell."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import planning
from tests.planning import accept, accepted, line, lines_of, start, submit
from xingtan.domains.plans import api as plans
from xingtan.domains.projects.models import Project
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
JSON = {"headers": {"Accept": "application/json"}}
ROW = {
    "what": "语文骨干教师研修", "area": "professional", "way": "send", "stage": "primary", "subject": "chinese", "category": "",
    "head_count": "4", "hours_centi": "２０", "budget_fen": "1,200.50", "target": "上一节公开课", "line_id": "",
}  # fmt: skip


@pytest.fixture
def cast(db):
    return planning.build()


def client(actor):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = "en"
    return made


def page(name, plan=None):
    return reverse(f"bureau:{name}", args=[plan.public_id] if plan else [])


def table(plan, *rows):
    return {"version": plan.version, "goals": "全员达标"} | {
        f"l{at}-{key}": value for at, row in enumerate(rows, 1) for key, value in row.items()
    }


def test_a_clerk_begins_fills_and_hands_up(cast):
    chen = client(cast.chen)
    empty = chen.get(page("plans"))
    assert b"Begin the plan" in empty.content
    begun = chen.post(page("plan_begin"), {"year_id": cast.year.pk, "term": "year"})
    plan = plans.plan_of(cast.school.pk, cast.year.pk)
    assert begun.url == page("plan", plan)
    shown = chen.get(page("plan", plan))
    assert len(shown.context["forms"]) == 6
    assert b'aria-label="None"' not in shown.content
    saved = chen.post(page("plan_save", plan), table(plan, ROW, dict.fromkeys(ROW, ""), ROW | {"what": "班主任", "way": "run"}))
    assert saved.status_code == 302
    first, second = lines_of(plan)
    assert (first.what, first.head_count, first.hours_centi, first.budget_fen) == ("语文骨干教师研修", 4, 20_00, 1200_50)
    assert (second.position, second.way) == (2, "run")
    assert chen.post(page("plan_submit", plan), follow=True).context["plan"].state == "submitted"
    taken = chen.post(page("plan_take_back", plan), follow=True)
    assert taken.context["may_write"] is True


def test_the_pages_own_saving_gets_versions_keys_and_faults(cast):
    chen, plan = client(cast.chen), start(cast, cast.chen)
    kept = chen.post(page("plan_save", plan), table(plan, ROW), **JSON).json()
    assert kept["version"] == plan.version + 1
    assert kept["ids"] == {"l1": lines_of(plan)[0].pk}
    stale = chen.post(page("plan_save", plan), table(plan, ROW), **JSON)
    assert (stale.status_code, "changed this" in stale.json()["refusal"]) == (409, True)
    plan.refresh_from_db()
    wrong = table(plan, ROW | {"hours_centi": "two", "head_count": "4.5"}, ROW | {"budget_fen": "-3"})
    told = chen.post(page("plan_save", plan), wrong, **JSON)
    assert (told.status_code, sorted(told.json()["errors"])) == (422, ["l1-head_count", "l1-hours_centi", "l2-budget_fen"])
    whole = chen.post(page("plan_save", plan), wrong)
    assert whole.status_code == 422
    assert whole.content.count(b"x-error") == 3
    assert b'value="two"' in whole.content
    assert len(lines_of(plan)) == 1


def test_what_is_unfinished_is_told_with_its_line(cast):
    plan = start(cast, cast.chen, [line(), line(area="")])
    answer = client(cast.chen).post(page("plan_submit", plan))
    assert (answer.status_code, b"Line 2 has no content area" in answer.content) == (409, True)


def test_a_county_sees_all_schools_and_their_sums_and_answers(cast):
    plan = submit(cast.chen, start(cast, cast.chen, [line()]))
    start(cast, cast.second_clerk, [line(head_count=6)])
    zhou = client(cast.zhou)
    shown = zhou.get(page("plans"))
    assert [(row.unit.name, word) for row, _chip, word in shown.context["rows"]] == [
        ("青禾实验小学", "Handed up"),
        ("青山小学", "Being written"),
    ]
    assert shown.context["asked"].heads == 10
    assert [row[0].unit.name for row in zhou.get(page("plans") + "?state=submitted&q=青禾&sort=-heads").context["rows"]] == ["青禾实验小学"]
    assert b"x-empty" in zhou.get(page("plans") + "?q=没有").content
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(zhou.get(page("plans") + "?export=xlsx").streaming_content)))
    assert [row[0] for row in book.get_sheet_by_index(0).to_python()][1:] == ["青禾实验小学", "青山小学"]
    [one] = lines_of(plan)
    answered = zhou.post(page("plan_accept", plan), {f"a{one.pk}-accepted_count": "3", f"a{one.pk}-answer": "名额", "words": "同意"})
    assert answered.status_code == 302
    [one] = lines_of(plan)
    assert (one.accepted_count, one.accepted_fen, one.answer) == (3, 800_00, "名额")
    wrong = zhou.post(page("plan_accept", plan), {f"a{one.pk}-accepted_count": "many"})
    assert wrong.status_code == 422


def test_many_are_accepted_at_once_and_one_is_returned(cast):
    one, two = submit(cast.chen, start(cast, cast.chen, [line()])), submit(cast.second_clerk, start(cast, cast.second_clerk, [line()]))
    zhou = client(cast.zhou)
    assert zhou.post(page("plan_return", one), {"words": " "}).status_code == 409
    assert zhou.post(page("plan_return", one), {"words": "人数过多"}).status_code == 302
    assert b"\xe4\xba\xba\xe6\x95\xb0\xe8\xbf\x87\xe5\xa4\x9a" in client(cast.chen).get(page("plan", one)).content
    back = zhou.post(page("plans_accept"), {"ids": [two.public_id], "back": "/bureau/plans/?state=submitted"})
    assert back.url == "/bureau/plans/?state=submitted"
    two.refresh_from_db()
    assert two.state == "accepted"
    assert zhou.post(page("plans_accept"), {"ids": [two.public_id], "back": "https://elsewhere"}).url == page("plans")
    assert zhou.post(page("plan_reopen", two), {"words": "调整"}).status_code == 302


def test_the_county_gathers_and_its_plan_becomes_projects(cast):
    accepted(cast, cast.chen, cast.zhou, [line()])
    plan, zhou = start(cast, cast.zhou), client(cast.zhou)
    assert zhou.post(page("plan_gather", plan)).status_code == 302
    accept(cast.city_officer, submit(cast.zhou, plan))
    [one] = lines_of(plan)
    assert b"Make projects" in zhou.get(page("plan", plan)).content
    form = {"opens_on": "2026-11-01", "closes_on": "2026-12-01", f"take{one.pk}": "on", f"kind{one.pk}": "face_to_face"}
    assert zhou.post(page("plan_projects", plan), form | {"closes_on": "2026-10-01"}).status_code == 409
    assert zhou.post(page("plan_projects", plan), form).status_code == 302
    assert Project.everywhere.filter(organiser=cast.county, title=one.what, state="draft").count() == 1
    assert b"No line is left" in zhou.get(page("plan_projects", plan)).content
    made = Project.everywhere.get(organiser=cast.county, title=one.what).public_id
    assert f"/bureau/projects/{made}/" in zhou.get(page("plan", plan)).content.decode()
    seen_by_the_school = client(cast.chen).get(page("plan", plan)).content.decode()
    assert one.what in seen_by_the_school
    assert f"/bureau/projects/{made}/" not in seen_by_the_school  # a school opens no project of the office


def test_a_call_is_seen_by_the_school_and_a_past_day_refused(cast):
    zhou, today = client(cast.zhou), timezone.localdate()
    day, later, past = ((today + timedelta(days=days)).isoformat() for days in (30, 33, -1))
    form = {"training_year_id": cast.year.pk, "term": "year", "level": "school", "due_on": day, "words": "年度计划", "unit_id": ""}
    assert zhou.post(page("plan_calls"), form | {"due_on": past}).status_code == 409
    assert zhou.post(page("plan_calls"), form).status_code == 302
    assert day in client(cast.chen).get(page("plans")).content.decode()
    longer = form | {"unit_id": cast.school.pk, "due_on": later}
    assert zhou.post(page("plan_calls"), longer).status_code == 302
    assert later in zhou.get(page("plan_calls")).content.decode()


def test_a_plans_own_workbook_and_a_strangers_404(cast):
    plan = accepted(cast, cast.chen, cast.zhou, [line()])
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(client(cast.zhou).get(page("plan", plan) + "?export=xlsx").streaming_content)))
    assert book.get_sheet_by_index(0).to_python()[1][:2] == ["语文骨干教师研修", "Professional knowledge"]
    assert client(cast.strange_officer).get(page("plan", plan)).status_code == 404
    assert client(cast.zhou).get(page("plan", plan)).context["may_reopen"] is True


def test_the_year_before_is_copied_by_a_button_only_when_there_is_one(cast):
    plan = start(cast, cast.chen)
    refused = client(cast.chen).post(page("plan_copy", plan))
    assert (refused.status_code, b"no plan of the year before" in refused.content) == (409, True)


def test_circulars_are_in_the_menu_and_reach_only_levels_below(cast):
    assert 'href="/bureau/circulars/"' in client(cast.chen).get(page("plans")).content.decode()
    form = client(cast.zhou).get(page("circular_new")).content.decode()
    assert ('value="school"' in form, 'value="county"' in form, 'value="city"' in form) == (True, False, False)
