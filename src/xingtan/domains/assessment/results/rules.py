"""What a result may say: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from xingtan.core.policy import Policy
from xingtan.core.policy.counting import Assessment
from xingtan.domains.assessment.states import ResultState

SCORE = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,2}))?")
MOST_SITTINGS = 9
# What people write for a state; a score says `final` by itself.
STATE_WORDS: Mapping[str, ResultState] = {
    "": ResultState.FINAL,
    "正常": ResultState.FINAL,
    "有效": ResultState.FINAL,
    "final": ResultState.FINAL,
    "待定": ResultState.WAITING,
    "待评": ResultState.WAITING,
    "成绩待定": ResultState.WAITING,
    "waiting": ResultState.WAITING,
    "缺考": ResultState.ABSENT,
    "absent": ResultState.ABSENT,
    "作弊": ResultState.CHEATED,
    "违纪": ResultState.CHEATED,
    "cheated": ResultState.CHEATED,
}


class Entered(NamedTuple):
    """A result as it is entered: whose, of which test and sitting, its state, hundredths of a point for a final one, and the day."""

    teacher_id: int
    test: str
    state: ResultState
    score_centi: int | None = None
    sat_on: date | None = None
    sitting: int = 1

    @property
    def key(self) -> tuple[int, str, int]:
        """What there is one standing result of."""
        return self.teacher_id, self.test, self.sitting


def tests_of(policy: Policy) -> Sequence[Assessment]:
    """The tests of the pack, without work that is marked piece by piece."""
    return policy.tests


def test_named(policy: Policy, text: str) -> Assessment | None:
    """The test with this code or name, or None; a name may leave its brackets away."""
    wanted = text.strip().casefold()
    for one in tests_of(policy):
        names = {
            one.code,
            one.label.zh,
            one.label.en.casefold(),
            one.label.zh.partition("（")[0],
            one.label.en.partition(" (")[0].casefold(),
        }
        if wanted in names:
            return one
    return None


def score_of_text(text: str) -> int | None:
    """Hundredths of a point, or None for what is no score with at most two places."""
    found = SCORE.fullmatch(text.strip())
    if found is None:
        return None
    whole, part = found.groups()
    return int(whole) * 100 + int((part or "").ljust(2, "0"))


def refuse_result(policy: Policy, entered: Entered, *, today: date) -> str | None:
    """Why this result may not be entered, or None: a known test, a score within its range exactly when final, no day to come."""
    test = next((one for one in tests_of(policy) if one.code == entered.test), None)
    if test is None:
        return "result_test_unknown"
    if not 1 <= entered.sitting <= MOST_SITTINGS:
        return "result_sitting"
    if entered.sat_on is not None and entered.sat_on > today:
        return "result_day_ahead"
    if entered.state is not ResultState.FINAL:
        return "result_score_without_result" if entered.score_centi is not None else None
    if entered.score_centi is None:
        return "result_score_missing"
    return None if 0 <= entered.score_centi <= test.most_score_centi else "result_score_range"
