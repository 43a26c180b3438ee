"""A provider's file: read in every format, told what is wrong row by row, looked at, delivered whole or not at all."""

from __future__ import annotations

import polars as pl
import pytest
import xlsxwriter

from tests import exchanging
from tests.enrolling import LATER
from tests.exchanging import DAY, FILE, HEADINGS, HOUR, at, counted, row, write_csv
from xingtan.domains.exchange import api as exchange
from xingtan.domains.exchange.models import Claim, Delivery
from xingtan.domains.policies.models import TrainingYear
from xingtan.foundation.refusal import Refused

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast():
    return exchanging.build()


def look(cast, path):
    return exchange.look_at(actor=cast.staff, path=path, now=LATER)


def problems(cast, path):
    return [line.problems for line in look(cast, path).lines]


def deliver(cast, path):
    return exchange.deliver_file(actor=cast.staff, path=path, parcel=FILE, now=LATER).delivered


def workbook(folder, *rows):
    place = folder / "records.xlsx"
    with xlsxwriter.Workbook(str(place), {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, cells)
    return place


def parquet(folder, *rows):
    place = folder / "records.parquet"
    pl.DataFrame(rows, schema=dict.fromkeys(HEADINGS, pl.String), orient="row").write_parquet(place)
    return place


def gb18030(folder, *rows):
    return write_csv(folder, *rows, encoding="gb18030")


@pytest.mark.parametrize("write", [write_csv, gb18030, workbook, parquet])
def test_every_format_says_the_same(cast, tmp_path, write):
    path = write(tmp_path, row(cast, "R1"), row(cast, "R2", begin="2026-11-10 19:30:05", end="2026-11-10 20:30:05", day=""))
    looked = look(cast, path)
    assert [line.problems for line in looked.lines] == [(), ()]
    assert (looked.delivered.new, looked.delivered.said_s, looked.delivered.counted_s) == (2, 2 * HOUR, 2 * HOUR)
    assert not Claim.everywhere.exists()
    assert deliver(cast, path).new == 2
    assert deliver(cast, path).known == 2
    summed, timed = Claim.everywhere.order_by("number")
    assert (summed.first_on, summed.last_on, summed.from_at) == (cast.year.first_on, DAY, 0)
    assert (timed.first_on, timed.last_on, timed.from_at, timed.until_at) == (DAY, DAY, at(19, 30) + 5, at(20, 30) + 5)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"number": ""}, "number_missing"),
        ({"number": "x" * 81}, "number_missing"),
        ({"identity": "NUMBERWU"}, "not_a_trainee"),
        ({"name": "吴某"}, "name_differs"),
        ({"title": "课程B"}, "offer_unknown"),
        ({"day": "2025-11-10"}, "offer_unknown"),
        ({"seconds": "0"}, "seconds_wrong"),
        ({"seconds": "1.5"}, "seconds_wrong"),
        ({"seconds": "-3"}, "seconds_wrong"),
        ({"seconds": "９"}, "seconds_wrong"),
        ({"seconds": "NaN"}, "seconds_wrong"),
        ({"media": "long"}, "seconds_wrong"),
        ({"day": "2026-11-22"}, "day_wrong"),
        ({"day": "十一月"}, "day_wrong"),
        ({"begin": "2026-11-10 19:30", "end": "2026-11-10 19:30"}, "times_wrong"),
        ({"begin": "yesterday"}, "times_wrong"),
        ({"end": "2026-11-10 19:30"}, "times_wrong"),
        ({"first": "2026-11-11"}, "times_wrong"),
        ({"mode": "函授"}, "mode_unknown"),
        ({"replaces": "R9"}, "replaced_unknown"),
        ({"replaces": "R1"}, "replaced_unknown"),
    ],
)
def test_a_row_says_what_is_wrong_with_it_and_the_file_is_not_taken(cast, tmp_path, changes, problem):
    path = write_csv(tmp_path, row(cast, **changes), row(cast, "R2"))
    wrong, good = problems(cast, path)
    assert problem in wrong
    assert good == ()
    with pytest.raises(Refused, match="records_have_problems") as refused:
        deliver(cast, path)
    assert [line.typed.place for line in refused.value.looked.wrong] == [2]
    assert not Claim.everywhere.exists()


