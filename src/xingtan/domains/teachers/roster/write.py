"""Writing a plan into the register, in sets: accounts, roles, teachers and dated facts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from xingtan.core.calendar import local_day
from xingtan.domains.teachers.models import LAST4_BOX, NUMBER_BOX, PHONE_BOX, Teacher, TeacherFact
from xingtan.domains.teachers.states import FactKind, IdentityKind, Position, RowState, Status
from xingtan.foundation.db import insert_rows, public_id
from xingtan.foundation.keys import open_box
from xingtan.foundation.people.models import ACTIVATION_BOX, Account, Grant
from xingtan.foundation.people.models import NUMBER_BOX as ACCOUNT_NUMBER_BOX
from xingtan.foundation.people.models import PHONE_BOX as ACCOUNT_PHONE_BOX
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.sign_in import new_activation_code

from .pinyin import pinyin_of
from .plan import Change, Plan, PlannedRow, chunks

Values: TypeAlias = tuple[Any, ...]
FACT_BOX = open_box("teachers.fact")
BATCH = 1000
FIRST_FACTS = ("school", "stage", "subject", "position", "title", "honour", "status", "hired_on")
DEFAULTS = {"identity_kind": IdentityKind.RESIDENT.value, "position": Position.TEACHER.value, "status": Status.IN_POST.value}


@dataclass(frozen=True)
class Occasion:
    """When the plan is written, by whom, in which job, and who hears how far it is."""

    now: datetime
    account_id: int | None
    job_id: int | None = None
    tell: Callable[[int], None] = field(default=lambda _done: None)

    @property
    def today(self) -> date:
        """The local day of the writing."""
        return local_day(self.now)

    def effective(self, row: PlannedRow) -> date:
        """The day from which the row's facts hold."""
        day = row.read.values.get("effective_on")
        return day if isinstance(day, date) else self.today


def write_plan(plan: Plan, occasion: Occasion) -> list[int]:
    """New and changed rows stand in the register, the others are left alone; returns the teachers' ids."""
    done, ids = 0, []
    for part in chunks(plan.of(RowState.NEW)):
        ids += _register(part, occasion)
        done += len(part)
        occasion.tell(done)
    for part in chunks(plan.of(RowState.CHANGED)):
        ids += _change(part, occasion)
        done += len(part)
        occasion.tell(done)
    return ids


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


def _register(rows: Sequence[PlannedRow], occasion: Occasion) -> list[int]:
    accounts = _accounts(rows, occasion)
    values = [DEFAULTS | row.read.values for row in rows]
    insert_rows(Teacher, TEACHER_FIELDS, map(partial(_teacher, occasion=occasion), rows, values, accounts))
    known = Teacher.everywhere.filter(account_id__in=accounts).values_list("account_id", "pk")
    pks = dict(known)
    _give_roles(rows, accounts, occasion)
    ids = [pks[account] for account in accounts]
    facts = (fact for row, told, pk in zip(rows, values, ids, strict=True) for fact in _first_facts(row, told, pk, occasion))
    insert_rows(TeacherFact, FACT_FIELDS, facts)
    return ids


def _accounts(rows: Sequence[PlannedRow], occasion: Occasion) -> list[int]:
    """An account for each row: the person's own where an office holder becomes a teacher, else a new one that waits for its activation."""
    indexes = [ACCOUNT_NUMBER_BOX.index(row.read.text("number")) for row in rows]
    there = Account.objects.filter(number_index__in=indexes)
    known = dict(there.values_list("number_index", "pk"))
    fresh = (_account(row, index, occasion.now) for row, index in zip(rows, indexes, strict=True) if index not in known)
    if insert_rows(Account, ACCOUNT_FIELDS, fresh):
        known = dict(there.values_list("number_index", "pk"))
    return [known[index] for index in indexes]


