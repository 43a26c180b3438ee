from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from xingtan.core.selection import TITLES, Candidate, Code, Completed, Conditions, Engagement, clashes, findings, terms
from xingtan.domains.teachers.states import Title

DAY = date(2026, 9, 1)
KINDS = ("all_staff", "face_to_face", "it_capability", "principals")
days = st.dates(date(2000, 1, 1), date(2026, 8, 31))
completed = st.builds(Completed, kind=st.sampled_from(KINDS), ended_on=st.dates(date(2015, 1, 1), date(2027, 1, 1)))
people = st.builds(
    Candidate,
    teacher=st.just(1),
    stage=st.sampled_from(("kindergarten", "primary", "junior", "senior")),
    subject=st.sampled_from(("chinese", "mathematics", "music")),
    title=st.sampled_from(TITLES),
    honour=st.sampled_from(("", "backbone", "special_grade")),
    position=st.sampled_from(("teacher", "principal", "class_head")),
    hired_on=days,
    born_on=st.none() | st.dates(date(1955, 1, 1), date(2004, 1, 1)),
    is_rural=st.booleans(),
    is_online=st.sampled_from((True, False, None)),
    is_in_post=st.just(True),
    last_year=st.just(2025),
    last_verdict=st.sampled_from((None, "qualified", "exempt", "make_up_required")),
    completed=st.lists(completed, max_size=3).map(tuple),
)
some = {
    "stages": st.lists(st.sampled_from(("primary", "junior")), max_size=2).map(tuple),
    "subjects": st.lists(st.sampled_from(("chinese", "music")), max_size=2).map(tuple),
    "title_at_least": st.none() | st.sampled_from(TITLES[1:4]),
    "title_at_most": st.none() | st.sampled_from(TITLES[3:]),
    "age_at_most": st.none() | st.integers(25, 60),
    "service_years_at_least": st.none() | st.integers(0, 5),
    "service_years_at_most": st.none() | st.integers(5, 40),
    "is_rural": st.sampled_from((None, True, False)),
    "honours_any": st.lists(st.just("backbone"), max_size=1).map(tuple),
    "positions_any": st.lists(st.just("teacher"), max_size=1).map(tuple),
    "needs_online": st.booleans(),
    "not_trained_within": st.none() | st.fixed_dictionaries({"kinds": st.just(KINDS[1:3]), "years": st.integers(1, 5)}),
    "ladder": st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
    "last_verdict_qualified": st.booleans(),
}
asked = st.fixed_dictionaries({}, optional=some).map(Conditions.model_validate)


@given(people, asked)
def test_nothing_is_found_that_was_not_asked_and_what_blocks_stands_first(candidate, conditions):
    found = findings(candidate, conditions, DAY)
    assert {one.code for one in found} <= {one.code for one in terms(conditions)}
    assert [one.is_blocking for one in found] == sorted((one.is_blocking for one in found), reverse=True)
    assert not any(one.is_unknown and one.is_blocking for one in found)


@given(people, asked, asked)
def test_one_condition_more_never_takes_a_finding_away(candidate, first, second):
    alone = first.model_dump(exclude_defaults=True)
    both = Conditions.model_validate(second.model_dump(exclude_defaults=True) | alone)
    assert {one.code for one in findings(candidate, first, DAY)} <= {one.code for one in findings(candidate, both, DAY)}


@given(people, asked)
def test_each_condition_finds_the_same_alone_as_among_others(candidate, conditions):
    whole = conditions.model_dump(exclude_defaults=True)
    alone = [one for name, value in whole.items() for one in findings(candidate, Conditions.model_validate({name: value}), DAY)]
    assert sorted(alone, key=str) == sorted(findings(candidate, conditions, DAY), key=str)


@given(people, asked)
def test_an_advisory_condition_says_the_same_and_shuts_nobody_out(candidate, conditions):
    softer = conditions.model_copy(update={"advisory": tuple(Code)})
    soft = findings(candidate, softer, DAY)
    assert sorted(str(replace(one, is_blocking=True)) for one in soft) == sorted(
        str(replace(one, is_blocking=True)) for one in findings(candidate, conditions, DAY)
    )
    assert not any(one.is_blocking for one in soft)
    assert all(one.is_advisory for one in terms(softer))


@given(people)
def test_who_sets_the_conditions_after_oneself_meets_them(candidate):
    conditions = Conditions(
        stages=(candidate.stage,),
        subjects=(candidate.subject,),
        title_at_least=candidate.title or None,
        title_at_most=candidate.title or None,
        is_rural=candidate.is_rural,
        positions_any=(candidate.position,),
        ladder=tuple({one.kind for one in candidate.completed if one.ended_on <= DAY}),
    )
    assert findings(candidate, conditions, DAY) == ()


