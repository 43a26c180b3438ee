"""A workbook of nominations: its headings, and each row as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from xingtan.foundation.files.sheets import Cell, open_sheet
from xingtan.foundation.refusal import Refused

NUMBER, NAME, CATEGORY, CLASS, REASON, PLAN = "身份证件号码", "姓名", "名额类别", "班次", "理由", "学习计划"
HEADINGS = (NUMBER, NAME, CATEGORY, CLASS, REASON, PLAN)
PROBLEM = "问题"
ALSO = {
    "身份证号": NUMBER, "身份证号码": NUMBER, "证件号码": NUMBER, "教师姓名": NAME, "学员姓名": NAME, "类别": CATEGORY, "班级": CLASS, "课程": CLASS,
    "推荐理由": REASON, "选派理由": REASON,
}  # fmt: skip
LOOKED_AT, MOST_ROWS = 10, 200_000


class Typed(NamedTuple):
    """A row as it stands in the file, with its number there."""

    place: int
    number: str
    name: str
    category: str = ""
    class_title: str = ""
    reason: str = ""
    plan: str = ""


@contextmanager
def open_nominations(path: Path) -> Iterator[Iterator[Typed]]:
    """The rows below the headings, one after the other; `Refused` for a file without headings or with too many rows."""
    with open_sheet(path) as sheet:
        rows = iter(sheet.rows)
        columns = _columns(rows)
        yield _rows(rows, columns)


def _rows(rows: Iterator[tuple[int, list[Cell]]], columns: dict[str, int]) -> Iterator[Typed]:
    for count, (place, cells) in enumerate(rows):
        if count >= MOST_ROWS:
            raise Refused("nominations_too_many", most=MOST_ROWS)
        if any(_text(cell) for cell in cells):
            yield Typed(place, *(_text(cells[columns[one]]) if columns.get(one, len(cells)) < len(cells) else "" for one in HEADINGS))


def _columns(rows: Iterator[tuple[int, list[Cell]]]) -> dict[str, int]:
    """Where each heading stands, looked for in the first rows."""
    for _at, (_place, cells) in zip(range(LOOKED_AT), rows, strict=False):
        titles = [_text(cell).replace(" ", "") for cell in cells]
        found = {ALSO.get(title, title): at for at, title in reversed(list(enumerate(titles)))}
        if NUMBER in found and NAME in found:
            return {heading: found[heading] for heading in HEADINGS if heading in found}
    raise Refused("nominations_without_headings", headings="、".join(HEADINGS))


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def cells_of(row: Typed) -> Sequence[str]:
    """The row's cells in the order of the headings."""
    return row[1:]
