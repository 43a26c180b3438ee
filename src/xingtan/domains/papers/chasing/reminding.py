"""Reminding teachers who are behind, not more often than the limit, and what became of each reminder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max

from xingtan.core.calendar import local_day
from xingtan.domains.papers.access import REMIND
from xingtan.domains.papers.models import Reminder
from xingtan.domains.papers.states import Matter
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .rules import SCHOOLS_OWN, is_too_soon
from .standing import matters_of, study_of

LINKS = {Matter.NOT_CHOSEN: "/my/choose/", Matter.SENT_BACK: "/my/choose/", Matter.EXAM_DUE: "/my/record/"}
STUDY = "/my/study/"


class Reminded(NamedTuple):
    """How many were told, how many were told lately, how many cannot read it here, and how many are chased no longer."""

    sent: int = 0
    lately: int = 0
    unreachable: int = 0
    settled: int = 0


class Delivery(NamedTuple):
    """The last reminder of a teacher in a matter: when, whether it reached an inbox, and when it was read."""

    at: datetime
    is_delivered: bool
    read_at: datetime | None


@atomic
def remind(*, actor: Actor, training_year: policies.TrainingYear, teacher_ids: Collection[int], now: datetime) -> Reminded:
    """Each of these teachers is told of the matter that holds now, unless told of it lately. `NotInScope` for one elsewhere.

    Who never signed in has no inbox that anyone reads: the reminder is kept as not delivered, to be told in person.
    """
    require(actor, REMIND)
    wanted = sorted(set(teacher_ids))
    people = list(teachers.teachers_in(actor.scope).select_for_update(of=("self",)).filter(pk__among=wanted).order_by("pk"))
    if not wanted:
        raise Refused("reminder_nobody")
    if len(people) != len(wanted):
        raise NotInScope
    matters = matters_of(actor.scope, training_year, local_day(now))
    chased = [(one, matters[one.pk]) for one in people if one.pk in matters and matters[one.pk] not in SCHOOLS_OWN]
    earlier = last_delivered(chased_pairs(chased))
    due = [(one, matter) for one, matter in chased if not is_too_soon(earlier.get((one.pk, matter)), now)]
    unreachable = _sent(actor, training_year, due, now)
    return Reminded(len(due) - unreachable, len(chased) - len(due), unreachable, len(people) - len(chased))


def chased_pairs(chased: Iterable[tuple[teachers.Teacher, Matter]]) -> list[tuple[int, Matter]]:
    """(teacher id, matter) of each."""
    return [(one.pk, matter) for one, matter in chased]


def _sent(actor: Actor, year: policies.TrainingYear, due: Sequence[tuple[teachers.Teacher, Matter]], now: datetime) -> int:
    """The reminders stand and the messages are in their inboxes; answers how many nobody can read there."""
    accounts = dict(teachers.teachers_in(actor.scope).filter(pk__in=[one.pk for one, _ in due]).values_list("pk", "account__activated_at"))
    rows = [
        Reminder(
            teacher=one, school_id=one.school_id, training_year=year, matter=matter, sent_at=now, account_id=actor.account_id,
            recipient_id=one.account_id if accounts[one.pk] else None,
        )
        for one, matter in due
    ]  # fmt: skip
    Reminder.everywhere.bulk_create(rows, batch_size=500)
    day = study_of(year, local_day(now)).closes_on.isoformat()
    for row in rows:
        if row.recipient_id:
            params = {"year": year.year, "day": day}
            code, link = f"chased_{row.matter.replace('-', '_')}", LINKS.get(Matter(row.matter), STUDY)
            tell([row.recipient_id], code, source=row.source, params=params, link=link, now=now)
    if rows:
        record(actor, "papers.reminded", "teacher", [row.teacher_id for row in rows], now=now)
    return sum(row.recipient_id is None for row in rows)


def last_delivered(pairs: Collection[tuple[int, Matter]]) -> dict[tuple[int, Matter], datetime]:
    """When a reminder of the matter last reached each of these teachers; whom none reached is left out, and may be reminded again."""
    reached = Reminder.everywhere.filter(teacher_id__among={pk for pk, _ in pairs}, recipient_id__isnull=False)
    rows = reached.order_by().values("teacher_id", "matter")
    found = rows.annotate(at=Max("sent_at")).values_list("teacher_id", "matter", "at")
    return {(pk, Matter(matter)): at for pk, matter, at in found if (pk, matter) in set(pairs)}


def deliveries(pairs: Collection[tuple[int, Matter]]) -> dict[tuple[int, Matter], Delivery]:
    """What became of the last reminder of each of these teachers in the matter."""
    rows = {}
    for one in Reminder.everywhere.filter(teacher_id__among={pk for pk, _ in pairs}).order_by("sent_at", "pk"):
        rows[one.teacher_id, Matter(one.matter)] = one
    sources = [one.source for one in rows.values() if one.recipient_id]
    read = dict(Message.objects.filter(source__in=sources).values_list("source", "read_at"))
    return {
        key: Delivery(one.sent_at, one.recipient_id is not None, read.get(one.source)) for key, one in rows.items() if key in set(pairs)
    }