def _account(row: PlannedRow, index: str, now: datetime) -> Values:
    # The password is unusable as Django writes it: nothing is hashed for people who set their own at activation.
    password, code = "!" + secrets.token_hex(20), ACTIVATION_BOX.close(new_activation_code())
    phone = ACCOUNT_PHONE_BOX.index(row.read.text("phone"))
    return public_id(), public_id(), row.read.text("name"), index, phone, code, True, "", password, now


def _give_roles(rows: Sequence[PlannedRow], accounts: Sequence[int], occasion: Occasion) -> None:
    held = Grant.objects.filter(account_id__in=accounts, role=Role.TEACHER.value, from_on=occasion.today)
    there = set(held.values_list("account_id", "organisation_id"))
    wanted = ((account, row.school_id) for row, account in zip(rows, accounts, strict=True))
    grants = (
        (account, Role.TEACHER.value, school, occasion.today, occasion.account_id)
        for account, school in wanted
        if (account, school) not in there
    )
    insert_rows(Grant, GRANT_FIELDS, grants)


def _teacher(row: PlannedRow, told: Mapping[str, object], account_id: int, *, occasion: Occasion) -> Values:
    name, number, phone = str(told["name"]), str(told["number"]), str(told.get("phone", ""))
    numbers = NUMBER_BOX.close(number), row.number_index, LAST4_BOX.index(number[-4:]), PHONE_BOX.close(phone), PHONE_BOX.index(phone)
    who = public_id(), account_id, name, *pinyin_of(name), told["identity_kind"], *numbers, told.get("staff_number", ""), told["gender"]
    post = told["stage"], told["subject"], told["position"], told.get("title", ""), told.get("honour", ""), told["status"]
    return (*who, row.school_id, *post, told["hired_on"], occasion.now)


def _first_facts(row: PlannedRow, told: Mapping[str, object], teacher_id: int, occasion: Occasion) -> Iterator[Values]:
    """What is known from the day of registration on; the hire date itself from the day of hiring."""
    since, told = occasion.effective(row), {**told, "school": row.school_id}
    for kind in FIRST_FACTS:
        if value := told.get(kind, ""):
            from_on = value if kind == "hired_on" else since
            yield teacher_id, kind, str(value), from_on, None, occasion.now, occasion.account_id, occasion.job_id


def _fact(teacher_id: int, kind: str, value: str, from_on: date, occasion: Occasion) -> TeacherFact:
    kept = FACT_BOX.close(value) if kind in (FactKind.NAME, FactKind.PHONE) else value
    return TeacherFact(
        teacher_id=teacher_id,
        kind=kind,
        value=kept,
        from_on=from_on,
        entered_at=occasion.now,
        entered_by_id=occasion.account_id,
        job_id=occasion.job_id,
    )


def _change(rows: Sequence[PlannedRow], occasion: Occasion) -> list[int]:
    teachers = [row.teacher for row in rows if row.teacher]
    for row, teacher in zip(rows, teachers, strict=True):
        for change in row.changes:
            _apply(teacher, change)
    _upsert_teachers(teachers)
    _turn_facts(rows, occasion)
    _change_accounts(rows)
    _move_grants([row for row in rows if any(change.column == "school" for change in row.changes)], occasion)
    return [teacher.pk for teacher in teachers]


def _apply(teacher: Teacher, change: Change) -> None:
    """The teacher (in memory) has the new value."""
    if change.column == "school":
        teacher.school_id = int(change.after)
    elif change.column == "phone":
        teacher.phone_closed, teacher.phone_index = PHONE_BOX.close(change.after), PHONE_BOX.index(change.after)
    elif change.column == "hired_on":
        teacher.hired_on = date.fromisoformat(change.after)
    else:
        setattr(teacher, change.column, change.after)
        if change.column == "name":
            teacher.name_pinyin, teacher.name_initials = pinyin_of(change.after)


CHANGING = ("name", "name_pinyin", "name_initials", "identity_kind", "gender", "school", "stage", "subject", "position", "title", "honour")
CHANGING_TOO = ("hired_on", "phone_closed", "phone_index", "staff_number", "status")


