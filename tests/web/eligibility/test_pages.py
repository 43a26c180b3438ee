"""Eligibility on pages: looked up, issued for one, for a list, for a branch; exported, printed, checked."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests import certifying, enrolling
from xingtan.domains.eligibility.models import Statement, StatementRun
from xingtan.domains.teachers.models import NUMBER_BOX
from xingtan.foundation.jobs.models import Job

TODAY = "2026-11-20"


def issue(browser, **fields):
    return browser.post(reverse("bureau:eligibility_issue"), {"on": TODAY, "known_at": "", "people": "", **fields})


def people(cast, number, **values):
    return enrolling.teachers(cast.school, number, number_closed=NUMBER_BOX.close("360821198802140000"), **values)


@pytest.mark.parametrize(
    ("who", "status"),
    [("mei", 200), ("zhou", 200), ("he", 200), ("supervisor", 200), ("stranger", 404), ("wu", 404), ("ming", 403), ("lin", 403)],
)
def test_who_looks_up_whom(cast, as_actor, who, status):
    page = reverse("bureau:eligibility_person", args=[cast.lin_teacher.public_id])
    assert as_actor(getattr(cast, who)).get(page).status_code == status


def test_a_look_up_says_what_holds_and_writes_nothing(cast, as_actor):
    text = as_actor(cast.zhou).get(reverse("bureau:eligibility_person", args=[cast.lin_teacher.public_id]), {"on": TODAY}).content.decode()
    assert "Meets the conditions" in text
    assert "Condition and ground for appraisal, title and registration" in text
    assert StatementRun.everywhere.count() == 0


def test_a_day_to_come_is_refused_in_words(cast, as_actor):
    answer = as_actor(cast.zhou).get(reverse("bureau:eligibility_person", args=[cast.lin_teacher.public_id]), {"on": "2126-01-01"})
    assert answer.status_code == 422
    assert "The day lies ahead" in answer.content.decode()


def test_one_statement_is_issued_shown_printed_and_checked_by_anyone(cast, as_actor, client):
    browser = as_actor(cast.he)
    answer = browser.post(reverse("bureau:eligibility_issue_one", args=[cast.lin_teacher.public_id]), {"on": TODAY, "known_at": ""})
    one = Statement.everywhere.get()
    assert answer.url == reverse("bureau:eligibility_statement", args=[one.public_id])
    text = browser.get(answer.url).content.decode()
    assert "Asked again, the facts known then give the same" in text
    made = browser.get(reverse("bureau:eligibility_pdf", args=[one.public_id]))
    [sheet] = PdfReader(BytesIO(made.content)).pages
    assert one.number in sheet.extract_text()
    assert "林知微" not in made["Content-Disposition"]
    checked = client.get(reverse("public:check_result", args=[one.check_code]))
    assert checked.status_code == 200
    assert "林*微" in checked.content.decode()
    assert client.get(reverse("public:check_result", args=[one.number])).status_code == 404


def test_a_list_with_unknown_lines_is_shown_first_and_then_issued_for_the_found(cast, as_actor):
    browser = as_actor(cast.zhou)
    text = f"林知微\n{'查无此人'}\n林知微"
    shown = issue(browser, people=text)
    assert shown.status_code == 422
    assert "查无此人" in shown.content.decode()
    assert "nobody of the branch" in shown.content.decode()
    assert StatementRun.everywhere.count() == 0
    assert issue(browser, people=text, found_only="1").status_code == 302
    assert StatementRun.everywhere.get().statement_count == 1


@pytest.mark.parametrize("name", ["people.csv", "people.txt"])
def test_a_list_may_be_handed_in(cast, as_actor, name):
    browser = as_actor(cast.zhou)
    sent = SimpleUploadedFile(name, "姓名,学校\n林知微,青禾\n".encode("gb18030"))
    shown = issue(browser, file=sent)
    assert "姓名" in shown.content.decode()  # the heading is nobody's name, and said so
    sent.seek(0)
    assert issue(browser, file=sent, found_only="1").status_code == 302


def test_a_whole_branch_is_issued_searched_filtered_and_exported(cast, as_actor):
    others = people(cast, 30)
    browser = as_actor(cast.zhou)
    answer = issue(browser, is_branch="1")
    run = StatementRun.everywhere.get()
    assert (answer.status_code, run.statement_count) == (302, 31)
    page = reverse("bureau:eligibility_run", args=[run.public_id])
    assert others[0].name in browser.get(page).content.decode()
    meets = browser.get(page, {"finding": "nothing_due"}).content.decode()
    assert "林知微" not in meets
    assert "林知微" in browser.get(page, {"q": "lzw"}).content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(browser.get(page, {"export": "xlsx"}).streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 32
    assert ["林知微", "36**************2X", "青禾实验小学"] in [row[:3] for row in rows]


def test_many_people_become_a_job(cast, as_actor, monkeypatch):
    monkeypatch.setattr("xingtan.web.bureau.eligibility_issue.AT_ONCE", 3)
    people(cast, 5)
    answer = issue(as_actor(cast.zhou), is_branch="1")
    job = Job.everywhere.get(kind="eligibility.issue")
    assert answer.url == reverse("public:job", args=[job.public_id])
    assert "36" not in str(job.params["on"])[:2]
    assert set(job.params) == {"teachers", "on", "known_at", "back"}


def test_the_run_of_a_school_is_no_other_schools_business(cast, as_actor):
    issue(as_actor(cast.chen), people="林知微")
    page = reverse("bureau:eligibility_run", args=[StatementRun.everywhere.get().public_id])
    assert as_actor(cast.zhou).get(page).status_code == 200
    assert as_actor(cast.wu).get(page).status_code == 404


def test_a_supervisor_looks_and_issues_nothing(cast, as_actor):
    browser = as_actor(cast.supervisor)
    assert "Issue statements" not in browser.get(reverse("bureau:eligibility")).content.decode()
    assert issue(browser, people="林知微").status_code == 403


def test_a_teacher_looks_up_issues_and_keeps_the_own(cast, as_actor):
    browser = as_actor(cast.lin)
    assert "Meets the conditions" in browser.get(reverse("trainee:eligibility"), {"on": TODAY}).content.decode()
    answer = browser.post(reverse("trainee:eligibility_issue"), {"on": TODAY, "known_at": ""})
    one = Statement.everywhere.get()
    assert answer.url == reverse("trainee:eligibility_statement", args=[one.public_id])
    assert one.number in browser.get(answer.url).content.decode()
    assert browser.get(reverse("trainee:eligibility_pdf", args=[one.public_id]))["Content-Type"] == "application/pdf"
    [other] = people(cast, 1)
    stranger = as_actor(enrolling.actor_of("teacher", cast.school, other))
    assert stranger.get(answer.url).status_code == 404


def test_the_number_of_queries_of_a_run_does_not_grow(cast, as_actor, django_assert_max_num_queries):
    people(cast, 20)
    browser = as_actor(cast.zhou)
    issue(browser, is_branch="1")
    page = reverse("bureau:eligibility_run", args=[StatementRun.everywhere.get().public_id])
    browser.get(page)
    with django_assert_max_num_queries(22):
        browser.get(page)


def test_the_identity_number_stands_on_no_page(cast, as_actor):
    browser = as_actor(cast.zhou)
    issue(browser, people="林知微")
    one = Statement.everywhere.get()
    for name, key in (("bureau:eligibility_statement", one.public_id), ("bureau:eligibility_run", one.run.public_id)):
        assert certifying.NUMBER[:10] not in browser.get(reverse(name, args=[key])).content.decode()


def test_a_statement_says_what_is_answered_today(cast, as_actor):
    [other] = people(cast, 1)
    browser = as_actor(cast.zhou)
    browser.post(reverse("bureau:eligibility_issue_one", args=[other.public_id]), {"on": TODAY, "known_at": ""})
    page = reverse("bureau:eligibility_statement", args=[Statement.everywhere.get().public_id])
    assert "No verdict has moved since." in browser.get(page).content.decode()
    certifying.determination_room.determine(actor=cast.mei, training_year_id=cast.year.pk, teacher_ids=[other.pk], now=certifying.NOW)
    assert "In progress" in browser.get(page).content.decode()
