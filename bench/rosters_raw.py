"""The database's own speed for a roster's rows: what stands is read, given other keys, and inserted once more; then rolled back."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import Any

from django.db import models, transaction

from xingtan.domains.teachers.models import Teacher, TeacherFact, TeacherToken
from xingtan.foundation.db import insert_rows
from xingtan.foundation.people.models import Account, Grant

FURTHER = 10_000_000


def rate(sample: int) -> float:
    """Teachers a second, with account, role, facts and tokens."""
    ids = list(Teacher.everywhere.order_by("pk").values_list("pk", "account_id")[:sample])
    first, last = ids[0][0], ids[-1][0]
    accounts = [account for _pk, account in ids]
    of_teacher, of_account = {"teacher_id__gte": first, "teacher_id__lte": last}, {"account_id__among": accounts}
    sets: list[tuple[type[models.Model], Any]] = [
        (Account, Account.objects.filter(pk__among=accounts)),
        (Teacher, Teacher.everywhere.filter(pk__gte=first, pk__lte=last)),
        (Grant, Grant.objects.filter(**of_account)),
        (TeacherFact, TeacherFact.objects.filter(**of_teacher)),
        (TeacherToken, TeacherToken.objects.filter(**of_teacher)),
    ]
    ready = [(model, *moved(model, rows)) for model, rows in sets]
    with transaction.atomic():
        began = perf_counter()
        for model, names, rows in ready:
            insert_rows(model, names, rows)
        taken = perf_counter() - began
        transaction.set_rollback(True)
    return len(ids) / taken


def moved(model: type[models.Model], found: Any) -> tuple[list[str], list[tuple[Any, ...]]]:  # noqa: ANN401 -- a query set of any model
    """The rows as other people's: keys further on, unique texts turned round."""
    fields = list(model._meta.concrete_fields)
    keys = {at for at, field in enumerate(fields) if field.primary_key or field.name in ("account", "teacher")}
    unique = {
        at for at, field in enumerate(fields) if (field.unique and not field.primary_key and at not in keys) or field.name == "number_index"
    }
    return [field.name for field in fields], [tuple(turned(row, keys, unique)) for row in found.values_list(*(f.attname for f in fields))]


def turned(row: Iterable[Any], keys: set[int], unique: set[int]) -> Iterable[Any]:
    """One row with other keys."""
    for at, value in enumerate(row):
        yield value + FURTHER if at in keys else value[::-1] if at in unique else value
