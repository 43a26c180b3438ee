"""Offsets: the hours of a granted duty of those who have the right to them (K3) are claims of their own and go the same way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from xingtan.domains.circumstances import api as circumstances
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.models import Claim
from xingtan.domains.recognition.rules import OFFSET_WAY
from xingtan.domains.recognition.states import ClaimState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic

from .recognising import tell_ledger


def follow_duties(payload: Mapping[str, Any], now: datetime) -> None:
    """`circumstances.changed`: these teachers' duties are claims as they stand today."""
    keep_duties(payload["teachers"], now=now)


@atomic
def keep_duties(teacher_ids: Collection[int], *, now: datetime) -> int:
    """Every granted duty that offsets is a recognised claim while its teacher holds a rank that has the right; returns how many changed."""
    people = teachers.teachers_by_id(teacher_ids)
    rows = [one for one in circumstances.duties_of(people) if one.training_year.state != policies.YearState.CLOSED]
    held = {one.circumstance_id: one for one in Claim.everywhere.select_for_update(of=("self",)).filter(circumstance__in=rows)}
    changed = []
    for row in rows:
        due = row.hours_centi if _counts(row) else 0
        one = held.get(row.pk)
        if (one.worth_centi if one else 0) == due:
            continue
        changed.append(_claim(one, row, people[row.teacher_id], due, now))
    for one in changed:
        one.save()
    tell_ledger(changed, now)
    return len(changed)


def _counts(row: circumstances.Circumstance) -> bool:
    """True while the duty is granted and its teacher has the right in that year."""
    offset = policies.policy_of(row.training_year).offset
    if offset is None or not offset.is_open or row.state != circumstances.State.GRANTED:
        return False
    if row.value != offset.duty.code:
        return False
    ranks = {one.code for one in offset.ranks}
    year = row.training_year
    granted = circumstances.granted([row.teacher_id], year.first_on, year.last_on).get(row.teacher_id, ())
    if any(one.name == circumstances.RANK and one.value in ranks for one in granted):
        return True
    honours = teachers.facts_on([row.teacher_id], teachers.FactKind.HONOUR, year.last_on)
    return honours.get(row.teacher_id) in ranks


def _claim(one: Claim | None, row: circumstances.Circumstance, teacher: teachers.Teacher, due: int, now: datetime) -> Claim:
    label = circumstances.circumstance_word(policies.policy_of(row.training_year), row.name, row.value)
    found = one or Claim(
        source=f"duty:{row.pk}",
        teacher=teacher,
        school_id=row.school_id,
        training_year=row.training_year,
        way=OFFSET_WAY,
        title=label[:160],
        happened_on=row.from_on,
        circumstance=row,
        claimed_at=now,
        claimed_by_id=row.recorded_by_id,
    )
    found.amount_centi = row.hours_centi
    found.worth_centi, found.changed_at = due, now
    found.state = (ClaimState.RECOGNISED if due else ClaimState.WITHDRAWN).value
    return found
