"""Decisions over plain values, without a database."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.calendar import Window, WindowKind
from xingtan.core.policy import EntryStep
from xingtan.core.policy.parts import EntryOrder
from xingtan.domains.enrolment import rules
from xingtan.domains.enrolment.states import MOVES, WARNINGS, Refusal, State

REQUIRED = {"course": 50_00, "workshop": 22_00}
LIN = rules.TeacherFacts(stage="primary", subject="chinese", related=frozenset({"chinese", "ethics_law"}))
STUDY = Window(WindowKind.STUDY, date(2026, 11, 1), date(2027, 5, 31))
ORDER = ("selection", "confirmation", "payment", "registration", "card", "study")
CARD_FIRST = ("card", "registration", "selection", "confirmation", "payment", "study")


def course(pk, centi):
    return rules.OfferFacts(pk, "course", "course", centi)


def workshop(subject="", stage="", centi=22_00, pk=90):
    return rules.OfferFacts(pk, "workshop", "workshop", centi, subject, stage)


@pytest.mark.parametrize(
    ("subject", "stage", "why"),
    [
        ("", "", None),
        ("chinese", "primary", None),
        ("ethics_law", "junior", None),
        ("chinese", "kindergarten", None),
        ("chinese", "senior", Refusal.WORKSHOP_OTHER_STAGE),
        ("sports", "primary", Refusal.WORKSHOP_OTHER_SUBJECT),
        ("sports", "senior", Refusal.WORKSHOP_OTHER_SUBJECT),
    ],
)
def test_a_workshop_is_of_the_own_or_a_related_subject_and_stage(subject, stage, why):
    found = rules.refuse_workshop(workshop(subject, stage), LIN)
    assert (found.code if found else None) == why


@pytest.mark.parametrize(
    ("offers", "why"),
    [
        ([course(1, 50_00), workshop()], []),
        ([course(1, 30_00), course(2, 20_00), workshop()], []),
        ([course(1, 46_50), workshop()], [(Refusal.COMPONENT_SHORT, "3.5")]),
        ([course(1, 60_00), workshop()], [(Refusal.COMPONENT_OVER, "10.0")]),
        ([course(1, 50_00)], [(Refusal.NO_WORKSHOP, "22.0")]),
        ([course(1, 60_00), workshop(centi=10_00)], [(Refusal.COMPONENT_SHORT, "12.0"), (Refusal.COMPONENT_OVER, "10.0")]),
    ],
)
def test_findings_name_what_is_missing_or_too_much_what_blocks_first(offers, why):
    assert [(found.code, found.params["hours"]) for found in rules.findings(REQUIRED, offers, LIN)] == why


@given(st.lists(st.integers(1, 120_00), max_size=6), st.lists(st.integers(1, 30_00), max_size=2))
def test_a_choice_is_accepted_exactly_when_it_is_enough_and_nothing_could_be_left_out(hours, shops):
    courses = [course(pk, centi) for pk, centi in enumerate(hours)]
    offers = [*courses, *(workshop(centi=centi, pk=90 + n) for n, centi in enumerate(shops))]
    is_enough = sum(hours) >= 50_00 and len(shops) == 1 and sum(shops) >= 22_00
    is_least = all(sum(hours) - centi < 50_00 for centi in hours)
    assert (rules.refuse_offers(REQUIRED, offers, LIN) is None) == (is_enough and is_least)


@pytest.mark.parametrize(
    ("hired_on", "is_new"),
    [(date(2025, 11, 1), False), (date(2025, 11, 2), True), (date(2026, 11, 1), True), (date(2026, 11, 2), False)],
)
def test_hired_once_study_is_open_is_new_in_the_next_year(hired_on, is_new):
    """课程学习开始以后入职的，下一学年按新入职计。"""
    assert rules.is_first_year(hired_on, study_before=date(2025, 11, 1), study_opens=date(2026, 11, 1)) is is_new


def test_everyone_is_new_in_one_year_at_most():
    opens = [date(year, 11, 1) for year in range(2020, 2028)]
    for hired_on in (date(2021, 10, 31), date(2021, 11, 1), date(2021, 11, 2), date(2024, 2, 29)):
        years = [rules.is_first_year(hired_on, study_before=before, study_opens=now) for before, now in pairwise(opens)]
        assert sum(years) == 1


@pytest.mark.parametrize(
    ("order", "opens_on", "state", "card", "why"),
    [
        (ORDER, "card", State.RETURNED, False, Refusal.STUDY_NEEDS_SELECTION),
        (ORDER, "card", State.CHOSEN, False, Refusal.STUDY_NEEDS_CONFIRMATION),
        (ORDER, "card", State.CONFIRMED, False, Refusal.STUDY_NEEDS_PAYMENT),
        (ORDER, "card", State.PAID, False, Refusal.STUDY_NEEDS_REGISTRATION),
        (ORDER, "card", State.REGISTERED, False, Refusal.STUDY_NEEDS_CARD),
        (ORDER, "card", State.REGISTERED, True, None),
        (ORDER, "payment", State.CONFIRMED, False, Refusal.STUDY_NEEDS_PAYMENT),
        (ORDER, "payment", State.PAID, False, None),
        (ORDER, "confirmation", State.CONFIRMED, False, None),
        (CARD_FIRST, "selection", State.CHOSEN, False, Refusal.STUDY_NEEDS_CARD),
        (CARD_FIRST, "selection", State.CHOSEN, True, None),
        (CARD_FIRST, "confirmation", State.CHOSEN, True, Refusal.STUDY_NEEDS_CONFIRMATION),
        (CARD_FIRST, "confirmation", State.CONFIRMED, True, None),
        (CARD_FIRST, "payment", State.CONFIRMED, True, Refusal.STUDY_NEEDS_PAYMENT),
    ],
)
def test_study_opens_on_the_step_that_the_pack_names(order, opens_on, state, card, why):
    entry = EntryOrder(order=tuple(EntryStep(step) for step in order), study_opens_on=EntryStep(opens_on))
    found = rules.refuse_study(entry, state, has_active_card=card, study=STUDY, day=date(2026, 11, 1))
    assert (found.code if found else None) == why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 31), Refusal.STUDY_NOT_OPEN),
        (date(2026, 11, 1), None),
        (date(2027, 5, 31), None),
        (date(2027, 6, 1), Refusal.STUDY_CLOSED),
    ],
)
def test_first_and_last_day_of_the_study_window_are_inside(day, why):
    entry = EntryOrder(order=tuple(EntryStep(step) for step in ORDER), study_opens_on=EntryStep.CARD)
    found = rules.refuse_study(entry, State.REGISTERED, has_active_card=True, study=STUDY, day=day)
    assert (found.code if found else None) == why


def test_every_state_has_its_moves_and_withdrawn_is_the_end():
    assert set(MOVES) == set(State)
    assert MOVES[State.WITHDRAWN] == frozenset()
    assert all(State.WITHDRAWN in moves for state, moves in MOVES.items() if state is not State.WITHDRAWN)
    assert {Refusal.ALREADY_STUDIED, Refusal.COMPONENT_OVER} == WARNINGS
