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
from .states import Act


def follow_freed(payload: Mapping[str, Any], now: datetime) -> None:
    """Seats of a project became free: whoever is next in line has an offer."""
    move_line(project_id=int(payload["project"]), now=now)


def follow_cancelled(payload: Mapping[str, Any], now: datetime) -> None:
    """A project was cancelled: every application that stood ended with it, and its seats are free."""
    project_id = int(payload["project"])
    standing = Application.everywhere.filter(STANDS, project_id=project_id)
    if not standing.exists():
        return
    found = hold_project(project_id, now)
    rows = standing.order_by("pk").select_for_update(no_key=True, of=("self",)).select_related("teacher", "school")
    release(found, list(rows), Act.CANCEL, Deed(None, now, "=project_cancelled"))
