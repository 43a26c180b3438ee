"""What workshops do when something happened in an earlier room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects

from .models import Workshop, WorkshopMember
from .seating import seat


def open_workshops(payload: Mapping[str, Any], now: datetime) -> None:
    """Every workshop that a published project offers is open, with the lead that the offer names."""
    project_id = payload["project"]
    offers = [
        offer for offer in projects.offers_of([project_id])[project_id] if offer.kind == projects.OfferKind.WORKSHOP and offer.lead_id
    ]
    Workshop.everywhere.bulk_create(
        [
            Workshop(
                offer_id=offer.pk,
                organisation_id=offer.provider_id,
                lead_id=offer.lead_id or 0,
                title=offer.title,
                title_en=offer.title_en,
                opened_at=now,
            )
            for offer in offers
        ],
        ignore_conflicts=True,
    )


def seat_members(payload: Mapping[str, Any], now: datetime) -> None:
    """Registered teachers are members of the workshops they chose, and of a cohort of their project; a fixed number of queries a project."""
    chosen = enrolment.chosen_offers(payload["selections"])
    selections = {selection.pk: selection for selection in enrolment.selections_by_id(payload["selections"])}
    offers = {offer for some in chosen.values() for offer in some}
    workshops = dict(Workshop.everywhere.filter(offer_id__among=offers).values_list("offer_id", "pk"))
    WorkshopMember.objects.bulk_create(
        [
            WorkshopMember(workshop_id=workshops[offer], teacher_id=selections[pk].teacher_id, joined_at=now)
            for pk, some in chosen.items()
            for offer in some
            if offer in workshops
        ],
        ignore_conflicts=True,
        batch_size=900,
    )
    by_project: dict[int, set[int]] = defaultdict(set)
    for selection in selections.values():
        by_project[selection.project_id].add(selection.teacher_id)
    for project_id, teacher_ids in by_project.items():
        seat(project_id, teacher_ids)
