"""A provider's pages: courses with their units."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import studying
from tests.enrolling import LATER
from xingtan.domains.courses.models import Course, Unit
from xingtan.foundation.files.store import path_of
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
QUESTIONS = [
    {"key": "q", "kind": "single", "text": "一加一", "options": [{"key": "a", "text": "二"}, {"key": "b", "text": "三"}], "answer": ["a"]}
]


@pytest.fixture(autouse=True)
def in_the_study_window(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture
def cast():
    return studying.build()


def browser_of(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def form(*units, **changes):
    """A course's form as a browser sends it."""
    sent = {"code": "NEW-1", "version": "1", "title": "新课程", "area": "professional", "component": "course"} | changes
    sent |= {"unit-TOTAL_FORMS": str(len(units)), "unit-INITIAL_FORMS": "0", "unit-MIN_NUM_FORMS": "0", "unit-MAX_NUM_FORMS": "8"}
    for place, unit in enumerate(units):
        sent |= {f"unit-{place}-{name}": value for name, value in unit.items()}
    return sent


def film(cast, name="film.mp4", content=None):
    content = path_of(cast.units[0].file).read_bytes() if content is None else content
    return {"kind": "video", "title": "一段视频", "file": SimpleUploadedFile(name, content)}


def quiz(questions=QUESTIONS):
    return {"kind": "quiz", "title": "小测", "pass_score": "60", "file": SimpleUploadedFile("q.json", json.dumps(questions).encode())}


def test_a_course_is_added_with_its_files_and_opened_by_the_province(cast):
    staff, mei = browser_of(cast.staff), browser_of(cast.mei)
    unit_of_work = {"kind": "assignment", "title": "作业", "brief": "写一段话", "pass_score": "60", "is_required": "on"}
    answer = staff.post("/provider/courses/add/", form(film(cast), quiz(), unit_of_work, {"kind": "video", "title": ""}))
    course = Course.everywhere.get(code="NEW-1")
    assert answer.status_code == 302
    assert list(Unit.objects.filter(course=course).order_by("place").values_list("kind", "length_s", "pass_score")) == [
        ("video", 24, 0), ("quiz", 0, 60), ("assignment", 0, 60),
    ]  # fmt: skip
    address = f"/provider/courses/{course.public_id}/"
    assert "一段视频" in staff.get(address).content.decode()
    assert staff.post(f"{address}review/").status_code == 403
    assert mei.post(f"{address}review/").status_code == 302
    course.refresh_from_db()
    assert course.state == "reviewed"


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (lambda cast: [], "x-errors"),
        (lambda cast: [film(cast, content=b"no film at all")], "x-errors"),
        (lambda cast: [film(cast, content=b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40)], "film.mp4"),
        (lambda cast: [quiz([])], "x-errors"),
        (lambda cast: [quiz([QUESTIONS[0] | {"answer": ["z"]}])], "x-errors"),
        (lambda cast: [{"kind": "assignment", "title": "作业"}], "x-errors"),
        (lambda cast: [{"kind": "document", "title": "文", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing")}], "a.pdf"),
    ],
)
def test_a_course_that_cannot_be_studied_is_refused_on_the_form(cast, units, said):
    answer = browser_of(cast.staff).post("/provider/courses/add/", form(*units(cast)))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Course.everywhere.filter(code="NEW-1").exists()


def test_the_same_form_twice_adds_one_course(cast):
    staff = browser_of(cast.staff)
    for _time in range(2):
        assert staff.post("/provider/courses/add/", form(film(cast))).status_code == 302
    assert Course.everywhere.filter(code="NEW-1").count() == 1


def test_the_library_is_searched_filtered_and_exported(cast):
    staff = browser_of(cast.staff)
    page = staff.get("/provider/courses/", {"q": "XXYW"}).content.decode()
    assert cast.lesson.title in page
    assert cast.offers["A"].title not in page
    assert staff.get("/provider/courses/?state=reviewed").status_code == 200
    assert staff.get("/provider/courses/new/").status_code == 200
    assert b"".join(staff.get("/provider/courses/?export=xlsx").streaming_content).startswith(b"PK")


def test_another_branch_finds_no_course_and_a_clerk_may_not_look(cast):
    address = f"/provider/courses/{cast.lesson.public_id}/"
    assert browser_of(cast.zhou).get(address).status_code == 404
    assert browser_of(cast.chen).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_another_course_under_the_same_code_is_refused(cast):
    staff = browser_of(cast.staff)
    staff.post("/provider/courses/add/", form(film(cast)))
    answer = staff.post("/provider/courses/add/", form(film(cast), title="另一门课程"))
    assert answer.status_code == 422
    assert "NEW-1" in answer.content.decode()
