"""Opening entries: hours of earlier years, reconciled per school and year to the hundredth, or refused as a whole."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests import crediting
from tests.crediting import NOW, State
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.models import CreditEntry, EntryState, OpeningTotal
from xingtan.domains.teachers.models import NUMBER_BOX
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import keep_file, open_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job, start_job
from xingtan.foundation.ledger.models import Chain
from xingtan.foundation.ledger.post import books, check_chain

COURSE, WORKSHOP = "公共与专业课程", "工作坊研修"
NUMBER = "36080319800101001X"


@pytest.fixture
def lin(cast):
    cast.lin_teacher.number_index = NUMBER_BOX.index(NUMBER)
    cast.lin_teacher.save()
    return cast.lin_teacher


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


def row_of(teacher, hours=50, component=COURSE, **other):
    cells = {"number": NUMBER, "name": teacher.name, "school": teacher.school.name, "year": 2026, "component": component, "hours": hours}
    cells |= {"source": "旧系统", "batch": "B1"} | other
    return tuple(cells.values())


def imported(cast, rows, totals):
    file = keep_file([workbook(rows, totals)], kind="credits.opening", name="x.xlsx", media_type=XLSX, actor=cast.zhou, now=NOW)
    return run_job(start_job(actor=cast.zhou, kind=credits_room.IMPORT_OPENING_JOB, params={}, file=file, now=NOW).pk)


def test_hours_of_earlier_years_stand_verified_with_their_source(cast, lin):
    rows = [row_of(lin, "50.00"), row_of(lin, 24.5, WORKSHOP)]
    job = imported(cast, rows, [(lin.school.name, "2026学年", 74.5)])
    assert (job.state, job.result) == ("done", {"entered": 2, "already": 0, "schools": 1, "hours": "74.50"})
    lines = list(CreditEntry.everywhere.order_by("learned_centi"))
    assert [(one.kind, one.learned_centi, one.recognised_centi, one.title) for one in lines] == [
        ("opening", 24_50, 22_00, "旧系统"),
        ("opening", 50_00, 50_00, "旧系统"),
    ]
    assert set(EntryState.everywhere.values_list("state", flat=True)) == {State.VERIFIED}
    assert OpeningTotal.everywhere.get().claimed_centi == 74_50
    total = crediting.amounts(cast, lin).total
    assert (total.learned, total.recognised, total.verified) == (74_50, 72_00, 72_00)
    chain = Chain.objects.get(name=f"county:{cast.county.pk}")
    assert (chain.height, list(check_chain(chain, books()))) == (1, [])


def test_handing_it_in_again_changes_nothing(cast, lin):
    rows, totals = [row_of(lin)], [(lin.school.name, 2026, 50)]
    imported(cast, rows, totals)
    job = imported(cast, rows, totals)
    assert (job.result["entered"], job.result["already"], CreditEntry.everywhere.count()) == (0, 1, 1)


def test_the_same_source_with_other_hours_is_refused(cast, lin):
    imported(cast, [row_of(lin)], [(lin.school.name, 2026, 50)])
    job = imported(cast, [row_of(lin, 51)], [(lin.school.name, 2026, 51)])
    assert (job.state, job.result["refusal"]) == ("refused", "opening_differs")


@pytest.mark.parametrize("claimed", ["49.99", "50.01", "0.00"])
def test_a_total_that_differs_by_a_hundredth_imports_nothing(cast, lin, claimed):
    job = imported(cast, [row_of(lin)], [(lin.school.name, 2026, claimed)])
    assert (job.state, job.result["refusal"]) == ("refused", "opening_total_differs")
    assert (job.result["params"]["school"], job.result["params"]["year"]) == (lin.school.name, 2026)
    assert CreditEntry.everywhere.count() == 0


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"number": "36080319800101002X"}, "身份证件号码"),
        ({"name": "别人"}, "姓名"),
        ({"school": "没有的学校"}, "学校"),
        ({"year": 1999}, "学年"),
        ({"year": "abc"}, "学年"),
        ({"component": "体育"}, "部分"),
        ({"hours": "-3"}, "学时"),
        ({"hours": "1.234"}, "学时"),
        ({"hours": ""}, "学时"),
        ({"source": ""}, "来源"),
    ],
)
def test_a_row_with_a_problem_comes_back_in_a_workbook(cast, lin, changed, problem):
    good = row_of(lin, component=WORKSHOP, hours=20)
    job = imported(cast, [row_of(lin, **changed), good], [(lin.school.name, 2026, 70)])
    assert (job.state, job.result) == ("refused", {"refusal": "opening_has_problems", "params": {"count": 1}})
    assert CreditEntry.everywhere.count() == 0
    report = Job.everywhere.select_related("report_file").get(pk=job.pk).report_file
    rows = CalamineWorkbook.from_filelike(open_file(report)).get_sheet_by_index(0).to_python()
    assert problem in rows[1][-1]
    assert rows[2][-1] == ""
    assert len(rows) == 3


def test_the_same_row_twice_is_a_problem(cast, lin):
    job = imported(cast, [row_of(lin), row_of(lin)], [(lin.school.name, 2026, 100)])
    assert job.result["refusal"] == "opening_has_problems"


def test_a_workbook_without_the_totals_is_refused(cast, lin):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, credits_room.OPENING_HEADINGS)
        sheet.write_row(1, 0, row_of(lin))
    file = keep_file([out.getvalue()], kind="credits.opening", name="x.xlsx", media_type=XLSX, actor=cast.zhou, now=NOW)
    job = run_job(start_job(actor=cast.zhou, kind=credits_room.IMPORT_OPENING_JOB, params={}, file=file, now=NOW).pk)
    assert (job.state, job.result["refusal"]) == ("refused", "opening_sheet_missing")


def test_another_countys_teacher_is_unknown(cast, lin):
    file = keep_file(
        [workbook([row_of(lin)], [(lin.school.name, 2026, 50)])], kind="x", name="x.xlsx", media_type=XLSX, actor=cast.stranger, now=NOW
    )
    job = run_job(start_job(actor=cast.stranger, kind=credits_room.IMPORT_OPENING_JOB, params={}, file=file, now=NOW).pk)
    assert job.result["refusal"] == "opening_has_problems"