@given(people, asked)
def test_conditions_survive_the_database(candidate, conditions):
    again = Conditions.model_validate(conditions.model_dump(mode="json"))
    assert again == conditions
    assert findings(candidate, again, DAY) == findings(candidate, conditions, DAY)


LIN = Candidate(
    teacher=1, stage="primary", subject="chinese", title="first", honour="", position="teacher", hired_on=date(2016, 9, 1),
    born_on=date(1981, 9, 2), is_rural=True, is_online=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("born", "is_young"), [(date(1981, 9, 2), True), (date(1981, 9, 1), True), (date(1980, 9, 2), True), (date(1980, 9, 1), False)]
)
def test_forty_five_is_not_over_until_the_birthday(born, is_young):
    assert (findings(replace(LIN, born_on=born), Conditions(age_at_most=45), DAY) == ()) is is_young


def test_an_age_that_nobody_knows_is_for_a_person_to_look_at():
    (found,) = findings(replace(LIN, born_on=None), Conditions(age_at_most=45), DAY)
    assert (found.code, found.is_blocking, found.is_unknown) == (Code.AGE_AT_MOST, False, True)


@pytest.mark.parametrize(("ended", "is_free"), [(date(2023, 9, 1), True), (date(2023, 9, 2), False), (date(2026, 9, 2), True)])
def test_three_years_must_have_passed_to_the_day(ended, is_free):
    pause = Conditions(not_trained_within={"kinds": ["face_to_face"], "years": 3})
    trained = replace(LIN, completed=(Completed("face_to_face", ended),))
    assert (findings(trained, pause, DAY) == ()) is is_free
    assert findings(replace(LIN, completed=(Completed("it_capability", ended),)), pause, DAY) == ()


def test_the_ladder_names_the_steps_that_are_missing():
    (found,) = findings(replace(LIN, completed=(Completed("all_staff", DAY),)), Conditions(ladder=("all_staff", "it_capability")), DAY)
    assert found.values == {"kinds": ("it_capability",)}


@pytest.mark.parametrize("verdict", ["make_up_required", "not_qualified"])
def test_a_failed_year_shuts_out_and_a_year_without_verdict_only_warns(verdict):
    asks = Conditions(last_verdict_qualified=True)
    assert findings(replace(LIN, last_year=2025, last_verdict=verdict), asks, DAY)[0].is_blocking
    assert not findings(LIN, asks, DAY)[0].is_blocking


def test_who_left_takes_part_in_nothing():
    assert [one.code for one in findings(replace(LIN, is_in_post=False), Conditions(), DAY)] == [Code.IN_POST]


def test_a_project_that_asks_for_nothing_has_nothing_to_say():
    assert terms(Conditions()) == () == findings(LIN, Conditions(), DAY)
    assert [(one.code, one.values) for one in terms(Conditions(is_rural=False, age_at_most=0))] == [
        (Code.AGE_AT_MOST, {"years": 0}),
        (Code.IS_RURAL, {"wanted": False}),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": ["primary"]},
        {"title_at_least": "chief"},
        {"age_at_most": -1},
        {"service_years_at_least": 9, "service_years_at_most": 3},
        {"title_at_least": "senior", "title_at_most": "first"},
        {"not_trained_within": {"years": 0}},
        {"advisory": ["unknown"]},
    ],
)
def test_conditions_that_nobody_could_mean_are_refused(wrong):
    with pytest.raises(ValidationError):
        Conditions.model_validate(wrong)


def test_titles_stand_in_the_registers_order():
    assert [title.value for title in Title] == list(TITLES)


@given(days, st.integers(0, 40), days, st.integers(0, 40))
def test_two_projects_clash_exactly_when_they_share_a_day(first, long, second, longer):
    held = Engagement(7, "face_to_face", first, first + timedelta(days=long))
    wanted = Engagement(8, "it_capability", second, second + timedelta(days=longer))
    shared = {first + timedelta(days=n) for n in range(long + 1)} & {second + timedelta(days=n) for n in range(longer + 1)}
    found = clashes(replace(LIN, engaged=(held,)), wanted)
    assert [one.values for one in found] == (
        [{"project": 7, "from_on": min(shared).isoformat(), "to_on": max(shared).isoformat()}] if shared else []
    )


def test_the_same_kind_again_is_told_and_the_same_project_is_no_clash_with_itself():
    mine = replace(LIN, completed=(Completed("principals", date(2024, 6, 1), 3),), engaged=(Engagement(8, "principals", DAY, DAY),))
    (found,) = clashes(mine, Engagement(8, "principals", DAY, DAY))
    assert (found.code, found.is_blocking, found.values["ended_on"]) == (Code.REPEAT, False, "2024-06-01")
