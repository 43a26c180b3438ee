"""Reminding trainees who are behind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from xingtan.domains.projects import api as projects
from xingtan.domains.supervision.access import REMIND
from xingtan.domains.supervision.models import LiveReminder, LiveTrainee
from xingtan.domains.supervision.rules import REMIND_DAYS
from xingtan.domains.supervision.states import Pace
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .showing import eyes_of, reminded_at

LATE = (Pace.NOT_BEGUN.value, Pace.STOPPED.value, Pace.BEHIND.value)


@atomic
def remind(*, actor: Actor, project: projects.Project, teacher_ids: Collection[int], now: datetime) -> tuple[int, int]:
    """Those of the ticked trainees who are behind have a message, once a week at most; answers how many were told, and how many were left out."""
    require(actor, REMIND)
    wanted, seen = set(teacher_ids), eyes_of(actor)
    if not wanted:
        raise Refused("nobody_ticked")
    rows = LiveTrainee.objects.within(seen.scope).filter(project=project, provider=seen.provider_id, teacher_id__among=wanted)
    held = {one.teacher_id: one for one in rows.select_related("teacher")}
    if len(held) != len(wanted):
        raise NotInScope
    earlier = reminded_at(project.pk, wanted)
    due = [one for pk, one in sorted(held.items()) if one.pace in LATE and not _lately(earlier.get(pk), now)]
    for pace in LATE:
        accounts = [one.teacher.account_id for one in due if one.pace == pace]
        params = {"project": project.title, "project_en": project.title_en or project.title}
        tell(accounts, f"live_{pace}", source=f"live:{project.pk}:{now:%Y%m%d%H%M%S}", params=params, link="/my/study/", now=now)
    LiveReminder.objects.bulk_create(
        LiveReminder(project=project, teacher_id=one.teacher_id, at=now, account_id=actor.account_id) for one in due
    )
    if due:
        record(actor, "supervision.reminded", "teacher", [one.teacher_id for one in due], now=now, detail={"project": project.pk})
    return len(due), len(held) - len(due)


def _lately(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at < timedelta(days=REMIND_DAYS)
