"""An inspection folder as a zip: an index page, a checklist of what is missing, then every section with its files and lists."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from typing import IO

import xlsxwriter

from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import CHUNK, open_file

# The folder is an office's paper: it is in Chinese whatever the page's language.
SECTIONS = {
    "notice": "通知",
    "plan": "方案",
    "roster": "名单",
    "timetable": "课程安排",
    "sign_in": "签到",
    "photograph": "照片",
    "material": "材料",
    "result": "成果与学时",
    "bulletin": "简报",
    "account": "经费",
    "evaluation": "评价",
    "operation_log": "操作记录",
}
Row = Sequence[object]
STYLE = (
    "body{font-family:sans-serif;max-width:60em;margin:2em auto;line-height:1.6}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #999;padding:.3em .6em;text-align:left}.no{color:#a33}"
)


@dataclass
class Section:
    """One section: files as they were handed in, and lists made from what the platform knows."""

    code: str
    files: list[StoredFile] = field(default_factory=list)
    lists: list[tuple[str, Row, Sequence[Row]]] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        """Whether the section holds anything."""
        return bool(self.files) or any(rows for _name, _head, rows in self.lists)

    @property
    def count(self) -> int:
        """How many files and rows it holds."""
        return len(self.files) + sum(len(rows) for _name, _head, rows in self.lists)


def pack(title: str, facts: Sequence[tuple[str, str]], sections: Sequence[Section], tell: Callable[[int, int], None]) -> Iterator[bytes]:
    """The zip's bytes in pieces; `tell` hears how many sections are done."""
    with tempfile.TemporaryFile() as place:
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("目录.html", _index(title, facts, sections))
            archive.writestr("检查表.xlsx", _workbook(["类别", "状态", "件数"], _checklist(sections)))
            for at, one in enumerate(sections, start=1):
                _write(archive, at, one)
                tell(at, len(sections))
        place.seek(0)
        while piece := place.read(CHUNK):
            yield piece


def _folder(at: int, code: str) -> str:
    return f"{at:02d}-{SECTIONS[code]}"


def _write(archive: zipfile.ZipFile, at: int, section: Section) -> None:
    folder, used = _folder(at, section.code), set()
    for number, file in enumerate(section.files, start=1):
        name = f"{number:02d}-{file.name}" if file.name in used else file.name
        used.add(file.name)
        with open_file(file) as source, archive.open(f"{folder}/{name.replace('/', '_')}", "w") as target:
            shutil.copyfileobj(source, target, CHUNK)
    for name, head, rows in section.lists:
        if rows:
            archive.writestr(f"{folder}/{name}.xlsx", _workbook(head, rows))


def _checklist(sections: Sequence[Section]) -> list[Row]:
    return [(SECTIONS[one.code], "已有" if one.is_there else "缺", one.count) for one in sections]


def _workbook(head: Row, rows: Iterable[Row]) -> bytes:
    place: IO[bytes] = BytesIO()
    book = xlsxwriter.Workbook(place, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head), 18)
    sheet.write_row(0, 0, list(head), bold)
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, [cell if isinstance(cell, int) else str(cell) for cell in row])
    book.close()
    place.seek(0)
    return place.read()


def _index(title: str, facts: Sequence[tuple[str, str]], sections: Sequence[Section]) -> str:
    lines = [f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in facts]
    rows = []
    for at, one in enumerate(sections, start=1):
        state = "已有" if one.is_there else '<span class="no">缺</span>'
        where = f'<a href="{escape(_folder(at, one.code))}/">{SECTIONS[one.code]}</a>' if one.is_there else SECTIONS[one.code]
        rows.append(f"<tr><td>{at}</td><td>{where}</td><td>{state}</td><td>{one.count}</td></tr>")
    missing = "、".join(SECTIONS[one.code] for one in sections if not one.is_there) or "无"
    return (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
        f"<h1>{escape(title)}　检查档案</h1><table>{''.join(lines)}</table><h2>目录</h2><p>缺少：{missing}</p>"
        f"<table><tr><th>序号</th><th>类别</th><th>状态</th><th>件数</th></tr>{''.join(rows)}</table></html>"
    )
