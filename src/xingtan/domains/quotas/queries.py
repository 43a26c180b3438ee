"""Reading quotas: what an office holds and what is below, which quota a teacher of a school draws on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import QuerySet, Sum
from django.db.models.functions import Length

from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.models import Organisation

from .models import Quota, QuotaMove, Seat


def quotas_in(scope: Scope, project_id: int) -> QuerySet[Quota]:
    """The project's quotas within the branch, from the top down, office and category beside each."""
    found = Quota.objects.within(scope).filter(project_id=project_id).select_related("organisation", "parent__organisation")
    return found.order_by("organisation__path", "category")


def quota_in(scope: Scope, public_id: str) -> Quota:
    """The quota with this address within the branch; `NotInScope` where there is none."""
    found: Quota | None = (
        Quota.objects.within(scope).filter(public_id=public_id).select_related("organisation", "project__organiser", "parent").first()
    )
    if found is None:
        raise NotInScope
    return found


def below(quota_ids: Collection[int]) -> QuerySet[Quota]:
    """The quotas that hold seats of these ones, by office."""
    found: QuerySet[Quota] = Quota.everywhere.filter(parent__in=list(quota_ids)).select_related("organisation")
    return found.order_by("organisation__path", "category")


def quotas_above(project_id: int, school: Organisation, category: str = "") -> list[Quota]:
    """The project's quotas of this category that the school and the offices above it hold, the nearest first."""
    paths = [school.path[:end] for end in range(STEP, len(school.path) + 1, STEP)]
    found = Quota.everywhere.filter(project_id=project_id, category=category, organisation__path__in=paths, held__gt=0)
    return list(found.order_by(Length("organisation__path").desc()))


def quota_for(project_id: int, school: Organisation, category: str = "") -> Quota | None:
    """The quota a teacher of this school draws on: the nearest above that has a free seat, else the nearest; None where nobody holds any."""
    found = quotas_above(project_id, school, category)
    return next((quota for quota in found if quota.free > 0), found[0] if found else None)


def lines_for(project_id: int, pairs: Collection[tuple[int, str]]) -> dict[tuple[int, str], list[int]]:
    """For each (school, category) the quotas that may serve its teachers, the nearest first: of the category, and behind reserved ones those of all.

    Three queries whatever the number. A reserved quota serves its own category only.
    """
    paths = dict(Organisation.everywhere.filter(pk__in={school for school, _category in pairs}).values_list("pk", "path"))
    held: Mapping[str, dict[str, tuple[int, bool]]] = defaultdict(dict)
    rows = Quota.everywhere.filter(project_id=project_id, held__gt=0).values_list("category", "organisation__path", "pk", "is_reserved")
    for category, path, pk, is_reserved in rows:
        held[category][path] = (pk, is_reserved)
    return {(school, category): _line(held, paths.get(school, ""), category) for school, category in pairs}


def _line(held: Mapping[str, dict[str, tuple[int, bool]]], path: str, category: str) -> list[int]:
    ends = range(len(path), 0, -STEP)
    own = [held[category][path[:end]] for end in ends if path[:end] in held[category]]
    if category and any(is_reserved for _pk, is_reserved in own):
        own += [held[""][path[:end]] for end in ends if path[:end] in held[""]]
    return [pk for pk, _is_reserved in own]


def free_of(quota_ids: Collection[int]) -> dict[int, int]:
    """Free seats of each of these quotas."""
    return {quota.pk: quota.free for quota in Quota.everywhere.filter(pk__in=list(quota_ids))}


def free(project_id: int, organisation: Organisation, category: str = "") -> int:
    """Seats that this office itself holds and has neither passed down nor given."""
    quota = Quota.everywhere.filter(project_id=project_id, organisation=organisation, category=category).first()
    return quota.free if quota else 0


def moves_of(quota_id: int) -> QuerySet[QuotaMove]:
    """Every step of the quota, the latest first, with the office on the other side."""
    return QuotaMove.objects.filter(quota_id=quota_id).select_related("other__organisation").order_by("-pk")


def seats_of(quota_id: int) -> QuerySet[Seat]:
    """The standing seats of the quota, first come first."""
    return Seat.objects.filter(quota_id=quota_id, ended_at=None).select_related("teacher__school").order_by("pk")


def totals_of(project_id: int, category: str | None = None) -> dict[str, int]:
    """What the project's top quotas hold, and over all levels how many seats are given and free."""
    rows = Quota.everywhere.filter(project_id=project_id)
    rows = rows if category is None else rows.filter(category=category)
    held = rows.filter(parent=None).aggregate(n=Sum("held"))["n"] or 0
    given = rows.aggregate(n=Sum("given"))["n"] or 0
    return {"held": held, "given": given, "free": held - given}
