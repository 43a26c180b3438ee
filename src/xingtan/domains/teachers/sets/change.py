"""Teachers change, in sets: the rows of today, the dated facts behind them, accounts and roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from xingtan.core.calendar import local_day
from xingtan.domains.teachers.finding.index import index_people
from xingtan.domains.teachers.models import FACT_BOX, PHONE_BOX, Teacher, TeacherFact
from xingtan.domains.teachers.states import FactKind
from xingtan.foundation.people.models import PHONE_BOX as ACCOUNT_PHONE_BOX
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Role

from .occasion import CLOSED_KINDS, FACT_KINDS, Amendment, Change, Occasion
from .pinyin import pinyin_of

BATCH = 1000
FOUND_BY = frozenset({"name", "school", "status"})


def _fact(teacher_id: int, kind: str, value: str, from_on: date, occasion: Occasion) -> TeacherFact:
    kept = FACT_BOX.close(value) if kind in CLOSED_KINDS else value
    return TeacherFact(
        teacher_id=teacher_id,
        kind=kind,
        value=kept,
        from_on=from_on,
        entered_at=occasion.now,
        entered_by_id=occasion.account_id,
        job_id=occasion.job_id,
    )


def change_teachers(rows: Sequence[Amendment], occasion: Occasion) -> list[int]:
    """The changes stand with the teachers, their facts, accounts and roles; returns the teachers' ids."""
    teachers = [row.teacher for row in rows]
    for row, teacher in zip(rows, teachers, strict=True):
        for change in row.changes:
            _apply(teacher, change)
    _upsert_teachers(teachers)
    _turn_facts(rows, occasion)
    _change_accounts(rows)
    _move_grants([row for row in rows if any(change.column == "school" for change in row.changes)], occasion)
    index_people([row.teacher.pk for row in rows if any(change.column in FOUND_BY for change in row.changes)])
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


def _turn_facts(rows: Sequence[Amendment], occasion: Occasion) -> None:
    """Each changed fact is closed the day before and a new one opened; one of the same day is mended in place."""
    ids = [row.teacher.pk for row in rows]
    standing = {(fact.teacher_id, fact.kind): fact for fact in TeacherFact.objects.filter(teacher_id__in=ids, to_on=None)}
    closed, fresh = [], []
    for row in rows:
        since = row.since
        for change in row.changes:
            if change.column not in FACT_KINDS:
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
        old.value = FACT_BOX.close(change.after) if change.column in CLOSED_KINDS else change.after
        if change.column == FactKind.HIRED_ON:
            old.from_on = date.fromisoformat(change.after)
        old.save(update_fields=["value", "from_on"])
        return []
    facts = [] if change.after == "" else [_fact(teacher.pk, change.column, change.after, since, occasion)]
    known_since = local_day(teacher.registered_at)
    if old is None and change.column in CLOSED_KINDS and change.before and known_since < since:
        before = _fact(teacher.pk, change.column, change.before, known_since, occasion)
        before.to_on = since - timedelta(days=1)
        facts.append(before)
    return facts


def _change_accounts(rows: Sequence[Amendment]) -> None:
    named = {row.teacher.account_id: row.teacher for row in rows if {"name", "phone"} & {change.column for change in row.changes}}
    accounts = list(Account.objects.filter(pk__in=named))
    for account in accounts:
        teacher = named[account.pk]
        account.name = teacher.name
        account.phone_index = ACCOUNT_PHONE_BOX.index(PHONE_BOX.open(teacher.phone_closed))
    Account.objects.bulk_update(accounts, ["name", "phone_index"], batch_size=BATCH)


def _move_grants(rows: Sequence[Amendment], occasion: Occasion) -> None:
    """The teacher's role ends at the old school and begins at the new one; access follows the post of today."""
    moved = {row.teacher.account_id: row for row in rows}
    open_ones = Grant.objects.filter(account_id__in=moved, role=Role.TEACHER, to_on=None)
    fresh, ended = [], []
    for grant in open_ones:
        if grant.organisation_id == moved[grant.account_id].teacher.school_id:
            continue
        if grant.from_on >= occasion.today:
            Grant.objects.filter(pk=grant.pk).update(organisation_id=moved[grant.account_id].teacher.school_id)
            continue
        ended.append(grant.pk)
        fresh.append(
            Grant(
                account_id=grant.account_id,
                role=Role.TEACHER,
                organisation_id=moved[grant.account_id].teacher.school_id,
                from_on=occasion.today,
                granted_by_id=occasion.account_id,
            )
        )
    Grant.objects.filter(pk__in=ended).update(to_on=occasion.today - timedelta(days=1))
    Grant.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
