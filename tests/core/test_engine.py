"""A province determined over columns: always what one teacher at a time gives, whatever the policy, the order and the parts."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.people_at_random import (
    ON,
    PACKS,
    as_evidence,
    as_teacher,
    determined,
    policy_at_random,
    province_at_random,
)
from xingtan.core.determination import ActivityFact, Verdict
from xingtan.core.determination.batch.engine import Evidence
from xingtan.core.determination.teacher import determine_teacher
from xingtan.core.policy import bundled_policy
from xingtan.core.policy.slots import Kind, slots_of

seeds = st.integers(0, 10**9)
BETTER = (
    Verdict.NOT_QUALIFIED,
    Verdict.MAKE_UP_REQUIRED,
    Verdict.EXAM_REQUIRED,
    Verdict.IN_PROGRESS,
    Verdict.DEFERRED,
    Verdict.EXEMPT,
    Verdict.QUALIFIED,
)


def province_of(seed, count=40):
    dice = random.Random(seed)
    policy = policy_at_random(dice)
    first = policy.cycle.anchor_year
    years = range(first, first + policy.cycle.years)
    return dice, dict.fromkeys(years, policy), province_at_random(dice, policy, years, count)


def codes(reasons):
    return ";".join(dict.fromkeys(reason.code.value for reason in reasons))


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_a_batch_says_of_everyone_what_one_teacher_alone_is_told(seed):
    _, policies, province = province_of(seed)
    years, cycles = determined(policies, as_evidence(province, dict(enumerate(province.people))))
    policy = next(iter(policies.values()))
    told = 0
    for number, person in enumerate(province.people):
        alone = determine_teacher(policies, as_teacher(province, person), on=ON)
        for one in alone.years:
            row = years[number, one.year]
            told += 1
            assert (row["verdict"], row["route"], row["reasons"]) == (one.verdict.value, one.route, codes(one.reasons))
            assert (row["required"], row["recognised"], row["carried"]) == (one.required_centi, one.recognised_centi, one.carried_centi)
            assert row["credited"] == one.credited_centi
            if one.row >= 0:
                assert [row[b.code] for b in policy.all_buckets] == [one.numbers[f"{b.code}_recognised"] for b in policy.all_buckets]
        cycle, row = alone.cycle, cycles[number]
        assert (row["verdict"], row["reasons"]) == (cycle.verdict.value, codes(cycle.reasons))
        assert (row["required"], row["recognised"]) == (cycle.required_centi, cycle.credited_centi)
    assert told == len(years)


@settings(max_examples=4, deadline=None)
@given(seeds)
def test_neither_the_order_of_rows_nor_the_parts_of_a_province_matter(seed):
    dice, policies, province = province_of(seed)
    people = dict(enumerate(province.people))
    whole = determined(policies, as_evidence(province, people))
    assert determined(policies, as_evidence(province, people, dice)) == whole
    parts = [{n: one for n, one in people.items() if n % 3 == part} for part in range(3)]
    split = [determined(policies, as_evidence(province, part, dice)) for part in parts if part]
    assert {key: row for years, _ in split for key, row in years.items()} == whole[0]
    assert {key: row for _, cycles in split for key, row in cycles.items()} == whole[1]


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=20, deadline=None)
@given(seeds)
def test_more_verified_hours_never_turn_a_verdict_worse(pack, seed):
    dice = random.Random(seed)
    policy = bundled_policy(pack)
    years = range(policy.cycle.anchor_year, policy.cycle.anchor_year + policy.cycle.years)
    policies = dict.fromkeys(years, policy)
    province = province_at_random(dice, policy, years, 4)
    unit = policy.converting[0]
    for person in province.people:
        before = as_teacher(province, person)
        year, component = dice.choice(years), dice.choice(policy.components).code
        kind = Kind(
            component,
            unit=unit.unit.value,
            **{name: (wanted[0] if wanted else "") for name, wanted in unit.wanted.items() if name != "component"},
        )
        more = (*before.activities.get(year, ()), ActivityFact(kind, dice.choice((1, 10_00, 100_00))))
        after = replace(before, activities=before.activities | {year: more})
        old, new = (determine_teacher(policies, one, on=ON) for one in (before, after))
        for was, now in zip(old.years, new.years, strict=True):
            if Verdict.UNDETERMINED not in (was.verdict, now.verdict):
                assert BETTER.index(now.verdict) >= BETTER.index(was.verdict), (was, now)


@settings(max_examples=50, deadline=None)
@given(seeds, st.lists(st.integers(1, 10_000), min_size=1, max_size=12))
def test_nothing_is_lost_to_rounding(seed, amounts):
    """Whole parts in, one floor per bucket and year, and the rest is less than a hundredth."""
    policy = policy_at_random(random.Random(seed))
    scale = slots_of(policy).scale
    conversion = next((one for one in policy.converting if one.component is None or policy.components[0].code in one.component), None)
    if conversion is None or conversion.year_cap_centi or conversion.cycle_cap_centi or conversion.source_cap_centi:
        return
    bucket = policy.all_buckets[0]
    columns = {name: (wanted[0] if wanted else "") for name, wanted in conversion.wanted.items() if name != "component"}
    columns |= {name: wanted[0] for name, wanted in (("tier", bucket.tier), ("topic", bucket.topic)) if wanted and not columns[name]}
    kind = Kind(bucket.component, unit=conversion.unit.value, **columns)
    policies = {policy.cycle.anchor_year: policy}
    teacher = as_teacher_of(policy, kind, amounts)
    (year,) = determine_teacher(policies, teacher, on=ON).years
    parts = year.numbers[f"{bucket.code}_learned_sum"]
    rest = parts - year.numbers[f"{bucket.code}_learned"] * scale
    assert 0 <= rest < scale


def as_teacher_of(policy, kind, amounts):
    province = province_at_random(random.Random(1), policy, range(2011, 2012), 1)
    empty = as_teacher(province, province.people[0])
    rows = tuple(ActivityFact(kind, amount) for amount in amounts)
    year = policy.cycle.anchor_year
    return replace(empty, item=0, hired_day=0, left_day=0, retires_day=0, facts=(), activities={year: rows}, results={})


def test_each_year_is_judged_under_its_own_policy_and_the_cycle_under_the_last():
    jiangxi = bundled_policy("jiangxi-2011")
    data = jiangxi.model_dump(by_alias=True)
    for item in data["item"]:
        item["required_centi"] = {"course": 60_00, "workshop": 22_00}
        item["first_year_centi"] = {}
    data["digest"] = "stricter"
    stricter = type(jiangxi).model_validate(data)
    policies = {2011: jiangxi, 2012: jiangxi, 2013: stricter, 2014: stricter, 2015: stricter}
    dice = random.Random(7)
    province = province_at_random(dice, jiangxi, range(2011, 2016), 60)
    years, _ = determined(policies, as_evidence(province, dict(enumerate(province.people))))
    for number, person in enumerate(province.people):
        for one in determine_teacher(policies, as_teacher(province, person), on=ON).years:
            row = years[number, one.year]
            assert (row["verdict"], row["required"], row["credited"]) == (one.verdict.value, one.required_centi, one.credited_centi)
    assert {row["required"] for (_, year), row in years.items() if year >= 2013} <= {0, 82_00}
    assert isinstance(as_evidence(province, {}), Evidence)
