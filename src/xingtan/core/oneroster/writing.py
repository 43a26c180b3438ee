"""Bundles being written: our register, or tables that another system told, and the manifest that names every file of the standard."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import IO, NamedTuple

from .names import family_and_given
from .reading import Mode
from .tables import FILES, METADATA, OTHERS, VERSION, Role

BESIDE = ("name", "stage", "subject", "position", "title", "honour", "hired_on", "status")
WITH_NUMBERS = ("number", "identity_kind")
Stamp = tuple[int, int, int, int, int, int]
EARLIEST: Stamp = (1980, 1, 1, 0, 0, 0)


class OrgRow(NamedTuple):
    """An organisation: its id, name, OneRoster type, code, and the id of the one above it ("" at the top)."""

    sourced_id: str
    name: str
    type: str
    identifier: str
    parent: str


class PersonRow(NamedTuple):
    """A teacher: id, name, sex (female or male), post and what the roster says beside it, in the roster's words by column key."""

    sourced_id: str
    name: str
    sex: str
    org: str
    is_principal: bool
    is_enabled: bool
    phone: str
    staff_number: str
    beside: Mapping[str, str]


class Written(NamedTuple):
    """A table to be written: its rows by column (what is not told stays empty), columns of our own behind the standard's, and its mode."""

    rows: Iterable[Mapping[str, str]]
    extra: tuple[str, ...] = ()
    mode: Mode = Mode.BULK


def write_bundle(
    file: IO[bytes], *, orgs: Iterable[OrgRow], people: Callable[[], Iterable[PersonRow]], at: datetime, with_numbers: bool = False
) -> int:
    """The file is a bundle in bulk mode of these organisations and people, with the same bytes for the same content; returns the number of people.

    `people` is asked once for each table. Identity numbers are written only with `with_numbers`, from `beside`.
    """
    keys = (*BESIDE, *(WITH_NUMBERS if with_numbers else ()))
    tables = {
        "orgs": Written(map(_org, orgs)),
        "users": Written((_user(one, keys) for one in people()), tuple(METADATA + key for key in keys)),
        "roles": Written(map(_role, people())),
        "demographics": Written({"sourcedId": one.sourced_id, "sex": one.sex} for one in people()),
    }
    return write_tables(file, tables, at=at)["users"]


def write_tables(file: IO[bytes], tables: Mapping[str, Written], *, at: datetime) -> dict[str, int]:
    """The file is a bundle of these tables, one after another, each read once; returns how many rows each has."""
    stamp = max((at.year, at.month, at.day, at.hour, at.minute, at.second), EARLIEST)
    counts = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "manifest", ("propertyName", "value"), _manifest(tables), stamp)
        for name, table in tables.items():
            columns = (*FILES[name].columns, *table.extra)
            counts[name] = _write(archive, name, columns, ([row.get(column, "") for column in columns] for row in table.rows), stamp)
    return counts


def _manifest(tables: Mapping[str, Written]) -> Iterator[Sequence[str]]:
    yield "manifest.version", "1.0"
    yield "oneroster.version", VERSION
    for name in sorted((*FILES, *OTHERS)):
        yield f"file.{name}", (tables[name].mode if name in tables else Mode.ABSENT).value
    yield "source.systemName", "Xingtan"
    yield "source.systemCode", "xingtan"


def _write(archive: zipfile.ZipFile, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], stamp: Stamp) -> int:
    info = zipfile.ZipInfo(f"{name}.csv", stamp)
    info.compress_type = zipfile.ZIP_DEFLATED
    count = 0
    with archive.open(info, "w", force_zip64=True) as raw, TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(headings)
        for count, row in enumerate(rows, 1):  # noqa: B007 -- how many there were
            writer.writerow(map(_plain, row))
    return count


def _plain(cell: str) -> str:
    """The standard forbids line breaks inside a cell."""
    return " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell


def _org(one: OrgRow) -> dict[str, str]:
    return {
        "sourcedId": one.sourced_id,
        "name": one.name,
        "type": one.type,
        "identifier": one.identifier,
        "parentSourcedId": one.parent,
    }


def _user(one: PersonRow, keys: Sequence[str]) -> dict[str, str]:
    family, given = family_and_given(one.name)
    told = {
        "sourcedId": one.sourced_id,
        "enabledUser": str(one.is_enabled).lower(),
        "username": one.sourced_id,
        "givenName": given,
        "familyName": family,
        "identifier": one.staff_number,
        "sms": one.phone,
        "userMasterIdentifier": one.sourced_id,
        "primaryOrgSourcedId": one.org,
    }
    return told | {METADATA + key: one.beside.get(key, "") for key in keys}


def _role(one: PersonRow) -> dict[str, str]:
    return {
        "sourcedId": f"{one.sourced_id}-1",
        "userSourcedId": one.sourced_id,
        "roleType": "primary",
        "role": (Role.PRINCIPAL if one.is_principal else Role.TEACHER).value,
        "beginDate": one.beside.get("hired_on", ""),
        "orgSourcedId": one.org,
    }
