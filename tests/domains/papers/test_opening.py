"""Hours of earlier years: source and scan, differences before anything stands, the teacher's word, the office's answer."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.utils import timezone

from tests import crediting
from tests.certifying import NOW, NUMBER
from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers import api as papers
from xingtan.domains.teachers.models import NUMBER_BOX
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

COURSE, WORKSHOP = "公共与专业课程", "工作坊研修"
PDF = b"%PDF-1.4 scan"


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


def workbook(rows, totals):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("学时")
        sheet.write_row(0, 0, credits_room.OPENING_HEADINGS)
        for at, row in enumerate(rows, 1):
            sheet.write_row(at, 0, row)
        sheet = book.add_worksheet("学校合计")
        sheet.write_row(0, 0, ("学校", "学年", "学时合计"))
        for at, row in enumerate(totals, 1):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def row_of(cast, hours, component=COURSE):
    one = cast.lin_teacher
    return (NUMBER, one.name, one.school.name, 2026, component, hours, "旧系统台账", "B1")


def handed(cast, rows, totals, *, scan=("application/pdf", PDF), **other):
    book = keep_file([workbook(rows, totals)], kind="papers.opening", name="x.xlsx", media_type=XLSX, actor=cast.zhou, now=NOW)
    kept = keep_file([scan[1]], kind="papers.opening_scan", name="scan", media_type=scan[0], actor=cast.zhou, now=NOW)
    values = {"title": "2021 年前台账", "source": "旧系统", "days": 30} | other
    return papers.hand_in_batch(actor=cast.zhou, handed=papers.Handed(workbook=book, scan=kept, **values), now=NOW)


def standing(cast):
    """A batch of two lines of Lin that stands."""
    batch, job = handed(cast, [row_of(cast, 50), row_of(cast, 20, WORKSHOP)], [(cast.school.name, 2026, 70)])
    done = run_job(job.pk)
    assert done.state == "done", done.result
    batch.refresh_from_db()
    return batch


def test_a_batch_stands_and_its_teachers_are_asked(cast):
    batch = standing(cast)
    assert (batch.state, batch.line_count, batch.centi) == (papers.BatchState.STANDS, 2, 70_00)
    [(answer, lines)] = papers.own_openings(cast.lin_teacher.pk)
    assert (answer.state, sorted(one.learned_centi for one in lines)) == (papers.Answer.WAITING, [20_00, 50_00])
    assert Message.objects.get(account=cast.lin_teacher.account, code="opening_to_confirm").params == {"day": batch.answer_by.isoformat()}
    assert [one.difference for one in papers.reconciled(batch)] == [0]


def test_every_difference_is_named_and_nothing_is_entered(cast):
    batch, job = handed(cast, [row_of(cast, 50)], [(cast.school.name, 2026, "50.01"), (cast.second.name, 2026, 7)])
    assert run_job(job.pk).result["refusal"] == "opening_totals_differ"
    batch.refresh_from_db()
    assert batch.state == papers.BatchState.REFUSED
    assert sorted((one["school"], one["rows"], one["claimed"]) for one in batch.differences) == [
        ("青山小学", 0, 7_00),
        ("青禾实验小学", 50_00, 50_01),
    ]
    assert not credits_room.CreditEntry.everywhere.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [({"title": " "}, "opening_needs_source"), ({"days": 0}, "opening_days_wrong"), ({"scan": ("text/plain", b"x")}, "opening_scan_wrong")],
)
def test_a_batch_without_source_days_or_scan_is_refused(cast, change, why):
    with pytest.raises(Refused, match=why):
        handed(cast, [row_of(cast, 50)], [(cast.school.name, 2026, 50)], **change)


def test_a_scan_that_is_none_is_refused_by_its_content(cast):
    with pytest.raises(Refused, match="file_is_not_what_it_says"):
        handed(cast, [], [], scan=("application/pdf", b"no pdf"))


def test_a_teacher_confirms_and_may_still_object_while_the_days_run(cast):
    standing(cast)
    [(answer, lines)] = papers.own_openings(cast.lin_teacher.pk)
    for _ in range(2):
        assert papers.say(actor=cast.lin, answer_id=answer.public_id, objection=None, now=NOW).state == papers.Answer.CONFIRMED
    with pytest.raises(Refused, match="opening_needs_words"):
        papers.say(actor=cast.lin, answer_id=answer.public_id, objection=papers.Objection(" "), now=NOW)
    objection = papers.Objection("少记 10 学时", {lines[0].entry.public_id: 60_00})
    said = papers.say(actor=cast.lin, answer_id=answer.public_id, objection=objection, now=NOW)
    assert said.state == papers.Answer.OBJECTED
    assert said.due_on is not None
    with pytest.raises(Refused, match="opening_said_already"):
        papers.say(actor=cast.lin, answer_id=answer.public_id, objection=None, now=NOW)


def test_after_the_days_no_word_counts_as_no_objection(cast):
    batch = standing(cast)
    [(answer, _lines)] = papers.own_openings(cast.lin_teacher.pk)
    assert not papers.has_lapsed(answer, batch.answer_by)
    assert papers.has_lapsed(answer, batch.answer_by + timedelta(days=1))
    with pytest.raises(Refused, match="opening_answer_late"):
        papers.say(actor=cast.lin, answer_id=answer.public_id, objection=None, now=NOW + timedelta(days=40))


def objected(cast):
    batch = standing(cast)
    [(answer, lines)] = papers.own_openings(cast.lin_teacher.pk)
    line = next(one for one in lines if one.learned_centi == 20_00)
    papers.say(actor=cast.lin, answer_id=answer.public_id, objection=papers.Objection("应为 22", {line.entry.public_id: 22_00}), now=NOW)
    return batch, answer, line.entry


def test_the_county_mends_a_line_and_the_difference_to_the_old_total_shows(cast):
    batch, answer, entry = objected(cast)
    done = papers.decide_objection(
        actor=cast.zhou,
        answer_id=answer.public_id,
        words="经核对原始台账，更正",
        hours={entry.public_id: 22_00},
        now=NOW + timedelta(days=2),
    )
    assert done.state == papers.Answer.MENDED
    assert crediting.amounts(cast, cast.lin_teacher).total.verified == 72_00
    states = sorted((str(one.state), one.learned_centi) for one in papers.lines_of(batch))
    assert states == [("reversed", 20_00), ("verified", 22_00), ("verified", 50_00)]
    assert [one.difference for one in papers.reconciled(batch)] == [2_00]
    assert Message.objects.filter(account=cast.lin_teacher.account, code="opening_mended").exists()
    with pytest.raises(Refused, match="opening_not_objected"):
        papers.decide_objection(actor=cast.zhou, answer_id=answer.public_id, words="x", now=NOW)


def test_the_county_keeps_the_hours_with_words(cast):
    _batch, answer, _entry = objected(cast)
    with pytest.raises(Refused, match="opening_needs_words"):
        papers.decide_objection(actor=cast.zhou, answer_id=answer.public_id, words="", now=NOW)
    assert papers.decide_objection(actor=cast.zhou, answer_id=answer.public_id, words="与原始台账一致", now=NOW).state == papers.Answer.KEPT
    assert crediting.amounts(cast, cast.lin_teacher).total.verified == 70_00


def test_others_may_not(cast):
    _batch, answer, entry = objected(cast)
    with pytest.raises(NotInScope):
        papers.decide_objection(actor=cast.stranger, answer_id=answer.public_id, words="x", now=NOW)
    with pytest.raises(NotAllowed):
        papers.decide_objection(actor=cast.chen, answer_id=answer.public_id, words="x", now=NOW)
    with pytest.raises(NotInScope):
        papers.decide_objection(actor=cast.zhou, answer_id=answer.public_id, words="x", hours={"nothing": 1}, now=NOW)
    assert credits_room.EntryState.everywhere.get(pk=entry.pk).state == "verified"
