"""Pages are issued once, frozen, provable; what supersedes and what is left alone."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.db.models import Count

from tests import certifying, crediting, enrolling
from tests.certifying import NOW
from xingtan.domains.certificates import api as certificates
from xingtan.domains.certificates.models import Certificate, CertificatePage, IssueRun
from xingtan.domains.determination.models import Determination
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher
from xingtan.foundation.inbox.models import Message


def give_numbers(teachers):
    for one in teachers:
        one.number_closed = NUMBER_BOX.close(f"36082119880214{one.pk:04d}")
        one.save(update_fields=["number_closed"])


def test_a_final_verdict_has_a_page_with_all_that_was_verified(cast):
    [page] = certifying.issued(cast)
    frozen = page.frozen
    assert re.fullmatch(r"XT-2026-0803-\d{6}", page.certificate.number)
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page.check_code)
    assert (frozen["name"], frozen["identity"], frozen["school"]["zh"]) == ("林知微", "36**************2X", "青禾实验小学")
    assert [(one["component"], one["learned"], one["recognised"]) for one in frozen["sections"]] == [
        ("course", 50_00, 50_00), ("workshop", 22_00, 22_00),
    ]  # fmt: skip
    assert (frozen["required"], frozen["recognised"], frozen["verdict"], frozen["route"]["number"]) == (72_00, 72_00, "qualified", 1)
    assert frozen["pack"]["digest"] == cast.year.pack.digest
    assert frozen["issuer"]["zh"] == "江西省中小学教师远程培训中心"


def test_the_whole_identity_number_stands_nowhere_on_the_page(cast):
    [page] = certifying.issued(cast)
    text = json.dumps(page.frozen)
    assert certifying.NUMBER not in text
    assert certifying.NUMBER[:6] not in text


def test_the_same_event_twice_changes_nothing(cast):
    [page] = certifying.issued(cast)
    certificates.issue_due({"run": 0, "determinations": [page.determination_id]}, NOW)
    assert (CertificatePage.everywhere.count(), IssueRun.objects.count(), Certificate.everywhere.count()) == (1, 1, 1)
    assert Message.objects.filter(code="certificate_issued").count() == 1


def test_a_verdict_that_is_not_final_or_not_earned_has_no_page(cast):
    [other] = enrolling.teachers(cast.school, 1)
    run = certifying.determination_room.determine(
        actor=cast.mei, training_year_id=cast.year.pk, teacher_ids=[other.pk, cast.lin_teacher.pk], now=NOW
    )
    ids = list(Determination.everywhere.filter(run=run).values_list("pk", flat=True))
    assert certificates.issue(ids, now=NOW) == 0
    Determination.everywhere.filter(teacher=other).update(examined_at=NOW)
    assert certificates.issue(ids, now=NOW) == 0


def test_a_newer_verdict_supersedes_the_page(cast):
    [page] = certifying.issued(cast)
    old = page.determination
    Determination.everywhere.filter(pk=old.pk).update(is_current=False)
    old.pk, old.public_id, old.is_current = None, "another-one", True
    old.save(force_insert=True)
    assert certificates.issue([old.pk], now=NOW) == 1
    first, second = CertificatePage.everywhere.order_by("version")
    assert (first.state, second.state, second.version) == ("superseded", "valid", 2)
    assert first.certificate_id == second.certificate_id
    assert first.check_code != second.check_code


@pytest.mark.parametrize("altered", ["name", "recognised", "number"])
def test_a_page_proves_itself_and_an_altered_one_does_not(cast, altered):
    [page] = certifying.issued(cast)
    assert certificates.broken_proofs(page, page.run) == []
    page.frozen[altered] = "林知薇" if altered != "recognised" else 7300
    assert certificates.broken_proofs(page, page.run) == ["digest"]
    page.digest = hashlib.sha256(b"x").hexdigest()
    assert "path" in certificates.broken_proofs(page, page.run)


def test_every_page_of_a_run_proves_itself(cast):
    others = enrolling.teachers(cast.school, 6)
    give_numbers(others)
    crediting.register(cast, others)
    certifying.verified(cast, others)
    pages = certifying.issued(cast, others)
    assert len(pages) == 6
    assert len({page.run_id for page in pages}) == 1
    assert all(certificates.broken_proofs(page, page.run) == [] for page in pages)
    assert len({page.certificate.number for page in pages}) == 6


def test_a_signature_of_another_run_proves_nothing(cast):
    [page] = certifying.issued(cast)
    page.run.page_count += 1
    assert certificates.broken_proofs(page, page.run) == ["signature"]


def test_numbers_go_on_where_the_county_stopped(cast):
    certifying.issued(cast)
    [other] = enrolling.teachers(cast.school, 1)
    give_numbers([other])
    crediting.register(cast, [other])
    certifying.verified(cast, [other])
    certifying.issued(cast, [other])
    numbers = list(Certificate.everywhere.order_by("pk").values_list("number", flat=True))
    assert [number[8:18] for number in numbers] == ["0803-00001", "0803-00002"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_teachers(cast, django_assert_max_num_queries, count):
    others = enrolling.teachers(cast.school, count)
    give_numbers(others)
    crediting.register(cast, others)
    certifying.verified(cast, others)
    ids = certifying.examined(cast, others)
    with django_assert_max_num_queries(44):
        certificates.issue_due({"run": 0, "determinations": ids}, NOW)
    assert CertificatePage.everywhere.count() == count


def test_a_teacher_who_moved_takes_the_certificate_along(cast):
    [page] = certifying.issued(cast)
    row = page.determination
    Determination.everywhere.filter(pk=row.pk).update(is_current=False)
    row.pk, row.public_id, row.is_current, row.school = None, "another-one", True, cast.second
    row.save(force_insert=True)
    certificates.issue([row.pk], now=NOW)
    assert Certificate.everywhere.get().school_id == cast.second.pk
    versions = CertificatePage.everywhere.order_by("version")
    assert [page.frozen["school"]["zh"] for page in versions] == ["青禾实验小学", "青山小学"]


def test_only_one_page_of_a_year_is_valid(cast):
    certifying.issued(cast)
    valid = CertificatePage.everywhere.filter(state="valid").values("certificate", "training_year").annotate(n=Count("pk"))
    assert {row["n"] for row in valid} == {1}
    assert Teacher.everywhere.filter(pk=cast.lin_teacher.pk).exists()


def test_an_altered_row_is_found_among_all_pages(cast):
    [page] = certifying.issued(cast)
    assert list(certificates.altered_pages()) == []
    CertificatePage.everywhere.filter(pk=page.pk).update(frozen=page.frozen | {"name": "林知薇"})
    assert list(certificates.altered_pages()) == [(page.public_id, ["digest"])]
