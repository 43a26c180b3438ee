"""Tables as people's programs write them are read; what is wrong is told with its line, all of it, and then nothing is written."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from xingtan.core.determination.tables import slices
from xingtan.core.determination.tables.flaws import MOST_TOLD, TablesRefused
from xingtan.core.determination.tables.reading import Files, read_tables
from xingtan.core.policy import bundled_policy
from xingtan.core.policy.slots import CONTRADICTORY, Kind, ResultKind

GOOD = {
    "teachers": "teacher_id,category,hired_on,retires_on,left_on\nT1,1,2001-09-01,,\nT2,3,,,2014-06-30\n",
    "facts": "teacher_id,name,value,from,to\nT1,leave,sick,2012-09-01,2013-06-30\nT2,arrived,,2012-07-01,\n",
    "activities": "teacher_id,year,component,amount,unit,on_date,status\nT1,2011,course,50,hour,,verified\nT2,,workshop,90.5,minutes,2012-11-05,\n",
    "results": "teacher_id,year,assessment,score,passed,status\nT1,2011,exam,59.5,,final\nT2,2012,assignments,,,waiting\n",
}
PACK = bundled_policy("jiangxi-2011")


@pytest.fixture
def read(tmp_path):
    """The evidence of these texts (or bytes); a table that is not named is a good one."""

    def act(**tables):
        paths = {}
        for name, text in (GOOD | tables).items():
            paths[name] = tmp_path / f"{name}.csv"
            paths[name].write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_tables(PACK, Files(**paths), tmp_path / "evidence")

    return act


def told(read, **tables):
    """What is refused, each without its folder."""
    with pytest.raises(TablesRefused) as refused:
        read(**tables)
    assert refused.value.count == len(refused.value.flaws)
    return [str(flaw._replace(file=Path(flaw.file).name)) for flaw in refused.value.flaws]


def rows(evidence, name):
    return evidence.scan(name).collect().rows(named=True)


def test_good_tables_become_whole_numbers(read):
    evidence = read()
    assert evidence.teachers.rows() == [(0, "T1"), (1, "T2")]
    assert (evidence.cycle, evidence.earliest) == (tuple(range(2011, 2016)), 2011)
    assert rows(evidence, "activities") == [
        {"teacher": 0, "year": 2011, "kind": 0, "amount": 50_00, "source": 0},
        {"teacher": 1, "year": 2012, "kind": 1, "amount": 90_50, "source": 0},
    ]
    assert evidence.kinds == (Kind("course"), Kind("workshop", unit="minute"))
    assert evidence.result_kinds == (ResultKind("exam"), ResultKind("assignments", status="waiting"))
    assert [row["score"] for row in rows(evidence, "results")] == [59_50, -1]
    assert evidence.fact_kinds == (("leave", "sick"), ("arrived", ""))
    assert rows(evidence, "roster")[1] == {
        "teacher": 1,
        "item": 3,
        "hired_day": 0,
        "retires_day": 0,
        "left_day": date(2014, 6, 30).toordinal(),
        "arrived_day": date(2012, 7, 1).toordinal(),
    }
    assert evidence.rows == {"roster": 2, "activities": 2, "results": 2, "facts": 2}


HEAD = "teacher_id,year,component,amount,unit,on_date,status,tier,mode,topic,activity,result,role,source_id\n"
LINE = "T1,2011,course,1,hour,,,,,,,,,"


def changed(**fields):
    """One activity with these fields, below a good one."""
    names = HEAD.strip().split(",")
    found = dict(zip(names, LINE.split(","), strict=True)) | fields
    return f"{HEAD}{LINE}\n{','.join(found[name] for name in names)}\n"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"teacher_id": "T9"}, "teacher_id: found 'T9', expected a teacher of the table of teachers"),
        ({"teacher_id": ""}, "teacher_id: found nothing, expected a teacher of the table of teachers"),
        ({"year": "2010"}, "year: found '2010', expected a year of the cycle 2011 to 2015"),
        ({"year": "2016"}, "year: found '2016', expected a year of the cycle 2011 to 2015"),
        ({"year": "11"}, "year: found '11', expected a training year as 2011"),
        ({"year": ""}, "year: found nothing, expected a training year, or a day in on_date"),
        ({"year": "", "on_date": "2011-06-30"}, "year: found nothing, expected a year of the cycle 2011 to 2015"),
        ({"component": "cuorse"}, "component: found 'cuorse', expected one of course, workshop"),
        ({"component": ""}, "component: found nothing, expected one of course, workshop"),
        ({"amount": "ten"}, "amount: found 'ten', expected a number with at most two decimals, up to 9999999.99"),
        ({"amount": ""}, "amount: found nothing, expected a number with at most two decimals, up to 9999999.99"),
        ({"amount": "1.005"}, "amount: found '1.005', expected a number with at most two decimals, up to 9999999.99"),
        ({"amount": "1e3"}, "amount: found '1e3', expected a number with at most two decimals, up to 9999999.99"),
        ({"amount": "99999999"}, "amount: found '99999999', expected a number with at most two decimals, up to 9999999.99"),
        (
            {"unit": "hoür"},
            "unit: found 'hoür', expected one of hour, minute, second, half_day, day, week, month, time, lesson, meeting, paper, word, credit, point",
        ),
        (
            {"unit": ""},
            "unit: found nothing, expected one of hour, minute, second, half_day, day, week, month, time, lesson, meeting, paper, word, credit, point",
        ),
        ({"on_date": "2011-02-29"}, "on_date: found '2011-02-29', expected a day as 2011-09-01"),
        ({"on_date": "5/11/2011"}, "on_date: found '5/11/2011', expected a day as 2011-09-01"),
        ({"status": "done"}, "status: found 'done', expected nothing or one of verified, learned, entered, reviewed, rejected, withdrawn"),
        ({"tier": "galaxy"}, "tier: found 'galaxy', expected nothing or one of province, city, county, school"),
    ],
)
def test_a_bad_field_of_an_activity_is_told_with_its_line(read, fields, says):
    assert told(read, activities=changed(**fields)) == [f"activities.csv:3: {says}"]


@pytest.mark.parametrize("column", ["mode", "topic", "activity", "result", "role"])
def test_a_code_that_the_pack_does_not_know_is_refused_in_every_column(read, column):
    (says,) = told(read, activities=changed(**{column: "of_another_pack"}))
    assert says.startswith(f"activities.csv:3: {column}: found 'of_another_pack', expected nothing")


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        ("teachers", "T1,1,,,", "teachers.csv:4: teacher_id: found 'T1', expected each teacher once; the first stands in line 2"),
        ("teachers", ",1,,,", "teachers.csv:4: teacher_id: found nothing, expected a teacher's number or name"),
        ("teachers", "T3,7,,,", "teachers.csv:4: category: found '7', expected one of 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12"),
        ("teachers", "T3,,2010-13-01,,", "teachers.csv:4: hired_on: found '2010-13-01', expected a day as 2011-09-01"),
        ("teachers", "T3,,2010-09-01,,2010-08-31", "teachers.csv:4: left_on: found '2010-08-31', expected a day not before hired_on"),
        ("facts", "T1,holiday,,,", "facts.csv:4: name: found 'holiday', expected one of category, leave, rank, duty, arrived"),
        ("facts", "T1,leave,bored,,", "facts.csv:4: value: found 'bored', expected for leave one of "),
        ("facts", "T1,category,7,,", "facts.csv:4: value: found '7', expected for category one of 1, 2, 3, "),
        ("facts", "T1,leave,sick,2012-09-01,2012-08-31", "facts.csv:4: to: found '2012-08-31', expected a day not before the one in from"),
        ("results", "T1,2011,quiz,80,,", "results.csv:4: assessment: found 'quiz', expected one of "),
        ("results", "T1,2011,exam,100.01,,", "results.csv:4: score: found '100.01', expected points up to the assessment's most"),
        ("results", "T1,2011,exam,-1,,", "results.csv:4: score: found '-1', expected points from 0, at most two decimals, or nothing"),
        ("results", "T1,2011,exam,,maybe,", "results.csv:4: passed: found 'maybe', expected 1, 0, yes, no, true, false or nothing"),
        ("results", "T1,2011,exam,,,", "results.csv:4: passed: found nothing, expected a score or whether it is passed, for what is final"),
        ("results", "T1,,exam,80,,", "results.csv:4: year: found nothing, expected a training year"),
        (
            "results",
            "T1,2011,exam,80,,late",
            "results.csv:4: status: found 'late', expected nothing or one of final, waiting, absent, voided, cheated",
        ),
        ("results", "T1,2011,exam", "results.csv:4: found 3 fields, expected 6, as the header has"),
        ("results", "T1,2011,exam,80,,,,x", "results.csv:4: found 8 fields, expected 6, as the header has"),
    ],
)
def test_a_bad_row_of_another_table_is_told_with_its_line(read, table, row, says):
    (found,) = told(read, **{table: f"{GOOD[table]}{row}\n"})
    assert found.startswith(says)


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("teacher_id,year,component,amount,unit,colour", "found the unknown column 'colour'"),
        ("teacher_id,year,component,amont,unit", "found the unknown column 'amont'"),
        ("teacher_id,year,component,unit", "found no column 'amount'"),
        ("teacher_id,year,year,component,amount,unit", "found the column 'year' twice"),
        ("", "found no column 'teacher_id'"),
    ],
)
def test_a_header_that_is_not_ours_is_told_and_the_other_files_are_still_read(read, header, says):
    found = told(read, activities=f"{header}\n", results=GOOD["results"] + "T9,2011,exam,80,,\n")
    assert found[0].startswith(f"activities.csv:1: {says}, expected the columns teacher_id, year, component")
    assert found[1:] == ["results.csv:4: teacher_id: found 'T9', expected a teacher of the table of teachers"]


def test_a_file_that_is_not_there_is_told(read, tmp_path):
    read()
    files = Files(teachers=tmp_path / "teachers.csv", activities=tmp_path / "gone.csv", results=tmp_path / "results.csv")
    with pytest.raises(TablesRefused) as refused:
        read_tables(PACK, files, tmp_path / "more")
    assert "gone.csv" in str(refused.value)


def test_of_very_many_errors_the_first_are_shown_in_their_order_and_all_are_counted(read):
    with pytest.raises(TablesRefused) as refused:
        read(activities=HEAD + "".join(f"T{number + 3},2011,course,x,hour,,,,,,,,,\n" for number in range(1000)))
    assert refused.value.count == 2000
    assert [flaw.line for flaw in refused.value.flaws] == [line for line in range(2, 2 + MOST_TOLD // 2) for _ in "ab"]


def in_gbk(text):
    return text.encode("gb18030")


@pytest.mark.parametrize(
    "written",
    [
        "T1,2011,course,50.00,hour,2011-11-05\n",
        "\n  \n,,,,,\n T1 , 2011 , Course , 50 , Hours ,2011/11/5\r\n\r\n",
        '"T1","2011","course","50","hour","2011.11.5"\n',
        "Ｔ１,２０１１,course,５０,hour,２０１１－１１－０５\n",
        "T1,,公共与专业课程,50.,学时,2011年11月5日\n",
        "T1,,Public and professional courses,50,hour,40852\n",
        "T1,2011,course,50,hour,2011-11-05 00:00:00",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encode", [str.encode, in_gbk, lambda text: b"\xef\xbb\xbf" + text.encode()])
def test_what_programs_and_people_write_is_understood(read, written, ends, encode):
    text = (" Teacher_ID,YEAR,component,amount,unit,on_date\n" + written).replace("\r\n", "\n").replace("\n", ends)
    evidence = read(activities=encode(text))
    assert rows(evidence, "activities") == [{"teacher": 0, "year": 2011, "kind": 0, "amount": 50_00, "source": 0}]
    assert evidence.kinds == (Kind("course"),)


def test_a_teacher_with_a_chinese_name_is_the_same_in_tables_of_two_encodings(read):
    teachers = "teacher_id,category,hired_on,retires_on,left_on\n周砚秋,1,,,\n"
    evidence = read(
        teachers=teachers, facts=GOOD["facts"].split("\n")[0], activities=in_gbk(changed().replace("T1", "周砚秋")),
        results=GOOD["results"].split("\n")[0],
    )  # fmt: skip
    assert (evidence.teachers["teacher_id"].to_list(), evidence.rows["activities"]) == (["周砚秋"], 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (GOOD["teachers"].encode("utf-16"), "teachers.csv:1: found UTF-16 text, expected CSV in UTF-8"),
        (GOOD["teachers"].encode() + "周".encode() + b",1,,,\n\xff\xff,1,,,\n", "teachers.csv:5: found bytes that are not UTF-8"),
        (GOOD["teachers"].encode() + b'T3,"1,,,\n', "teachers.csv:4: found a quotation mark out of place"),
        (GOOD["teachers"].encode() + b'T3,"1"x,,,\n', "teachers.csv:4: found a quotation mark out of place"),
    ],
)
def test_what_cannot_be_read_is_told_and_never_guessed(read, content, says):
    assert told(read, teachers=content, facts=GOOD["facts"].split("\n")[0], activities=HEAD, results=GOOD["results"].split("\n")[0])[
        0
    ].startswith(says)


@pytest.mark.parametrize("size", [40, 64, 100, 1000])
def test_slices_of_any_size_give_the_same_rows_and_the_same_lines(read, monkeypatch, size):
    dice = random.Random(size)
    lines = [
        f'T{dice.randint(1, 2)},2011,course,{dice.randint(1, 99)},hour,,,,,,,,,"s,{number}\n"' if number % 7 == 0 else LINE
        for number in range(60)
    ]
    text = HEAD + "\n".join(lines) + "\n"
    whole = rows(read(activities=text), "activities")
    monkeypatch.setattr(slices, "SLICE_BYTES", size)
    assert rows(read(activities=text), "activities") == whole
    bad = text + LINE.replace("course", "cuorse") + "\n"
    line = len(bad.splitlines())
    assert told(read, activities=bad)[0].startswith(f"activities.csv:{line}: component: found 'cuorse'")


def test_parquet_is_read_whatever_the_types_of_its_columns(tmp_path, read):
    read()
    pl.DataFrame({
        "teacher_id": ["T1", "T2", "T2"],
        "year": pl.Series([2011, None, 2012], dtype=pl.Int16),
        "component": ["course"] * 3,
        "amount": [Decimal("50.00"), Decimal("1.25"), Decimal("-2.50")],
        "unit": ["hour"] * 3,
        "on_date": [None, datetime(2013, 1, 2), None],  # noqa: DTZ001 -- a column of moments without a zone
    }).write_parquet(tmp_path / "activities.parquet")  # fmt: skip
    files = Files(teachers=tmp_path / "teachers.csv", activities=tmp_path / "activities.parquet", results=tmp_path / "results.csv")
    evidence = read_tables(PACK, files, tmp_path / "more")
    assert [(row["year"], row["amount"]) for row in rows(evidence, "activities")] == [(2011, 50_00), (2012, 1_25), (2012, -2_50)]


def test_a_score_and_a_word_that_contradict_each_other_are_kept_apart(read):
    evidence = read(results=GOOD["results"] + "T1,2011,exam,80,no,\nT1,2011,exam,80,yes,\nT1,2011,exam,80,yes,absent\n")
    assert evidence.result_kinds[2:] == (ResultKind("exam", 0, CONTRADICTORY), ResultKind("exam", 1), ResultKind("exam", 1, "voided"))


def test_rows_must_lie_in_one_cycle_of_the_year_that_was_asked_for(read, tmp_path):
    read()
    files = Files(teachers=tmp_path / "teachers.csv", activities=tmp_path / "activities.csv", results=tmp_path / "results.csv")
    with pytest.raises(TablesRefused) as refused:
        read_tables(PACK, files, tmp_path / "more", year=2017)
    assert refused.value.flaws[0].expected == "a year of the cycle 2016 to 2020"


def test_noise_never_ends_in_a_traceback(read):
    dice = random.Random(11)
    whole = GOOD["activities"].encode()
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(content))
            content[at : at + dice.randint(0, 3)] = bytes(dice.choice(b'",;\n\r\t\x00\xff\xe5ab19.-') for _ in range(dice.randint(0, 4)))
        with suppress(TablesRefused):
            read(activities=bytes(content))