def _upsert_teachers(teachers: Sequence[Teacher]) -> None:
    # An upsert on the key is one statement for a thousand rows on both databases; bulk_update is a CASE for every field and row.
    Teacher.everywhere.bulk_create(
        teachers, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=[*CHANGING, *CHANGING_TOO]
    )


def _turn_facts(rows: Sequence[PlannedRow], occasion: Occasion) -> None:
    """Each changed fact is closed the day before and a new one opened; one of the same day is mended in place."""
    ids = [row.teacher.pk for row in rows if row.teacher]
    standing = {(fact.teacher_id, fact.kind): fact for fact in TeacherFact.objects.filter(teacher_id__in=ids, to_on=None)}
    closed, fresh = [], []
    for row in rows:
        if row.teacher is None:
            continue
        since = occasion.effective(row)
        for change in row.changes:
            if change.column not in set(FactKind):
                continue
            old = standing.get((row.teacher.pk, change.column))
            closed += _closed(old, since)
            fresh += _opened(row.teacher, change, old, since, occasion)
    TeacherFact.objects.bulk_create(closed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=["to_on"])
    TeacherFact.objects.bulk_create(fresh, batch_size=BATCH)


def _closed(old: TeacherFact | None, since: date) -> list[TeacherFact]:
    if old is None or old.from_on >= since or old.kind == FactKind.HIRED_ON:
        return []
    old.to_on = since - timedelta(days=1)
    return [old]


def _opened(teacher: Teacher, change: Change, old: TeacherFact | None, since: date, occasion: Occasion) -> list[TeacherFact]:
    """The facts that the change adds; a mended one is changed where it stands (and saved here, for it is rare)."""
    if old is not None and old.to_on is None:
        old.value = FACT_BOX.close(change.after) if change.column in (FactKind.NAME, FactKind.PHONE) else change.after
        if change.column == FactKind.HIRED_ON:
            old.from_on = date.fromisoformat(change.after)
        old.save(update_fields=["value", "from_on"])
        return []
    facts = [] if change.after == "" else [_fact(teacher.pk, change.column, change.after, since, occasion)]
    known_since = local_day(teacher.registered_at)
    if old is None and change.column in (FactKind.NAME, FactKind.PHONE) and change.before and known_since < since:
        before = _fact(teacher.pk, change.column, change.before, known_since, occasion)
        before.to_on = since - timedelta(days=1)
        facts.append(before)
    return facts


def _change_accounts(rows: Sequence[PlannedRow]) -> None:
    named = {
        row.teacher.account_id: row.teacher for row in rows if row.teacher and {"name", "phone"} & {change.column for change in row.changes}
    }
    accounts = list(Account.objects.filter(pk__in=named))
    for account in accounts:
        teacher = named[account.pk]
        account.name = teacher.name
        account.phone_index = ACCOUNT_PHONE_BOX.index(PHONE_BOX.open(teacher.phone_closed))
    Account.objects.bulk_update(accounts, ["name", "phone_index"], batch_size=BATCH)


def _move_grants(rows: Sequence[PlannedRow], occasion: Occasion) -> None:
    """The teacher's role ends at the old school and begins at the new one; access follows the post of today."""
    moved = {row.teacher.account_id: row for row in rows if row.teacher}
    open_ones = Grant.objects.filter(account_id__in=moved, role=Role.TEACHER, to_on=None)
    fresh, ended = [], []
    for grant in open_ones:
        if grant.organisation_id == moved[grant.account_id].school_id:
            continue
        if grant.from_on >= occasion.today:
            Grant.objects.filter(pk=grant.pk).update(organisation_id=moved[grant.account_id].school_id)
            continue
        ended.append(grant.pk)
        fresh.append(
            Grant(
                account_id=grant.account_id,
                role=Role.TEACHER,
                organisation_id=moved[grant.account_id].school_id,
                from_on=occasion.today,
                granted_by_id=occasion.account_id,
            )
        )
    Grant.objects.filter(pk__in=ended).update(to_on=occasion.today - timedelta(days=1))
    Grant.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
