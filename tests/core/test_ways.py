"""Other ways to earn: what the documents say, with their numbers; what a pack may get wrong; a cap that holds once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.determination import HourFact, YearFacts, determine_year, recognise
from xingtan.core.determination.facts import OFFSET, ActivityFact
from xingtan.core.policy import PolicyError, bundled, bundled_documents, bundled_policy, read_policy, row_of, way_of, worth_centi
from xingtan.core.policy.slots import VERIFIED
from xingtan.domains.recognition.rules import outlook, within_plan, worth_beside

JIANGXI, CREDITS, DAWA = bundled_policy("jiangxi-2011"), bundled_policy("jiangxi-credit-2018"), bundled_policy("dawa-2008")
DAY = date(2026, 3, 1)


def test_dawa_converts_recorded_school_training_with_handed_in_work():
    """S1 五(二): records of the platform and handed-in work make hours; 1,200 minutes are 20 of the 100 of a year."""
    way = way_of(DAWA, "school_based")
    assert worth_centi(DAWA, way, 1200_00) == 20_00
    assert row_of(way).result == "homework"
    assert worth_centi(DAWA, way_of(DAWA, "certificate"), 100_00) == 100_00


def test_twenty_lessons_observed_are_a_credit_and_no_more_a_year():
    """As reported of the rules of 2018: 每年听课20节等计1学分; ten hours face to face are one credit."""
    way = way_of(CREDITS, "observation")
    assert [worth_centi(CREDITS, way, lessons * 100) for lessons in (1, 19, 20, 40)] == [5, 95, 1_00, 2_00]
    assert outlook(CREDITS, way, 40_00, 0).counts == 1_00
    assert outlook(CREDITS, way, 20_00, 40).counts == 60
    assert worth_centi(CREDITS, way_of(CREDITS, "school_training"), 600_00) == 1_00


@pytest.mark.parametrize("code", ["jiangxi-2011", "jiangxi-credit-2018"])
def test_the_school_declares_its_own_training_as_the_county_says(code):
    """S4 二(二): schools are responsible for declaring, organising and carrying out school-run training."""
    way = way_of(bundled_policy(code), "school_training")
    assert [party.value for party in way.declared_by] == ["school"]
    assert way.clause in bundled_documents()["county"]


def test_hours_of_a_way_meet_their_cap_in_the_ledger_and_in_the_verdict():
    way = way_of(JIANGXI, "open_lesson")
    hours = [HourFact(f"e{at}", "workshop", 4_00, DAY, True, True, "", "open_lessons") for at in range(3)]
    ledger = recognise(JIANGXI, 4, hours)
    rows = tuple(ActivityFact(row_of(way)._replace(status=VERIFIED), 4_00, at) for at in range(3))
    verdict = determine_year(JIANGXI, YearFacts(year=2025, item=4, activities=rows))
    assert ledger.by_component["workshop"].recognised == verdict.numbers["workshop_recognised"] == 6_00
    assert verdict.numbers["workshop_verified"] == 6_00


def test_a_duty_is_recognised_up_to_the_offsets_cap_and_belongs_to_no_component():
    found = recognise(JIANGXI, 4, [HourFact("a", OFFSET, 50_00, DAY), HourFact("b", OFFSET, 50_00, DAY)])
    assert found.by_fact == {"a": 50_00, "b": 22_00}
    assert found.by_component["workshop"].learned == 0


def test_where_surplus_counts_in_the_cycle_a_component_has_no_bound():
    found = recognise(
        CREDITS, 1, [HourFact("a", "self_directed", 3_00, DAY), HourFact("b", "self_directed", 2_00, DAY, False, False, "", "observation")]
    )
    assert found.by_fact == {"a": 3_00, "b": 1_00}


@given(st.lists(st.integers(1, 60_000), max_size=12), st.sampled_from([("school_training", 3), ("open_lesson", 1)]))
def test_claims_of_one_conversion_are_worth_the_floor_of_them_all(amounts, which):
    way = way_of(JIANGXI, which[0])
    conversion = next(one for one in JIANGXI.conversions if one.activity == (way.activity,))
    given_before, taken = 0, []
    for amount in amounts:
        given_before += worth_beside(conversion, taken, given_before, amount)
        taken.append(amount)
    assert given_before == int(Fraction(sum(amounts) * conversion.gives_centi, conversion.per * 100))


@given(st.integers(0, 100_000), st.integers(1, 4_000))
def test_no_attendance_is_worth_more_than_was_planned(amount, planned):
    way = way_of(JIANGXI, "school_training")
    cut = within_plan(JIANGXI, way, amount, planned)
    assert cut <= amount
    assert worth_centi(JIANGXI, way, cut) <= planned


GOOD = bundled()["jiangxi-2011"]


@pytest.mark.parametrize(
    ("old", "new", "field", "expected"),
    [
        ('code = "open_lesson"\nlabel = { zh = "公开课、观摩课", en = "Open lesson" }\nkind = "achievement"\nunit = "lesson"',
         'code = "open_lesson"\nlabel = { zh = "公开课、观摩课", en = "Open lesson" }\nkind = "achievement"\nunit = "word"', "way[2].unit", "a unit that a conversion"),
        ('kind = "platform"', 'kind = "plattform"', "way[6].kind", "'training', 'achievement'"),
        ('activity = "paper"\ndeclared_by', 'activity = "papper"\ndeclared_by', "way[3].activity", "one of"),
        ('declared_by = ["school"]', 'declared_by = ["teacher"]', "way[1].declared_by", "it runs the training"),
        ('declared_by = ["teacher"]\napproved_by = "school"', 'declared_by = ["teacher"]\napproved_by = "teacher"', "way[2].approved_by", "an office"),
        ('code = "national_platform"', 'code = "elsewhere"', "way[6].code", "no other way has"),
        ('code = "lesson_plan"', 'code = "certificate"', "way[2].proof[2].code", "no other proof"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_way_is_told_with_its_line(old, new, field, expected):
    assert old in GOOD
    with pytest.raises(PolicyError) as refused:
        read_policy(GOOD.replace(old, new, 1), "mine.toml")
    told = [one for one in refused.value.problems if one.field == field]
    assert told, [str(one) for one in refused.value.problems]
    assert expected in told[0].expected
    assert told[0].line > GOOD[: GOOD.index(old)].count("\n")
