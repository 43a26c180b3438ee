"""Hours that come after their year's window: an office above decided on them, and they are entered into the year they belong to."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from xingtan.domains.credits.models import CreditEntry, Evidence
from xingtan.domains.credits.queries.dues import dues_of
from xingtan.domains.credits.states import EntryKind, EvidenceKind, State
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.roles import Actor

from .entering import lines_of, write_entries


class Late(NamedTuple):
    """What comes late: of whom, what, how much (hundredths of an hour), when, who ran it, and where it was decided."""

    source: str
    teacher_id: int
    school_id: int
    provider_id: int
    component: str
    title: str
    centi: int
    on: date


def enter_late(late: Late, training_year: policies.TrainingYear, *, actor: Actor, now: datetime) -> list[CreditEntry]:
    """The hours stand as entered, as far as the year's caps leave room, and are marked late; none when nothing is left.

    Whether they may is decided before, in the same transaction, by whoever calls this.
    """
    evidence, _ = Evidence.everywhere.get_or_create(
        source=late.source,
        defaults={
            "teacher_id": late.teacher_id,
            "training_year": training_year,
            "school_id": late.school_id,
            "provider_id": late.provider_id,
            "component": late.component,
            "kind": EvidenceKind.ACTIVITY.value,
            "title": late.title,
            "learned_centi": late.centi,
            "happened_on": late.on,
            "detail": {"late": True},
            "changed_at": now,
        },
    )
    due = [one for one in dues_of(training_year, {late.teacher_id}) if one.evidence.pk == evidence.pk]
    return write_entries(lines_of(due, training_year, actor, now, EntryKind.LATE), state=State.ENTERED, actor=actor, now=now)
