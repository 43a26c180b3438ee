"""Certificate pages of offices, schools and teachers: who opens which, what they refuse, how many questions they ask."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests import certifying, crediting, enrolling
from xingtan.domains.teachers.models import NUMBER_BOX

OFFICE = ["bureau:certificates", "bureau:certificate", "bureau:certificate_pdf"]
SCHOOL = ["school:sheets", "school:sheets_records", "school:sheets_list", "school:sheets_certificates"]
OWN = ["trainee:certificates", "trainee:certificate_pdf", "trainee:year_sheet"]


def address(name, page):
    return reverse(
        name, args=[page.public_id] if name.startswith(("bureau:certificate", "trainee:certificate_")) and not name.endswith("s") else []
    )


def more_pages(cast, count):
    others = enrolling.teachers(cast.school, count)
    for one in others:
        one.number_closed = NUMBER_BOX.close(f"36082119880214{one.pk:04d}")
        one.save(update_fields=["number_closed"])
    crediting.register(cast, others)
    certifying.verified(cast, others)
    return certifying.issued(cast, others)


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ("mei", OFFICE), ("zhou", OFFICE), ("city_officer", OFFICE), ("supervisor", OFFICE),
        ("chen", SCHOOL), ("he", SCHOOL), ("lin", OWN), ("ming", []), ("lead", []),
    ],
)  # fmt: skip
def test_each_role_opens_its_pages_and_no_other(cast, page, as_actor, who, opens):
    browser = as_actor(getattr(cast, who))
    for name in (*OFFICE, *SCHOOL, *OWN):
        assert browser.get(address(name, page)).status_code == (200 if name in opens else 403), name


@pytest.mark.parametrize("name", OFFICE[1:])
def test_another_county_finds_nothing(cast, page, as_actor, name):
    assert as_actor(cast.stranger).get(address(name, page)).status_code == 404


def test_another_teachers_page_is_not_found(cast, page, as_actor):
    [other] = enrolling.teachers(cast.school, 1)
    stranger = enrolling.actor_of("teacher", cast.school, other)
    browser = as_actor(stranger)
    assert browser.get(address("trainee:certificate_pdf", page)).status_code == 404
    assert page.certificate.number not in browser.get(reverse("trainee:certificates")).content.decode()


def test_another_schools_teacher_is_not_found(cast, page, as_actor):
    browser = as_actor(cast.wu)
    assert browser.get(reverse("school:sheet", args=[cast.lin_teacher.public_id])).status_code == 404


def test_a_teacher_sees_the_years_and_downloads_the_page(cast, page, as_actor):
    browser = as_actor(cast.lin)
    text = browser.get(reverse("trainee:certificates")).content.decode()
    assert page.certificate.number in text
    assert text.count("No page yet") == 4
    made = browser.get(address("trainee:certificate_pdf", page))
    assert made["Content-Type"] == "application/pdf"
    assert len(PdfReader(BytesIO(made.content)).pages) == 1
    assert "林知微" not in made["Content-Disposition"]


@pytest.mark.parametrize("q", ["{number}", "{code}", "林知", "linzhi", "lzw", "xt-2026-0803"])
def test_the_list_is_searched_by_number_code_and_name(cast, page, as_actor, q):
    browser = as_actor(cast.zhou)
    text = q.format(number=page.certificate.number, code=page.check_code)
    assert [row.pk for row in browser.get(reverse("bureau:certificates"), {"q": text}).context["list"].rows] == [page.pk]
    assert browser.get(reverse("bureau:certificates"), {"q": "nobody"}).context["list"].rows == []


@pytest.mark.parametrize(("state", "count"), [("", 1), ("valid", 1), ("revoked", 0), ("nonsense", 1)])
def test_the_list_is_filtered_by_state(cast, page, as_actor, state, count):
    assert as_actor(cast.zhou).get(reverse("bureau:certificates"), {"state": state, "year": "2026"}).context["list"].total == count


def test_the_list_goes_out_as_a_workbook(cast, page, as_actor):
    answer = as_actor(cast.zhou).get(reverse("bureau:certificates"), {"export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    answer.close()
    assert rows[1][:3] == [page.certificate.number, page.check_code, "林知微"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("who", "name"), [("zhou", "bureau:certificates"), ("chen", "school:sheets"), ("zhou", "bureau:certificate")])
def test_pages_ask_no_more_for_more_rows(cast, page, as_actor, django_assert_max_num_queries, who, name, count):  # noqa: PLR0917 -- fixtures
    more_pages(cast, count)
    browser = as_actor(getattr(cast, who))
    with django_assert_max_num_queries(11):
        assert browser.get(address(name, page)).status_code == 200


def test_revoking_asks_for_a_reason_and_then_does_it_once(cast, page, as_actor):
    browser = as_actor(cast.zhou)
    place = reverse("bureau:certificate_revoke", args=[page.public_id])
    assert browser.post(place, {"reason": "", "words": ""}).status_code == 422
    assert browser.post(place, {"reason": "because", "words": ""}).status_code == 422
    assert browser.post(place, {"reason": "other", "words": " "}).status_code == 409
    assert browser.post(place, {"reason": "fraud", "words": ""}).status_code == 302
    assert browser.post(place, {"reason": "wrong_person", "words": ""}).status_code == 302
    page.refresh_from_db()
    assert (page.state, page.end_reason) == ("revoked", "fraud")
    assert "Issue anew" not in browser.get(address("bureau:certificate", page)).content.decode()


def test_the_province_issues_anew_from_the_page(cast, page, as_actor):
    province = as_actor(cast.mei)
    place = reverse("bureau:certificate_reissue", args=[page.public_id])
    assert province.post(place).status_code == 409
    province.post(reverse("bureau:certificate_revoke", args=[page.public_id]), {"reason": "fraud", "words": ""})
    assert "Issue anew" in province.get(address("bureau:certificate", page)).content.decode()
    assert province.post(place).status_code == 302
    assert as_actor(cast.zhou).post(place).status_code == 403


def test_a_school_prints_everyone(cast, page, as_actor):
    more_pages(cast, 2)
    browser = as_actor(cast.chen)
    made = browser.get(reverse("school:sheets_certificates"), {"year": "2026"})
    assert len(PdfReader(BytesIO(made.content)).pages) == 3
    made = as_actor(cast.zhou).get(reverse("bureau:certificates_school_pdf", args=[cast.school.public_id, 2026]))
    assert len(PdfReader(BytesIO(made.content)).pages) == 3
    one = browser.get(reverse("school:sheet", args=[cast.lin_teacher.public_id]))
    assert len(PdfReader(BytesIO(one.content)).pages) == 1


def test_without_a_page_there_is_nothing_to_print(cast, as_actor):
    browser = as_actor(cast.chen)
    assert browser.get(reverse("school:sheets")).status_code == 200
    assert browser.get(reverse("school:sheets_certificates")).status_code == 409
    assert as_actor(cast.lin).get(reverse("trainee:certificates")).status_code == 200
    assert as_actor(cast.zhou).get(reverse("bureau:certificates")).status_code == 200
