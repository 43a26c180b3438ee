"""Pages that anyone may open."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/activate/", "/check/", "/accessibility/", "/privacy/", "/healthz", "/readyz"])
def test_a_visitor_opens_every_public_page(browser, db, path):
    assert browser.get(path).status_code == 200


def test_the_front_page_shows_the_open_year_and_its_projects(browser, cast):
    page = browser.get("/").content.decode()
    assert "2026 学年" in page
    assert "全员远程培训" in page
    assert f"/projects/{cast.project.public_id}/" in page
    assert 'href="/tenders/"' in page


def test_a_draft_project_is_not_shown(browser, cast):
    type(cast.project).everywhere.filter(pk=cast.project.pk).update(state="draft", published_at=None)
    assert "全员远程培训" not in browser.get("/").content.decode()
    assert browser.get(f"/projects/{cast.project.public_id}/").status_code == 404


def test_a_project_shows_its_offers_in_hours_with_one_decimal(browser, cast):
    page = browser.get(f"/projects/{cast.project.public_id}/").content.decode()
    assert "工作坊own" in page
    assert "22.0" in page


def test_the_front_page_asks_the_same_number_of_queries_for_one_and_three_projects(browser, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        browser.get("/")
    model = type(cast.project)
    for number in range(2):
        values = {field.name: getattr(cast.project, field.name) for field in model._meta.fields if field.name not in ("id", "public_id")}
        model.everywhere.create(**values | {"title": f"项目{number}"})
    with django_assert_max_num_queries(16):
        browser.get("/")


def test_the_check_form_leads_to_the_result_s_own_address(browser, db):
    assert browser.get("/check/?q=XT-2026-1").headers["Location"] == "/check/XT-2026-1/"


def test_an_unknown_address_is_a_page_with_a_way_out(browser, db):
    answer = browser.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有您可以看的这个页面" in answer.content.decode()


def test_the_language_is_kept_and_the_same_page_comes_back(browser, db):
    answer = browser.post("/language/", {"language": "en", "next": "/check/"})
    assert answer.headers["Location"] == "/check/"
    assert "Certificate check" in browser.get("/check/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_no_form_sends_a_visitor_to_another_site(browser, db, elsewhere):
    assert browser.post("/language/", {"language": "en", "next": elsewhere}).headers["Location"] == "/"


def test_the_pages_carry_no_inline_code_and_a_strict_policy(browser, db):
    answer = browser.get("/")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert " style=" not in answer.content.decode()
    assert "<script>" not in answer.content.decode()


def test_an_upload_over_the_limit_is_a_page_not_a_fault(browser, db, settings):
    settings.UPLOAD_LIMIT = 1000
    body = {"identity": "x", "password": "y" * 4000}
    answer = browser.post("/sign-in/", body)
    assert answer.status_code == 413
    assert "文件太大" in answer.content.decode()