def test_numbers_twice_changed_records_and_second_corrections_are_to_be_mended(cast, tmp_path):
    assert problems(cast, write_csv(tmp_path, row(cast), row(cast))) == [("number_twice",)] * 2
    deliver(cast, write_csv(tmp_path, row(cast)))
    assert problems(cast, write_csv(tmp_path, row(cast, seconds="7200"))) == [("record_differs",)]
    two = [row(cast, "R2", replaces="R1", seconds="60"), row(cast, "R3", replaces="R1", seconds="60")]
    assert problems(cast, write_csv(tmp_path, *two)) == [("replaced_before",)] * 2
    deliver(cast, write_csv(tmp_path, two[0]))
    assert counted() == {"R1": 0, "R2": 60}
    assert problems(cast, write_csv(tmp_path, two[1])) == [("replaced_before",)]
    TrainingYear.everywhere.update(state="closed")
    assert problems(cast, write_csv(tmp_path, row(cast, "R9"))) == [("year_is_closed",)]


def test_headings_are_known_by_other_names_or_told_once(cast, tmp_path):
    cells = ["R1", "NUMBERLIN", cast.lin_teacher.name, "课程A", "90", "2026/11/10"]
    known = ["流水号", "身份证号", "学员姓名", "课程名称", "学习时长（分钟）", "Date"]
    assert problems(cast, write_csv(tmp_path, cells, headings=known)) == [()]
    strange = ["a", "b", "c", "d", "e", "f"]
    with pytest.raises(Refused, match="records_headings") as refused:
        look(cast, write_csv(tmp_path, cells, headings=strange))
    assert refused.value.params["found"] == strange
    assert set(refused.value.params["missing"]) == {one.value for one in exchange.NEEDED}
    told = dict(zip((one.value for one in exchange.NEEDED), strange, strict=True))
    exchange.tell_layout(actor=cast.staff, headings=told, unit=exchange.Unit.MINUTES, now=LATER)
    assert deliver(cast, write_csv(tmp_path, cells, headings=strange)).said_s == 90 * 60


@pytest.mark.parametrize(
    ("seconds", "expected"), [("1:30", 5400), ("0:00:07", 7), ("2", 7200), ("0.25", 900), ("1:75", None), ("0.0001", None)]
)
def test_durations_may_be_clocks_or_parts_of_an_hour(cast, tmp_path, seconds, expected):
    exchange.tell_layout(actor=cast.staff, headings={}, unit=exchange.Unit.HOURS, now=LATER)
    (line,) = look(cast, write_csv(tmp_path, row(cast, seconds=seconds))).lines
    assert (line.said.seconds if line.said else None) == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "records_headings"),
        (b"PK\x03\x04 no workbook", "file_not_a_workbook"),
        (b"PAR1 no table PAR1", "file_not_parquet"),
        (b"\xff\xfe\x00\x81", "file_not_text"),
        ("姓名,日期\n林,2026-11-10\n".encode(), "records_headings"),
        ((",".join(HEADINGS) + "\n").encode(), "records_without_rows"),
    ],
)
def test_a_file_of_another_kind_is_refused(cast, tmp_path, content, code):
    place = tmp_path / "records.xlsx"
    place.write_bytes(content)
    with pytest.raises(Refused, match=code):
        look(cast, place)


def test_looking_says_what_would_not_count(cast, tmp_path):
    times = {"begin": "2026-11-10 09:00", "end": "2026-11-10 09:30", "day": ""}
    looked = look(
        cast, write_csv(tmp_path, row(cast, "R1", **times), row(cast, "R2", seconds="1800", **(times | {"end": "2026-11-10 10:00"})))
    )
    assert looked.delivered.lost == {exchange.WhyNot.IMPOSSIBLE: 1800}
    assert not Delivery.everywhere.exists()
    assert not exchange.Judgement.objects.exists()


def test_how_it_was_studied_is_kept_in_the_words_of_the_pack(cast, tmp_path):
    rows = [row(cast, f"M{place}", mode=word) for place, word in enumerate(("集中到乡镇上网学习", "disc", ""))]
    deliver(cast, write_csv(tmp_path, *rows))
    assert list(Claim.everywhere.order_by("number").values_list("mode", flat=True)) == ["township", "disc", ""]
