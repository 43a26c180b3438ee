"""A list that leaves the house says on every page whose export it is; what was issued to a person stays as it was issued."""

from __future__ import annotations

import io
import unicodedata

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from tests import papering
from tests.certifying import NOW
from xingtan.foundation.disclosures.api import Export, exports_found


@pytest.fixture(autouse=True)
def at_that_hour(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def pages(content):
    return [unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def test_every_page_says_who_took_it_when_and_under_which_number(cast, as_actor, tmp_path):
    papering.colleagues(cast, 2)
    answer = as_actor(cast.chen).get(reverse("school:sheets_records"), {"year": 2026})
    assert answer.status_code == 200
    export = Export.everywhere.get()
    for text in pages(answer.content):
        assert f"XT-{export.number}" in text
        assert "School clerk" in text
        assert "2026-11-21 12:00" in text
    found = tmp_path / "found.pdf"
    found.write_bytes(answer.content)
    assert exports_found(found) == [export]
    writer = PdfWriter(clone_from=found)  # somebody wrote it anew: the digest differs, the number is still there
    writer.write(found)
    assert exports_found(found) == [export]


def test_a_paper_that_was_issued_carries_no_mark(cast, as_actor):
    paper = papering.printed(cast)
    answer = as_actor(cast.chen).get(reverse("school:paper_pdf", args=[paper.public_id]))
    assert all("XT-" not in text or paper.number in text for text in pages(answer.content))
    assert "Export" not in "".join(pages(answer.content))
    assert Export.everywhere.count() == 1
