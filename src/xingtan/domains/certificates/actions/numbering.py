"""Certificates of a cycle with their numbers, and check codes that nobody has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from xingtan.domains.certificates.models import Certificate, CertificatePage
from xingtan.domains.certificates.rules import number_of, number_prefix, place_of, serial_of
from xingtan.domains.determination import api as determination_room
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import insert_rows, public_id
from xingtan.foundation.db.ids import random_text
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Kind, Organisation

DIVISIONS = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.ZONE)
Key = tuple[int, int]


def certificates_for(rows: Collection[determination_room.Determination], *, now: datetime) -> dict[Key, Certificate]:
    """Every person has one certificate of the cycle, by (teacher of the row, first year); the caller holds the lock under which numbers are given.

    A merged record's certificate serves the person as well: whoever has one gets no second.
    """
    heads = teachers.heads_of({row.teacher_id for row in rows})
    wanted = {(heads[row.teacher_id], row.training_year.cycle_first): row for row in rows}
    known = _known(wanted)
    missing = {key: row for key, row in wanted.items() if key not in known}
    if missing:
        numbers = _numbers(missing.values())
        fields = ("public_id", "number", "teacher", "school", "cycle_first", "cycle_last", "issued_at")
        insert_rows(
            Certificate,
            fields,
            (
                (public_id(), number, head, row.school_id, first, row.training_year.cycle_last, now)
                for ((head, first), row), number in zip(missing.items(), numbers, strict=True)
            ),
        )
        known |= _known(missing)
    return {(row.teacher_id, row.training_year.cycle_first): known[heads[row.teacher_id], row.training_year.cycle_first] for row in rows}


def _known(keys: Collection[Key]) -> dict[Key, Certificate]:
    """Of each person and cycle the certificate that holds: the own one before a merged record's, the oldest first."""
    persons = teachers.whose({pk for pk, _ in keys})
    rows = Certificate.everywhere.filter(teacher_id__among=persons, cycle_first__in={first for _, first in keys}, joined_into=None)
    found: dict[Key, Certificate] = {}
    for row in sorted(rows, key=lambda one: (one.teacher_id != persons[one.teacher_id], one.pk)):
        found.setdefault((persons[row.teacher_id], row.cycle_first), row)
    return {key: row for key, row in found.items() if key in keys}


def _numbers(rows: Collection[determination_room.Determination]) -> list[str]:
    """The next numbers of each county and cycle, in the rows' order."""
    places = places_of({row.school_id for row in rows})
    prefixes = [number_prefix(row.training_year.cycle_first, places[row.school_id]) for row in rows]
    last = {prefix: _last_serial(prefix) for prefix in set(prefixes)}
    numbers = []
    for prefix in prefixes:
        last[prefix] += 1
        numbers.append(number_of(prefix, last[prefix]))
    return numbers


def _last_serial(prefix: str) -> int:
    """The highest serial under this prefix; between its bounds only digits differ, so every collation agrees on their order."""
    given = Certificate.everywhere.filter(number__gte=f"{prefix}000000", number__lte=f"{prefix}999999")
    highest = given.order_by("-number").values_list("number", flat=True).first()
    return serial_of(highest) if highest else 0


def places_of(school_ids: Collection[int]) -> Mapping[int, str]:
    """For each school the last four digits of the nearest division above that has a national code."""
    rows = Organisation.everywhere.filter(kind__in=DIVISIONS).exclude(code="").values_list("path", "code")
    divisions = dict(rows)
    schools = dict(Organisation.everywhere.filter(pk__among=school_ids).values_list("pk", "path"))
    found = {}
    for pk, path in schools.items():
        ends = range(len(path), 0, -STEP)
        found[pk] = place_of(next((divisions[path[:end]] for end in ends if path[:end] in divisions), ""))
    return found


def fresh_codes(count: int) -> list[str]:
    """So many check codes, two times four characters that are not mistaken for one another; nobody has them."""
    codes: set[str] = set()
    while len(codes) < count:
        more = {f"{text[:4]}-{text[4:]}" for text in (random_text(8).upper() for _ in range(count - len(codes)))}
        taken = CertificatePage.everywhere.filter(check_code__among=more).values_list("check_code", flat=True)
        codes |= more.difference(taken)
    return list(codes)
