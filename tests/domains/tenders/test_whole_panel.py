"""A ranking is made by as many experts as the call names, and only by those who have no interest."""

from __future__ import annotations

import pytest

from tests import tendering
from tests.tendering import AFTER
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.refusal import Refused


@pytest.fixture
def cast(db):
    """A panel of three at work, of which one has stepped back in the middle and the next was asked."""
    made = tendering.build(experts=5)
    made.tender = tendering.published(made)
    tendering.sealed(made, made.tender)
    tendering.opened(made, made.tender)
    tendering.seated(made, made.tender)
    made.gone = tendering.judges(made.tender)[0]
    told = {"pid": made.tender.public_id, "has_interest": True, "words": "曾任职"}
    tenders.declare(actor=made.gone, now=AFTER, **told)
    made.asked = list(tenders.panel_of(made.tender))[-1]
    made.seats = [one for one in tenders.panel_of(made.tender) if one.state == "declared"]
    return made


def acts_of(seats):
    return [tendering.actor_for(one.expert.account_id, "expert") for one in seats]


def judge(cast, actors, *, is_defence=False):
    for actor in actors:
        for bid in tenders.standing_bids(cast.tender):
            marks = {one.pk: 800 for one in tenders.judged_on(cast.tender, is_defence=is_defence)}
            tenders.keep_review(actor=actor, pid=cast.tender.public_id, code=bid.code, marks=marks, words="有据", is_final=True, now=AFTER)


def begin_defence(cast):
    return tenders.begin_defence(actor=cast.mei, pid=cast.tender.public_id, now=AFTER)


def test_the_panel_goes_on_when_the_one_who_was_asked_has_declared(cast):
    judge(cast, acts_of(cast.seats))
    with pytest.raises(Refused) as why:
        begin_defence(cast)
    assert why.value.code == "panel_not_declared"
    [last] = acts_of([cast.asked])
    tenders.declare(actor=last, pid=cast.tender.public_id, has_interest=False, now=AFTER)
    judge(cast, [last])
    assert begin_defence(cast).state == "defending"


def test_one_who_stays_silent_is_replaced_and_one_who_judges_is_not(cast):
    told = {"actor": cast.mei, "pid": cast.tender.public_id, "reason": "联系不上", "now": AFTER}
    assert tenders.replace_member(member=cast.asked.public_id, **told).state == "recused"
    with pytest.raises(Refused) as why:
        tenders.replace_member(member=cast.seats[0].public_id, **told)
    assert why.value.code == "tender_wrong_state"


def test_whoever_stepped_back_writes_nothing_into_the_defence(cast):
    [last] = acts_of([cast.asked])
    tenders.declare(actor=last, pid=cast.tender.public_id, has_interest=False, now=AFTER)
    judge(cast, [*acts_of(cast.seats), last])
    begin_defence(cast)
    told = {"pid": cast.tender.public_id, "code": "A", "question": "为何报价低？", "answer": "自有师资", "now": AFTER}
    with pytest.raises(Refused) as why:
        tenders.note_defence(actor=cast.gone, **told)
    assert why.value.code == "panel_wrong_state"
    assert tenders.note_defence(actor=last, **told).question == told["question"]
