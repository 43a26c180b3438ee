"""People enter the register, in sets: accounts, roles, teachers and first facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xingtan.domains.teachers.models import Teacher, TeacherFact, TeacherToken
from xingtan.foundation.db import insert_rows, reserve_keys
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.models import Organisation

from .occasion import Newcomer, Occasion
from .prepare import Prepared, prepare

ACCOUNT_FIELDS = (
    "id", "public_id", "login", "name", "number_index", "phone_index", "activation_code", "is_active", "language", "password", "created_at",
)  # fmt: skip
GRANT_FIELDS = ("id", "account", "role", "organisation", "from_on", "granted_by")
FACT_FIELDS = ("teacher", "kind", "value", "from_on", "to_on", "entered_at", "entered_by_id", "job_id")
TEACHER_FIELDS = (
    "id", "account", "public_id", "name", "name_pinyin", "name_initials", "identity_kind", "number_closed", "number_index", "last4_index",
    "phone_closed", "phone_index", "staff_number", "gender", "school", "stage", "subject", "position", "title", "honour", "status",
    "hired_on", "registered_at",
)  # fmt: skip
TOKEN_FIELDS = ("teacher", "token", "path")


@dataclass(frozen=True, slots=True)
class Registered:
    """Keys of what a set made: teachers in the rows' order, accounts that were not there before, roles given to accounts that were."""

    ids: list[int]
    new_account_ids: list[int]
    grant_ids: list[int]


def register_teachers(rows: Sequence[Newcomer], occasion: Occasion) -> Registered:
    """Everyone stands in the register with account, role and first facts."""
    return register_prepared(prepare(rows, occasion), occasion)


def register_prepared(rows: Sequence[Prepared], occasion: Occasion) -> Registered:
    """Everyone stands in the register, and can be found; `prepare` has worked out the rows."""
    known = dict(Account.objects.filter(number_index__among=[row.account_index for row in rows]).values_list("number_index", "pk"))
    accounts, made = _accounts(rows, known)
    ids = reserve_keys(Teacher, len(rows))
    insert_rows(Teacher, TEACHER_FIELDS, ((pk, account, *row.teacher) for pk, account, row in zip(ids, accounts, rows, strict=True)))
    given = _give_roles(rows, accounts, frozenset(known.values()), occasion)
    insert_rows(TeacherFact, FACT_FIELDS, ((pk, *fact) for pk, row in zip(ids, rows, strict=True) for fact in row.facts))
    paths = dict(Organisation.everywhere.filter(pk__in={row.row.school_id for row in rows}).values_list("pk", "path"))
    named = ((pk, token, paths[row.row.school_id]) for pk, row in zip(ids, rows, strict=True) for token in row.tokens)
    insert_rows(TeacherToken, TOKEN_FIELDS, named)
    return Registered(ids, made, given)


def _accounts(rows: Sequence[Prepared], known: dict[str, int]) -> tuple[list[int], list[int]]:
    """An account for each row: the person's own where an office holder becomes a teacher, else a new one that waits for its activation."""
    fresh = [row for row in rows if row.account_index not in known]
    made = reserve_keys(Account, len(fresh))
    insert_rows(Account, ACCOUNT_FIELDS, ((pk, *row.account) for pk, row in zip(made, fresh, strict=True)))
    theirs = known | {row.account_index: pk for pk, row in zip(made, fresh, strict=True)}
    return [theirs[row.account_index] for row in rows], made


def _give_roles(rows: Sequence[Prepared], accounts: Sequence[int], known: frozenset[int], occasion: Occasion) -> list[int]:
    """The role of teacher at the school from today; returns the keys of those given to accounts that were there before."""
    held = Grant.objects.filter(account_id__among=list(known), role=Role.TEACHER.value, from_on=occasion.today)
    there = set(held.values_list("account_id", "organisation_id")) if known else set()
    wanted = [(account, row.row.school_id) for row, account in zip(rows, accounts, strict=True)]
    wanted = [one for one in wanted if one not in there]
    keys = reserve_keys(Grant, len(wanted))
    role, today, by = Role.TEACHER.value, occasion.today, occasion.account_id
    insert_rows(Grant, GRANT_FIELDS, ((pk, account, role, school, today, by) for pk, (account, school) in zip(keys, wanted, strict=True)))
    return [pk for pk, (account, _school) in zip(keys, wanted, strict=True) if account in known]
