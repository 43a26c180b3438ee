"""The public check as anyone uses it."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.urls import reverse

from tests.certifying import NOW, NUMBER
from xingtan.domains.certificates import api as certificates
from xingtan.domains.certificates.models import CertificatePage
from xingtan.web.public import check


def ask(browser, text):
    return browser.get(reverse("public:check_result", args=[text]))


def result(browser, text):
    return ask(browser, text).context["result"]


@pytest.mark.parametrize("by", ["number", "code"])
def test_a_valid_one_is_shown_with_a_masked_name_and_no_number(page, browser, by):
    answer = ask(browser, page.certificate.number if by == "number" else page.check_code)
    assert (answer.status_code, answer.context["result"]["state"]) == (200, "valid")
    text = answer.content.decode()
    assert "林*微" in text
    assert "林知微" not in text
    assert NUMBER[-4:] not in text
    assert all(proof["is_met"] for proof in answer.context["result"]["proofs"])
    assert answer.context["result"]["checked_at"] is not None


@pytest.mark.parametrize("typed", ["{n}", " {n} ", "{l}", "{w}", "{p}"])
def test_how_people_type_is_forgiven(page, browser, typed):
    number = page.certificate.number
    wide = number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-XT"})
    said = typed.format(n=number, l=number.lower(), w=wide, p=number.replace("-", " "))
    assert result(browser, said)["state"] == "valid"


def test_one_changed_digit_is_not_found_and_the_page_says_why(page, browser):
    number = page.certificate.number
    for place in (5, 10, 15, 18):
        changed = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        answer = ask(browser, changed)
        assert (answer.status_code, answer.context["result"]["state"]) == (404, "not_found")
        assert "at least one digit was changed" in answer.context["result"]["why"]


def test_a_number_nobody_has_is_not_found(page, browser):
    assert result(browser, "XT-2026-0803-999990")["state"] == "not_found"
    assert result(browser, "ABCD-EFGH")["state"] == "not_found"
    assert result(browser, "hello")["state"] == "not_found"


def test_a_revoked_one_is_shown_as_such_with_its_reason(cast, page, browser):
    certificates.revoke(actor=cast.zhou, page_id=page.pk, reason="hours_reversed", now=NOW)
    for text in (page.certificate.number, page.check_code):
        found = result(browser, text)
        assert found["state"] == "revoked"
        assert (found["revoked"]["by"], found["revoked"]["year"]) == ("青原区", 2026)


def test_a_page_that_another_followed_is_superseded_and_the_certificate_valid(cast, page, browser):
    certificates.revoke(actor=cast.zhou, page_id=page.pk, reason="wrong_person", now=NOW)
    again = certificates.reissue(actor=cast.mei, page_id=page.pk, now=NOW)
    assert result(browser, page.check_code)["state"] == "revoked"
    assert result(browser, page.check_code)["revoked"]["replacement"] == page.certificate.number
    assert result(browser, again.check_code)["state"] == "valid"
    assert result(browser, page.certificate.number)["state"] == "valid"


def test_an_altered_row_is_never_called_valid_and_not_shown(page, browser):
    frozen = page.frozen | {"recognised": 100_00}
    CertificatePage.everywhere.filter(pk=page.pk).update(frozen=frozen)
    answer = ask(browser, page.check_code)
    assert (answer.status_code, answer.context["result"]["state"]) == (503, "unavailable")
    assert "林*微" not in answer.content.decode()


def test_without_a_database_it_says_nothing_about_the_certificate(page, browser, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(check.certificates, "check_result", broken)
    answer = ask(browser, page.check_code)
    assert (answer.status_code, answer.context["result"]["state"]) == (503, "unavailable")


def test_whoever_guesses_has_to_wait_and_whoever_checks_true_ones_does_not(page, browser):
    for _ in range(check.FREE_MISSES + 5):
        assert ask(browser, page.check_code).status_code == 200
    for _ in range(check.FREE_MISSES):
        assert ask(browser, "XT-2026-0803-999990").status_code == 404
    assert ask(browser, "XT-2026-0803-999990").status_code == 429


def test_the_form_leads_to_the_result(page, browser):
    answer = browser.get(reverse("public:check"), {"q": page.check_code})
    assert answer["Location"] == reverse("public:check_result", args=[page.check_code])


def test_queries_do_not_grow_with_the_pages(cast, page, browser, django_assert_max_num_queries):
    certificates.revoke(actor=cast.zhou, page_id=page.pk, reason="wrong_person", now=NOW)
    certificates.reissue(actor=cast.mei, page_id=page.pk, now=NOW)
    with django_assert_max_num_queries(4):
        ask(browser, page.certificate.number)
