"""What offices recorded of a teacher for a year, in the words of the record page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext

from xingtan.core.policy import Policy
from xingtan.core.policy.counting import Assessment
from xingtan.core.units import format_hours_exact
from xingtan.domains.assessment import api as assessment
from xingtan.domains.circumstances import api as circumstances
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies


def told_words(teacher_id: int, year: policies.TrainingYear, policy: Policy) -> dict[str, Any]:
    """Circumstances with a day in the year, and the results of its tests that stand."""
    tests = {one.code: one for one in assessment.tests_of(policy)}
    return {
        "circumstances": [_circumstance(one, policy) for one in circumstances.circumstances_of(teacher_id) if _touches(one, year)],
        "results": [
            _result(one, tests.get(one.test))
            for one in assessment.results_of(teacher_id)
            if one.training_year_id == year.pk and one.superseded_at is None
        ],
    }


def _touches(one: circumstances.Circumstance, year: policies.TrainingYear) -> bool:
    return one.from_on <= year.last_on and (one.to_on is None or one.to_on >= year.first_on)


def _circumstance(one: circumstances.Circumstance, policy: Policy) -> dict[str, Any]:
    state = circumstances.State(one.state)
    return {
        "it": one,
        "what": circumstances.circumstance_word(policy, one.name, one.value),
        "state": circumstances.STATES[state],
        "chip": circumstances.STATE_CHIPS[state],
    }


def _result(one: assessment.ExamResult, test: Assessment | None) -> dict[str, Any]:
    state = assessment.ResultState(one.state)
    is_final = one.score_centi is not None
    is_passed = test is not None and one.score_centi is not None and one.score_centi >= test.pass_score_centi
    return {
        "it": one,
        "test": credits_room.word_of(test.label) if test else one.test,
        "score": format_hours_exact(one.score_centi) if one.score_centi is not None else "",
        "state": assessment.RESULT_STATES[state]
        if not is_final
        else pgettext("result", "Passed")
        if is_passed
        else pgettext("result", "Not passed"),
        "chip": assessment.RESULT_CHIPS[state] if is_passed or not is_final else "stop",
    }
