"""Random acts of random roles: a tender is never in a state that its acts do not lead to, nothing is lost, and the trail explains it."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from tests import tendering
from tests.tendering import AFTER, CLOSES, OVER, TERMS, WITHIN
from xingtan.domains.tenders import api as tenders
from xingtan.domains.tenders.models import Bid, BidSeal, Contract, PanelMember, RankLine, Tender
from xingtan.domains.tenders.states import BID_MOVES, CONTRACT_MOVES, PANEL_MOVES, TENDER_MOVES
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db
WALKS, STEPS = 3, 220
TRAIL = {
    "tenders.published": "published", "tenders.cancelled": "cancelled", "tenders.opened": "opened", "tenders.review_begun": "reviewing",
    "tenders.defence_begun": "defending", "tenders.ranked": "ranked", "tenders.announced": "announced",
    "tenders.reconsidered": "ranked", "tenders.awarded": "awarded", "tenders.finished": "finished",
}  # fmt: skip


def reaches(moves, start, end):
    """True when some acts lead from the one state to the other."""
    seen, waiting = {start}, [start]
    while waiting:
        fresh = set(moves[waiting.pop()].values()) - seen
        seen |= fresh
        waiting += fresh
    return end in seen


class Walk:
    """A tender, who may touch it, and a clock that only goes forward."""

    def __init__(self, cast, tender, dice):
        self.cast, self.dice, self.pid, self.now = cast, dice, tender.public_id, WITHIN
        self.experts = [tendering.actor_for(one.account_id, "expert") for one in cast.experts]
        self.actors = [cast.mei] * 6 + [cast.supervisor] * 2 + cast.bidders * 2 + self.experts * 2 + [cast.zhou, cast.chen, cast.lin]

    def tender(self):
        return Tender.everywhere.get(public_id=self.pid)

    def bid(self):
        return self.dice.choice([*Bid.everywhere.filter(tender__public_id=self.pid), None])

    def act(self, actor, name=""):
        """This act, or one that the dice choose, with plausible words."""
        pid, now, dice = self.pid, self.now, self.dice
        some, bid = {"actor": actor, "pid": pid, "now": now}, self.bid()
        named = bid.public_id if bid else "nobody"
        acts = {
            "submit": lambda: tenders.submit(**some, offered=tendering.offered(price=dice.randrange(1, 10**8))),
            "withdraw": lambda: tenders.withdraw_bid(**some),
            "turn": lambda: actor in self.cast.passphrases and tenders.turn_key(**some, passphrase=self.cast.passphrases[actor]),
            "draw": lambda: tenders.draw_panel(**some),
            "declare": lambda: tenders.declare(**some, has_interest=dice.random() < 0.1, words="曾任顾问"),
            "begin": lambda: tenders.begin_review(**some),
            "review": lambda: self.review(actor),
            "defend": lambda: tenders.begin_defence(**some),
            "rank": lambda: tenders.rank(**some),
            "exclude": lambda: tenders.exclude_bid(**some, bid=named, reason_code="untrue", reason="不实") if dice.random() < 0.2 else None,
            "announce": lambda: tenders.announce(**some, days=tendering.days_from(now)),
            "object": lambda: tenders.object_to_result(**some, text="对结果有异议"),
            "settle": lambda: self.settle(actor),
            "reconsider": lambda: tenders.reconsider(**some),
            "award": lambda: tenders.award(**some),
            "offer": lambda: tenders.offer_contract(
                **some, bid=named, terms=TERMS._replace(price_fen=1, share_percent=dice.choice([30, 50]))
            ),
            "answer": lambda: tenders.answer_contract(**some, is_signed=dice.random() < 0.8, reason="无力承接"),
            "finish": lambda: tenders.finish(**some),
            "cancel": lambda: tenders.cancel_tender(**some, reason="终止") if dice.random() < 0.1 else None,
        }
        acts[name or dice.choice(list(acts))]()

    def step(self):
        """Every third act is anybody's anything; the others are what the state asks for, by somebody whose turn it may be."""
        if self.dice.random() < 1 / 3:
            self.act(self.dice.choice(self.actors))
            return
        office, bidders = [self.cast.mei], self.cast.bidders
        asked = {
            "published": [("submit", bidders), ("turn", [self.cast.mei, self.cast.supervisor])],
            "opened": [("draw", office), ("declare", self.experts), ("begin", office)],
            "reviewing": [("review", self.experts), ("defend", office)],
            "defending": [("review", self.experts), ("rank", office)],
            "ranked": [("announce", office), ("rank", office)],
            "announced": [("object", bidders), ("settle", office), ("reconsider", office), ("award", office)],
            "awarded": [("offer", office), ("answer", bidders), ("finish", office)],
        }
        name, actors = self.dice.choice(asked.get(self.tender().state, [("rank", self.actors)]))
        self.act(self.dice.choice(actors), name)

    def review(self, actor):
        tender = self.tender()
        is_defence = tender.state == "defending"
        for bid in tenders.standing_bids(tender):
            marks = {one.pk: self.dice.randrange(1001) for one in tenders.judged_on(tender, is_defence=is_defence)}
            tenders.keep_review(actor=actor, pid=self.pid, code=bid.code, marks=marks, words="", is_final=True, now=self.now)

    def settle(self, actor):
        posted = notices.standing_notice(tenders.NOTICE, self.tender().pk)
        filed = notices.Objection.everywhere.filter(notice=posted).order_by("?").first() if posted else None
        told = {"is_upheld": self.dice.random() < 0.3, "words": "经核实如此"}
        if filed:
            tenders.answer_objection(actor=actor, pid=self.pid, objection=filed.public_id, now=self.now, **told)

    def pass_time(self):
        state = self.tender().state
        if state == "published" and self.dice.random() < 0.1:
            self.now = max(self.now, CLOSES)
        elif state == "announced" and self.dice.random() < 0.05:
            self.now = max(self.now, OVER) + timedelta(days=12)
        else:
            self.now += timedelta(seconds=self.dice.randrange(90))


