"""What an office sees of a project's admission: terms, rounds, classes."""

from __future__ import annotations

from typing import NamedTuple

from django.utils import timezone

from xingtan.domains.projects import api as projects

from .entering import taken
from .models import AdmissionTerms, OfferLimit, Round
from .rules import USUAL
from .states import RoundState


class ClassSeen(NamedTuple):
    """A class or course of the project: how many it takes and needs, how many have seats in it."""

    offer: projects.Offer
    limit: OfferLimit | None
    taken: int


def terms_of(project_id: int) -> AdmissionTerms:
    """The project's terms; the usual ones, not kept, where the organiser set none."""
    found: AdmissionTerms | None = AdmissionTerms.everywhere.filter(pk=project_id).first()
    return found or AdmissionTerms(project_id=project_id, changed_at=timezone.now())


def criteria_of(terms: AdmissionTerms) -> tuple[str, ...]:
    """What decides in this project when a class is too full, from the top."""
    return tuple(terms.trimming or USUAL)


def rounds_of(project_id: int) -> list[Round]:
    """The project's rounds by their number."""
    return list(
        Round.everywhere.filter(project_id=project_id).exclude(state=RoundState.DROPPED).select_related("project").order_by("number")
    )


def classes_of(project_id: int) -> list[ClassSeen]:
    """The project's classes and courses."""
    offers = projects.offers_of([project_id])[project_id]
    limits = {one.pk: one for one in OfferLimit.everywhere.filter(pk__among=[offer.pk for offer in offers])}
    there = taken([offer.pk for offer in offers])
    return [ClassSeen(offer, limits.get(offer.pk), there.get(offer.pk, 0)) for offer in offers]
