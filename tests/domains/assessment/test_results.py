"""Results of tests: read from files, looked at, entered once, corrected by rows that supersede."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from importlib import import_module

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import crediting, enrolling
from xingtan.core.policy import bundled_policy
from xingtan.domains.assessment import api as room
from xingtan.domains.assessment.models import ExamResult
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = crediting.NOW
DAY = date(2026, 11, 20)
Final, Absent = room.ResultState.FINAL, room.ResultState.ABSENT
New, Changed, Unchanged, Wrong = room.RowState.NEW, room.RowState.CHANGED, room.RowState.UNCHANGED, room.RowState.REFUSED


@pytest.fixture
def cast(db):
    made = crediting.build()
    made.people = [made.lin_teacher, *enrolling.teachers(made.school, 4)]
    box = import_module("xingtan.domains.teachers.queries").NUMBER_BOX
    for at, one in enumerate(made.people):
        Teacher.everywhere.filter(pk=one.pk).update(number_index=box.index(f"NUMBER{at}"))
    return made


def row(cast, at, score="78.5", *, test="统一考试", state="", day="2026-11-20", name="", sitting=""):
    return [f"NUMBER{at}", name or cast.people[at].name, test, score, state, day, sitting]


def written(tmp_path, *rows, headings=room.RESULT_HEADINGS):
    place = tmp_path / "results.csv"
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return place


def plan(cast, path, actor=None, test="exam"):
    return room.plan_results(actor=actor or cast.zhou, training_year_id=cast.year.pk, test=test, path=path, now=NOW)


def enter(cast, results, actor=None, now=NOW, **more):
    return room.enter_results(actor=actor or cast.zhou, training_year_id=cast.year.pk, results=results, now=now, **more)


def imported(cast, path, **more):
    return enter(cast, [line.entered for line in plan(cast, path).lines if line.entered and line.state is not Wrong], **more)


def standing():
    rows = ExamResult.everywhere.filter(superseded_at=None).order_by("teacher", "test", "sitting")
    return [(one.test, one.sitting, one.state, one.score_centi) for one in rows]


def test_a_file_is_looked_at_then_entered_and_again_changes_nothing(cast, tmp_path):
    path = written(tmp_path, row(cast, 0), row(cast, 1, "缺考"), row(cast, 2, "", state="待定"), row(cast, 3, "60", test="", day=""))
    assert [line.state for line in plan(cast, path).lines] == [New] * 4
    assert not ExamResult.everywhere.exists()
    assert imported(cast, path) == (4, 0, 0)
    assert standing() == [
        ("exam", 1, "final", 78_50),
        ("exam", 1, "absent", None),
        ("exam", 1, "waiting", None),
        ("exam", 1, "final", 60_00),
    ]
    assert plan(cast, path).counts == {New: 0, Changed: 0, Unchanged: 4, Wrong: 0}
    assert imported(cast, path) == (0, 0, 4)


def test_a_correction_supersedes_with_its_reason_and_the_past_can_be_asked(cast, tmp_path):
    imported(cast, written(tmp_path, row(cast, 0, "59.5")))
    path, later = written(tmp_path, row(cast, 0, "61")), NOW + timedelta(days=2)
    assert plan(cast, path).counts[Changed] == 1
    with pytest.raises(Refused) as refused:
        imported(cast, path, now=later)
    assert refused.value.code == "result_correction_needs_a_reason"
    assert imported(cast, path, reason="复核", now=later) == (0, 1, 0)
    assert (standing(), ExamResult.everywhere.count()) == ([("exam", 1, "final", 61_00)], 2)
    assert [one.score_centi for one in room.results_known([cast.lin_teacher.pk], NOW)] == [59_50]
    assert [one.score_centi for one in room.results_known([cast.lin_teacher.pk], later)] == [61_00]


def test_what_is_wrong_with_a_row_is_said_and_the_good_ones_stay(cast, tmp_path):
    wrong = {
        "result_nobody": ["NOBODY", "谁", "统一考试", "60", "", "", ""],
        "result_name_differs": row(cast, 0, name="别人"),
        "result_test_unknown": row(cast, 0, test="口试"),
        "result_state_unknown": row(cast, 0, state="病假"),
        "result_score_shape": row(cast, 0, "六十"),
        "result_score_range": row(cast, 0, "100.01"),
        "result_score_missing": row(cast, 0, ""),
        "result_score_without_result": row(cast, 0, "60", state="缺考"),
        "result_day_shape": row(cast, 0, day="十一月"),
        "result_day_ahead": row(cast, 0, day="2027-11-20"),
        "result_sitting": row(cast, 0, sitting="二"),
    }
    found = plan(cast, written(tmp_path, *wrong.values(), row(cast, 1))).lines
    assert [line.problems for line in found] == [*((code,) for code in wrong), ()]
    assert set(wrong) <= set(room.REFUSALS)
    twice = plan(cast, written(tmp_path, row(cast, 0), row(cast, 0, "60"))).lines
    assert [line.problems for line in twice] == [("result_twice",)] * 2


def test_a_resit_is_another_sitting_and_both_are_told(cast, tmp_path):
    imported(cast, written(tmp_path, row(cast, 0, "47"), row(cast, 0, "66", sitting="2")))
    [facts] = room.result_facts([cast.lin_teacher.pk], cast.year.pk).values()
    assert [(one.assessment, one.score_centi, one.status) for one in facts] == [("exam", 47_00, "final"), ("exam", 66_00, "final")]


def test_a_workbook_is_read_like_the_text_with_a_title_above(cast, tmp_path):
    place = tmp_path / "results.xlsx"
    book = xlsxwriter.Workbook(str(place))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "统一考试成绩")
    for at, cells in enumerate([["姓名", "身份证号", "得分", "考试日期"], [cast.people[0].name, "NUMBER0", "", ""]], start=1):
        sheet.write_row(at, 0, cells)
    sheet.write_number(2, 2, 88.5)
    sheet.write_datetime(2, 3, DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    [line] = plan(cast, place).lines
    assert (line.state, line.entered.score_centi, line.entered.sat_on, line.entered.test) == (New, 88_50, DAY, "exam")


def test_no_headings_no_rows(cast, tmp_path):
    for headings, code in ((("甲", "乙"), "results_without_headings"), (room.RESULT_HEADINGS, "results_without_rows")):
        with pytest.raises(Refused) as refused:
            plan(cast, written(tmp_path, headings=headings))
        assert refused.value.code == code


def test_who_may_enter_and_for_whom(cast, tmp_path):
    path = written(tmp_path, row(cast, 0))
    for actor in (cast.chen, cast.lin, cast.supervisor):
        with pytest.raises(NotAllowed):
            plan(cast, path, actor=actor)
    assert plan(cast, path, actor=cast.stranger).lines[0].problems == ("result_nobody",)
    one = room.Entered(cast.lin_teacher.pk, "exam", Final, 60_00, DAY)
    with pytest.raises(NotInScope):
        enter(cast, [one], actor=cast.stranger)
    assert enter(cast, [one], actor=cast.mei) == (1, 0, 0)


def test_the_queries_do_not_grow_with_the_rows(cast, tmp_path):
    def cost(*rows):
        path = written(tmp_path, *rows)
        with CaptureQueriesContext(connection) as seen:
            imported(cast, path)
        return len(seen)

    cost(row(cast, 0))
    assert cost(*(row(cast, at) for at in range(1, 5))) <= cost(row(cast, 0, test="过程性考核"))


def test_the_pack_names_the_tests():
    policy = bundled_policy("jiangxi-2011")
    assert {one.code for one in room.tests_of(policy)} >= {"exam", "process", "final", "supplementary", "make_up_exam"}
    assert [room.test_named(policy, name).code for name in ("统一考试", "过程性考核", "supplementary")] == [
        "exam",
        "process",
        "supplementary",
    ]
    assert room.test_named(policy, "作业") is None


@pytest.mark.parametrize(
    ("text", "centi"), [("60", 60_00), ("59.5", 59_50), ("0.05", 5), ("60.", None), ("-1", None), ("1e2", None), ("60.555", None)]
)
def test_scores_are_hundredths(text, centi):
    assert room.score_of_text(text) == centi
