"""Telling a teacher where the own paper is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.inbox.send import tell

from .models import PaperState
from .states import Step

TOLD = {
    Step.SUBMITTED: "paper_submitted",
    Step.SEALED: "paper_sealed",
    Step.REFUSED: "paper_refused",
    Step.REVOKED: "paper_revoked",
}


def tell_teachers(rows: Sequence[PaperState], step: Step, *, now: datetime) -> None:
    """Each teacher knows of the step that the own paper took; steps that change nothing for the teacher are not told."""
    code = TOLD.get(step)
    if code is None:
        return
    people = teachers.teachers_by_id(row.teacher_id for row in rows if row.teacher_id)
    for row in rows:
        if one := people.get(row.teacher_id or 0):
            source = f"paper:{row.pk}:{step.value}:{now.isoformat()}"
            link = reverse("trainee:paper", args=[row.paper.public_id])
            tell([one.account_id], code, source=source, params={"number": row.paper.number}, link=link, now=now)
