"""Writing a plan into the register, in sets: accounts, roles, teachers and dated facts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from xingtan.core.calendar import local_day
from xingtan.foundation.db import public_id
from xingtan.foundation.keys import open_box
from xingtan.foundation.people.models import ACTIVATION_BOX, Account, Grant
from xingtan.foundation.people.models import NUMBER_BOX as ACCOUNT_NUMBER_BOX
from xingtan.foundation.people.models import PHONE_BOX as ACCOUNT_PHONE_BOX
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.sign_in import new_activation_code

from ..models import LAST4_BOX, NUMBER_BOX, PHONE_BOX, Teacher, TeacherFact
from ..states import FactKind, IdentityKind, Position, RowState, Status
from .pinyin import pinyin_of
from .plan import Change, Plan, PlannedRow, chunks

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


def _register(rows: Sequence[PlannedRow], occasion: Occasion) -> list[int]:
    accounts = _accounts(rows, occasion)
    teachers = Teacher.everywhere.bulk_create(
        [_teacher(row, account.pk, occasion) for row, account in zip(rows, accounts, strict=True)], batch_size=BATCH
    )
    Grant.objects.bulk_create(
        [
            Grant(account=account, role=Role.TEACHER, organisation_id=row.school_id, from_on=occasion.today, granted_by_id=occasion.account_id)
            for row, account in zip(rows, accounts, strict=True)
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    facts = (fact for row, teacher in zip(rows, teachers, strict=True) for fact in _first_facts(row, teacher, occasion))
    TeacherFact.objects.bulk_create(facts, batch_size=BATCH)
    return [teacher.pk for teacher in teachers]


def _accounts(rows: Sequence[PlannedRow], occasion: Occasion) -> list[Account]:
    """An account for each row: the person's own where an office holder becomes a teacher, else a new one that waits for its activation."""
    indexes = [ACCOUNT_NUMBER_BOX.index(row.read.text("number")) for row in rows]
    there = {account.number_index: account for account in Account.objects.filter(number_index__in=indexes)}
    fresh = [_account(row, index, occasion.now) for row, index in zip(rows, indexes, strict=True) if index not in there]
    there.update({account.number_index: account for account in Account.objects.bulk_create(fresh, batch_size=BATCH)})
    return [there[index] for index in indexes]


def _account(row: PlannedRow, index: str, now: datetime) -> Account:
    return Account(
        login=public_id(),
        name=row.read.text("name"),
        number_index=index,
        phone_index=ACCOUNT_PHONE_BOX.index(row.read.text("phone")),
        # Unusable, as Django writes it: no password matches, and none is hashed for people who set their own at activation.
        password="!" + secrets.token_hex(20),
        activation_code=ACTIVATION_BOX.close(new_activation_code()),
        created_at=now,
    )


def _teacher(row: PlannedRow, account_id: int, occasion: Occasion) -> Teacher:
    values = DEFAULTS | {key: str(value) for key, value in row.read.values.items()}
    number, phone = values["number"], values.get("phone", "")
    pinyin, initials = pinyin_of(values["name"])
    return Teacher(
        account_id=account_id,
        name=values["name"],
        name_pinyin=pinyin,
        name_initials=initials,
        identity_kind=values["identity_kind"],
        number_closed=NUMBER_BOX.close(number),
        number_index=row.number_index,
        last4_index=LAST4_BOX.index(number[-4:]),
        phone_closed=PHONE_BOX.close(phone),
        phone_index=PHONE_BOX.index(phone),
        staff_number=values.get("staff_number", ""),
        gender=values["gender"],
        school_id=row.school_id,
        stage=values["stage"],
        subject=values["subject"],
        position=values["position"],
        title=values.get("title", ""),
        honour=values.get("honour", ""),
        status=values["status"],
        hired_on=row.read.values["hired_on"],
        registered_at=occasion.now,
    )


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


def _first_facts(row: PlannedRow, teacher: Teacher, occasion: Occasion) -> Iterable[TeacherFact]:
    """What is known from the day of registration on; the hire date itself from the day of hiring."""
    since = occasion.effective(row)
    for kind in FIRST_FACTS:
        value = str(teacher.school_id) if kind == "school" else str(getattr(teacher, kind))
        if value:
            yield _fact(teacher.pk, kind, value, teacher.hired_on if kind == "hired_on" else since, occasion)


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
    named = {row.teacher.account_id: row.teacher for row in rows if row.teacher and {"name", "phone"} & {change.column for change in row.changes}}
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
