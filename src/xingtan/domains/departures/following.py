"""A leaver's applications end and their seats are free; who moves keeps a seat, and what waits goes along or ends with a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from xingtan.core.calendar import local_day
from xingtan.domains.admissions.api import (
    SEATED,
    STANDS,
    Act,
    Application,
    Around,
    Deed,
    advance,
    covered,
    hold_project,
    keep_quotas,
    move,
    release,
    tell_them,
)
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.domains.suiting import api as suiting
from xingtan.domains.teachers import api as teachers

GONE = frozenset({teachers.Status.LEFT, teachers.Status.RETIRED})
LEFT, MOVED, MOVED_AWAY = "=left_post", "=moved_school", "=moved_away"


def follow_leavers(payload: Mapping[str, Any], now: datetime) -> None:
    """Whoever is out of post has no standing application any more in a training that is not over; the seats are free, and the lines move."""
    for found, rows, people in _by_project(payload["teachers"], now):
        gone = [row for row in rows if people[row.teacher_id].status in GONE]
        if gone and not _is_over(found.project, now):
            release(found, gone, Act.CANCEL, Deed(None, now, LEFT))


def follow_moves(payload: Mapping[str, Any], now: datetime) -> None:
    """Seats are kept; what has none yet goes along to the new school, or ends where the project is not for it, and its teacher is told."""
    for found, rows, people in _by_project(payload["teachers"], now):
        waiting = [row for row in rows if row.state not in SEATED and row.school_id != people[row.teacher_id].school_id]
        away = [row for row in waiting if not _is_for(found, row, people[row.teacher_id])]
        along = [row for row in waiting if row not in away]
        deed = Deed(None, now, MOVED_AWAY)
        release(found, away, Act.CANCEL, deed)
        tell_them(away, "application_moved_away", found.project, deed)
        _go_along(found, along, people, Deed(None, now, MOVED))
        advance(found, now)


def _is_for(found: Around, row: Application, teacher: teachers.Teacher) -> bool:
    """True when the teacher's school of today may have what the application asks for."""
    return covered(found.project, teacher.school) and (teacher.school.is_rural or not suiting.is_for_rural(row.category))


def _go_along(found: Around, rows: Sequence[Application], people: Mapping[int, teachers.Teacher], deed: Deed) -> None:
    """The applications are the new schools', their place in line is the one they had, for the nearest seats of the new school."""
    by_school: dict[int, list[Application]] = defaultdict(list)
    for row in rows:
        by_school[people[row.teacher_id].school_id].append(row)
    for school_id, some in sorted(by_school.items()):
        move(some, Act.CHANGE, deed, school_id=school_id)
    lines = quotas.lines_for(found.project.pk, {(row.school_id, row.category) for row in rows}) if rows else {}
    lined = [row for row in rows if row.quota_id is not None]
    for row in lined:
        row.quota_id = next(iter(lines[row.school_id, row.category]), None)
    keep_quotas(lined)
    tell_them(rows, "application_moved_along", found.project, deed)


def _by_project(ids: Collection[int], now: datetime) -> Iterator[tuple[Around, list[Application], dict[int, teachers.Teacher]]]:
    """Project after project, held: the standing applications of these people, held, and by the id they were written under who they are today."""
    persons = teachers.whose(set(ids))
    standing = Application.everywhere.filter(STANDS, teacher_id__among=persons)
    for project_id in sorted(set(standing.order_by().values_list("project_id", flat=True))):
        found = hold_project(project_id, now)
        rows = standing.filter(project_id=project_id).order_by("pk").select_for_update(no_key=True, of=("self",))
        held = list(rows.select_related("teacher", "school"))
        heads = teachers.teachers_by_id({persons[row.teacher_id] for row in held})
        yield found, held, {row.teacher_id: heads[persons[row.teacher_id]] for row in held}


def _is_over(project: projects.Project, now: datetime) -> bool:
    """True once the training is over: who sat in it to the end keeps what was earned, leaver or not."""
    closed = project.training_year.state == policies.YearState.CLOSED
    return closed or (project.ends_on is not None and project.ends_on < local_day(now))
