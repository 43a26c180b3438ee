"""Who may hold a key, and who does."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from xingtan.core.calendar import local_day
from xingtan.domains.tenders.models import Keyholder, Tender
from xingtan.domains.tenders.states import Side
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import BUREAU, Role
from xingtan.foundation.scope.branch import STEP

OFFICERS = [role.value for role in BUREAU]


def candidates(tender: Tender, side: Side, *, now: datetime) -> list[Grant]:
    """Whom the office may appoint for that side: its own officers, or as witnesses supervisors and officers of offices above and below."""
    day, path = local_day(now), tender.organiser.path
    held = Grant.objects.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day, ended_at=None, deputy_for=None)
    own = held.filter(organisation=tender.organiser, role__in=OFFICERS)
    if side is Side.OFFICE:
        return list(own.select_related("account", "organisation").order_by("pk"))
    above = [path[:end] for end in range(STEP, len(path) + 1, STEP)]
    near = Q(organisation__path__in=above) | Q(organisation__path__gte=path, organisation__path__lt=f"{path}~")
    others = held.filter(near, Q(role=Role.SUPERVISOR.value) | Q(role__in=OFFICERS)).exclude(account_id__in=own.values("account_id"))
    supervisors_first = sorted(others.select_related("account", "organisation").order_by("organisation__path", "pk"), key=_order)
    return supervisors_first[:200]


def _order(grant: Grant) -> bool:
    return grant.role != Role.SUPERVISOR


def holders_of(tender: Tender) -> list[Keyholder]:
    """Everybody who holds or is to hold a key, the office's side first."""
    return list(Keyholder.objects.filter(tender=tender).select_related("account", "organisation").order_by("side", "pk"))


def own_key(account_id: int | None, pid: str) -> Keyholder | None:
    """The account's own key of the tender with this address, or None."""
    found = Keyholder.objects.filter(tender__public_id=pid, account_id=account_id or 0)
    return found.select_related("tender__organiser", "tender__project").first()


def keys_wanted(account_id: int | None) -> list[Keyholder]:
    """The tenders for which this account holds a key that is still to be made or to be turned."""
    found = Keyholder.objects.filter(account_id=account_id or 0, tender__state__in=["draft", "published"])
    return list(found.select_related("tender").order_by("tender__closes_at"))
