"""The sheet of schools that a county hands in, by itself or beside its roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xingtan.foundation.files.sheets import Cell, open_sheet
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Kind, Organisation

from .branch import normal_place
from .cells import Unfit, text_of

SHEET = "学校"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("学校名称", "学校", "名称"),
    "code": ("学校标识码", "学校代码", "标识码"),
    "kind": ("类型", "办学类型"),
    "is_rural": ("农村", "是否农村"),
    "county": ("区县", "县区", "所在区县"),
}
KINDS = {"": Kind.SCHOOL, "学校": Kind.SCHOOL, "幼儿园": Kind.SCHOOL, "教学点": Kind.TEACHING_POINT}
YES = frozenset({"是", "农村", "Y", "1"})


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school of the sheet: where it belongs and what it is."""

    county: str
    values: Mapping[str, object]


def read_schools(path: Path) -> list[SchoolRow]:
    """The schools in the workbook's sheet 学校, none when it has no such sheet; refused where a row cannot be read."""
    with open_sheet(path, sheet=SHEET) as sheet:
        if sheet.is_absent or not sheet.sheets:
            return []
        first = next(sheet.rows, (0, []))[1]
        places = {key: place for place, cell in enumerate(first) for key, names in HEADINGS.items() if str(cell).strip() in names}
        if "name" not in places:
            raise Refused("roster_headings_missing", columns=HEADINGS["name"][0])
        return [row for _number, cells in sheet.rows if (row := _row(cells, places)) is not None]


def _row(cells: Sequence[Cell], places: Mapping[str, int]) -> SchoolRow | None:
    try:
        texts = {key: text_of(cells[place]) if place < len(cells) else "" for key, place in places.items()}
    except Unfit as unfit:
        raise Refused("schools_have_problems", count=1) from unfit
    if not texts["name"]:
        return None
    kind = KINDS.get(texts.get("kind", ""))
    if kind is None:
        raise Refused("school_kind_unknown", found=texts["kind"])
    values = {"name": texts["name"], "kind": kind, "code": texts.get("code", ""), "is_rural": texts.get("is_rural", "") in YES}
    return SchoolRow(normal_place(texts.get("county", "")), values)


def by_parent(rows: Sequence[SchoolRow], scope: Scope, own_id: int | None) -> dict[int, list[Mapping[str, object]]]:
    """The rows under the county each names, else under the actor's own office; refused for a county that is not in the branch."""
    kinds = [Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.ZONE]
    offices = {normal_place(office.name): office.pk for office in Organisation.objects.within(scope).filter(kind__in=kinds)}
    found: dict[int, list[Mapping[str, object]]] = defaultdict(list)
    for row in rows:
        parent = offices.get(row.county) if row.county else own_id
        if parent is None:
            raise Refused("county_unknown", found=row.county or "-")
        found[parent].append(row.values)
    return dict(found)
