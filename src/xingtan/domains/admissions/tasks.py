"""What happens because something happened elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .actions.seating import move_line, release
from .holding import hold_project
from .models import Application
from .models.applications import STANDS
from .moving import Deed
from .states import Act, State


def follow_freed(payload: Mapping[str, Any], now: datetime) -> None:
    """Seats of a project became free: whoever is next in line has an offer."""
    move_line(project_id=int(payload["project"]), now=now)


def move_lines(now: datetime) -> int:
    """In every project an offer whose time is over went to the next in line; answers how many projects had one."""
    over = Application.everywhere.filter(state=State.OFFERED, answer_by__lte=now).order_by("project_id")
    project_ids = list(over.values_list("project_id", flat=True).distinct())
    for project_id in project_ids:
        move_line(project_id=project_id, now=now)
    return len(project_ids)


def follow_cancelled(payload: Mapping[str, Any], now: datetime) -> None:
    """A project was cancelled: every application that stood ended with it, and its seats are free."""
    project_id = int(payload["project"])
    standing = Application.everywhere.filter(STANDS, project_id=project_id)
    if not standing.exists():
        return
    found = hold_project(project_id, now)
    rows = standing.order_by("pk").select_for_update(no_key=True, of=("self",)).select_related("teacher", "school")
    release(found, list(rows), Act.CANCEL, Deed(None, now, "=project_cancelled"))
