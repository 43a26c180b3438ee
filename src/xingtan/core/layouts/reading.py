"""A layout's text as a value, or a `ValueError` that names what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, StrictBool, model_validator
from pydantic import Field as Said


class Rows(StrEnum):
    """What a row of the export is."""

    ENTRIES = "entries"
    PEOPLE = "people"


class Field(StrEnum):
    """What a column may say of a row."""

    NAME = "name"
    IDENTITY_KIND = "identity_kind"
    NUMBER = "number"
    STAFF_NUMBER = "staff_number"
    GENDER = "gender"
    COUNTY = "county"
    SCHOOL = "school"
    SCHOOL_CODE = "school_code"
    STAGE = "stage"
    SUBJECT = "subject"
    TITLE_RANK = "title_rank"
    YEAR = "year"
    HOURS = "hours"
    PROJECT = "project"
    TIER = "tier"
    ACTIVITY = "activity"
    PROVIDER = "provider"
    COMPONENT = "component"
    HAPPENED_ON = "happened_on"


OF_ENTRIES = frozenset({Field.PROJECT, Field.TIER, Field.ACTIVITY, Field.PROVIDER, Field.COMPONENT, Field.HAPPENED_ON})


class Strict(BaseModel):
    """A table of a layout; unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Strict):
    """A name in both languages."""

    zh: str = Said(min_length=1)
    en: str = Said(min_length=1)


class Column(Strict):
    """A column: its heading, what it says, other words for our values, and for hours the components (all but those, with `is_rest`)."""

    heading: str = Said(min_length=1)
    field: Field
    words: dict[str, str] = {}
    components: tuple[str, ...] = ()
    is_rest: StrictBool = False

    def counts(self, component: str) -> bool:
        """True when hours of this component belong into the column."""
        return not self.components or (component in self.components) is not self.is_rest


class Layout(Strict):
    """An export's form: what a row is, whether a year runs by the calendar, its columns in order, and where it comes from."""

    code: str = Said(pattern=r"[a-z][a-z0-9-]*")
    label: Words
    source: Words
    rows: Rows
    is_calendar_year: StrictBool = False
    columns: tuple[Column, ...] = Said(alias="column", min_length=1)

    @model_validator(mode="after")
    def _columns_fit(self) -> Layout:
        headings = [column.heading for column in self.columns]
        if len(set(headings)) != len(headings):
            raise ValueError("two columns have the same heading")
        for column in self.columns:
            if self.rows is Rows.PEOPLE and column.field in OF_ENTRIES:
                raise ValueError(f"{column.heading}: a row is a person and has no {column.field.value}")
            if column.components and column.field is not Field.HOURS:
                raise ValueError(f"{column.heading}: only hours are told by component")
        return self


def read_layout(text: str) -> Layout:
    """The layout that the text says."""
    try:
        return Layout.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(str(wrong)) from None


@cache
def bundled_layouts() -> Mapping[str, Layout]:
    """The layouts that come with the program, by code."""
    files = sorted(resources.files(__package__).joinpath("forms").iterdir(), key=lambda file: file.name)
    found = [read_layout(file.read_text(encoding="utf-8")) for file in files if file.name.endswith(".toml")]
    return MappingProxyType({layout.code: layout for layout in found})
