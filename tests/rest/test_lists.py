"""Lists in pages, refusals in words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import enrolling
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher


@pytest.fixture
def teachers(cast):
    Teacher.everywhere.update(number_closed=NUMBER_BOX.close("36082119880214202X"))
    return newcomers(cast, 11)


def newcomers(cast, number):
    return enrolling.teachers(cast.school, number, number_closed=NUMBER_BOX.close("36082119880214202X"))


def ids(rows):
    return [row["id"] for row in rows]


@pytest.mark.parametrize("limit", [1, 4, 12, 200])
def test_pages_together_are_the_whole_list_once(cast, call, teachers, limit):
    rows = call(cast.zhou).rows("/teachers", limit=limit)
    assert sorted(ids(rows)) == sorted(Teacher.everywhere.values_list("public_id", flat=True))


def test_who_comes_in_between_shifts_nothing(cast, call, teachers):
    caller = call(cast.zhou)
    before = ids(caller.rows("/teachers", limit=200))
    first = caller.get("/teachers", limit=5).json()
    newcomers(cast, 3)
    second = caller.get("/teachers", limit=200, cursor=first["next"]).json()
    assert ids(first["rows"]) + ids(second["rows"]) == before
    assert second["next"] is None


def test_the_cursor_holds_when_its_row_has_left_the_list(cast, call, teachers):
    caller = call(cast.zhou)
    first = caller.get("/teachers", limit=5).json()
    elsewhere = Teacher.everywhere.get(public_id=first["rows"][-1]["id"])
    Teacher.everywhere.filter(pk=elsewhere.pk).update(school=cast.elsewhere)
    rest = caller.get("/teachers", limit=200, cursor=first["next"]).json()
    assert len(rest["rows"]) == 7


@pytest.mark.parametrize("cursor", ["7", "v1.", "v9.AAAA", "v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "vx.y", "…"])
def test_an_invented_cursor_is_not_valid(cast, call, cursor):
    answer = call(cast.zhou).get("/teachers", cursor=cursor)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["query", "cursor"])


@pytest.mark.parametrize("limit", [0, 201, "x"])
def test_a_page_has_one_to_two_hundred_rows(cast, call, limit):
    assert call(cast.zhou).get("/teachers", limit=limit).status_code == 422


@pytest.mark.parametrize("path", ["/teachers", "/selections"])
def test_more_rows_need_no_more_queries(cast, call, teachers, path):
    enrolling.assign(cast, teachers, "A", "own")
    caller = call(cast.zhou)
    caller.get(path, limit=1, year=2026)  # the first answer of a day also begins its line among the exports
    counts = []
    for limit in (1, 10):
        with CaptureQueriesContext(connection) as queries:
            caller.get(path, limit=limit, year=2026)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_numbers_are_masked(cast, call):
    number = "36082119880214202X"
    Teacher.everywhere.filter(pk=cast.lin_teacher.pk).update(number_closed=NUMBER_BOX.close(number))
    answer = call(cast.zhou).get(f"/teachers/{cast.lin_teacher.public_id}")
    assert answer.status_code == 200
    assert number not in answer.content.decode()
    assert "*" in answer.json()["identity_number"]


@pytest.mark.parametrize(
    ("asked", "language"), [("", "zh-hans"), ("en", "en"), ("fr, en-GB;q=0.8", "en"), ("zh-CN,en", "zh-hans"), ("xx", "zh-hans")]
)
def test_a_refusal_speaks_the_language_that_was_asked_for(cast, call, asked, language):
    caller = call(cast.mei, language=asked)
    answer = caller.post(
        f"/projects/{cast.project.public_id}/offers", {"kind": "workshop", "component": "workshop", "hours_centi": 100, "title": "坊"}
    )
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "urn:xingtan:refusal:project_not_draft")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Content-Language"] == language
    assert problem["detail"].isascii() == (language == "en")


def test_wrong_fields_are_named_and_what_was_sent_is_not_repeated(cast, call):
    secret = "36082119880214202X"
    answer = call(cast.mei).post("/years", {"year": secret, "pack": "x", "colour": "red"})
    assert answer.status_code == 422
    assert {tuple(one["loc"][-1:]) for one in answer.json()["errors"]} == {("year",), ("pack",), ("colour",)}
    assert secret not in answer.content.decode()


def test_a_body_that_is_no_json_and_a_wrong_method_are_problems_too(cast, call):
    caller = call(cast.mei)
    broken = caller.client.post("/api/v1/years", "{", content_type="application/json", headers=caller.headers | {"Idempotency-Key": "k"})
    assert (broken.status_code, broken["Content-Type"]) == (400, "application/problem+json")
    wrong = caller.client.delete("/api/v1/years", headers=caller.headers)
    assert (wrong.status_code, wrong["Content-Type"], wrong["Allow"].replace(" ", "")) == (405, "application/problem+json", "GET,POST")


def test_what_no_database_takes_breaks_nothing(cast, call, teachers):
    caller = call(cast.mei)
    draft = {"year": 2026, "title": "a\0b", "tier": "province", "kind": "all_staff", "opens_on": "2026-11-01", "closes_on": "2027-05-31"}
    answers = [
        caller.get("/teachers", q="a\0b"),
        caller.get("/teachers/a%00b"),
        caller.get("/check/a%00b"),
        caller.get("/projects", year=10**30),
        caller.get("/certificates", year=10**30),
        caller.post("/projects", draft),
    ]
    assert [one.status_code for one in answers if one.status_code >= 500] == []
