"""Standings of providers, and what follows from them."""

from __future__ import annotations

from django.db.models import QuerySet

from xingtan.domains.tenders.models import ProviderStanding, Tender
from xingtan.foundation.scope.branch import STEP, Scope


def _above(path: str) -> list[str]:
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def standings_in(scope: Scope, year: int | None = None) -> QuerySet[ProviderStanding]:
    """What the branch's offices and those above concluded, the latest year and the best first."""
    inside = ProviderStanding.objects.within(scope) | ProviderStanding.everywhere.filter(office__path__in=_above(scope.first))
    found = inside.select_related("office", "provider")
    return (found.filter(year=year) if year else found).order_by("-year", "office__path", "rank", "pk")


def own_standings(provider_id: int) -> QuerySet[ProviderStanding]:
    """What offices concluded about this provider, the latest first."""
    return ProviderStanding.everywhere.filter(provider_id=provider_id).select_related("office").order_by("-year", "pk")


def latest_for(tender: Tender) -> list[ProviderStanding]:
    """The standings of the latest year before the tender's, as the organiser or the nearest office above concluded them."""
    year = tender.project.training_year.year
    found = ProviderStanding.everywhere.filter(year__lt=year, office__path__in=_above(tender.organiser.path)).select_related(
        "office", "provider"
    )
    latest = found.order_by("-year", "-office__path").first()
    return [] if latest is None else list(found.filter(year=latest.year, office=latest.office).order_by("rank", "pk"))


def is_out_for(provider_id: int, tender: Tender) -> bool:
    """True for the provider that was eliminated in the year before the tender's (S3: the last is out)."""
    before = tender.project.training_year.year - 1
    return any(one.provider_id == provider_id and one.is_out and one.year == before for one in latest_for(tender))
