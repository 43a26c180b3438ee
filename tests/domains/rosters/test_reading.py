"""What a file says, cell by cell; the register is not asked."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
import xlsxwriter

from tests.rostering import TODAY, number, row, write
from xingtan.domains.rosters import api as rosters
from xingtan.domains.rosters.reading import open_roster
from xingtan.foundation.refusal import Refused


def read(path, **options):
    with open_roster(path, today=TODAY, **options) as roster:
        return roster.layout, list(roster.rows)


@pytest.fixture
def sheet(tmp_path):
    return lambda rows, **workbook: write(tmp_path / "roster.xlsx", rows, **workbook)


def test_a_sound_row_has_values_and_no_problem(sheet):
    layout, (found,) = read(sheet([row()]))
    assert found.problems == []
    assert found.row == 2
    assert found.values == {
        "name": "林知微", "identity_kind": "resident", "number": number(), "gender": "female", "school": "青禾实验小学", "stage": "primary",
        "subject": "chinese", "position": "teacher", "title": "first", "hired_on": date(2013, 9, 1), "phone": "19900000002",
        "staff_number": "36080300001",
    }  # fmt: skip
    assert layout.sheet == "名册"
    assert layout.cell_name("number", 17) == "C17"


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("hired_on", "2013/9/1", date(2013, 9, 1)),
        ("hired_on", "2013年9月1日", date(2013, 9, 1)),
        ("hired_on", "20130901", date(2013, 9, 1)),
        ("hired_on", "２０１３－０９－０１", date(2013, 9, 1)),
        ("hired_on", date(2013, 9, 1), date(2013, 9, 1)),
        ("number", number().replace("3", "３"), number()),
        ("number", " " + number().lower(), number()),
        ("name", "林 知微", "林知微"),
        ("phone", 19900000001, "19900000001"),
        ("phone", "+86 199-0000-0001", "19900000001"),
        ("staff_number", 36080300001, "36080300001"),
        ("stage", " 小学 ", "primary"),
        ("subject", "信息技术", "information"),
        ("title", "无", ""),
        ("honour", "特级教师", "special_grade"),
    ],
)
def test_people_write_one_value_in_many_ways(sheet, key, typed, value):
    _layout, (found,) = read(sheet([row(**{key: typed})]))
    assert found.problems == []
    assert found.values[key] == value


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("name", "", "missing"),
        ("name", "林1", "name_shape"),
        ("number", "", "missing"),
        ("number", number()[:17] + ("1" if number()[17] != "1" else "2"), "number_check_digit"),
        ("number", 3.60103199001011e17, "stored_as_number"),
        ("number", "3.60103E+17", "stored_as_number"),
        ("number", "360803900412002", "number_first_generation"),
        ("gender", "男", "gender_differs"),
        ("gender", "?", "unknown_value"),
        ("stage", "大学", "unknown_value"),
        ("subject", "信科", "unknown_value"),
        ("hired_on", "2015-09", "day_shape"),
        ("hired_on", "2015-09-31", "day_shape"),
        ("hired_on", 42248, "day_shape"),
        ("hired_on", "2030-09-01", "hired_in_future"),
        ("hired_on", "2004-09-01", "hired_too_young"),
        ("effective_on", "2030-09-01", "effective_in_future"),
        ("phone", "12345", "phone_shape"),
        ("title", "#N/A", "formula_error"),
        ("identity_kind", "学生证", "unknown_value"),
    ],
)
def test_a_bad_cell_is_named_by_column_and_reason(sheet, key, typed, code):
    _layout, (found,) = read(sheet([row(**{key: typed})]))
    assert [(problem.column, problem.code) for problem in found.problems] == [(key, code)]
    assert key not in found.values


def test_a_whole_number_is_never_shown_in_a_problem(sheet):
    typed = number()[:17] + ("1" if number()[17] != "1" else "2")
    _layout, (found,) = read(sheet([row(number=typed)]))
    (problem,) = found.problems
    assert problem.found == f"360803********{typed[-4:]}"
    assert problem.params == {"due": number()[17]}


def test_every_problem_of_a_row_is_told_at_once(sheet):
    _layout, (found,) = read(sheet([row(name="", stage="大学", phone="1")]))
    assert {problem.column for problem in found.problems} == {"name", "stage", "phone"}


def test_headings_may_be_others_stand_lower_and_in_any_order(tmp_path):
    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 7, "青禾实验小学教职工名册")
        sheet.write_row(2, 1, ["单位", "身份证号", "教师姓名*", "性 别", "任教学段", "任教学科（主）", "入职时间", "爱好"])
        sheet.write_row(5, 1, ["青禾实验小学", number(), "林知微", "女", "小学", "语文", "2013-09-01", "书法"])
    layout, (found,) = read(path)
    assert found.problems == []
    assert found.row == 6
    assert layout.ignored == ["爱好"]


def test_missing_headings_are_named(sheet):
    path = sheet([row()], headings={"name": "姓名", "gender": "性别", "stage": "学段", "subject": "学科", "hired_on": "入职日期"})
    with pytest.raises(Refused) as refused:
        read(path)
    assert (refused.value.code, refused.value.params["columns"]) == ("roster_headings_missing", "身份证件号码、学校")
    assert refused.value.params["headings"] == ["姓名", "性别", "学段", "学科", "入职日期"]


def test_a_schools_own_file_needs_no_school(sheet):
    one = row()
    del one["school"]
    _layout, (found,) = read(sheet([one]), school="青禾实验小学")
    assert found.values["school"] == "青禾实验小学"


def test_blank_lines_are_passed_over_and_row_numbers_stay_true(sheet):
    _layout, found = read(sheet([row(2), {"name": "  "}, {}, row(4)]))
    assert [one.row for one in found] == [2, 5]


def test_merged_cells_are_refused_for_each_row_they_cover(tmp_path):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, headings = book.add_worksheet(), ["姓名", "身份证件号码", "性别", "学校", "学段", "学科", "入职日期"]
        sheet.write_row(0, 0, headings)
        for at, order in enumerate((2, 4), start=1):
            sheet.write_row(at, 0, ["林知微", number(order), "女", "青禾实验小学", "小学", "语文", "2013-09-01"])
        sheet.merge_range(1, 4, 2, 4, "小学")
    _layout, found = read(path)
    assert [[(problem.column, problem.code) for problem in one.problems] for one in found] == [[("stage", "merged")]] * 2


def test_a_formula_counts_as_the_value_it_had(tmp_path):
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "身份证件号码", "性别", "学校", "学段", "学科", "入职日期"])
        sheet.write_row(1, 0, ["林知微", number(), "女", "青禾实验小学", "小学", "", "2013-09-01"])
        sheet.write_formula(1, 5, '="语"&"文"', None, "语文")
    _layout, (found,) = read(path)
    assert found.values["subject"] == "chinese"


def test_a_csv_file_in_either_encoding_is_a_roster_too(tmp_path):
    text = f"姓名,身份证件号码,性别,学校,学段,学科,入职日期\n林知微,{number()},女,青禾实验小学,小学,语文,2013-09-01\n"
    for encoding in ("utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        _layout, (found,) = read(path)
        assert (found.problems, found.values["number"]) == ([], number())


@pytest.mark.parametrize("rows", [[], [{}, {"name": " "}]])
def test_an_empty_workbook_is_refused_as_empty(sheet, rows):
    with pytest.raises(Refused) as refused:
        read(
            sheet(
                rows,
                headings={
                    "name": "姓名",
                    "number": "身份证件号码",
                    "gender": "性别",
                    "school": "学校",
                    "stage": "学段",
                    "subject": "学科",
                    "hired_on": "入职日期",
                },
            )
        )
    assert refused.value.code == "roster_empty"


def test_a_parquet_table_is_read_like_a_workbook(tmp_path):
    headings = {key: rosters.ROSTER_HEADINGS[key] for key in row()}
    path = tmp_path / "roster.parquet"
    pl.DataFrame([{headings[key]: value for key, value in row(order).items()} for order in (2, 4)]).write_parquet(path)
    _layout, found = read(path)
    assert [one.values["number"] for one in found] == [number(2), number(4)]
    assert [one.problems for one in found] == [[], []]


def test_headings_of_another_system_are_read_as_an_office_told(sheet):
    headings = {**{key: key.upper() for key in row()}, "name": "姓名"}
    told = {key.upper(): key for key in row() if key != "staff_number"} | {"STAFF_NUMBER": ""}
    layout, (found,) = read(sheet([row()], headings=headings), told=lambda names: told)
    assert found.values["number"] == number()
    assert "staff_number" not in found.values
    assert (layout.ignored, layout.unexplained) == (["STAFF_NUMBER"], [])
