"""Which rows of the decision table were tried, and with which numbers."""

from __future__ import annotations

from hypothesis import given, settings

from tests.core.test_remedies import JIANGXI, cases, hours, year
from xingtan.core.determination import determine_year
from xingtan.core.determination.walk import rows_tried


def test_the_rows_before_the_decisive_one_did_not_hold_and_say_why():
    verdict = determine_year(JIANGXI, year(hours=(hours("a", "course", 40_00), hours("b", "workshop", 22_00)), study_closed=True))
    tried = rows_tried(JIANGXI, verdict)
    complete = next(one for one in tried if one.row.reason == "complete")
    assert (complete.holds, complete.numbers["hours_short"], complete.numbers["unverified"]) == (False, 10_00, 0)
    assert tried[-1].holds
    assert tried[-1].row.verdict == "exam_required"


def test_without_a_decisive_row_nothing_was_tried():
    assert rows_tried(JIANGXI, determine_year(JIANGXI, year(item=99))) == ()


@settings(max_examples=100)
@given(cases())
def test_exactly_the_last_row_holds(case):
    policy, facts = case
    tried = rows_tried(policy, determine_year(policy, facts))
    assert [one.holds for one in tried] == [False] * (len(tried) - 1) + [True] * bool(tried)
