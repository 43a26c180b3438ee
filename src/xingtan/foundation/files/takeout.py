"""Everything that stands about some rows, complete by construction: every table that points at them, and what points at those."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO, NamedTuple, TypeAlias

import xlsxwriter
from django.apps import apps
from django.db import models

from xingtan.foundation.scope.models import Organisation

Model: TypeAlias = type[models.Model]
Opener: TypeAlias = Callable[[Mapping[str, Any]], str]
HIDDEN = ("_index", "_closed", "_code", "token", "password", "secret")
PORTION = 2_000


class Table(NamedTuple):
    """One table of a take-out: its name, its columns, and its rows as plain values."""

    name: str
    columns: Sequence[str]
    rows: list[list[Any]]


class Walk:
    """A walk from some rows of one model along every key that points at what was found; `within` are the labels of the apps it may enter.

    A column that holds a secret or a closed value is left out, unless `openers` says how to tell it ({(model's label, column): of a row}).
    """

    def __init__(self, within: Collection[str], *, leave_out: Collection[str] = (), openers: Mapping[tuple[str, str], Opener] = {}) -> None:
        self._models = [one for one in apps.get_models() if one._meta.app_label in within and one._meta.label not in leave_out]
        self._openers = openers
        self._places: dict[int, str] = {}

    def tables(self, root: Model, ids: Collection[int]) -> Iterator[Table]:
        """The root's rows first, then every table that has something about them, each once."""
        found: dict[Model, set[Any]] = {root: set(ids)}
        waiting = [root]
        while waiting:
            here = waiting.pop(0)
            for model, name in self._pointing_at(here):
                known = found.get(model, set())
                rows = set(model._base_manager.filter(**{f"{name}__among": found[here]}).values_list("pk", flat=True))
                if not rows <= known:
                    found[model] = known | rows
                    waiting.append(model)
        for model, pks in found.items():
            yield self._table(model, pks)

    def _pointing_at(self, target: Model) -> Iterator[tuple[Model, str]]:
        for model in self._models:
            for field in model._meta.concrete_fields:
                if (
                    isinstance(field, models.ForeignKey)
                    and field.related_model is target
                    and isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
                ):
                    yield model, field.attname

    def _table(self, model: Model, pks: Collection[Any]) -> Table:
        label = model._meta.label
        fields = [one for one in model._meta.concrete_fields if self._is_told(label, one)]
        rows: list[list[Any]] = []
        ordered = sorted(pks)
        for start in range(0, len(ordered), PORTION):
            portion = model._base_manager.filter(pk__among=ordered[start : start + PORTION]).order_by("pk")
            rows += [[self._told(label, one, row) for one in fields] for row in portion.values().iterator(PORTION)]
        return Table(model._meta.db_table, [one.attname for one in fields], rows)

    def _is_told(self, label: str, field: Any) -> bool:  # noqa: ANN401 -- Django's fields
        return (label, field.attname) in self._openers or not (field.attname.endswith(HIDDEN) or isinstance(field, models.BinaryField))

    def _told(self, label: str, field: Any, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- any value of any column
        if opener := self._openers.get((label, field.attname)):
            return opener(row)
        value = row[field.attname]
        if field.is_relation and field.related_model is Organisation and value is not None:
            return self._place(value)
        return value

    def _place(self, pk: int) -> str:
        if pk not in self._places:
            self._places[pk] = str(Organisation.everywhere.values_list("name", flat=True).get(pk=pk))
        return self._places[pk]


def pack(tables: Iterable[Table]) -> BinaryIO:
    """One .zip with everything as a workbook (a sheet for each table) and as JSON; the caller closes it."""
    kept = [one for one in tables if one.rows]
    place: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 -- the caller closes it
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as box:
        told = {one.name: [dict(zip(one.columns, row, strict=True)) for row in one.rows] for one in kept}
        box.writestr("everything.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as book:
            _write_book(book.name, kept)
            box.write(book.name, "everything.xlsx")
    place.seek(0)
    return place


def _write_book(path: str, tables: Sequence[Table]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}) as book:
        for number, one in enumerate(tables, start=1):
            sheet = book.add_worksheet(f"{number} {one.name}"[:31])
            sheet.write_row(0, 0, one.columns)
            for at, row in enumerate(one.rows, start=1):
                sheet.write_row(at, 0, [_cell(value) for value in row])


def _cell(value: object) -> object:
    if value is None or isinstance(value, int | str):
        return "" if value is None else value
    return value.isoformat() if isinstance(value, date | datetime) else json.dumps(value, ensure_ascii=False, default=str)
