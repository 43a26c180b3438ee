"""The month's page and the chasing list: direct acts, Excel out and in, reminders, the county's rates."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests import certifying, crediting, enrolling, papering
from tests.certifying import NOW
from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.papers.models import Reminder
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")  # who studies stands beside the beats


@pytest.fixture(autouse=True)
def at_that_hour(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def entered(cast):
    """Two colleagues with hours that wait for review."""
    rows = papering.colleagues(cast, 2)
    crediting.register(cast, rows)
    crediting.delivered(cast, rows, 10 * 3600)
    return crediting.enter(cast, teacher_ids=[one.pk for one in rows])


PAGES = ["/school/", "/school/month/book.xlsx", "/school/behind/all/", "/school/behind/not-chosen/", "/school/behind/meeting.pdf"]


@pytest.mark.parametrize("path", PAGES)
def test_the_school_opens_them_and_a_teacher_does_not(cast, as_actor, path):
    for who, status in ((cast.chen, 200), (cast.he, 200), (cast.lin, 403)):
        answer = as_actor(who).get(path)
        assert answer.status_code == status
        b"".join(answer)


def test_hours_are_reviewed_and_reported_on_the_page_itself(cast, as_actor, entered):
    assert entered[0].teacher.name in as_actor(cast.he).get("/school/").content.decode()
    as_actor(cast.he).post("/school/month/decide/", {"tab": "review", "year": "2026", "all": "1", "next": "/school/"})
    assert {crediting.state_of(one) for one in entered} == {credits_room.State.REVIEWED}
    answer = as_actor(cast.chen).post(
        "/school/month/decide/",
        {"tab": "report", "year": "2026", "outcome": "passed", "ids": [entered[0].public_id], "next": "/school/?year=2026"},
    )
    assert answer["Location"] == "/school/?year=2026"
    assert crediting.state_of(entered[0]) is credits_room.State.REPORTED


def read(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def filled(sheets, decide):
    """The workbook again with 决定 and 说明 filled in by the function of sheet and row number."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            cells = [*row[:5], *decide(name, at)] if at and name != "催办" else row
            sheet.write_row(at, 0, cells)
    book.close()
    made.seek(0)
    made.name = "month.xlsx"
    return made


def hand_in(browser, made):
    answer = browser.post("/school/month/book/", {"workbook": made})
    return answer, answer.context["file"]


def test_the_workbook_goes_out_and_comes_back_with_decisions(cast, as_actor, entered):
    browser = as_actor(cast.he)
    sheets = read(browser.get("/school/month/book.xlsx"))
    assert len(sheets["复核学时"]) == 3
    answer, file = hand_in(browser, filled(sheets, lambda _name, at: ("通过", "") if at == 1 else ("退回", "缺佐证")))
    assert answer.status_code == 200
    assert answer.context["plan"].total == 2
    assert {crediting.state_of(one) for one in entered} == {credits_room.State.ENTERED}
    browser.post("/school/month/book/take/", {"file": file.public_id})
    assert sorted(str(crediting.state_of(one)) for one in entered) == ["returned", "reviewed"]


def test_rows_that_decide_nothing_are_named_and_a_foreign_workbook_is_refused(cast, as_actor, entered):
    browser = as_actor(cast.he)
    sheets = read(browser.get("/school/month/book.xlsx"))
    answer, _file = hand_in(browser, filled(sheets, lambda _name, at: ("也许", "") if at == 1 else ("退回", "")))
    assert [one.line for one in answer.context["plan"].problems] == [2, 3]
    assert answer.context["plan"].total == 0
    answer, _file = hand_in(browser, filled({"别的": [["a"]]}, lambda _n, _a: ("", "")))
    assert answer.status_code == 409


def test_the_clerks_choices_are_confirmed_from_the_workbook(cast, as_actor):
    CourseSelection.everywhere.filter(teacher=cast.lin_teacher).update(state="chosen")
    browser = as_actor(cast.chen)
    sheets = read(browser.get("/school/month/book.xlsx"))
    assert len(sheets["确认选学"]) == 2
    _answer, file = hand_in(browser, filled(sheets, lambda _n, _a: ("退回", "请重选")))
    browser.post("/school/month/book/take/", {"file": file.public_id})
    assert CourseSelection.everywhere.get(teacher=cast.lin_teacher).state == "returned"


def test_another_persons_workbook_is_not_taken(cast, as_actor, entered):
    browser = as_actor(cast.he)
    _answer, file = hand_in(browser, filled(read(browser.get("/school/month/book.xlsx")), lambda _n, _a: ("通过", "")))
    for who in (cast.chen, cast.wu):
        assert as_actor(who).post("/school/month/book/take/", {"file": file.public_id}).status_code == 404


def test_one_click_reminds_everyone_who_may_be_reminded(cast, as_actor):
    rows = papering.colleagues(cast, 3)
    Account.objects.filter(pk__in=[one.account_id for one in rows[:2]]).update(activated_at=NOW)
    browser = as_actor(cast.chen)
    before = browser.get("/school/behind/all/?year=2026").content.decode()
    assert "1 teacher of this list has never signed in" in before
    assert reverse("school:slips") in before
    assert "Remind 2 teachers" in before
    browser.post("/school/behind/remind/?year=2026", {"everyone": "1", "reason": "not-chosen"})
    assert Reminder.everywhere.filter(matter="not-chosen").count() == 2
    browser.post("/school/behind/remind/?year=2026", {"everyone": "1", "reason": "not-chosen"})
    assert Reminder.everywhere.count() == 2
    browser.post("/school/behind/remind/?year=2026", {"ids": [rows[2].public_id], "next": "/school/"})
    assert Reminder.everywhere.filter(recipient_id=None).count() == 1
    page = browser.get("/school/behind/all/?year=2026").content.decode()
    assert rows[0].name in page
    assert "delivered, not read" in page
    assert "has never signed in" in page
    assert as_actor(cast.wu).post("/school/behind/remind/?year=2026", {"ids": [rows[0].public_id]}).status_code == 404


def test_the_list_for_the_meeting_is_one_sheet_of_names(cast, as_actor):
    rows = papering.colleagues(cast, 2)
    made = as_actor(cast.chen).get("/school/behind/meeting.pdf")
    assert made.status_code == 200, made.content.decode()
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
    assert rows[0].name in "".join(text.split())
    assert certifying.NUMBER not in text


def test_the_county_sees_the_rates_of_its_schools_and_the_province_chooses_a_county(cast, as_actor):
    papering.colleagues(cast, 2)
    enrolling.teachers(cast.second, 1)
    page = as_actor(cast.zhou).get(reverse("bureau:rates"), {"sort": "-behind"}).content.decode()
    assert cast.school.name in page
    assert cast.second.name in page
    assert cast.elsewhere.name not in page
    book = read(as_actor(cast.zhou).get(reverse("bureau:rates"), {"export": "xlsx", "sort": "school"}))
    rows = next(iter(book.values()))
    assert [row[0] for row in rows[1:]] == ["青禾实验小学", "青山小学"]
    assert as_actor(cast.mei).get(reverse("bureau:rates")).context["county"] is None
    assert as_actor(cast.mei).get(reverse("bureau:rates"), {"county": cast.county.public_id}).context["people"] == 4
    assert as_actor(cast.zhou).get(reverse("bureau:rates"), {"county": cast.strange.public_id}).status_code == 404


def test_an_unknown_matter_is_not_found(cast, as_actor):
    assert as_actor(cast.chen).get("/school/behind/nothing/").status_code == 404
