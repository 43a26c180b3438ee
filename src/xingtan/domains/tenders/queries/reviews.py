"""What the panel holds of the bids."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from xingtan.core.tendering import CriterionKind, Judged, price_tenths, total_of
from xingtan.domains.tenders.models import Bid, Criterion, DefenceLine, PanelMember, Review, Tender
from xingtan.domains.tenders.states import STANDING_BIDS

from .panels import judges_of


def criteria_of(tender: Tender) -> list[Criterion]:
    """The tender's criteria in order."""
    return list(Criterion.objects.filter(tender=tender).order_by("place"))


def has_defence(tender: Tender) -> bool:
    """True when the on-site defence is one of the criteria."""
    return Criterion.objects.filter(tender=tender, kind=CriterionKind.DEFENCE.value).exists()


def judged_on(tender: Tender, *, is_defence: bool) -> list[Criterion]:
    """The criteria that the panel judges on paper, or after the defence; a price is reckoned."""
    return [one for one in criteria_of(tender) if one.kind != CriterionKind.PRICE and (one.kind == CriterionKind.DEFENCE) is is_defence]


def standing_bids(tender: Tender) -> list[Bid]:
    """Opened bids that were not excluded, by code."""
    states = [state.value for state in STANDING_BIDS]
    return list(Bid.everywhere.filter(tender=tender, state__in=states).select_related("provider").order_by("code"))


class Progress(NamedTuple):
    """How many reviews were given of how many."""

    done: int
    total: int


def progress(tender: Tender, *, is_defence: bool) -> Progress:
    """How far the panel is; 0 of 0 where there is nothing to judge."""
    judges, bids = judges_of(tender), standing_bids(tender)
    given = Review.objects.filter(member__in=judges, bid__in=bids, is_defence=is_defence, given_at__isnull=False).count()
    return Progress(given, len(judges) * len(bids) if judged_on(tender, is_defence=is_defence) else given)


def own_reviews(member: PanelMember, *, is_defence: bool) -> dict[int, Review]:
    """What this member wrote, by bid."""
    return {one.bid_id: one for one in Review.objects.filter(member=member, is_defence=is_defence)}


def defence_lines(tender: Tender) -> dict[int, list[DefenceLine]]:
    """Questions and answers on site, by bid, in their order."""
    found = defaultdict(list)
    for one in DefenceLine.objects.filter(bid__tender=tender).select_related("member__expert").order_by("pk"):
        found[one.bid_id].append(one)
    return dict(found)


def marks_of(tender: Tender) -> dict[int, dict[int, dict[int, int]]]:
    """Bid → member → criterion → tenths, from reviews that were given; a price's tenths are the same for every member."""
    judges, bids, criteria = judges_of(tender), standing_bids(tender), criteria_of(tender)
    found: dict[int, dict[int, dict[int, int]]] = {bid.pk: {one.pk: {} for one in judges} for bid in bids}
    for review in Review.objects.filter(member__in=judges, bid__in=bids, given_at__isnull=False):
        found[review.bid_id][review.member_id] |= {int(key): tenths for key, tenths in review.marks.items()}
    lowest = min((bid.price_fen or 0 for bid in bids), default=0)
    for price in (one for one in criteria if one.kind == CriterionKind.PRICE):
        for bid in bids:
            for marks in found[bid.pk].values():
                marks[price.pk] = price_tenths(bid.price_fen or 1, lowest)
    return found


def judged(tender: Tender) -> list[Judged]:
    """Every bid as the ranking takes it; every review has been given."""
    criteria = criteria_of(tender)
    weights = {one.pk: one.weight for one in criteria}
    kinds = {one.kind: one.pk for one in criteria}
    marks = marks_of(tender)

    def sums(bid: int, kind: CriterionKind) -> int:
        return sum(one.get(kinds.get(kind.value, 0), 0) for one in marks[bid].values())

    return [
        Judged(
            bid=bid.pk,
            totals={member: total_of(one, weights) for member, one in marks[bid.pk].items()},
            match=sums(bid.pk, CriterionKind.MATCH),
            defence=sums(bid.pk, CriterionKind.DEFENCE),
            price_fen=bid.price_fen or 0,
            code=bid.code,
        )
        for bid in standing_bids(tender)
    ]
