"""Merging, second posts, changes of status, late entries and windows through the API."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import enrolling
from xingtan.domains.reviews.models import LateEntry
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher

AFTER = datetime(2027, 7, 20, 4, tzinfo=UTC)


@pytest.fixture
def double(cast):
    [made] = enrolling.teachers(cast.school, 1)
    made.name, made.name_pinyin = cast.lin_teacher.name, cast.lin_teacher.name_pinyin
    made.save()
    Teacher.everywhere.filter(pk__in=[made.pk, cast.lin_teacher.pk]).update(number_closed=NUMBER_BOX.close("36082119880214202X"))
    return made


def test_two_records_are_found_weighed_merged_and_parted(cast, call, double):
    zhou, lin = call(cast.zhou), cast.lin_teacher
    [pair] = zhou.get("/merges/candidates").json()
    assert (pair["merged"]["id"], pair["into"]["id"]) == (double.public_id, lin.public_id)
    words = {"merged": double.public_id, "into": lin.public_id}
    look = zhou.get("/merges/look", **words).json()
    assert look["conflicts"] == []
    made = zhou.post("/merges", {**words, "reason": "同一人"}, key="m")
    assert made.status_code == 201
    assert zhou.post("/merges", {**words, "reason": "同一人"}, key="m").json() == made.json()
    assert zhou.get("/merges/candidates").json() == []
    assert call(cast.stranger).post(f"/merges/{made.json()['id']}/end", {}).status_code == 404
    assert zhou.post(f"/merges/{made.json()['id']}/end", {}).json()["ended_at"]
    assert call(cast.stranger).get("/merges/look", **words).status_code == 404
    assert zhou.get("/merges/look", merged=lin.public_id, into=lin.public_id).status_code == 404


def test_a_second_post_begins_and_ends_and_a_leave_too(cast, call):
    chen, lin = call(cast.chen), cast.lin_teacher
    body = {"teacher": lin.public_id, "school": cast.second.name, "kind": "lessons", "from_on": "2026-09-01"}
    post = chen.post("/posts", body).json()
    assert chen.get("/posts", teacher=lin.public_id).json() == [post]
    assert chen.post("/posts", body).status_code == 409
    assert chen.post(f"/posts/{post['id']}/end", {"on": "2026-11-01"}).json()["to_on"] == "2026-11-01"
    assert chen.post("/posts/x/end", {"on": "2026-11-01"}).status_code == 404
    assert call(cast.stranger).post(f"/posts/{post['id']}/end", {"on": "2026-11-02"}).status_code == 404
    leave = {"teachers": [lin.public_id], "status": "on_leave", "since": "2026-11-10", "reason": "产假"}
    assert chen.post("/status-changes", leave).json() == {"changed": 1}
    assert call(cast.stranger).post("/status-changes", leave).status_code == 404
    lin.refresh_from_db()
    assert lin.status == "on_leave"


@pytest.fixture
def later(monkeypatch):
    monkeypatch.setattr("xingtan.web.middleware.timezone.now", lambda: AFTER)


def test_hours_that_come_late_are_asked_for_with_their_evidence(cast, call, later):
    said = {
        "teacher": cast.lin_teacher.public_id, "year": 2026, "component": "course", "title": "县级集中培训", "centi": 800,
        "happened_on": "2026-12-01", "reason_code": "mistake", "reason": "漏登",
    }  # fmt: skip
    chen = call(cast.chen)

    def ask(name="a.pdf", key=None, **values):
        file = SimpleUploadedFile(name, b"%PDF-1.4 ", "application/pdf")
        return chen.hand_in("/late-entries", {**said, **values, "file": file}, key=key)

    first = ask(key="l")
    assert first.status_code == 201, first.content
    assert ask(key="l").json() == ask().json() == first.json()
    assert ask("a.exe").status_code == 409
    [row] = call(cast.city_officer).rows("/late-entries", state="asked")
    assert (row["id"], row["centi"], row["office"]["id"]) == (first.json()["id"], 800, cast.city.public_id)
    assert call(cast.stranger).rows("/late-entries") == []
    assert LateEntry.everywhere.count() == 1


def test_a_window_stays_open_for_a_county(cast, call):
    body = {"year": 2026, "county": cast.county.public_id, "kind": "entry", "until_on": "2027-12-31", "reason": "停电"}
    assert call(cast.city_officer).post("/windows", body).json() == {"kind": "entry", "until_on": "2027-12-31"}
    assert call(cast.city_officer).post("/windows", {**body, "until_on": "2020-01-01"}).status_code == 409
    assert call(cast.zhou).post("/windows", body).status_code == 403