def check(walk, before):
    """Every state came by an allowed way, and what must never be false is true."""
    tender = walk.tender()
    assert reaches(TENDER_MOVES, before["tender"], tender.state)
    for bid in Bid.everywhere.all():
        assert reaches(BID_MOVES, before["bids"].get(bid.pk, "sealed"), bid.state)
        assert bid.state not in ("sealed", "withdrawn") or not bid.content
    for model, moves, key in ((PanelMember, PANEL_MOVES, "panel"), (Contract, CONTRACT_MOVES, "contracts")):
        for one in model._default_manager.all():
            assert reaches(moves, before[key].get(one.pk, next(iter(moves))), one.state)
    assert tender.opened_at is None or tender.opened_at >= tender.closes_at
    assert sum(one.share_percent for one in Contract.everywhere.exclude(state="declined")) <= 100
    assert Bid.everywhere.filter(state="chosen").count() <= tender.places
    if tender.state not in ("draft", "published", "cancelled"):
        assert not Bid.everywhere.filter(state="sealed").exists()


def standing():
    return {
        "bids": dict(Bid.everywhere.values_list("pk", "state")),
        "panel": dict(PanelMember.objects.values_list("pk", "state")),
        "contracts": dict(Contract.everywhere.values_list("pk", "state")),
    }


@pytest.mark.parametrize("number", range(WALKS))
def test_random_acts_of_random_roles(number):
    dice = random.Random(20261122 + number)
    cast = tendering.build(experts=6)
    walk = Walk(cast, tendering.published(cast), dice)
    for _ in range(STEPS):
        before = {"tender": walk.tender().state, **standing()}
        try:
            with transaction.atomic():
                walk.step()
        except (Refused, NotAllowed, NotInScope):
            assert {"tender": walk.tender().state, **standing()} == before, "a refusal changes nothing"
        check(walk, before)
        walk.pass_time()
    told = AuditLine.objects.filter(subject="tender", act__in=TRAIL).order_by("pk").values_list("act", flat=True)
    trail = [TRAIL[one] for one in told]
    assert trail[-1] == walk.tender().state, "the trail explains the state"
    for here, there in pairwise(trail):
        assert there in TENDER_MOVES[here].values()
    assert BidSeal.objects.count() == AuditLine.objects.filter(act="tenders.sealed").count()
    assert (
        RankLine.objects.values("edition").distinct().count()
        == trail.count("ranked") - AuditLine.objects.filter(act="tenders.reconsidered").count()
    )


def test_a_walk_can_reach_the_end():
    assert reaches(TENDER_MOVES, "draft", "finished")
    assert TENDER_MOVES["finished"] == TENDER_MOVES["cancelled"] == {}
    assert AFTER > CLOSES
