"""A tender's whole way: drafted, sealed, opened by two, judged blind, defended, ranked, posted, objected to, awarded, signed."""

from __future__ import annotations

import pytest

from tests import tendering
from tests.tendering import AFTER, OVER, TERMS, WITHIN
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import NotInScope, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return tendering.build()


def refused(code, act, **more):
    with pytest.raises(Refused) as why:
        act(**more)
    assert why.value.code == code


def test_from_the_call_to_the_signed_contracts(cast):
    tender = tendering.to_ranked(cast)
    lines = tenders.ranking_of(tender)
    assert [(one.bid.code, one.rank, one.is_chosen) for one in lines] == [("A", 1, True), ("B", 2, True), ("C", 3, False)]
    assert all(one.lowest <= one.mean <= one.highest for one in lines)
    assert tenders.ranking_of(tender, is_public=True) == []
    pid = tender.public_id
    tendering.announced(cast, tender)
    assert len(tenders.ranking_of(tenders.public_tender(pid), is_public=True)) == 3
    refused("tender_notice_runs", tenders.award, actor=cast.mei, pid=pid, now=AFTER)
    tenders.award(actor=cast.mei, pid=pid, now=OVER)
    refused("contracts_unanswered", tenders.finish, actor=cast.mei, pid=pid, now=OVER)
    chosen = {one.provider_id: one for one in tenders.bids_of(tender) if one.state == "chosen"}
    for bid in chosen.values():
        tenders.offer_contract(actor=cast.mei, pid=pid, bid=bid.public_id, terms=TERMS, now=OVER)
    for actor in cast.bidders:
        if actor.organisation_id in chosen:
            tenders.answer_contract(actor=actor, pid=pid, is_signed=True, now=OVER)
        else:
            with pytest.raises(NotInScope):
                tenders.answer_contract(actor=actor, pid=pid, is_signed=True, now=OVER)
    assert tenders.finish(actor=cast.mei, pid=pid, now=OVER).state == "finished"
    assert [one.state for one in tenders.contracts_of(tender)] == ["signed", "signed"]


def test_the_match_with_the_project_weighs_most_or_nothing_is_drafted(cast):
    equal = [one._replace(weight=weight) for one, weight in zip(tendering.CRITERIA, (30, 30, 10, 30), strict=True)]
    refused("tender_match_not_most", tendering.drafted, cast=cast, criteria=equal)
    refused("tender_weights_not_100", tendering.drafted, cast=cast, criteria=tendering.CRITERIA[:3])
    refused("tender_match_missing", tendering.drafted, cast=cast, criteria=[tendering.CRITERIA[1]._replace(weight=100)])


def test_an_upheld_objection_takes_the_result_back_and_an_excluded_bid_asks_for_a_new_ranking(cast):
    tender = tendering.to_ranked(cast)
    pid = tender.public_id
    tendering.announced(cast, tender)
    loser = next(one for one in cast.bidders if tenders.own_bid(one, tender).state == "not_chosen")
    filed = tenders.object_to_result(actor=loser, pid=pid, text="第一名的业绩与事实不符", now=AFTER)
    refused("tender_objections_open", tenders.award, actor=cast.mei, pid=pid, now=OVER)
    refused("tender_nothing_upheld", tenders.reconsider, actor=cast.mei, pid=pid, now=AFTER)
    tenders.answer_objection(actor=cast.mei, pid=pid, objection=filed.public_id, is_upheld=True, words="经核实属实", now=AFTER)
    refused("tender_objection_upheld", tenders.award, actor=cast.mei, pid=pid, now=OVER)
    tenders.reconsider(actor=cast.mei, pid=pid, now=AFTER)
    first = tenders.ranking_of(tender)[0].bid
    tenders.exclude_bid(actor=cast.mei, pid=pid, bid=first.public_id, reason_code="untrue", reason="业绩材料不实", now=AFTER)
    refused("ranking_is_old", tendering.announced, cast=cast, tender=tender)
    again = tenders.rank(actor=cast.mei, pid=pid, now=AFTER)
    assert [(one.edition, one.rank, one.is_chosen) for one in again] == [(2, 1, True), (2, 2, True)]
    tendering.announced(cast, tender)
    assert notices.standing_notice(tenders.NOTICE, tender.pk).edition == 2
    assert tenders.award(actor=cast.mei, pid=pid, now=OVER).state == "awarded"


