"""What would make a year qualified: computed, true, and nothing in it may be left out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core.determination import HourFact, ResultFact, YearFacts, determine_year
from xingtan.core.determination.remedies import Prospect, outlook
from xingtan.core.determination.steps import Step, StepKind, applied
from xingtan.core.policy import bundled, bundled_policy
from xingtan.core.verdicts import Verdict

PACKS = sorted(bundled())
JIANGXI = bundled_policy("jiangxi-2011")


def hours(key, component, centi, *, verified=True, part=""):
    return HourFact(key, component, centi, date(2025, 12, 1), verified, True, part)


def year(**values):
    return YearFacts(**{"year": 2025, "item": 4, "took_part": True, **values})


def steps_of(found):
    return [[(step.kind.value, step.subject, step.amount) for step in remedy.steps] for remedy in found.remedies]


def test_everything_that_is_missing_is_named_with_its_amount():
    facts = year(
        hours=(hours("a", "course", 40_00), hours("b", "workshop", 22_00, verified=False)),
        assignments_required=4, assignments_passed=2, assignments_waiting=1,
    )  # fmt: skip
    found = outlook(JIANGXI, facts)
    assert found.prospect is Prospect.THIS_YEAR
    assert steps_of(found) == [
        [("hours", "course", 10_00), ("marking", "assignments", 1), ("work", "assignments", 1), ("verify", "", 22_00)]
    ]
    assert found.remedies[0].verdict.route == 1


def test_when_study_has_closed_only_the_exam_helps():
    found = outlook(JIANGXI, year(hours=(hours("a", "course", 40_00),), study_closed=True))
    assert steps_of(found) == [[("assessment", "exam", 60_00)]]
    assert (found.remedies[0].verdict.route, found.remedies[0].verdict.by_exam_centi) == (3, 32_00)


def test_when_only_the_offices_are_late_nothing_is_asked_of_the_teacher():
    facts = year(hours=(hours("a", "course", 50_00, verified=False), hours("b", "workshop", 22_00)), study_closed=True)
    assert steps_of(outlook(JIANGXI, facts)) == [[("verify", "", 50_00)]]


def test_who_took_no_part_makes_up_next_year():
    found = outlook(JIANGXI, year(took_part=False, study_closed=True))
    assert (found.verdict.verdict, found.prospect) == (Verdict.MAKE_UP_REQUIRED, Prospect.NEXT_YEAR)
    assert found.next_year == (Step(StepKind.MAKE_UP, "course", 50_00), Step(StepKind.MAKE_UP, "workshop", 22_00))


def test_who_failed_the_exam_makes_up_next_year_unless_a_resit_is_open():
    facts = year(hours=(hours("a", "course", 40_00),), study_closed=True, results=(ResultFact("exam", 40_00),))
    assert outlook(JIANGXI, facts).prospect is Prospect.NEXT_YEAR
    found = outlook(JIANGXI, facts, open_steps={StepKind.RESIT})
    assert steps_of(found) == [[("resit", "exam", 60_00)]]


def test_when_the_year_is_over_only_next_year_is_left():
    facts = year(hours=(hours("a", "course", 10_00),), study_closed=True, results=(ResultFact("exam", 40_00),))
    found = outlook(JIANGXI, facts, open_steps=())
    assert (found.prospect, found.remedies) == (Prospect.NEXT_YEAR, ())


@pytest.mark.parametrize(
    ("facts", "prospect"),
    [
        (year(hours=(hours("a", "course", 50_00), hours("b", "workshop", 22_00))), Prospect.NOTHING_NEEDED),
        (year(leave_ground="sick"), Prospect.NOTHING_NEEDED),
        (year(item=99), Prospect.FACTS_FIRST),
    ],
)
def test_where_no_step_is_to_be_taken(facts, prospect):
    assert outlook(JIANGXI, facts).prospect is prospect


def test_three_assessments_that_must_all_be_passed_are_all_named():
    policy = bundled_policy("dawa-2008")
    facts = YearFacts(year=policy.cycle.anchor_year, item=policy.default_item.number, took_part=True)
    [remedy] = outlook(policy, facts).remedies
    assert sorted(step.subject for step in remedy.steps if step.kind is StepKind.ASSESSMENT) == ["online", "ordinary", "written"]


def test_a_year_that_only_waits_for_study_to_close_is_said_to_wait():
    policy = bundled_policy("zibo-2011")
    facts = YearFacts(year=policy.cycle.anchor_year, item=policy.default_item.number, took_part=True)
    assert outlook(policy, facts).prospect is Prospect.WAIT


@st.composite
def cases(draw):
    """A pack and a year's facts that it may see."""
    policy = bundled_policy(draw(st.sampled_from(PACKS)))
    amount = st.integers(0, 80_00)
    found = [
        hours(f"h{number}", draw(st.sampled_from(policy.components)).code, draw(amount), verified=draw(st.booleans()))
        for number in range(draw(st.integers(0, 4)))
    ]
    required = draw(st.integers(0, 4))
    passed = draw(st.integers(0, required))
    results = [
        ResultFact(one.code, draw(st.integers(0, 100_00)), status=draw(st.sampled_from(["final", "waiting"])))
        for one in policy.tests
        if draw(st.booleans())
    ]
    facts = YearFacts(
        year=policy.cycle.anchor_year + draw(st.integers(0, 4)),
        item=draw(st.sampled_from(policy.items)).number,
        hours=tuple(found),
        took_part=bool(found) or draw(st.booleans()),
        study_closed=draw(st.booleans()),
        results=tuple(results),
        assignments_required=required,
        assignments_passed=passed,
        assignments_waiting=draw(st.integers(0, required - passed)),
    )
    return policy, facts


@settings(max_examples=150)
@given(cases())
def test_every_remedy_is_true_and_nothing_of_it_may_be_left_out(case):
    policy, facts = case
    found = outlook(policy, facts)
    for remedy in found.remedies:
        assert determine_year(policy, applied(policy, found.facts, remedy.steps)).verdict is Verdict.QUALIFIED
        for step in remedy.steps:
            rest = [one for one in remedy.steps if one != step]
            assert determine_year(policy, applied(policy, found.facts, rest)).verdict is not Verdict.QUALIFIED
            if step.kind is StepKind.HOURS and step.amount > 1:
                less = [one._replace(amount=one.amount - 1) if one == step else one for one in remedy.steps]
                assert determine_year(policy, applied(policy, found.facts, less)).verdict is not Verdict.QUALIFIED


@settings(max_examples=100)
@given(cases())
def test_nothing_is_proposed_where_nothing_is_needed_and_the_verdict_is_the_engines(case):
    policy, facts = case
    found = outlook(policy, facts)
    assert found.verdict == determine_year(policy, facts)
    if found.verdict.verdict in (Verdict.QUALIFIED, Verdict.EXEMPT):
        assert (found.prospect, found.remedies) == (Prospect.NOTHING_NEEDED, ())
    assert bool(found.remedies) == (found.prospect is Prospect.THIS_YEAR)
    assert bool(found.next_year) == (found.prospect is Prospect.NEXT_YEAR)
