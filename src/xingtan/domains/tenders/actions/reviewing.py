"""The panel at work: reviews as drafts and given, the defence written down, then the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from xingtan.core.tendering import Outcome, Ranked, chosen, ranking, refuse_marks
from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Bid, DefenceLine, RankLine, Review, Tender
from xingtan.domains.tenders.queries.panels import judges_of
from xingtan.domains.tenders.queries.reviews import has_defence, judged, judged_on, marks_of, progress
from xingtan.domains.tenders.states import PanelState, TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import bids_that_stand, held_anywhere, held_tender, move, move_bid, refuse_unless
from .panels import own_seat

OF_PART = {False: TenderState.REVIEWING, True: TenderState.DEFENDING}


def _bid(tender: Tender, code: str) -> Bid:
    found = next((one for one in bids_that_stand(tender) if one.code == code), None)
    if found is None:
        raise NotInScope
    return found


@atomic
def keep_review(  # noqa: PLR0913 -- a review is these facts
    *, actor: Actor, pid: str, code: str, marks: Mapping[int, int], words: str, is_final: bool, now: datetime
) -> Review:
    """The member's marks (criterion → tenths) and words on the bid with this code are kept; given, they stay as they are."""
    require(actor, access.JUDGE)
    tender = held_anywhere(pid)
    seat = own_seat(actor, tender)
    refuse_unless(tender, *OF_PART.values())
    is_defence = tender.state == TenderState.DEFENDING
    if seat.state != PanelState.DECLARED:
        raise Refused("panel_wrong_state")
    wanted = [one.pk for one in judged_on(tender, is_defence=is_defence)]
    if why := refuse_marks(marks, wanted, is_final=is_final):
        raise Refused(why)
    review, _made = Review.objects.get_or_create(member=seat, bid=_bid(tender, code), is_defence=is_defence, defaults={"kept_at": now})
    if review.given_at is not None:
        raise Refused("review_is_given")
    review.marks, review.words, review.kept_at = {str(key): tenths for key, tenths in marks.items()}, words.strip()[:2000], now
    review.given_at = now if is_final else None
    review.save()
    if is_final:
        record(actor, "tenders.review_given", "review", [review.pk], now=now, detail={"tender": tender.pk, "defence": is_defence})
    return review


def _refuse_unfinished(tender: Tender, *, is_defence: bool) -> None:
    if missing := tender.panel_size - len(judges_of(tender)):
        raise Refused("panel_not_declared", missing=missing)
    state = progress(tender, is_defence=is_defence)
    if state.done < state.total:
        raise Refused("review_unfinished", missing=state.total - state.done)


@atomic
def begin_defence(*, actor: Actor, pid: str, now: datetime) -> Tender:
    """Bidders come to the on-site defence; every review on paper was given."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.REVIEWING)
    if not has_defence(tender):
        raise Refused("defence_not_asked")
    _refuse_unfinished(tender, is_defence=False)
    move(tender, "defend", now=now)
    record(actor, "tenders.defence_begun", "tender", [tender.pk], now=now)
    return tender


@atomic
def note_defence(*, actor: Actor, pid: str, code: str, question: str, answer: str, now: datetime) -> DefenceLine:
    """A question and its answer stand on record, written down by the office or the expert who asked."""
    is_judge = actor.may(access.JUDGE)
    require(actor, access.JUDGE if is_judge else access.KEEP_TENDERS)
    tender = held_anywhere(pid) if is_judge else held_tender(actor, pid)
    seat = own_seat(actor, tender) if is_judge else None
    refuse_unless(tender, TenderState.DEFENDING)
    if seat is not None and seat.state != PanelState.DECLARED:
        raise Refused("panel_wrong_state")
    if not question.strip():
        raise Refused("question_says_nothing")
    made = DefenceLine.objects.create(
        bid=_bid(tender, code), member=seat, question=question.strip(), answer=answer.strip(), at=now, account_id=actor.account_id
    )
    record(actor, "tenders.defence_noted", "defence_line", [made.pk], now=now, detail={"tender": tender.pk})
    return made


@atomic
def rank(*, actor: Actor, pid: str, now: datetime) -> list[RankLine]:
    """A new ranking of the bids that stand is on record with its spread, and each bid is chosen or not, with the reason."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    is_last = tender.state in (TenderState.DEFENDING, TenderState.RANKED) or not has_defence(tender)
    if not is_last:
        raise Refused("defence_is_missing")
    bids = {one.pk: one for one in bids_that_stand(tender)}
    if not bids:
        raise Refused("tender_without_bids")
    _refuse_unfinished(tender, is_defence=False)
    _refuse_unfinished(tender, is_defence=True)
    move(tender, "rank", now=now, edition=tender.edition + 1)
    rows = ranking(judged(tender), is_trimmed=tender.is_trimmed, far_tenths=tender.far_tenths, seed=tender.seed)
    outcomes, marks = chosen(rows, places=tender.places, pass_tenths=tender.pass_tenths), marks_of(tender)
    lines = RankLine.objects.bulk_create([_line(tender, one, outcomes[one.bid], marks[one.bid]) for one in rows])
    for one in rows:
        outcome = outcomes[one.bid]
        move_bid(bids[one.bid], "choose" if outcome is Outcome.CHOSEN else "pass_over", now=now, reason_code=outcome.value)
    record(actor, "tenders.ranked", "tender", [tender.pk], now=now, detail={"edition": tender.edition, "bids": len(rows)})
    return lines


def _line(tender: Tender, one: Ranked, outcome: Outcome, marks: Mapping[int, Mapping[int, int]]) -> RankLine:
    criteria = {key for each in marks.values() for key in each}
    means = {str(key): sum(each[key] for each in marks.values()) // len(marks) for key in sorted(criteria)}
    detail = {"sum": one.sum, "count": one.counted, "criteria": means, "far": one.far, "left_out": one.left_out, "by_lot": one.is_by_lot}
    return RankLine(
        tender=tender,
        edition=tender.edition,
        bid_id=one.bid,
        rank=one.rank,
        mean=one.mean,
        lowest=one.lowest,
        highest=one.highest,
        detail=detail,
        is_chosen=outcome is Outcome.CHOSEN,
        why=outcome.value,
    )
