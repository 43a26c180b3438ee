"""The formulas against the hand-written oracle, over random facts that lean towards the edges."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.oracle import hand_written
from xingtan.core.determination import HourFact, ResultFact, Verdict, YearFacts, determine_many, determine_year, recognise
from xingtan.core.policy import bundled_policy

JIANGXI = bundled_policy("jiangxi-2011")
TRY_OUT = bundled_policy("try-out")
FIRST = date(2025, 11, 1)
EDGES = (0, 1, 11_00, 21_99, 22_00, 25_00, 49_99, 50_00, 50_01, 100_00)


def exam(points):
    return () if points is None else (ResultFact("exam", points * 100),)


hour_facts = st.builds(
    HourFact,
    key=st.uuids().map(str),
    component=st.sampled_from(["course", "workshop", "course", "workshop", "other"]),
    learned_centi=st.sampled_from(EDGES) | st.integers(0, 130_00),
    on=st.integers(0, 240).map(lambda days: FIRST + timedelta(days=days)),
    verified=st.booleans() | st.just(value=True),
    entered=st.booleans(),
    part=st.sampled_from(["", "ethics", "edtech"]),
)
year_facts = st.builds(
    YearFacts,
    year=st.just(2025),
    item=st.sampled_from([None, *range(1, 14)]) | st.just(1),
    is_new_hire=st.booleans(),
    first_year=st.booleans(),
    leave_ground=st.sampled_from([None, None, None, "sick", "teaching_aid", "holiday"]),
    hours=st.lists(hour_facts, max_size=6).map(tuple),
    assignments_required=st.integers(0, 3),
    assignments_passed=st.integers(0, 3),
    assignments_waiting=st.integers(0, 2),
    work_products_required=st.integers(0, 2),
    work_products_passed=st.integers(0, 2),
    work_products_waiting=st.integers(0, 1),
    took_part=st.booleans(),
    study_closed=st.booleans(),
    results=st.sampled_from([None, 0, 59, 60, 100]).map(exam),
)


def as_oracle(found):
    return found.verdict.value, found.route, found.recognised_centi, found.verified_centi, found.by_exam_centi


@settings(max_examples=500, deadline=None)
@given(year_facts)
def test_the_formulas_say_what_the_oracle_says(facts):
    assert as_oracle(determine_year(JIANGXI, facts)) == hand_written(facts)


@settings(max_examples=100, deadline=None)
@given(year_facts)
def test_a_years_sums_are_what_is_recognised_activity_by_activity(facts):
    found = determine_year(JIANGXI, facts)
    if found.verdict is Verdict.UNDETERMINED:
        return
    recognition = recognise(JIANGXI, facts.item, facts.hours, is_new_hire=facts.is_new_hire, first_year=facts.first_year)
    assert found.recognised_centi == sum(recognition.by_fact.values())
    assert found.verified_centi == sum(amount.verified for amount in recognition.by_component.values())
    assert found.required_centi == sum(amount.required for amount in recognition.by_component.values())


def random_year(random):
    hours = tuple(
        HourFact(
            str(n),
            random.choice(("course", "workshop")),
            random.choice((*EDGES, random.randrange(60_00))),
            FIRST,
            verified=random.random() < 0.8,
        )
        for n in range(random.randrange(5))
    )
    return YearFacts(
        year=2025,
        item=random.choice((None, *range(1, 14))),
        is_new_hire=random.random() < 0.3,
        first_year=random.random() < 0.5,
        leave_ground=random.choice((None,) * 9 + ("sick",)),
        hours=hours,
        assignments_required=random.randrange(3),
        assignments_passed=random.randrange(4),
        assignments_waiting=random.randrange(2),
        work_products_required=random.randrange(2),
        work_products_passed=random.randrange(2),
        took_part=random.random() < 0.8,
        study_closed=random.random() < 0.7,
        results=exam(random.choice((None, 0, 59, 60, 61, 100))),
    )


def test_thirty_thousand_years_say_what_the_oracle_says_and_reach_every_row():
    seeded = random.Random(2011)
    years = [random_year(seeded) for _ in range(30_000)]
    rows = Counter()
    for policy in (JIANGXI, TRY_OUT):
        for facts, found in zip(years, determine_many(policy, years), strict=True):
            assert as_oracle(found) == hand_written(facts)
            rows[found.row] += 1
    beside = ("village", "pending")  # the oracle walks no village route and waits for no result
    assert set(rows) == {-1, *(n for n, row in enumerate(JIANGXI.decide) if not any(word in row.when for word in beside))}
    assert min(rows.values()) > 50
