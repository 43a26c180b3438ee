"""The first round is uncapped, then trimmed by rule; thin classes are cancelled and their teachers choose first in the second."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.admitting import NOW, hours, sound, states
from tests.enrolling import actor_of
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.rules import Entrant, cut, in_order, refuse_steps, steps_of
from xingtan.domains.teachers import api as register
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused

END = datetime(2026, 9, 20, tzinfo=UTC)
SECOND = datetime(2026, 9, 25, tzinfo=UTC)


def plan(cast, opens_at, closes_at, first_until=None, *, is_capped=False):
    planned = admissions.Planned(admissions.Span(opens_at, closes_at, first_until), is_capped)
    return admissions.plan_round(actor=cast.mei, project_id=cast.seated.pk, planned=planned, now=NOW)


def apply(cast, teacher, name, now=NOW):
    actor = actor_of(Role.TEACHER, teacher.school, teacher) if now == NOW else cast.actors[teacher.pk]
    cast.actors[teacher.pk] = actor
    own = admissions.Own(cast.classes[name].pk)
    return admissions.apply(actor=actor, project_id=cast.seated.pk, own=own, now=now)


@pytest.fixture
def first(at_once):
    """Five want the red class, which takes three; one wants the blue one, which needs two."""
    at_once.actors = {}
    at_once.round = plan(at_once, NOW, END)
    admissions.set_limit(actor=at_once.mei, offer_id=at_once.classes["red"].pk, most=3, least=2, now=NOW)
    admissions.set_limit(actor=at_once.mei, offer_id=at_once.classes["blue"].pk, most=5, least=2, now=NOW)
    register.set_standings([(at_once.people[4].pk, 2022, "make_up_required")], NOW)
    at_once.rows = [apply(at_once, one, "red") for one in at_once.people[:5]] + [apply(at_once, at_once.people[5], "blue")]
    yield at_once
    assert sound(at_once)


def test_nobody_is_refused_for_number_in_an_uncapped_round(first):
    assert states(first.rows) == ["county_approved"] * 6


def test_the_rule_proposes_whom_the_class_does_not_take(first):
    [blue, red] = admissions.round_of(first.round).classes
    assert (red.applied, red.most, [row.pk for row in red.cut]) == (5, 3, [first.rows[2].pk, first.rows[3].pk])
    assert (blue.applied, blue.is_thin, blue.cut) == (1, True, ())


def test_trimmed_cancelled_decided_and_the_second_round(first):
    with pytest.raises(Refused, match="round_still_open"):
        admissions.trim(actor=first.mei, public_id=first.round.public_id, ids=[], now=NOW)
    after = END + hours(1)
    out = [row.pk for row in admissions.round_of(first.round).classes[1].cut]
    assert admissions.trim(actor=first.mei, public_id=first.round.public_id, ids=out, now=after) == 2
    assert admissions.cancel_class(actor=first.mei, offer_id=first.classes["blue"].pk, reason="人数不足", now=after) == 1
    assert admissions.decide_round(actor=first.mei, public_id=first.round.public_id, now=after) == 3
    assert states(first.rows) == ["admitted", "admitted", "declined", "declined", "admitted", "cancelled"]
    plan(first, SECOND, SECOND + hours(48), SECOND + hours(24), is_capped=True)
    admissions.set_limit(actor=first.mei, offer_id=first.classes["red"].pk, most=4, least=2, now=after)
    fresh = first.people[6]
    first.actors[fresh.pk] = actor_of(Role.TEACHER, fresh.school, fresh)
    with pytest.raises(Refused, match="round_others_first"):
        apply(first, fresh, "red", SECOND)
    with pytest.raises(Refused, match="class_cancelled"):
        apply(first, first.people[5], "blue", SECOND)
    assert apply(first, first.people[5], "red", SECOND).state == "admitted"
    with pytest.raises(Refused, match="class_full"):
        apply(first, first.people[2], "red", SECOND)


def test_between_and_after_rounds_nobody_applies(first):
    late = first.people[7]
    first.actors[late.pk] = actor_of(Role.TEACHER, late.school, late)
    with pytest.raises(Refused, match="round_closed"):
        apply(first, late, "red", END)
    plan(first, SECOND, SECOND + hours(2))
    with pytest.raises(Refused, match="round_not_open"):
        apply(first, late, "red", END)
    with pytest.raises(Refused, match="round_overlaps"):
        plan(first, SECOND, SECOND + hours(1))
    with pytest.raises(Refused, match="round_in_use"):
        admissions.drop_round(actor=first.mei, public_id=first.round.public_id, now=NOW)


def test_the_order_follows_the_rule_and_then_arrival():
    some = [
        Entrant(1, 10),
        Entrant(2, 20, was_deferred=True),
        Entrant(3, 30, debt=2020),
        Entrant(4, 5, trainings=2),
        Entrant(5, 40, debt=2019),
    ]
    assert [one.pk for one in in_order(some, ())] == [5, 3, 2, 1, 4]
    assert [one.pk for one in cut(some, 3, ("arrived",))] == [3, 5]
    assert cut(some, None, ()) == []


@pytest.mark.parametrize(
    ("told", "number", "kind", "steps"),
    [((), 0, "province", ()), ((), 1, "province", ("county",)), ((), 1, "school", ("school",)), ((), 2, "city", ("school", "county")),
     (("county", "city"), 1, "province", ("county", "city"))],
)  # fmt: skip
def test_who_approves(told, number, kind, steps):
    assert steps_of(told, number, kind) == steps
    assert refuse_steps(steps) is None
    assert refuse_steps((*steps, "county", "school")) == "admission_steps_wrong"
