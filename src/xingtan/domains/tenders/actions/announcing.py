"""The result is posted with days for objections; an upheld one takes it back to the ranking; afterwards the choice stands."""

from __future__ import annotations

from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Bid, RankLine, Tender
from xingtan.domains.tenders.queries.reviews import standing_bids
from xingtan.domains.tenders.states import BidState, TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_anywhere, held_tender, move, refuse_unless
from .telling import officers_of, staff_of

NOTICE = "tenders.result"
TOLD = {BidState.CHOSEN: "tender_chosen", BidState.NOT_CHOSEN: "tender_not_chosen", BidState.EXCLUDED: "tender_excluded"}


@atomic
def announce(*, actor: Actor, pid: str, days: notices.Days, now: datetime) -> notices.Notice:
    """Everybody reads the ranking for these days; every bidder is told the own result with its reason, and may object."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.RANKED)
    ranked = set(RankLine.objects.filter(tender=tender, edition=tender.edition).values_list("bid_id", flat=True))
    if ranked != {one.pk for one in standing_bids(tender)}:
        raise Refused("ranking_is_old")
    move(tender, "announce", now=now)
    posting = notices.Posting(kind=NOTICE, subject_id=tender.pk, shown_id=tender.edition, organisation_id=tender.organiser_id)
    posted = notices.publish(actor=actor, posting=posting, days=days, now=now)
    record(actor, "tenders.announced", "tender", [tender.pk], now=now, detail={"edition": tender.edition})
    for bid in Bid.everywhere.filter(tender=tender, state__in=[state.value for state in TOLD]):
        code, source = TOLD[BidState(bid.state)], f"announce:{tender.pk}:{tender.edition}:{bid.pk}"
        params = {"title": tender.title, "until": days.objections_until.isoformat()}
        tell(staff_of([bid.provider_id], now), code, source=source, params=params, link=f"/provider/tenders/{pid}/", now=now)
    return posted


@atomic
def object_to_result(*, actor: Actor, pid: str, text: str, now: datetime) -> notices.Objection:
    """The bidder's objection stands with the office, which answers it."""
    require(actor, access.BID)
    tender = held_anywhere(pid)
    refuse_unless(tender, TenderState.ANNOUNCED)
    bid = Bid.everywhere.filter(tender=tender, provider_id=actor.organisation_id or 0).select_related("provider").first()
    posted = notices.standing_notice(NOTICE, tender.pk)
    if bid is None or posted is None or bid.state == BidState.WITHDRAWN:
        raise NotInScope
    concern = notices.Concern(
        row_id=bid.pk,
        account_id=actor.account_id or 0,
        name=bid.provider.name[:80],
        organisation_id=tender.organiser_id,
        claim={"state": bid.state, "edition": tender.edition},
    )
    made = notices.object_to(actor=actor, notice_id=posted.pk, concern=concern, text=text, now=now)
    source, params = f"objection:{made.pk}", {"title": tender.title}
    tell(officers_of(tender.organiser_id, now), "tender_objected", source=source, params=params, link=f"/bureau/tenders/{pid}/", now=now)
    return made


@atomic
def answer_objection(*, actor: Actor, pid: str, objection: str, is_upheld: bool, words: str, now: datetime) -> notices.Objection:
    """The objection is decided by this officer, and the bidder reads why."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    posted = notices.standing_notice(NOTICE, tender.pk)
    found = notices.Objection.everywhere.filter(notice=posted, public_id=objection).first() if posted else None
    if found is None:
        raise NotInScope
    notices.assign(actor=actor, objection_ids=[found.pk], handler_id=actor.account_id or 0, now=now)
    reason = notices.DecisionReason.FACT_WRONG if is_upheld else notices.DecisionReason.RECORD_RIGHT
    decision = notices.Decision(is_upheld, reason, words)
    return notices.decide(actor=actor, objection_id=found.pk, decision=decision, now=now)


@atomic
def reconsider(*, actor: Actor, pid: str, now: datetime) -> Tender:
    """The result was taken back after an upheld objection: the notice is withdrawn, bids may be excluded and ranked anew."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.ANNOUNCED)
    posted = notices.standing_notice(NOTICE, tender.pk)
    upheld = notices.ObjectionState.UPHELD.value
    if posted is None or not notices.Objection.everywhere.filter(notice=posted, state=upheld).exists():
        raise Refused("tender_nothing_upheld")
    notices.withdraw_notice(actor=actor, notice_id=posted.pk, reason=notices.WithdrawalReason.RUN_ANEW, now=now)
    move(tender, "reconsider", now=now)
    record(actor, "tenders.reconsidered", "tender", [tender.pk], now=now)
    return tender


@atomic
def award(*, actor: Actor, pid: str, now: datetime) -> Tender:
    """The choice stands: the days for objections are over, every one was answered and none was upheld."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.ANNOUNCED)
    posted = notices.standing_notice(NOTICE, tender.pk)
    if posted is None or local_day(now) <= posted.objections_until:
        raise Refused("tender_notice_runs", until=posted.objections_until.isoformat() if posted else "")
    states = set(notices.Objection.everywhere.filter(notice=posted).values_list("state", flat=True))
    if states & {state.value for state in notices.OPEN}:
        raise Refused("tender_objections_open")
    if notices.ObjectionState.UPHELD.value in states:
        raise Refused("tender_objection_upheld")
    if not Bid.everywhere.filter(tender=tender, state=BidState.CHOSEN.value).exists():
        raise Refused("tender_nobody_chosen")
    move(tender, "award", now=now)
    record(actor, "tenders.awarded", "tender", [tender.pk], now=now)
    return tender
