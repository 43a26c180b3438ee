"""Who hears of an application's steps: the teacher by a message, later rooms by an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xingtan.domains.projects import api as projects
from xingtan.foundation.db import uuid7
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.inbox.send import tell

from .models import Application
from .moving import Deed

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
