"""Random acts by random roles: no illegal state, no card used twice, the trail explains every state."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from itertools import pairwise
from random import Random

import pytest

from xingtan.domains.cards import api as cards
from xingtan.domains.cards.models import Card, CardReport, CardStep, Consignment
from xingtan.domains.cards.states import CARD_MOVES
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.enrolment.models import LearningCard
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

STEPS = 120
ACTS = ("names", "count", "issue", "send", "receive", "hand_out", "activate", "draw", "lose", "reissue", "recall", "extend", "expire")  # fmt: skip


class Walk:
    """One walk of a county's cards, each act by whoever the dice choose."""

    def __init__(self, way, seed):
        self.way, self.dice, self.now = way, Random(seed), way.NOW
        self.cast = way.build(replace=way.CARD_FIRST)
        self.actors = [self.cast.mei, self.cast.zhou, self.cast.chen, self.cast.clerk_second, self.cast.strange_officer, self.cast.wu]
        self.done = dict.fromkeys(ACTS, 0)

    def who(self, likely):
        return likely if self.dice.random() < 0.8 else self.dice.choice(self.actors)

    def some(self, *states):
        ids = list(Card.everywhere.filter(state__in=states).order_by("pk").values_list("pk", flat=True)) if states else []
        ids = ids if self.dice.random() < 0.9 and ids else list(Card.everywhere.order_by("pk").values_list("pk", flat=True))
        return self.dice.sample(ids, min(len(ids), self.dice.randint(1, 2)))

    def step(self):
        self.now += timedelta(hours=self.dice.choice([1, 30, 300]))
        name = self.dice.choice(ACTS)
        try:
            getattr(self, f"do_{name}")()
            self.done[name] += 1
        except (Refused, NotInScope, NotAllowed):
            pass

    def do_names(self):
        ids = [one.pk for one in self.dice.sample(self.cast.people, 3)]
        cards.report_names(actor=self.who(self.cast.chen), training_year_id=self.cast.year.pk, teacher_ids=ids, now=self.now)

    def reports(self, *, is_county):
        return list(CardReport.everywhere.filter(is_county=is_county).order_by("-pk").values_list("pk", flat=True)[:1])

    def do_count(self):
        ids = self.reports(is_county=False)
        cards.count_names(actor=self.who(self.cast.zhou), training_year_id=self.cast.year.pk, report_ids=ids, now=self.now)

    def do_issue(self):
        [pk] = self.reports(is_county=True) or [0]
        wanted = cards.Wanted(self.dice.randint(0, 3), 10_00, self.way.LAST + timedelta(days=400))
        cards.issue_batch(actor=self.who(self.cast.mei), report_id=pk, wanted=wanted, now=self.now)

    def do_send(self):
        actor, place = self.dice.choice([(self.cast.mei, self.cast.county), (self.cast.zhou, self.cast.school)])
        counts = {place.pk: self.dice.randint(1, 4)}
        cards.send(actor=self.who(actor), training_year_id=self.cast.year.pk, counts=counts, now=self.now)

    def do_receive(self):
        parcel = Consignment.everywhere.filter(state="sent").order_by("?").first() or Consignment.everywhere.first()
        numbers = [card.number for card in cards.cards_of(parcel)] if parcel else []
        missing = numbers[:1] if self.dice.random() < 0.3 else []
        actor = self.cast.chen if parcel and parcel.receiver_id == self.cast.school.pk else self.cast.zhou
        cards.receive(actor=self.who(actor), consignment_id=parcel.pk if parcel else 0, missing=missing, now=self.now)

    def do_hand_out(self):
        ids = [one.pk for one in self.dice.sample(self.cast.people, 1)]
        cards.hand_out(actor=self.who(self.cast.chen), training_year_id=self.cast.year.pk, teacher_ids=ids, now=self.now)

    def do_activate(self):
        card = Card.everywhere.filter(teacher=self.cast.lin_teacher).order_by("-pk").first()
        if card:
            enrolment.activate_card(actor=self.cast.lin, number=card.number, now=self.now)
            cards.take_activated({"numbers": [card.number]}, self.now)

    def do_draw(self):
        cards.draw({one.pk: self.dice.choice([3_00, 12_00]) for one in self.cast.people}, self.cast.year.pk, self.now)

    def do_lose(self):
        ids, is_lost = self.some("issued", "active", "held"), self.dice.random() < 0.5
        cards.report_spoilt(actor=self.who(self.cast.chen), card_ids=ids, is_lost=is_lost, reason="丢失", now=self.now)

    def do_reissue(self):
        [pk, *_more] = self.some("lost", "damaged") or [0]
        cards.reissue(actor=self.who(self.cast.chen), card_id=pk, now=self.now)

    def do_recall(self):
        if self.dice.random() < 0.3:
            cards.recall(actor=self.who(self.cast.zhou), card_ids=self.some("issued", "lost"), reason="收回", now=self.now)

    def do_extend(self):
        until = (self.now + timedelta(days=self.dice.choice([-1, 20, 200]))).date()
        cards.extend(actor=self.who(self.cast.zhou), card_ids=self.some("expired", "lapsed", "active"), until=until, now=self.now)

    def do_expire(self):
        cards.expire_due(self.now)


def sound():
    """What must hold after every walk."""
    for card in Card.everywhere.all():
        trail = list(CardStep.objects.filter(card=card).order_by("pk"))
        assert trail[0].was == ""
        assert trail[-1].became == card.state
        assert all(before.became == after.was for before, after in pairwise(trail))
        for step in trail[1:]:
            assert CARD_MOVES[cards.CardState(step.was)][cards.CardAct(step.act)].value == step.became
        assert [step.act for step in trail].count("hand_out") <= 1
        right = LearningCard.everywhere.filter(number=card.number).first()
        assert (right is not None) == any(step.act == "hand_out" for step in trail)
        if right:
            assert right.teacher_id == card.teacher_id
            assert (right.voided_at is not None) == (card.state == "void") or card.state in ("lost", "damaged")
            assert right.drawn_centi <= right.hours_centi
    for parcel in Consignment.everywhere.filter(state="sent"):
        assert all(card.state in ("on_the_way", "lost", "damaged", "void") for card in cards.cards_of(parcel))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_no_walk_loses_or_doubles_a_card(seed):
    walk = Walk(import_module("tests.carding"), seed)
    for _ in range(STEPS):
        walk.step()
    sound()
    assert list(cards.check_cards()) == []
    assert sum(walk.done.values()) > STEPS // 4