def test_contracts_never_promise_more_than_everything_nor_cost_more_than_was_offered(cast):
    tender = tendering.to_ranked(cast)
    pid = tender.public_id
    tendering.announced(cast, tender)
    tenders.award(actor=cast.mei, pid=pid, now=OVER)
    first, second = [one for one in tenders.bids_of(tender) if one.state == "chosen"]
    dear = TERMS._replace(price_fen=first.price_fen + 1)
    refused("contract_above_bid", tenders.offer_contract, actor=cast.mei, pid=pid, bid=first.public_id, terms=dear, now=OVER)
    tenders.offer_contract(actor=cast.mei, pid=pid, bid=first.public_id, terms=TERMS._replace(share_percent=60), now=OVER)
    refused("contract_shares", tenders.offer_contract, actor=cast.mei, pid=pid, bid=second.public_id, terms=TERMS, now=OVER)
    refused("contract_twice", tenders.offer_contract, actor=cast.mei, pid=pid, bid=first.public_id, terms=TERMS, now=OVER)


def test_questions_are_answered_once_for_everybody(cast):
    tender = tendering.published(cast)
    asked = tenders.ask(actor=cast.bidders[0], pid=tender.public_id, text="是否接受联合体？", now=WITHIN)
    assert tenders.questions_of(tender, only_answered=True) == []
    told = {"actor": cast.mei, "pid": tender.public_id, "question": asked.public_id, "words": "不接受", "now": WITHIN}
    tenders.answer(**told)
    assert [one.answer for one in tenders.questions_of(tender, only_answered=True)] == ["不接受"]
    refused("question_is_answered", tenders.answer, **told)


def test_an_interest_is_declared_with_words_and_the_next_of_the_draw_takes_the_seat(cast):
    tender = tendering.published(cast)
    tendering.sealed(cast, tender)
    tender = tendering.opened(cast, tender)
    tenders.draw_panel(actor=cast.mei, pid=tender.public_id, now=AFTER)
    refused("panel_is_drawn", tenders.draw_panel, actor=cast.mei, pid=tender.public_id, now=AFTER)
    first = tendering.judges(tender)[0]
    refused("tender_needs_reason", tenders.declare, actor=first, pid=tender.public_id, has_interest=True, now=AFTER)
    tenders.declare(actor=first, pid=tender.public_id, has_interest=True, words="曾任其顾问", now=AFTER)
    seats = tenders.panel_of(tender)
    assert [one.state for one in seats] == ["recused", "drawn", "drawn", "drawn"]
    assert len({one.expert_id for one in seats}) == 4
    refused("panel_not_declared", tenders.begin_review, actor=cast.mei, pid=tender.public_id, now=AFTER)


def test_nobody_with_a_known_interest_is_drawn(cast):
    tender = tendering.published(cast)
    tendering.sealed(cast, tender)
    tender = tendering.opened(cast, tender)
    at_bidder = tendering.expert(cast, 7, workplace=cast.provider.name)
    tendering.enrolling.Grant.objects.create(
        account=cast.experts[0].account, role="tutor", organisation=cast.providers[1], from_on=tendering.at(1).date()
    )
    why = {one.pk: reason for one, reason in tenders.drawable(tender, now=AFTER)}
    assert (why[at_bidder.pk], why[cast.experts[0].pk], why[cast.experts[1].pk]) == ("same_workplace", "works_for_bidder", None)
