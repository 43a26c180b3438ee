"""Whether the school's plan of the year is the ground for sending somebody (S4)."""

from __future__ import annotations

from collections.abc import Collection

from xingtan.domains.plans import api as plans
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers


def without_ground(project: projects.Project, teacher_ids: Collection[int]) -> frozenset[int]:
    """Those whose school's accepted plan names no training like the project for their stage and subject; four queries whatever the number.

    A line that became another project is the ground for that one only. Where neither the school has an accepted plan nor the project
    came of plans, nobody planned, and nothing is said.
    """
    people = teachers.teachers_by_id(teacher_ids)
    grounds = plans.grounds_of({one.school_id for one in people.values()}, project.training_year_id)
    is_planned = bool(plans.head_counts(project.pk))
    return frozenset(
        pk
        for pk, one in people.items()
        if (is_planned or grounds[one.school_id]) and not any(_is_ground(line, project, one) for line in grounds[one.school_id])
    )


def _is_ground(line: plans.Ground, project: projects.Project, teacher: teachers.Teacher) -> bool:
    if line.project_id is not None:
        return line.project_id == project.pk
    return line.way == plans.Way.SEND and line.stage in ("", teacher.stage) and line.subject in ("", teacher.subject)
