"""Our register as a bundle: organisations, people with their posts, and the manifest that names every file of the standard."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import IO, NamedTuple

from .names import family_and_given
from .tables import FILES, METADATA, OTHERS, VERSION, Role

WRITTEN = ("orgs", "users", "roles", "demographics")
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


def write_bundle(
    file: IO[bytes], *, orgs: Iterable[OrgRow], people: Callable[[], Iterable[PersonRow]], at: datetime, with_numbers: bool = False
) -> int:
    """The file is a bundle in bulk mode of these organisations and people, with the same bytes for the same content; returns the number of people.

    `people` is asked once for each table. Identity numbers are written only with `with_numbers`, from `beside`.
    """
    keys = (*BESIDE, *(WITH_NUMBERS if with_numbers else ()))
    stamp = max((at.year, at.month, at.day, at.hour, at.minute, at.second), EARLIEST)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "manifest", ("propertyName", "value"), _manifest(), stamp)
        _table(archive, "orgs", ([one.sourced_id, "", "", one.name, one.type, one.identifier, one.parent] for one in orgs), stamp)
        count = _table(archive, "users", (_user(one, keys) for one in people()), stamp, extra=tuple(METADATA + key for key in keys))
        _table(archive, "roles", map(_role, people()), stamp)
        _table(archive, "demographics", map(_demographics, people()), stamp)
    return count


def _manifest() -> Iterator[Sequence[str]]:
    yield "manifest.version", "1.0"
    yield "oneroster.version", VERSION
    for name in sorted((*FILES, *OTHERS)):
        yield f"file.{name}", "bulk" if name in WRITTEN else "absent"
    yield "source.systemName", "Xingtan"
    yield "source.systemCode", "xingtan"


def _table(archive: zipfile.ZipFile, name: str, rows: Iterable[Sequence[str]], stamp: Stamp, *, extra: tuple[str, ...] = ()) -> int:
    return _write(archive, name, (*FILES[name].columns, *extra), rows, stamp)


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


def _user(one: PersonRow, keys: Sequence[str]) -> list[str]:
    family, given = family_and_given(one.name)
    cells = {
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
    return [cells.get(column, "") for column in FILES["users"].columns] + [one.beside.get(key, "") for key in keys]


def _role(one: PersonRow) -> list[str]:
    role = Role.PRINCIPAL if one.is_principal else Role.TEACHER
    since = one.beside.get("hired_on", "")
    return [f"{one.sourced_id}-1", "", "", one.sourced_id, "primary", role.value, since, "", one.org, ""]


def _demographics(one: PersonRow) -> list[str]:
    cells = {"sourcedId": one.sourced_id, "sex": one.sex}
    return [cells.get(column, "") for column in FILES["demographics"].columns]
