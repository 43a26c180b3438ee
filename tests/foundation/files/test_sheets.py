"""Files that people hand in: what is no workbook, what is a trap, what is merely odd."""

from __future__ import annotations

import struct
import zipfile

import pytest
import xlsxwriter

from xingtan.foundation.files import unpack
from xingtan.foundation.files.sheets import XLSX, media_type_of, open_sheet
from xingtan.foundation.refusal import Refused


def refusal_of(path, **options):
    with pytest.raises(Refused) as refused, open_sheet(path, **options) as sheet:
        list(sheet.rows)
    return refused.value.code


def workbook(path):
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("甲").write_row(2, 1, ["名", 1.5, True])
        book.add_worksheet("乙").write(0, 0, "别的")
    return path


def test_rows_come_with_the_numbers_the_workbook_shows(tmp_path):
    with open_sheet(workbook(tmp_path / "a.xlsx")) as sheet:
        assert sheet.sheets == ("甲", "乙")
        assert list(sheet.rows) == [(3, ["", "名", 1.5, True])]


def test_another_sheet_is_read_by_its_name_or_told_absent(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    with open_sheet(path, sheet="乙") as sheet:
        assert list(sheet.rows) == [(1, ["别的"])]
    with open_sheet(path, sheet="丙") as sheet:
        assert sheet.is_absent
        assert list(sheet.rows) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not an archive at all", "file_not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook", "file_old_or_locked"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file_not_text"),
        (b"\xff\xff\xff\xff", "file_not_text"),
    ],
)
def test_a_file_that_only_claims_to_be_a_workbook_is_refused(tmp_path, content, code):
    path = tmp_path / "claims.xlsx"
    path.write_bytes(content)
    assert refusal_of(path) == code


def test_another_archive_is_no_workbook(tmp_path):
    path = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refusal_of(path) == "file_not_a_workbook"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            zeros = bytes(1 << 22)
            for _ in range(unpack.UNPACKED_LIMIT // len(zeros) + 1):
                part.write(zeros)
    assert path.stat().st_size < 4 << 20
    assert refusal_of(path) == "file_unpacks_too_large"


def test_a_bomb_that_lies_about_its_size_does_no_harm(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    raw = bytearray(path.read_bytes())
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 24 : at + 28] = struct.pack("<I", 10)
        at = raw.find(b"PK\x01\x02", at + 4)
    path.write_bytes(raw)
    assert refusal_of(path) in {"file_not_a_workbook", "file_unpacks_too_large"}


def test_too_many_parts_are_refused(tmp_path):
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for at in range(unpack.MOST_PARTS):
            archive.writestr(f"xl/{at}", "")
    assert refusal_of(path) == "file_unpacks_too_large"


def test_a_row_wider_than_a_workbook_may_be_is_refused(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("姓名,单位\n" + "甲" + "," * unpack.MOST_COLUMNS + "\n", encoding="utf-8")
    assert refusal_of(path) == "file_unpacks_too_large"


def test_a_reader_who_stops_early_leaves_no_process_behind(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("\n".join(f"{at},甲" for at in range(50_000)), encoding="utf-8")
    with open_sheet(path) as sheet:
        assert next(sheet.rows) == (1, ["0", "甲"])


def test_the_type_follows_the_name():
    assert media_type_of("名册.XLSX") == XLSX
    assert media_type_of("名册.csv") == "text/csv"
