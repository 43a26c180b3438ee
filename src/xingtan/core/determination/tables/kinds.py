"""Activities' texts as kinds: each distinct combination of the columns is looked at once and gets a number."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from xingtan.core.determination.tables.columns_read import Told
from xingtan.core.determination.tables.spelling import KIND_COLUMNS, Spelling, expected_of
from xingtan.core.determination.tables.values import code_of
from xingtan.core.policy.slots import Kind


class KindsOfRows:
    """The kinds met so far, numbered from 0 in the order of meeting."""

    def __init__(self, spelled: Mapping[str, Spelling]) -> None:
        self._spelled = spelled
        self._expected = {column: expected_of(codes) for column, codes in spelled.items()}
        self._numbers: dict[Kind, int] = {}
        self._met: dict[tuple[str, ...], int | None] = {}

    @property
    def all(self) -> tuple[Kind, ...]:
        """The kinds by number."""
        return tuple(self._numbers)

    def numbers(self, told: Told) -> pl.Series:
        """The kind of every row of the slice; null where a code is unknown, and then that is told."""
        rows = told.rows
        distinct = rows.select(KIND_COLUMNS).unique(maintain_order=True)
        numbers = pl.Series("kind", [self._number(texts) for texts in distinct.iter_rows()], dtype=pl.Int64)
        if numbers.null_count():
            self._refuse(told)
        return rows.join(distinct.with_columns(numbers), on=KIND_COLUMNS, how="left", maintain_order="left")["kind"]

    def _number(self, texts: tuple[str, ...]) -> int | None:
        if texts not in self._met:
            codes = [self._spelled[column].get(code_of(text)) for column, text in zip(KIND_COLUMNS, texts, strict=True)]
            kind = Kind(*(code for code in codes if code is not None)) if None not in codes else None
            self._met[texts] = None if kind is None else self._numbers.setdefault(kind, len(self._numbers))
        return self._met[texts]

    def _refuse(self, told: Told) -> None:
        for column in KIND_COLUMNS:
            texts = told.rows[column]
            unknown = [text for text in texts.unique() if code_of(text) not in self._spelled[column]]
            if unknown:
                told.wrong(texts.is_in(unknown), column, self._expected[column])
