"""The pages of earlier hours: handing in with a scan, what teachers say, what the county answers, exports at any time."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import crediting
from tests.certifying import NOW, NUMBER
from tests.domains.papers.test_opening import PDF, row_of, standing, workbook
from xingtan.domains.papers import api as papers
from xingtan.domains.papers.models import OpeningAnswer, OpeningBatch
from xingtan.domains.teachers.models import NUMBER_BOX
from xingtan.foundation.jobs.run import run_job


@pytest.fixture(autouse=True)
def at_that_hour(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def cast(db):
    made = crediting.build()
    made.lin_teacher.number_index = NUMBER_BOX.index(NUMBER)
    made.lin_teacher.number_closed = NUMBER_BOX.close(NUMBER)
    made.lin_teacher.save()
    return made


def sent(cast, hours=50, total=50, scan=PDF):
    book = workbook([row_of(cast, hours)], [(cast.school.name, 2026, total)])
    return {
        "title": "旧台账", "source": "旧系统", "days": "30",
        "workbook": SimpleUploadedFile("x.xlsx", book), "scan": SimpleUploadedFile("scan.pdf", scan),
    }  # fmt: skip


def test_the_county_hands_in_a_batch_with_its_scan(cast, as_actor):
    browser, address = as_actor(cast.zhou), reverse("bureau:opening_import")
    assert browser.post(address, sent(cast) | {"source": ""}).status_code == 422
    assert browser.post(address, sent(cast, scan=b"not a pdf")).status_code == 409
    assert "/job/" in browser.post(address, sent(cast)).headers["Location"]
    batch = OpeningBatch.everywhere.get()
    run_job(batch.job_id)
    page = browser.get(reverse("bureau:opening_batch", args=[batch.public_id]))
    assert page.context["batch"].state == papers.BatchState.STANDS
    assert page.context["differing"] == 0
    assert as_actor(cast.stranger).get(reverse("bureau:opening_batch", args=[batch.public_id])).status_code == 404
    assert as_actor(cast.chen).get(reverse("bureau:opening_batch", args=[batch.public_id])).status_code == 403
    assert b"".join(browser.get(reverse("bureau:opening_scan", args=[batch.public_id]))) == PDF


def test_a_refused_batch_lists_every_difference(cast, as_actor):
    browser = as_actor(cast.zhou)
    browser.post(reverse("bureau:opening_import"), sent(cast, hours=50, total=51))
    batch = OpeningBatch.everywhere.get()
    run_job(batch.job_id)
    page = browser.get(reverse("bureau:opening_batch", args=[batch.public_id])).content.decode()
    assert "51.00" in page
    assert "50.00" in page


def test_the_teacher_objects_the_county_mends_and_everything_is_exported(cast, as_actor):
    batch = standing(cast)
    lin, zhou = as_actor(cast.lin), as_actor(cast.zhou)
    [(answer, lines)] = papers.own_openings(cast.lin_teacher.pk)
    assert batch.title in lin.get(reverse("trainee:openings")).content.decode()
    assert "1" in as_actor(cast.chen).get(reverse("school:openings"), {"state": "waiting"}).content.decode()
    say = reverse("trainee:opening_say", args=[answer.public_id])
    wrong = next(one for one in lines if one.learned_centi == 20_00).entry.public_id
    assert lin.post(say, {"outcome": "objected", "words": ""}).status_code == 409
    assert lin.post(say, {"outcome": "objected", "words": "x", f"hours-{wrong}": "zwei"}).status_code == 409
    proof = SimpleUploadedFile("proof.pdf", PDF)
    assert lin.post(say, {"outcome": "objected", "words": "应为 22", f"hours-{wrong}": "22", "file": proof}).status_code == 302
    page = zhou.get(reverse("bureau:opening_batch", args=[batch.public_id])).content.decode()
    assert "应为 22" in page
    assert 'value="22.00"' in page
    decide = reverse("bureau:opening_decide", args=[answer.public_id])
    assert zhou.post(decide, {"outcome": "kept", "words": ""}).status_code == 409
    assert as_actor(cast.stranger).post(decide, {"outcome": "kept", "words": "x"}).status_code == 404
    assert zhou.post(decide, {"outcome": "mended", "words": "已核对", f"hours-{wrong}": "22.00"}).status_code == 302
    assert OpeningAnswer.everywhere.get().state == papers.Answer.MENDED
    for name, count in (("opening_lines", 4), ("opening_differences", 2)):
        made = zhou.get(reverse(f"bureau:{name}", args=[batch.public_id]))
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(made.streaming_content)))
        assert len(book.get_sheet_by_index(0).to_python()) == count, name
    assert "已核对" in lin.get(reverse("trainee:openings")).content.decode()


def test_a_teacher_confirms_with_one_click_and_only_the_own(cast, as_actor):
    standing(cast)
    answer = OpeningAnswer.everywhere.get()
    say = reverse("trainee:opening_say", args=[answer.public_id])
    assert as_actor(cast.lin).post(say, {"outcome": "confirmed"}).status_code == 302
    answer.refresh_from_db()
    assert answer.state == papers.Answer.CONFIRMED
    assert as_actor(cast.chen).post(say, {"outcome": "confirmed"}).status_code == 403
