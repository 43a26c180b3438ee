from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.enrolling import LATER, NOW, assign, choose, teachers
from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.events.models import Event
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

NEW_YEAR = datetime(2027, 1, 1, 4, tzinfo=UTC)


def states(cast):
    return {state: n for state, n in enrolment.counts_by_state(cast.province.scope, cast.year.pk).items() if n}


def codes(cast, selection):
    selection = enrolment.selections_in(cast.province.scope, cast.year.pk).get(pk=selection.pk)
    return [why.code for why in enrolment.checks_of([selection], enrolment.year_rules(cast.year))[selection.pk]]


def test_confirming_twice_confirms_and_emits_once(cast):
    selection = choose(cast, cast.lin, "A", "own")
    assert enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW) == 1
    assert enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW) == 0
    [event] = Event.objects.filter(name="enrolment.confirmed")
    assert event.payload["selections"] == [selection.pk]
    assert (event.payload["school"], event.payload["year"]) == (cast.school.pk, cast.year.pk)
    assert AuditLine.objects.filter(act="enrolment.confirmed").count() == 1


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        (("A", "own"), []),
        (("A",), ["no_workshop"]),
        (("B", "own"), ["component_short"]),
        (("E", "own"), ["component_over"]),
        (("A", "sports"), ["workshop_other_subject"]),
        ((), ["component_short", "no_workshop"]),
    ],
)
def test_what_lacks_something_is_named_and_not_confirmed_what_is_only_too_much_may_pass(cast, chosen, why):
    [selection] = assign(cast, [cast.lin_teacher], *chosen, actor=cast.zhou)
    assert codes(cast, selection) == why
    if any(code != "component_over" for code in why):
        with pytest.raises(Refused, match="selection_flagged"):
            enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
        assert states(cast) == {"chosen": 1}
    else:
        assert enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW) == 1


def test_one_that_lacks_something_holds_up_the_whole_batch(cast):
    good, bad = teachers(cast.school, 2)
    ids = [one.pk for one in [*assign(cast, [good], "A", "own"), *assign(cast, [bad], "A")]]
    with pytest.raises(Refused) as refused:
        enrolment.confirm(actor=cast.chen, selection_ids=ids, now=NOW)
    assert (refused.value.code, refused.value.params) == ("selection_flagged", {"count": 1})
    assert states(cast) == {"chosen": 2}


def test_only_the_own_clerk_confirms(cast):
    selection = choose(cast, cast.lin, "A", "own")
    with pytest.raises(NotInScope):
        enrolment.confirm(actor=cast.wu, selection_ids=[selection.pk], now=NOW)
    for other in (cast.he, cast.lin, cast.mei):
        with pytest.raises(NotAllowed):
            enrolment.confirm(actor=other, selection_ids=[selection.pk], now=NOW)
    assert states(cast) == {"chosen": 1}


def test_a_page_that_shows_an_older_choice_confirms_nothing(cast):
    selection = choose(cast, cast.lin, "A", "own")
    choose(cast, cast.lin, "B", "C", "own")
    for act in (enrolment.confirm, enrolment.send_back):
        more = {"reason": "不对"} if act is enrolment.send_back else {}
        with pytest.raises(Refused, match="stale"):
            act(actor=cast.chen, selection_ids=[selection.pk], versions={selection.pk: 1}, now=NOW, **more)
    assert enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], versions={selection.pk: 2}, now=NOW) == 1


def test_sending_back_tells_the_teacher_why(cast):
    selection = choose(cast, cast.lin, "A", "own")
    with pytest.raises(Refused, match="selection_reason_missing"):
        enrolment.send_back(actor=cast.chen, selection_ids=[selection.pk], reason=" ", now=NOW)
    assert enrolment.send_back(actor=cast.chen, selection_ids=[selection.pk], reason="请选本学科工作坊", now=NOW) == 1
    assert enrolment.send_back(actor=cast.chen, selection_ids=[selection.pk], reason="请选本学科工作坊", now=NOW) == 0
    [message] = Message.objects.filter(account_id=cast.lin.account_id)
    assert (message.code, message.params) == ("selection_returned", {"reason": "请选本学科工作坊"})
    with pytest.raises(Refused, match="selection_advanced"):
        enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)


def test_withdrawing_before_the_day_frees_the_year_for_another_choice(cast):
    first = choose(cast, cast.lin, "A", "own")
    assert enrolment.withdraw(actor=cast.lin, selection_ids=[first.pk], now=NOW) == 1
    second = choose(cast, cast.lin, "B", "C", "own")
    assert second.pk != first.pk
    assert states(cast) == {"withdrawn": 1, "chosen": 1}
    with pytest.raises(Refused, match="withdrawal_closed"):
        enrolment.withdraw(actor=cast.lin, selection_ids=[second.pk], now=NEW_YEAR)


def test_a_teacher_withdraws_only_the_own_choice(cast):
    [other] = teachers(cast.school, 1)
    [selection] = assign(cast, [other], "A", "own")
    with pytest.raises(NotInScope):
        enrolment.withdraw(actor=cast.lin, selection_ids=[selection.pk], now=NOW)


def test_confirming_ends_with_the_payment_window(cast):
    selection = choose(cast, cast.lin, "A", "own")
    with pytest.raises(Refused, match="confirmation_closed"):
        enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NEW_YEAR)
    assert enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=LATER) == 1


def test_the_number_of_queries_does_not_grow_with_the_choices(cast):
    counts = []
    for number in (1, 3, 300):
        ids = [one.pk for one in assign(cast, teachers(cast.school, number), "A", "own")]
        with CaptureQueriesContext(connection) as queries:
            assert enrolment.confirm(actor=cast.chen, selection_ids=ids, now=NOW) == number
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
