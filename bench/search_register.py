"""The register that `bench/search.py` searches: a province of counties with schools of forty, and what people type."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import LAST4_BOX, Teacher
from xingtan.domains.teachers.sets.pinyin import pinyin_of
from xingtan.foundation.db import insert_rows, public_id, writing
from xingtan.foundation.people.models import Account
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.tree import add_children

SCHOOL, FIRST_PAGE = 40, 50
Asked = tuple[list[str], Callable[[str], object], Callable[[str], object]]


def build(count: int, names: Iterator[str], counties: int, days: tuple[datetime, date]) -> dict[str, Scope]:
    """So many teachers stand in the register, without tokens; the province's scope and one county's."""
    [province] = add_children(None, [{"kind": "province", "name": "江西省"}])
    places = add_children(province, [{"kind": "county", "name": f"{n}县"} for n in range(counties)])
    per_county = -(-count // counties // SCHOOL)
    schools = [
        one.pk
        for number, place in enumerate(places)
        for one in add_children(place, [{"kind": "school", "name": f"{number}县第{n}实验小学"} for n in range(per_county)])
    ]
    names_kept = list(names)
    with writing():
        insert_rows(Account, ACCOUNT, (_account(n, name, days[0]) for n, name in enumerate(names_kept)))
        accounts = Account.objects.order_by("pk").values_list("pk", flat=True)
        insert_rows(Teacher, TEACHER, (_teacher(n, account, name, schools[n // SCHOOL % len(schools)], days)
                                       for n, (account, name) in enumerate(zip(accounts.iterator(), names_kept, strict=True))))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"province": province.scope, "county": places[counties // 2].scope}


ACCOUNT = (
    "public_id",
    "login",
    "name",
    "number_index",
    "phone_index",
    "activation_code",
    "is_active",
    "language",
    "password",
    "created_at",
)
TEACHER = (
    "public_id", "account", "name", "name_pinyin", "name_initials", "identity_kind", "number_closed", "number_index", "last4_index",
    "phone_closed", "phone_index", "staff_number", "gender", "school", "stage", "subject", "position", "title", "honour", "status",
    "hired_on", "registered_at",
)  # fmt: skip


def _account(number: int, name: str, now: datetime) -> tuple[object, ...]:
    return public_id(), f"t{number}", name, f"n{number}", "", "", True, "", "!", now


def _teacher(number: int, account: int, name: str, school: int, days: tuple[datetime, date]) -> tuple[object, ...]:
    index = LAST4_BOX.index(f"{number % 10_000:04d}")
    who = public_id(), account, name, *pinyin_of(name), "resident", "-", f"i{number}", index, "", "", f"{36_000_000 + number}"
    return *who, "female", school, "primary", "chinese", "teacher", "", "", "in_post", days[1], days[0]


def ask(scope: Scope, count: int) -> dict[str, Asked]:
    """What is typed in each way, how it is asked, and the scan that would answer it without tokens."""
    draw = random.Random(7)  # noqa: S311 -- a measurement
    rows = list(teachers.teachers_in(scope).order_by("pk").values_list("name", "name_pinyin", "name_initials", "school__name")[:50_000])
    ways = _ways([draw.choice(rows) for _ in range(count)]) | {"last four": [f"{draw.randrange(10_000):04d}" for _ in range(count)]}
    return {how: (typed, lambda text: _page(scope, text), lambda text: _scan(scope, text)) for how, typed in ways.items()}


def _ways(some: list[tuple[str, ...]]) -> dict[str, list[str]]:
    return {
        "one Han": [row[0][-1] for row in some],
        "part": [row[0][-2:] for row in some],
        "name": [row[0] for row in some],
        "pinyin": [row[1][:7] for row in some],
        "initials": [row[2] for row in some],
        "school": [row[3][-6:] for row in some],
        "both": [f"{row[0][-1]} {row[3]}" for row in some],
        "nobody": [f"{row[0]}无" for row in some],
    }


def _page(scope: Scope, text: str) -> tuple[int, int]:
    found = teachers.search(scope, text).order_by("school__path", "pk")
    return found.count(), len(found[:FIRST_PAGE])


def _scan(scope: Scope, text: str) -> tuple[int, int]:
    where = Q()
    for word in text.split():
        where &= Q(name__contains=word) | Q(name_pinyin__contains=word) | Q(name_initials__contains=word) | Q(school__name__contains=word)
    found = teachers.teachers_in(scope).filter(where).order_by("school__path", "pk")
    return found.count(), len(found[:FIRST_PAGE])
