"""People enter the register, in sets: accounts, roles, teachers and first facts."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from xingtan.domains.teachers.finding.index import index_people
from xingtan.domains.teachers.models import LAST4_BOX, NUMBER_BOX, PHONE_BOX, Teacher, TeacherFact
from xingtan.domains.teachers.states import IdentityKind, Position, Status
from xingtan.foundation.db import insert_rows, public_id
from xingtan.foundation.people.models import ACTIVATION_BOX, Account, Grant
from xingtan.foundation.people.models import NUMBER_BOX as ACCOUNT_NUMBER_BOX
from xingtan.foundation.people.models import PHONE_BOX as ACCOUNT_PHONE_BOX
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.sign_in import new_activation_code

from .occasion import Newcomer, Occasion
from .pinyin import pinyin_of

Values: TypeAlias = tuple[Any, ...]
FIRST_FACTS = ("school", "stage", "subject", "position", "title", "honour", "status", "hired_on")
DEFAULTS = {"identity_kind": IdentityKind.RESIDENT.value, "position": Position.TEACHER.value, "status": Status.IN_POST.value}
ACCOUNT_FIELDS = (
    "public_id", "login", "name", "number_index", "phone_index", "activation_code", "is_active", "language", "password", "created_at",
)  # fmt: skip
GRANT_FIELDS = ("account", "role", "organisation", "from_on", "granted_by")
FACT_FIELDS = ("teacher", "kind", "value", "from_on", "to_on", "entered_at", "entered_by_id", "job_id")
TEACHER_FIELDS = (
    "public_id", "account", "name", "name_pinyin", "name_initials", "identity_kind", "number_closed", "number_index", "last4_index",
    "phone_closed", "phone_index", "staff_number", "gender", "school", "stage", "subject", "position", "title", "honour", "status",
    "hired_on", "registered_at",
)  # fmt: skip


def register_teachers(rows: Sequence[Newcomer], occasion: Occasion) -> list[int]:
    """Everyone stands in the register with account, role and first facts; returns their ids in the rows' order."""
    accounts = _accounts(rows, occasion)
    values = [DEFAULTS | row.values for row in rows]
    insert_rows(Teacher, TEACHER_FIELDS, map(partial(_teacher, occasion=occasion), rows, values, accounts))
    known = Teacher.everywhere.filter(account_id__in=accounts).values_list("account_id", "pk")
    pks = dict(known)
    _give_roles(rows, accounts, occasion)
    ids = [pks[account] for account in accounts]
    facts = (fact for row, told, pk in zip(rows, values, ids, strict=True) for fact in _first_facts(row, told, pk, occasion))
    insert_rows(TeacherFact, FACT_FIELDS, facts)
    index_people(ids, are_new=True)
    return ids


def _accounts(rows: Sequence[Newcomer], occasion: Occasion) -> list[int]:
    """An account for each row: the person's own where an office holder becomes a teacher, else a new one that waits for its activation."""
    indexes = [ACCOUNT_NUMBER_BOX.index(row.text("number")) for row in rows]
    there = Account.objects.filter(number_index__in=indexes)
    known = dict(there.values_list("number_index", "pk"))
    fresh = (_account(row, index, occasion.now) for row, index in zip(rows, indexes, strict=True) if index not in known)
    if insert_rows(Account, ACCOUNT_FIELDS, fresh):
        known = dict(there.values_list("number_index", "pk"))
    return [known[index] for index in indexes]


def _account(row: Newcomer, index: str, now: datetime) -> Values:
    # The password is unusable as Django writes it: nothing is hashed for people who set their own at activation.
    password, code = "!" + secrets.token_hex(20), ACTIVATION_BOX.close(new_activation_code())
    phone = ACCOUNT_PHONE_BOX.index(row.text("phone"))
    return public_id(), public_id(), row.text("name"), index, phone, code, True, "", password, now


def _give_roles(rows: Sequence[Newcomer], accounts: Sequence[int], occasion: Occasion) -> None:
    held = Grant.objects.filter(account_id__in=accounts, role=Role.TEACHER.value, from_on=occasion.today)
    there = set(held.values_list("account_id", "organisation_id"))
    wanted = ((account, row.school_id) for row, account in zip(rows, accounts, strict=True))
    grants = (
        (account, Role.TEACHER.value, school, occasion.today, occasion.account_id)
        for account, school in wanted
        if (account, school) not in there
    )
    insert_rows(Grant, GRANT_FIELDS, grants)


def _teacher(row: Newcomer, told: Mapping[str, object], account_id: int, *, occasion: Occasion) -> Values:
    name, number, phone = str(told["name"]), str(told["number"]), str(told.get("phone", ""))
    numbers = NUMBER_BOX.close(number), row.number_index, LAST4_BOX.index(number[-4:]), PHONE_BOX.close(phone), PHONE_BOX.index(phone)
    who = public_id(), account_id, name, *pinyin_of(name), told["identity_kind"], *numbers, told.get("staff_number", ""), told["gender"]
    post = told["stage"], told["subject"], told["position"], told.get("title", ""), told.get("honour", ""), told["status"]
    return (*who, row.school_id, *post, told["hired_on"], occasion.now)


def _first_facts(row: Newcomer, told: Mapping[str, object], teacher_id: int, occasion: Occasion) -> Iterator[Values]:
    """What is known from the day of registration on; the hire date itself from the day of hiring."""
    since, told = row.since, {**told, "school": row.school_id}
    for kind in FIRST_FACTS:
        if value := told.get(kind, ""):
            from_on = value if kind == "hired_on" else since
            yield teacher_id, kind, str(value), from_on, None, occasion.now, occasion.account_id, occasion.job_id
