"""Who hears of an application's steps: the teacher by a message, later rooms by an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import uuid7
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.inbox.send import tell, tell_each

from .models import Application
from .moving import Deed
from .states import State

LINK = "/my/applications/"


def tell_them(rows: Sequence[Application], code: str, project: projects.Project, deed: Deed) -> None:
    """Each teacher of these applications has the message once."""
    if rows:
        accounts = [row.teacher.account_id for row in rows]
        params = {"project": project.title, "reason": deed.reason[:200]}
        tell(accounts, code, source=f"admissions:{uuid7()}", params=params, link=LINK, now=deed.now)


def tell_rooms(what: str, rows: Sequence[Application], now: datetime) -> None:
    """Later rooms hear which applications were admitted, or ended though they had a seat."""
    if rows:
        emit(f"admissions.{what}", {"applications": [row.pk for row in rows]}, now=now)


def follow_admitted(payload: Mapping[str, Any], now: datetime) -> None:
    """Whoever was admitted, by an office, in the rush or from the line, has one message; whoever withdrew meanwhile has none."""
    rows = list(Application.everywhere.filter(pk__among=list(payload["applications"]), state=State.ADMITTED).select_related("project"))
    heads = teachers.heads_of({row.teacher_id for row in rows})
    people = teachers.teachers_by_id(heads.values())
    told = [
        (people[heads[row.teacher_id]].account_id, f"admissions:admitted:{row.pk}", {"project": row.project.title, "reason": ""})
        for row in rows
    ]
    tell_each("application_admitted", told, link=LINK, now=now)
