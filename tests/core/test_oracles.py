"""The packs of the other documents against years written by hand, over random facts that lean towards the edges."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core import oracles
from xingtan.core.determination import ActivityFact, ResultFact, YearFacts, determine_year
from xingtan.core.policy import bundled_policy
from xingtan.core.policy.slots import FINAL, WAITING, Kind

CASES = {
    "jiangxi-2011": (
        oracles.jiangxi,
        {
            "component": ["course", "course", "workshop"],
            "mode": ["online", "township", "township", "disc", "face_to_face", ""],
            "activity": ["", "", "", "course", "studio_mentor"],
            "unit": ["hour", "hour", "minute", "half_day", "day"],
        },
        ["exam", "process", "process", "supplementary", "final"],
        [3, 5],
    ),
    "dawa-2008": (
        oracles.dawa,
        {"component": ["training"], "mode": ["online", "school_based", ""], "result": ["homework", ""], "unit": ["hour", "minute"]},
        ["ordinary", "online", "written"],
        [1],
    ),
    "zibo-2011": (
        oracles.zibo,
        {
            "component": ["network", "backbone"],
            "mode": ["together", "dispersed", "abroad"],
            "unit": ["hour", "minute", "day", "half_day", "month"],
        },
        ["none"],
        [1, 4, 5, 6, 8],
    ),
    "jiangxi-it-2014": (
        oracles.it_project,
        {"component": ["training"], "mode": ["online", "practice"], "unit": ["hour", "minute"]},
        ["diagnosis", "participation", "contribution", "study", "final"],
        [1, 2],
    ),
    "jiangxi-credit-2018": (
        oracles.credit_year,
        {
            "component": ["coordinated", "self_directed"],
            "tier": ["nation", "province", "county", "school"],
            "mode": ["face_to_face", "online", ""],
            "activity": ["", "", "principals", "observation", "probation", "degree"],
            "unit": ["hour", "minute", "lesson", "credit"],
        },
        ["none"],
        [1],
    ),
}
AMOUNTS = (1, 50, 99, 1_00, 2_00, 16_00, 18_00, 20_00, 36_00, 72_00, 99_99, 100_00, 1_200_00)
SCORES = (0, 40_00, 59_99, 60_00, 75_00, 100_00)


def years(codes, tests, items):
    def of(name):
        return st.sampled_from(codes.get(name, [""]))

    amount = st.sampled_from(AMOUNTS) | st.integers(1, 150_00)
    verified = st.just(value=True) | st.booleans()
    activity = st.tuples(of("component"), of("tier"), of("mode"), of("activity"), of("result"), of("unit"), amount, verified)
    result = st.tuples(st.sampled_from(tests), st.sampled_from(SCORES), st.booleans())
    every_one_sat = st.tuples(*(st.tuples(st.just(test), st.sampled_from(SCORES), st.just(value=False)) for test in tests)).map(list)
    return st.fixed_dictionaries(
        {
            "item": st.sampled_from(items),
            "leave": st.sampled_from([False] * 9 + [True]),
            "closed": st.booleans() | st.just(value=True),
            "retires": st.sampled_from([False] * 5 + [True]),
            "turn": st.booleans(),
            "village": st.booleans(),
            "rank": st.booleans(),
            "work": st.lists(st.tuples(st.sampled_from(["assignments", "work_products"]), st.booleans(), st.booleans()), max_size=2),
            "activities": st.lists(activity, max_size=6),
            "results": st.lists(result, max_size=10) | every_one_sat,
        }
    )


def as_facts(year):
    """The year as the engine takes it."""
    activities = tuple(
        ActivityFact(Kind(component, tier, mode, "", activity, unit, result, "", "verified" if verified else "entered"), amount)
        for component, tier, mode, activity, result, unit, amount, verified in year["activities"]
    )
    results = tuple(
        ResultFact(name, -1 if waiting else score, status=WAITING if waiting else FINAL)
        for name, score, waiting in year["results"]
        if name != "none"
    )
    results += tuple(
        ResultFact(name, passed=int(passed), status=FINAL if passed or not waiting else WAITING) for name, passed, waiting in year["work"]
    )
    held = {name for name, holds in (("turn", year["turn"]), ("village", year["village"]), ("rank_special_grade", year["rank"])) if holds}
    return YearFacts(
        year=2011,
        item=year["item"],
        leave_ground="sick" if year["leave"] else None,
        took_part=bool(activities),
        study_closed=year["closed"],
        retires_in_cycle=year["retires"],
        held=frozenset(held),
        activities=activities,
        results=results,
    )


def as_told(year):
    """The year as the oracle takes it: amounts and scores of their units."""
    activities = [(*row[:6], Fraction(row[6], 100), row[7]) for row in year["activities"]]
    results = [(name, None if waiting else Fraction(score, 100), waiting) for name, score, waiting in year["results"]]
    return year | {"activities": activities, "results": results}


@pytest.mark.parametrize("pack", CASES)
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_packs_say_what_the_hand_written_years_say(pack, data):
    oracle, codes, tests, items = CASES[pack]
    year = data.draw(years(codes, tests, items))
    found = determine_year(bundled_policy(pack), as_facts(year))
    assert (found.verdict.value, found.route, found.recognised_centi, found.verified_centi) == oracle(as_told(year))
