"""What workshops do when something happened in an earlier room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers

from .models import Cohort, CohortMember, Workshop, WorkshopMember


def open_workshops(payload: Mapping[str, Any], now: datetime) -> None:
    """Every workshop that a published project offers is open, with the lead that the offer names."""
    offers = [offer for offer in projects.offers_of([payload["project"]]) if offer.kind == "workshop" and offer.lead_id]
    Workshop.everywhere.bulk_create(
        [
            Workshop(
                offer_id=offer.pk,
                organisation_id=offer.provider_id,
                lead_id=offer.lead_id,
                title=offer.title,
                title_en=offer.title_en,
                opened_at=now,
            )
            for offer in offers
        ],
        ignore_conflicts=True,
    )


def seat_members(payload: Mapping[str, Any], now: datetime) -> None:
    """Registered teachers are members of the workshops they chose, and of their project's cohort with the fewest trainees."""
    chosen = enrolment.chosen_offers(payload["selections"])
    selections = {selection.pk: selection for selection in enrolment.selections_by_id(payload["selections"])}
    workshops = dict(
        Workshop.everywhere.filter(offer_id__in={offer for offers in chosen.values() for offer in offers}).values_list("offer_id", "pk")
    )
    WorkshopMember.objects.bulk_create(
        [
            WorkshopMember(workshop_id=workshops[offer], teacher_id=selections[pk].teacher_id, joined_at=now)
            for pk, offers in chosen.items()
            for offer in offers
            if offer in workshops
        ],
        ignore_conflicts=True,
        batch_size=900,
    )
    by_project: dict[int, set[int]] = defaultdict(set)
    for selection in selections.values():
        by_project[selection.project_id].add(selection.teacher_id)
    for project_id, teacher_ids in by_project.items():
        _seat(project_id, teacher_ids)


def _seat(project_id: int, teacher_ids: Iterable[int]) -> None:
    cohorts = list(Cohort.everywhere.filter(project_id=project_id).order_by("pk"))
    if not cohorts:
        return
    seated = set(CohortMember.objects.filter(cohort__project_id=project_id).values_list("teacher_id", flat=True))
    stages = {pk: teacher.stage for pk, teacher in teachers.teachers_by_id(set(teacher_ids) - seated).items()}
    sizes = {cohort.pk: CohortMember.objects.filter(cohort=cohort).count() for cohort in cohorts}
    rows = []
    for teacher_id, stage in sorted(stages.items()):
        fitting = [cohort for cohort in cohorts if cohort.stage in ("", stage)] or cohorts
        cohort = min(fitting, key=lambda one: (sizes[one.pk], one.pk))
        sizes[cohort.pk] += 1
        rows.append(CohortMember(cohort=cohort, teacher_id=teacher_id))
    CohortMember.objects.bulk_create(rows, ignore_conflicts=True, batch_size=900)
