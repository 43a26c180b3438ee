"""The register's pages: who sees them, what a hand-in does, what is refused before it is read."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests import rostering
from tests.rostering import NOW, number, row, rows, write
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role

BAD = row(90, number=number(90)[:17] + ("1" if number(90)[17] != "1" else "2"))


@pytest.fixture
def cast(db):
    return rostering.cast()


@pytest.fixture
def page():
    def sign_in(actor):
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        return client

    return sign_in


@pytest.fixture
def registered(cast, tmp_path):
    def act(people, actor=None):
        return rosters.import_roster(actor=actor or cast.head, path=write(tmp_path / "in.xlsx", people), now=NOW)

    return act


def sent(client, tmp_path, people, face="school"):
    with write(tmp_path / "sent.xlsx", people).open("rb") as file:
        return client.post(f"/{face}/roster/import/", {"file": file})


def finished():
    return run_job(Job.everywhere.latest("pk").pk)


def test_a_hand_in_is_looked_at_and_then_written(cast, page, tmp_path):
    client = page(cast.chen)
    answer = sent(client, tmp_path, [row(2), row(4), BAD])
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    finished()
    shown = client.get(answer["Location"])
    assert (shown.context["writes"], shown.context["refused"]) == (2, 1)
    assert number(2) not in shown.content.decode()
    assert not Teacher.everywhere.exists()
    written = client.post(answer["Location"] + "write/", {"good_only": "yes"})
    assert finished().result["new"] == 2
    shown = client.get(written["Location"])
    assert shown.context["is_written"]
    assert "已写入 2 行，1 行未写入，请下载待改的工作簿。" in shown.text
    assert "名册已与文件一致" not in shown.text
    assert teachers.teachers_in(cast.school.scope).count() == 2


def test_the_same_form_sent_twice_is_one_import(cast, page, tmp_path):
    client = page(cast.chen)
    look = sent(client, tmp_path, [row(2)])["Location"]
    finished()
    first, second = (client.post(look + "write/")["Location"] for _ in range(2))
    assert first == second
    assert Job.everywhere.filter(kind=rosters.IMPORT_JOB).count() == 1


def test_a_form_sent_before_the_look_is_over_is_stale(cast, page, tmp_path):
    client = page(cast.chen)
    look = sent(client, tmp_path, [row(2)])["Location"]
    assert client.post(look + "write/").status_code == 409
    assert not Job.everywhere.filter(kind=rosters.IMPORT_JOB).exists()


def test_a_file_that_only_claims_to_be_a_workbook_is_refused_at_the_form(cast, page):
    claim = io.BytesIO(b"<html>not a workbook</html>")
    claim.name = "名册.xlsx"
    answer = page(cast.chen).post("/school/roster/import/", {"file": claim})
    assert answer.status_code == 422
    assert not Job.everywhere.exists()


def test_two_gigabytes_are_refused_before_they_are_read(cast, page):
    class Unread(io.BytesIO):
        def read(self, *_size):
            raise AssertionError("the upload was read")

    told = {"CONTENT_LENGTH": str(2 << 30), "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()}
    assert page(cast.chen).post("/school/roster/import/", **told).status_code == 413


def test_a_strangers_hand_in_does_not_exist(cast, page, tmp_path):
    look = sent(page(cast.chen), tmp_path, [row(2)])["Location"]
    other = look.replace("/school/", "/bureau/")
    assert page(cast.wu).get(other).status_code == 404
    assert page(cast.wu).post(other + "write/").status_code == 404


def test_another_schools_teacher_in_the_address_does_not_exist(cast, page, registered):
    registered([row(2), row(4, school="云亭小学"), row(6, school="螺川路实验小学")])
    ids = dict(Teacher.everywhere.values_list("school__name", "public_id"))
    clerk, officer = page(cast.chen), page(cast.zhou)
    assert clerk.get(f"/school/roster/{ids['青禾实验小学']}/").status_code == 200
    for school in ("云亭小学", "螺川路实验小学"):
        assert clerk.get(f"/school/roster/{ids[school]}/").status_code == 404
        assert clerk.post(f"/school/roster/{ids[school]}/number/", {"reason": "核对"}).status_code == 404
    assert officer.get(f"/bureau/teachers/{ids['云亭小学']}/card/").status_code == 200
    assert officer.get(f"/bureau/teachers/{ids['螺川路实验小学']}/card/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/school/roster/", "/school/roster/import/", "/school/roster/slips/", "/bureau/teachers/", "/bureau/roster/import/"]
)
def test_a_visitor_is_asked_to_sign_in_and_a_teacher_is_refused(cast, page, registered, path):
    assert Client().get(path).status_code == 302
    registered([row(2)])
    assert page(type(cast.chen)(Teacher.everywhere.get().account_id, Role.TEACHER, None, cast.school.scope)).get(path).status_code == 403


def test_the_list_finds_filters_and_exports_without_whole_numbers(cast, page, registered):
    registered([row(2), row(4, name="何其", subject="数学"), row(6, school="螺川路实验小学", name="吴起")])
    client = page(cast.zhou)
    assert client.get("/bureau/teachers/").context["page_of"].total == 2
    assert [one["teacher"].name for one in client.get("/bureau/teachers/?q=hq").context["rows"]] == ["何其"]
    assert client.get("/bureau/teachers/?subject=mathematics&activated=no").context["page_of"].total == 1
    assert client.get("/bureau/teachers/?q=nobody").status_code == 200
    content = b"".join(client.get("/bureau/teachers/?export=xlsx").streaming_content)
    cells = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(cells) == 3
    assert number(2) not in str(cells)


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_queries_do_not_grow_with_its_rows(cast, page, registered, django_assert_max_num_queries, count):
    registered(rows(count))
    client = page(cast.chen)
    client.get("/school/roster/")
    with django_assert_max_num_queries(12):
        client.get("/school/roster/")
    with django_assert_max_num_queries(24):
        client.post("/school/roster/slips/")


def test_the_whole_number_is_shown_once_for_a_reason(cast, page, registered):
    registered([row(2)])
    address = f"/school/roster/{Teacher.everywhere.get().public_id}/number/"
    client = page(cast.chen)
    assert client.post(address, {"reason": ""}).status_code == 409
    answer = client.post(address, {"reason": "核对证书"})
    assert number(2) in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_slips_carry_a_code_for_each_who_waits(cast, page, registered):
    registered(rows(3))
    shown = page(cast.chen).post("/school/roster/slips/")
    assert len(shown.context["slips"]) == 3
    assert "no-store" in shown["Cache-Control"]


def test_the_template_is_a_roster_when_it_is_filled_in(cast, page, tmp_path):
    answer = page(cast.chen).get("/school/roster/import/template.xlsx")
    headings = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("名册").to_python()[0]
    assert headings == list(rosters.ROSTER_HEADINGS.values())
