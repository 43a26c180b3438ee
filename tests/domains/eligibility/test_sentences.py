"""Every reason of every pack has a sentence in both languages, whatever its numbers."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, settings

from tests.core.test_remedies import cases
from xingtan.core.determination import determine_year
from xingtan.core.determination.remedies import outlook
from xingtan.core.policy import bundled_policy
from xingtan.core.verdicts import ReasonCode
from xingtan.domains.determination import api as determination_room
from xingtan.domains.eligibility.remedy_words import outlook_told


@pytest.mark.parametrize("code", list(ReasonCode))
def test_a_reason_without_its_numbers_is_still_a_sentence(code):
    policy = bundled_policy("jiangxi-2011")
    params = {
        "short_centi": 3_50,
        "short": 1,
        "count": 1,
        "score": 59,
        "waiting": 1,
        "item": 7,
        "component": "course",
        "part": "ethics",
        "ground": "sick",
    }
    assert "%(" not in determination_room.reason_sentence(policy, code.value, params)


@settings(max_examples=60)
@given(cases())
def test_whatever_is_found_is_told_in_both_languages(case):
    policy, facts = case
    verdict = determine_year(policy, facts)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            sentences = [determination_room.reason_sentence(policy, one.code.value, one.params) for one in verdict.reasons]
            told = outlook_told(policy, outlook(policy, facts))
            assert all(sentences)
            assert told.sentence
            assert all(step.sentence and step.who for way in told.ways for step in way)
            assert not any("%(" in one for one in sentences)
