"""Once the seed is known, nobody chooses who sits on the panel by naming or ending experts."""

from __future__ import annotations

import pytest

from tests import tendering
from tests.tendering import AFTER
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.refusal import Refused


@pytest.fixture
def cast(db):
    made = tendering.build(experts=4)
    made.tender = tendering.published(made)
    tendering.sealed(made, made.tender)
    return made


def draw(cast):
    tenders.draw_panel(actor=cast.mei, pid=cast.tender.public_id, now=AFTER)
    return [one.expert for one in tenders.panel_of(cast.tender)]


def step_back(cast):
    [actor, *_others] = tendering.judges(cast.tender)
    tenders.declare(actor=actor, pid=cast.tender.public_id, has_interest=True, words="曾任职", now=AFTER)
    return list(tenders.panel_of(cast.tender))[-1].expert


def test_who_is_named_after_the_opening_sits_only_when_all_others_do(cast):
    tendering.opened(cast, cast.tender)
    late = [tendering.expert(cast, number, now=AFTER) for number in range(20, 26)]
    assert {one.pk for one in draw(cast)} < {one.pk for one in cast.experts}
    assert step_back(cast) in cast.experts
    assert step_back(cast) in late


def test_nobody_is_ended_between_the_opening_and_the_draw(cast):
    tendering.opened(cast, cast.tender)
    with pytest.raises(Refused) as why:
        tenders.end_expert(actor=cast.mei, pid=cast.experts[0].public_id, now=AFTER)
    assert why.value.code == "expert_draw_ahead"
    draw(cast)
    assert tenders.end_expert(actor=cast.mei, pid=cast.experts[0].public_id, now=AFTER).to_on is not None


def test_before_the_opening_an_expert_is_ended_and_not_drawn(cast):
    tenders.end_expert(actor=cast.mei, pid=cast.experts[0].public_id, now=tendering.WITHIN)
    tendering.opened(cast, cast.tender)
    assert cast.experts[0] not in draw(cast)
