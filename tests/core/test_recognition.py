from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core.determination import ComponentAmount, HourFact, recognise
from xingtan.core.policy import UnknownItem, bundled_policy

JIANGXI = bundled_policy("jiangxi-2011")
FIRST = date(2025, 11, 1)


def hour(key, component, centi, *, on=0, verified=False):
    return HourFact(key, component, centi, FIRST + timedelta(days=on), verified, entered=verified)


def test_hours_are_recognised_in_order_of_day_up_to_what_is_required():
    found = recognise(JIANGXI, 4, [hour("late", "course", 30_00, on=9), hour("early", "course", 25_00), hour("w", "workshop", 18_50)])
    assert found.by_fact == {"early": 25_00, "late": 25_00, "w": 18_50}
    assert found.by_component == {
        "course": ComponentAmount(learned=55_00, recognised=50_00, verified=0, required=50_00, surplus=5_00),
        "workshop": ComponentAmount(learned=18_50, recognised=18_50, verified=0, required=22_00, surplus=0),
    }
    assert found.by_component["workshop"].short == 3_50


def test_surplus_of_one_component_does_not_fill_another():
    found = recognise(JIANGXI, 4, [hour("c", "course", 72_00)])
    assert sum(amount.recognised for amount in found.by_component.values()) == 50_00


def test_verified_hours_keep_their_recognition_whatever_comes_earlier():
    found = recognise(JIANGXI, 4, [hour("earlier", "course", 50_00), hour("verified", "course", 20_00, on=90, verified=True)])
    assert found.by_fact == {"verified": 20_00, "earlier": 30_00}
    assert found.by_component["course"].verified == 20_00


def test_of_two_on_one_day_the_smaller_key_comes_first():
    found = recognise(JIANGXI, 4, [hour("b", "workshop", 20_00), hour("a", "workshop", 20_00)])
    assert found.by_fact == {"a": 20_00, "b": 2_00}


def test_hours_without_a_rule_are_shown_and_count_nothing():
    found = recognise(JIANGXI, 4, [hour("x", "swimming", 5_00)])
    assert (found.by_fact, found.without_rule_centi) == ({"x": 0}, 5_00)


@pytest.mark.parametrize(
    ("item", "options", "required"),
    [
        (1, {"is_new_hire": True, "first_year": True}, 100_00),
        (1, {"is_new_hire": True}, 50_00),
        (1, {}, 50_00),
        (None, {"is_new_hire": True, "first_year": True}, 100_00),
        (None, {}, 50_00),
        (12, {"is_new_hire": True, "first_year": True}, 50_00),
    ],
)
def test_the_first_years_hours_hold_for_a_new_hires_first_year_only(item, options, required):
    assert recognise(JIANGXI, item, [], **options).by_component["course"].required == required


def test_item_seven_recognises_nothing_it_is_refused():
    with pytest.raises(UnknownItem):
        recognise(JIANGXI, 7, [])


facts = st.lists(
    st.builds(
        hour,
        st.uuids().map(str),
        st.sampled_from(["course", "course", "workshop", "other"]),
        st.integers(0, 40_00),
        on=st.integers(0, 211),
        verified=st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(facts)
def test_recognised_is_never_more_than_required_nor_than_learned(hours):
    found = recognise(JIANGXI, 4, hours)
    for code, amount in found.by_component.items():
        mine = [one for one in hours if one.component == code]
        assert amount.learned == sum(one.learned_centi for one in mine)
        assert amount.recognised == min(amount.learned, amount.required) == sum(found.by_fact[one.key] for one in mine)
        assert amount.verified == min(sum(one.learned_centi for one in mine if one.verified), amount.required)
        assert amount.surplus == amount.learned - amount.recognised
    assert all(0 <= found.by_fact[one.key] <= one.learned_centi for one in hours)


@settings(max_examples=300, deadline=None)
@given(facts, facts)
def test_what_is_verified_never_shrinks_when_more_is_learned(hours, more):
    before = recognise(JIANGXI, 4, hours)
    after = recognise(JIANGXI, 4, [*hours, *(one._replace(verified=False) for one in more)])
    for one in hours:
        if one.verified:
            assert after.by_fact[one.key] == before.by_fact[one.key]
    for code, amount in before.by_component.items():
        assert after.by_component[code].verified == amount.verified
        assert after.by_component[code].recognised >= amount.recognised


@settings(max_examples=200, deadline=None)
@given(facts, st.randoms())
def test_the_order_of_the_facts_changes_nothing(hours, random):
    shuffled = list(hours)
    random.shuffle(shuffled)
    assert recognise(JIANGXI, 4, hours) == recognise(JIANGXI, 4, shuffled)
