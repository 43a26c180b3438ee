"""What may be shown of small parts, for every way to split; and a survey's states under any sequence of acts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xingtan.foundation.surveys.rules import LEAST, refuse_act, shown
from xingtan.foundation.surveys.states import MOVES, SurveyAct, SurveyState

PARTS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 12), max_size=8)


@given(PARTS)
def test_whatever_is_shown_or_left_is_nobody_or_five_people(counts):
    kept, rest = shown(counts)
    assert all(count >= LEAST and counts[key] == count for key, count in kept.items())
    assert sum(kept.values()) + rest == sum(counts.values())
    assert rest == 0 or rest >= LEAST or not kept


@given(PARTS)
def test_no_more_is_hidden_than_must_be(counts):
    kept, rest = shown(counts)
    small = sum(count for count in counts.values() if count < LEAST)
    assert (not small) == (len(kept) == sum(1 for count in counts.values() if count))
    assert rest - small < 2 * LEAST + 12


@given(st.lists(st.sampled_from(list(SurveyAct)), max_size=20))
def test_acts_lead_only_along_the_table(acts):
    state = SurveyState.DRAFT
    for act in acts:
        why = refuse_act(state, act, questions=1)
        assert (why is None) == (act in MOVES[state])
        state = MOVES[state].get(act, state)
    assert refuse_act(SurveyState.DRAFT, SurveyAct.OPEN, questions=0) == "survey_without_questions"
