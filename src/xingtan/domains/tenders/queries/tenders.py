"""Tenders as offices, bidders, experts and everybody see them. What is sealed is in none of these."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from xingtan.domains.tenders.models import Bid, BidFile, BidSeal, Contract, PanelMember, Question, RankLine, Tender
from xingtan.domains.tenders.states import PUBLIC_RESULT, BlindState, TenderState
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope

WITH = ("project__training_year", "organiser")


def tenders_in(scope: Scope, *, q: str = "", state: str = "") -> QuerySet[Tender]:
    """The branch's tenders in every state, the latest first."""
    found = Tender.objects.within(scope).select_related(*WITH)
    if q:
        found = found.filter(Q(title__icontains=q) | Q(project__title__icontains=q) | Q(organiser__name__icontains=q))
    return (found.filter(state=state) if state else found).order_by("-pk")


def tender_in(scope: Scope, pid: str) -> Tender:
    """The branch's tender with this address; `NotInScope` where there is none."""
    return _one(tenders_in(scope), pid)


def _one(found: QuerySet[Tender], pid: str) -> Tender:
    tender = found.filter(public_id=pid).first()
    if tender is None:
        raise NotInScope
    return tender


def public_tenders(*, q: str = "") -> QuerySet[Tender]:
    """Every call that was published, the latest first; a cancelled draft never was."""
    found = Tender.everywhere.filter(published_at__isnull=False).select_related(*WITH)
    return (found.filter(Q(title__icontains=q) | Q(project__title__icontains=q)) if q else found).order_by("-published_at", "-pk")


def public_tender(pid: str) -> Tender:
    """The published call with this address."""
    return _one(public_tenders(), pid)


def questions_of(tender: Tender, *, only_answered: bool) -> list[Question]:
    """What was asked, in order; everybody sees it once it was answered."""
    found = Question.objects.filter(tender=tender).order_by("pk")
    return list(found.filter(answered_at__isnull=False) if only_answered else found)


def is_opened(tender: Tender) -> bool:
    """True when the bids were opened."""
    return tender.opened_at is not None


def unopened() -> list[int]:
    """The keys of published tenders whose bids nobody has opened: who bids on them, and how many do, is told nowhere."""
    return list(Tender.everywhere.filter(published_at__isnull=False, opened_at=None).values_list("pk", flat=True))


def bids_of(tender: Tender) -> list[Bid]:
    """Who bid, by code, excluded ones last; nobody and no count before the opening, nor ever of those that were withdrawn."""
    if not is_opened(tender):
        return []
    found = Bid.everywhere.filter(tender=tender).exclude(state__in=["sealed", "withdrawn"]).select_related("provider")
    return sorted(found, key=lambda one: (not one.code, one.code))


def bid_of(tender: Tender, pid: str) -> Bid:
    """The opened bid with this address."""
    found = next((one for one in bids_of(tender) if one.public_id == pid), None)
    if found is None:
        raise NotInScope
    return found


def own_bid(actor: Actor, tender: Tender) -> Bid | None:
    """The actor's provider's own bid, whatever its state."""
    return Bid.everywhere.filter(tender=tender, provider_id=actor.organisation_id or 0).select_related("provider").first()


def seals_of(bid: Bid) -> list[BidSeal]:
    """The receipts of a bid, the latest first."""
    return list(BidSeal.objects.filter(bid=bid).order_by("-version"))


def files_of(bid: Bid) -> list[BidFile]:
    """The opened bid's documents with their copies."""
    return list(BidFile.objects.filter(bid=bid).select_related("file", "blind").order_by("place"))


def office_file(scope: Scope, pid: str, file: str, *, is_copy: bool) -> BidFile:
    """A document of an opened bid of the branch's tender."""
    tender = tender_in(scope, pid)
    found = BidFile.objects.filter(bid__tender=tender, public_id=file).select_related("file", "blind", "bid").first()
    if found is None or (is_copy and found.blind_id is None):
        raise NotInScope
    return found


def panel_file(seat: PanelMember, file: str) -> BidFile:
    """The copy that a member of the panel may read: released or clean, of a bid that stands."""
    shown = [BlindState.CLEAN.value, BlindState.RELEASED.value]
    found = BidFile.objects.filter(bid__tender_id=seat.tender_id, public_id=file, state__in=shown).exclude(bid__state="excluded")
    one = found.select_related("blind", "bid").first()
    if one is None:
        raise NotInScope
    return one


def ranking_of(tender: Tender, *, is_public: bool = False) -> list[RankLine]:
    """The latest ranking, best first; for the public from its announcement on."""
    if is_public and TenderState(tender.state) not in PUBLIC_RESULT:
        return []
    found = RankLine.objects.filter(tender=tender, edition=tender.edition)
    return list(found.select_related("bid__provider").order_by("rank"))


def contracts_of(tender: Tender) -> list[Contract]:
    """The tender's contracts, declined ones included."""
    return list(Contract.everywhere.filter(bid__tender=tender).select_related("provider", "bid").order_by("pk"))
