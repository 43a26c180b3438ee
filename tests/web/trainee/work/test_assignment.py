"""The assignment's page: handing in text and files, versions, and what the tutor said."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import tutoring
from tests.tutoring import COMMENT, FULL, NOW, POOR, WORK
from xingtan.domains.assessment import api as assessment
from xingtan.domains.assessment.models import Submission
from xingtan.foundation.files.models import StoredFile

pytestmark = pytest.mark.django_db(databases="__all__")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def lin(cast, as_actor):
    return as_actor(cast.lin)


@pytest.fixture
def url(cast):
    return f"/my/study/{cast.assignment.public_id}/hand-in/"


def docx(name="word/document.xml"):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(name, "<w:document/>")
    return held.getvalue()


def mark(cast, outcome=assessment.State.RETURNED, marks=POOR):
    [work] = Submission.everywhere.filter(state="handed_in")
    return assessment.mark(actor=cast.tutor, submission_id=work.pk, outcome=outcome, marks=marks, comment=COMMENT, now=NOW)


def test_the_page_says_what_to_do_and_what_it_is_judged_by(lin, url):
    page = lin.get(url).content.decode()
    assert tutoring.BRIEF in page
    assert "有原话为证" in page
    assert "data-draft=" in page


def test_work_handed_in_waits_for_the_tutor_of_the_class(cast, lin, url):
    assert lin.post(url, {"text": WORK}).status_code == 302
    [work] = Submission.everywhere.all()
    assert (work.state, work.version, work.text, work.cohort) == ("handed_in", 1, WORK, cast.cohort)
    page = lin.get(url).content.decode()
    assert WORK in page
    assert "<textarea" not in page


def test_the_same_form_sent_twice_is_one_version(lin, url):
    for _time in range(2):
        assert lin.post(url, {"text": WORK}).status_code == 302
    assert Submission.everywhere.count() == 1


def test_another_text_while_one_waits_is_refused_and_kept_on_the_page(lin, url):
    lin.post(url, {"text": WORK})
    answer = lin.post(url, {"text": WORK + "还有一句。"})
    assert answer.status_code == 409
    assert "还有一句。" in answer.content.decode()


def test_a_short_text_is_refused_with_how_much_is_needed(lin, url):
    answer = lin.post(url, {"text": "太短。"})
    assert answer.status_code == 409
    assert "20" in answer.content.decode()
    assert not Submission.everywhere.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", PNG), ("b.PDF", b"%PDF-1.7 x"), ("c.docx", docx()), ("d.jpeg", b"\xff\xd8\xff\xe0 x")]
)
def test_a_file_of_the_right_content_is_taken(lin, url, name, content):
    assert lin.post(url, {"text": "", "file": SimpleUploadedFile(name, content)}).status_code == 302
    [work] = Submission.everywhere.select_related("file")
    assert (work.file.name, work.file.size) == (name, len(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.pdf", PNG),
        ("a.docx", docx("xl/workbook.xml")),
        ("a.docx", b"PK\x03\x04broken"),
        ("pdf", b"%PDF-1.7"),
        ("a.svg", b"<svg/>"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(lin, url, name, content):
    assert lin.post(url, {"text": WORK, "file": SimpleUploadedFile(name, content)}).status_code == 422
    assert not Submission.everywhere.exists()
    assert not StoredFile.everywhere.exists()


def test_the_file_of_refused_work_is_not_kept(lin, url):
    lin.post(url, {"text": WORK})
    assert lin.post(url, {"text": WORK, "file": SimpleUploadedFile("a.png", PNG)}).status_code == 409
    assert not StoredFile.everywhere.exists()


def test_a_returned_version_shows_the_comment_and_begins_the_next(cast, lin, url):
    lin.post(url, {"text": WORK})
    mark(cast)
    page = lin.get(url).content.decode()
    assert COMMENT in page
    assert page.count(WORK) == 2
    assert lin.post(url, {"text": WORK + "补充：教师当场停下来。"}).status_code == 302
    assert list(Submission.everywhere.order_by("version").values_list("version", "state")) == [(1, "returned"), (2, "handed_in")]


def test_passed_work_shows_its_points_and_takes_nothing_more(cast, lin, url):
    lin.post(url, {"text": WORK})
    mark(cast, assessment.State.PASSED, FULL)
    page = lin.get(url).content.decode()
    assert "100" in page
    assert "<textarea" not in page
    assert lin.post(url, {"text": WORK + "再写。"}).status_code == 409


def test_the_file_is_the_tutors_to_read_and_no_strangers(cast, lin, url, as_actor):
    lin.post(url, {"text": "", "file": SimpleUploadedFile("a.png", PNG)})
    link = f"/files/{StoredFile.everywhere.get().public_id}/"
    for browser in (as_actor(cast.tutor), lin):
        answer = browser.get(link)
        assert b"".join(answer.streaming_content) == PNG
    for stranger in (cast.tan, cast.luo, cast.lead, cast.wu):
        assert as_actor(stranger).get(link).status_code == 404


def test_another_teachers_work_is_nowhere(cast, lin, url, as_actor):
    lin.post(url, {"text": WORK})
    [wen] = tutoring.newcomers(cast, 1)
    assert WORK not in as_actor(wen).get(url).content.decode()
    [hua] = tutoring.newcomers(cast, 1, "D", "own")
    assert as_actor(hua).get(url).status_code == 404
    assert as_actor(cast.tutor).get(url).status_code == 403


def test_more_versions_need_no_more_queries(cast, lin, url):
    lin.post(url, {"text": WORK})
    mark(cast)
    lin.get(url)
    once = tutoring.queries_of(lambda: lin.get(url))
    for number in range(2):
        lin.post(url, {"text": f"{WORK}{number}"})
        mark(cast)
    assert tutoring.queries_of(lambda: lin.get(url)) == once
