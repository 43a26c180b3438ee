"""A teacher sees who looked; a number is unmasked for a reason, not by the hundred; a file says whose export it is."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, resolve, reverse
from python_calamine import CalamineWorkbook

from tests import enrolling
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.disclosures import unmasking
from xingtan.foundation.disclosures.api import Export, Look, Unmasking, exports_found, mark_for
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role
from xingtan.web.disclosing import DisclosureMiddleware, is_recorded
from xingtan.web.looks import LOOKS

pytestmark = pytest.mark.django_db(databases="__all__")
NUMBER = "36082119880214202X"


@pytest.fixture
def cast(db):
    made = enrolling.build()
    Teacher.everywhere.update(number_closed=NUMBER_BOX.close(NUMBER))
    return made


def client(actor):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = "en"
    return made


def card(cast, actor, **data):
    return client(actor).get(reverse("school:teacher_card", args=[cast.lin_teacher.public_id]))


def test_a_teacher_sees_who_looked_once_a_day_with_how_often(cast):
    for _time in range(3):
        assert card(cast, cast.chen).status_code == 200
    client(cast.zhou).get(reverse("bureau:teacher_card", args=[cast.lin_teacher.public_id]))
    assert list(Look.objects.order_by("pk").values_list("account_id", "kind", "count")) == [
        (cast.chen.account_id, "card", 3),
        (cast.zhou.account_id, "card", 1),
    ]
    page = client(cast.lin).get(reverse("trainee:looks")).content.decode()
    assert cast.chen.name in page
    assert cast.zhou.name in page
    assert "Facts of the register" in page


def test_who_acts_for_a_teacher_looked_in_their_own_role(cast):
    clerk = client(cast.chen)
    assert clerk.post(f"/acting/teacher/{cast.lin_teacher.public_id}/").status_code == 302
    assert clerk.get("/my/choose/").status_code == 200
    own = (cast.chen.account_id, "acting", Role.SCHOOL_CLERK.value, cast.school.pk)
    assert set(Look.objects.values_list("account_id", "kind", "role", "organisation_id")) == {own}
    page = client(cast.lin).get(reverse("trainee:looks"))
    assert [row["role"] for row in page.context["rows"]] == ["School clerk"]


def test_what_was_refused_and_what_is_ones_own_is_no_look(cast):
    assert card(cast, cast.wu).status_code == 404
    client(cast.lin).get(reverse("trainee:record"))
    assert not Look.objects.exists()


def test_a_page_pays_for_its_look_after_the_answer_only(cast):
    signed = client(cast.chen)
    address = reverse("school:teacher_card", args=[cast.lin_teacher.public_id])
    signed.get(address)
    with CaptureQueriesContext(connection) as queries:
        signed.get(address)
    looks = [at for at, query in enumerate(queries) if "disclosures_look" in query["sql"]]
    assert looks
    assert all("teachers_teacherfact" not in query["sql"] for query in queries.captured_queries[looks[0] :])


def unmask(cast, teacher, reason="核对学历认证"):
    return client(cast.chen).post(reverse("school:teacher_unmask", args=[teacher.public_id]), {"reason": reason})


@pytest.mark.parametrize("reason", ["", "  ", "。。。"])
def test_a_number_is_not_shown_without_a_reason(cast, reason):
    answer = unmask(cast, cast.lin_teacher, reason)
    assert (answer.status_code, Unmasking.objects.count()) == (409, 0)
    assert NUMBER not in answer.content.decode()


def test_the_teacher_reads_the_reason_of_an_unmasking(cast):
    assert NUMBER in unmask(cast, cast.lin_teacher).content.decode()
    page = client(cast.lin).get(reverse("trainee:looks")).content.decode()
    assert "核对学历认证" in page
    assert NUMBER not in page


def test_numbers_of_many_people_are_not_shown_on_one_day(cast, monkeypatch):
    monkeypatch.setattr(unmasking, "MOST_A_DAY", 2)
    people = enrolling.teachers(cast.school, 3, number_closed=NUMBER_BOX.close(NUMBER))
    assert [unmask(cast, one).status_code for one in (people[0], people[0], people[1], people[2])] == [200, 200, 200, 409]
    assert Unmasking.objects.count() == 3
    assert unmask(cast, people[1]).status_code == 200


def exported(actor, address, query="?export=xlsx"):
    response = client(actor).get(address + query)
    return response, b"".join(response.streaming_content)


def test_an_export_is_recorded_and_says_whose_it_is(cast, tmp_path):
    response, content = exported(cast.chen, reverse("school:roster"), "?export=xlsx&stage=primary")
    [export] = Export.everywhere.all()
    assert (export.account_id, export.rows, export.page, export.filter) == (cast.chen.account_id, 1, "school:roster", "stage=primary")
    assert "X-Export" not in response.headers
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    last = dict(row[:2] for row in book.get_sheet_by_name(book.sheet_names[-1]).to_python())
    assert last["Number of the export"] == f"XT-{export.number}"
    assert cast.chen.name in last["Exported by"]
    assert AuditLine.objects.filter(act="disclosures.exported").count() == 1
    found = tmp_path / "found.xlsx"
    found.write_bytes(content)
    assert exports_found(found) == [export]


def test_a_file_that_was_changed_is_known_by_its_number(cast, tmp_path):
    _response, content = exported(cast.chen, reverse("school:roster"))
    [export] = Export.everywhere.all()
    text = tmp_path / "名册.csv"
    text.write_text(f"姓名,学校\n林,青禾\n编号 XT-{export.number}\n", encoding="utf-8")
    assert exports_found(text) == [export]
    named = tmp_path / "plain"
    named.write_bytes(b"nothing")
    assert exports_found(named, f"roster-XT-{export.number}.csv") == [export]
    assert exports_found(named) == []
    upload = SimpleUploadedFile("found.xlsx", content + b" ")
    page = client(cast.zhou).post(reverse("bureau:exports_find"), {"file": upload})
    assert f"XT-{export.number}" in page.content.decode()


def test_an_office_finds_exports_of_its_own_branch_only(cast):
    exported(cast.chen, reverse("school:roster"))
    exported(cast.wu, reverse("school:roster"))
    own, other = Export.everywhere.get(account_id=cast.chen.account_id), Export.everywhere.filter(account_id=cast.wu.account_id).first()
    page = client(cast.zhou).get(reverse("bureau:exports")).content.decode()
    assert own.number in page
    assert other is None or other.number not in page
    assert client(cast.chen).get(reverse("bureau:exports")).status_code == 403


def test_what_was_searched_for_is_not_kept(cast):
    assert (
        mark_for(cast.chen, "school:roster", "export=xlsx&q=36082119&stage=primary&page=3", enrolling.NOW).filter == "q=%2A&stage=primary"
    )


def test_a_form_to_fill_in_is_no_export(cast):
    exported(cast.mei, reverse("bureau:opening_template"), "")
    assert not Export.everywhere.exists()


def test_every_page_of_the_table_exists_and_names_its_person():
    words = {"pid": "a", "public_id": "a", "teacher": "a", "merged": "a", "into": "b", "unit": "u", "year": 2026}
    for name, (_kind, *named) in LOOKS.items():
        matching = [combination for n in (1, 2, 3) for combination in combinations(words, n) if set(named) <= set(combination)]
        assert any(_reversed(name, {word: words[word] for word in one}) for one in matching), name


def _reversed(name, given):
    try:
        return reverse(name, kwargs=given)
    except NoReverseMatch:
        return ""


def test_who_acts_for_a_teacher_is_seen_by_the_teacher(cast):
    actor = replace(cast.chen, role=Role.TEACHER, teacher_id=cast.lin_teacher.pk, own=cast.chen)
    request = RequestFactory().get("/my/record/")
    request.actor, request.now, request.resolver_match = actor, enrolling.NOW, resolve("/my/record/")
    answer = DisclosureMiddleware(lambda _request: HttpResponse("ok"))(request)
    for act in answer._resource_closers:  # what close() does, without ending the test's own connection
        act()
    assert Look.objects.get().kind == "acting"
    assert is_recorded(actor, "trainee:year_sheet")
    assert not is_recorded(cast.lin, "trainee:year_sheet")
