"""The draft becomes classes: members seated, tutor and host named, everybody introduced; later admissions and endings follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xingtan.domains.admissions import api as admissions
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops.models import Cohort, CohortMember, Forming, FormingClass, FormingSeat
from xingtan.domains.workshops.seating import seat
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from .actions import held_draft
from .people import unseated
from .states import FormingAct, FormingState, Refusal


@atomic
def arrange(*, actor: Actor, forming_id: int, version: int, now: datetime) -> int:
    """Every class of the draft that has trainees stands with its tutor, and its people know each other; answers how many classes.

    Who was admitted after the draft, or lost the seat since, is looked at once more: nobody without a seat is seated.
    """
    forming = held_draft(actor, forming_id, FormingAct.ARRANGE, version)
    waiting = unseated(forming.project_id)
    seats: dict[int, list[int]] = {}
    for teacher_id, number in FormingSeat.objects.filter(forming=forming).order_by("pk").values_list("teacher_id", "number"):
        if teacher_id in waiting:
            seats.setdefault(number, []).append(teacher_id)
    rows = list(FormingClass.objects.filter(forming=forming, number__in=list(seats)).order_by("number"))
    if missing := [row for row in rows if row.tutor_id is None]:
        raise Refused(Refusal.FORMING_TUTOR_MISSING, count=len(missing))
    for row in rows:
        row.cohort = _cohort(forming, row, seats[row.number], now)
    FormingClass.objects.bulk_update(rows, ["cohort"], batch_size=200)
    seat(forming.project_id, waiting - {pk for some in seats.values() for pk in some})
    Forming.everywhere.filter(pk=forming.pk).update(state=FormingState.ARRANGED.value, arranged_at=now)
    record(actor, "workshops.classes_arranged", "forming", [forming.pk], now=now, detail={"classes": len(rows)})
    return len(rows)


def _cohort(forming: Forming, row: FormingClass, teacher_ids: Sequence[int], now: datetime) -> Cohort:
    cohort: Cohort = Cohort.everywhere.create(
        project_id=forming.project_id, organisation_id=row.organisation_id or forming.project.organiser_id, tutor_id=row.tutor_id or 0,
        host_id=row.host_id, title=row.title, stage=row.stage,
    )  # fmt: skip
    CohortMember.objects.bulk_create([CohortMember(cohort=cohort, teacher_id=pk) for pk in teacher_ids], batch_size=900)
    _introduce(cohort, row, teacher_ids, now)
    return cohort


def _introduce(cohort: Cohort, row: FormingClass, teacher_ids: Sequence[int], now: datetime) -> None:
    """Trainees read who their tutor and host are, tutor and host how many trainees they have."""
    accounts = [one.account_id for one in teachers.teachers_by_id(teacher_ids).values()]
    tutor = row.tutor.name if row.tutor else ""
    params = {"title": cohort.title, "project": cohort.project.title, "tutor": tutor, "host": row.host.name if row.host else tutor}
    tell(accounts, "class_introduced", source=f"cohort:{cohort.pk}", params=params, link="/my/study/", now=now)
    staff = {pk for pk in (row.tutor_id, row.host_id) if pk}
    told = {"title": cohort.title, "project": cohort.project.title, "count": len(accounts)}
    tell(staff, "class_given", source=f"cohort:{cohort.pk}", params=told, link="/tutor/classes/", now=now)


@atomic
def follow_admitted(payload: Mapping[str, Any], now: datetime) -> None:
    """`admissions.admitted`: who is admitted after the classes were arranged sits in one that takes them; told twice is once."""
    del now
    rows = admissions.Application.everywhere.filter(pk__among=payload["applications"], state=admissions.State.ADMITTED)
    by_project: dict[int, set[int]] = {}
    for project_id, teacher_id in rows.values_list("project_id", "teacher_id"):
        by_project.setdefault(project_id, set()).add(teacher_id)
    for project_id, people in by_project.items():
        seat(project_id, people)


@atomic
def follow_ended(payload: Mapping[str, Any], now: datetime) -> None:
    """`admissions.ended`: who lost the seat leaves the class; what was studied is kept. Told twice is once."""
    del now
    rows = admissions.Application.everywhere.filter(pk__among=payload["applications"]).exclude(state=admissions.State.ADMITTED)
    gone: dict[int, set[int]] = defaultdict(set)
    for project_id, teacher_id in rows.values_list("project_id", "teacher_id"):
        gone[project_id].add(teacher_id)
    for project_id, ids in gone.items():
        again = admissions.Application.everywhere.filter(
            project_id=project_id, teacher_id__among=list(ids), state=admissions.State.ADMITTED
        )
        ids -= set(again.values_list("teacher_id", flat=True))
        CohortMember.objects.filter(cohort__project_id=project_id, teacher_id__among=list(ids)).delete()
