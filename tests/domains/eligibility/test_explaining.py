"""Any verdict under any pack is explained: every step has a label, its numbers agree with the verdict, the last rule tried holds."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils import translation
from hypothesis import given, settings

from tests.core.test_remedies import JIANGXI, cases, hours, year
from xingtan.core.determination import ResultFact, determine_year
from xingtan.core.units import format_hours_exact
from xingtan.domains.eligibility.explaining import explanation_of


def record_of(policy, facts, *, state="open", determination=None):
    return SimpleNamespace(
        verdict=determine_year(policy, facts), policy=policy, facts=facts, sections=(), determination=determination,
        training_year=SimpleNamespace(year=facts.year, state=state),
    )  # fmt: skip


def steps(node):
    yield node
    for child in node.children:
        yield from steps(child)


@settings(max_examples=80)
@given(cases())
def test_every_verdict_of_every_pack_is_explained_in_both_languages(case):
    policy, facts = case
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found = explanation_of(record_of(policy, facts), format_hours_exact)
        assert (found.root.have, found.root.need) == (found.outlook.verdict.recognised_centi, found.outlook.verdict.required_centi)
        assert all(one.label and "%(" not in one.sentence for one in steps(found.root))
        assert all(one.condition for one in found.tried)
        assert not found.tried or found.tried[-1].holds


def test_the_numbers_of_a_rule_are_told_in_words():
    facts = year(hours=(hours("a", "course", 40_00),), study_closed=True, results=(ResultFact("exam", 59_00),))
    with translation.override("en"):
        found = explanation_of(record_of(JIANGXI, facts), format_hours_exact)
    told = [number for one in found.tried for number in one.numbers]
    assert "hours missing 32.00" in told
    assert "the score of the unified exam 59" in told
    assert "the pass mark 60" in told


def test_of_a_final_verdict_only_what_it_demands_itself_and_next_year_are_left():
    final = SimpleNamespace(examined_at="2026-07-01")
    facts = year(hours=(hours("a", "course", 40_00),), study_closed=True)
    found = explanation_of(record_of(JIANGXI, facts, determination=final), format_hours_exact)
    assert [[step.subject for step in remedy.steps] for remedy in found.outlook.remedies] == [["exam"]]
    failed = year(hours=(hours("a", "course", 40_00),), study_closed=True, results=(ResultFact("exam", 59_00),))
    assert explanation_of(record_of(JIANGXI, failed, determination=final), format_hours_exact).outlook.next_year
