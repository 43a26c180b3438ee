"""Experts, who may be drawn for a tender, who sits on its panel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.core.tendering import Facts, conflict_of, draw_order
from xingtan.domains.registers import api as registers
from xingtan.domains.tenders.models import Bid, Expert, Keyholder, PanelMember, Tender
from xingtan.domains.tenders.states import STANDING_BIDS, PanelState, TenderState
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.branch import STEP, Scope

LATELY = timedelta(days=3 * 365)


def experts_in(scope: Scope, q: str = "") -> QuerySet[Expert]:
    """The experts of the branch's offices, past and present."""
    found = Expert.objects.within(scope).select_related("office", "account")
    return found.filter(Q(name__contains=q) | Q(workplace__contains=q)) if q else found


def pool_to_name(scope: Scope, q: str = "") -> QuerySet[registers.PoolMember]:
    """Approved experts of the branch's pools who cannot be drawn yet."""
    named = Expert.everywhere.filter(to_on=None, pool__isnull=False).values("pool_id")
    found = registers.pool_in(scope, q).filter(team=registers.Team.EXPERTS, state=registers.PoolState.APPROVED)
    return found.filter(office__path__gte=scope.first, office__path__lt=scope.beyond).exclude(pk__in=named).order_by("office__path", "name")


def _near(tender: Tender, day: date) -> list[Expert]:
    path = tender.organiser.path
    above = [path[:end] for end in range(STEP, len(path) + 1, STEP)]
    near = Q(office__path__in=above) | Q(office__path__gte=path, office__path__lt=f"{path}~")
    return list(Expert.everywhere.filter(near, Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day).order_by("pk"))


def drawable(tender: Tender, *, now: datetime) -> list[tuple[Expert, str | None]]:
    """Every expert of the organiser's office, of those above and of its branch, with the reason why this one may not be drawn, if any."""
    day = local_day(now)
    experts = _near(tender, day)
    states = [state.value for state in STANDING_BIDS]
    bidders = list(Bid.everywhere.filter(tender=tender, state__in=states).values_list("provider_id", "provider__name"))
    holders = set(Keyholder.objects.filter(tender=tender).values_list("account_id", flat=True))
    posts = defaultdict(set)
    recent = Grant.objects.filter(Q(to_on=None) | Q(to_on__gte=day - LATELY), account__in=[one.account_id for one in experts])
    for account_id, organisation_id in recent.exclude(role=Role.EXPERT.value).values_list("account_id", "organisation_id"):
        posts[account_id].add(organisation_id)
    return [
        (one, conflict_of(Facts(frozenset(posts[one.account_id]), one.workplace, one.account_id in holders), bidders)) for one in experts
    ]


def drawn(tender: Tender, experts: Collection[Expert]) -> list[Expert]:
    """These experts in the order of the draw; who was named on the day of the opening or later, when the seed was known, comes after all others."""
    known = {one.public_id: one for one in experts}
    opened_on = local_day(tender.opened_at) if tender.opened_at else date.max
    return sorted((known[name] for name in draw_order(tender.seed, known)), key=lambda one: one.from_on >= opened_on)


def draws_ahead(expert: Expert) -> Tender | None:
    """A tender of which the bids are open and the panel is not drawn yet, where this expert may be drawn."""
    path = expert.office.path
    above = [path[:end] for end in range(STEP, len(path) + 1, STEP)]
    near = Q(organiser__path__in=above) | Q(organiser__path__gte=path, organiser__path__lt=f"{path}~")
    seated = PanelMember.objects.values("tender_id")
    return Tender.everywhere.filter(near, state=TenderState.OPENED.value).exclude(pk__in=seated).order_by("pk").first()


def panel_of(tender: Tender) -> list[PanelMember]:
    """Everybody who was drawn, by place, with expert and office."""
    return list(PanelMember.objects.filter(tender=tender).select_related("expert__office").order_by("place"))


def judges_of(tender: Tender) -> list[PanelMember]:
    """Who declared to have no interest and judges."""
    return [one for one in panel_of(tender) if one.state == PanelState.DECLARED]


def own_seats(account_id: int | None) -> QuerySet[PanelMember]:
    """The panels that this account was drawn for, the latest first."""
    found = PanelMember.objects.filter(expert__account_id=account_id or 0)
    return found.select_related("tender__project", "tender__organiser", "expert").order_by("-drawn_at", "-pk")
