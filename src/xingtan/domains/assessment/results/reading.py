"""A file of results: its headings, and each row as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xingtan.foundation.files.sheets import Cell, open_sheet
from xingtan.foundation.refusal import Refused

NUMBER, NAME, TEST, SCORE, STATE, DAY, SITTING = "身份证件号码", "姓名", "考核", "成绩", "状态", "考试日期", "场次"
HEADINGS = (NUMBER, NAME, TEST, SCORE, STATE, DAY, SITTING)
ALSO = {
    "身份证号": NUMBER, "身份证号码": NUMBER, "证件号码": NUMBER, "教师姓名": NAME, "考试": TEST, "考核项目": TEST, "科目": TEST,
    "分数": SCORE, "得分": SCORE, "备注": STATE, "考核日期": DAY, "日期": DAY, "次数": SITTING,
}  # fmt: skip
NEEDED = (NUMBER, NAME, SCORE)
LOOKED_AT = 10
MOST_ROWS = 50_000


class Typed(NamedTuple):
    """A row as it stands in the file, with its number there."""

    place: int
    number: str
    name: str
    test: str
    score: str
    state: str
    day: str
    sitting: str


def read_results(path: Path) -> list[Typed]:
    """The rows below the headings; `Refused` for a file without them, without rows, or with too many."""
    with open_sheet(path) as sheet:
        rows = iter(sheet.rows)
        columns = _columns(rows)
        found = [_typed(place, cells, columns) for place, cells in rows if any(_text(cell) for cell in cells)]
    if not found:
        raise Refused("results_without_rows")
    if len(found) > MOST_ROWS:
        raise Refused("results_too_many", most=MOST_ROWS)
    return found


def _columns(rows: Iterator[tuple[int, list[Cell]]]) -> dict[str, int]:
    """Where each heading stands, looked for in the first rows."""
    for _at, (_place, cells) in zip(range(LOOKED_AT), rows, strict=False):
        titles = [_text(cell).replace(" ", "") for cell in cells]
        found = {ALSO.get(title, title): at for at, title in reversed(list(enumerate(titles)))}
        if all(heading in found for heading in NEEDED):
            return {heading: found[heading] for heading in HEADINGS if heading in found}
    raise Refused("results_without_headings", headings="、".join(HEADINGS))


def _typed(place: int, cells: Sequence[Cell], columns: dict[str, int]) -> Typed:
    return Typed(place, *(_text(cells[columns[one]]) if columns.get(one, len(cells)) < len(cells) else "" for one in HEADINGS))


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
