from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xingtan.domains.workshops.forming.rules import Person, Rule, formed, refuse_rule, tutored
from xingtan.domains.workshops.forming.states import Key

people = st.lists(
    st.builds(
        Person,
        pk=st.integers(1, 10**6),
        city=st.sampled_from("AB"),
        county=st.sampled_from(("A1", "A2", "B1")),
        stage=st.sampled_from(("primary", "junior")),
        subject=st.sampled_from(("chinese", "music", "art")),
        school=st.sampled_from(("A1a", "A1b", "B1a")),
    ),
    max_size=80,
    unique_by=lambda one: one.pk,
)
rules = st.builds(
    Rule,
    keys=st.lists(st.sampled_from(Key), unique=True, max_size=4).map(tuple),
    least=st.integers(1, 10),
    most=st.integers(1, 30),
    per_tutor=st.integers(1, 60),
).filter(lambda rule: refuse_rule(rule) is None)


@given(people, rules)
def test_everybody_sits_once_and_no_class_is_too_large_or_too_small(some, rule):
    classes = formed(some, rule)
    assert sorted(one.pk for found in classes for one in found.people) == sorted(one.pk for one in some)
    assert all(len(found.people) <= rule.most for found in classes)
    assert all(len(found.people) >= min(rule.least, len(some)) for found in classes)


@given(people, rules)
def test_the_order_of_the_people_changes_nothing(some, rule):
    assert formed(some, rule) == formed(some[::-1], rule)


@given(people, rules)
def test_what_a_class_shares_is_shared_by_everybody_in_it(some, rule):
    for found in formed(some, rule):
        assert all(getattr(one, key) == value for key, value in found.shared.items() for one in found.people)


def test_large_bands_stay_apart_and_thin_ones_join_their_nearest():
    some = [
        Person(number, "A", county, "primary", subject, county)
        for number, (county, subject) in enumerate(
            [("A1", "chinese")] * 12 + [("A1", "music")] * 2 + [("A2", "chinese")] * 6 + [("A2", "art")] * 1
        )
    ]
    classes = formed(some, Rule((Key.COUNTY, Key.SUBJECT), 3, 8, 50))
    assert [len(found.people) for found in classes] == [7, 7, 7]
    assert [found.shared[Key.COUNTY] for found in classes] == ["A1", "A1", "A2"]


@given(
    st.dictionaries(st.integers(1, 30), st.integers(1, 60), max_size=12), st.dictionaries(st.integers(1, 6), st.integers(0, 80), max_size=5)
)
def test_no_tutor_has_more_than_the_ratio_unless_before(sizes, loads):
    chosen = tutored(sizes, loads, 60)
    for tutor, before in loads.items():
        given_now = sum(sizes[number] for number, one in chosen.items() if one == tutor)
        assert not given_now or before + given_now <= 60
    assert all(
        all(loads[tutor] + sizes[number] > 60 for tutor in loads if tutor not in chosen.values())
        for number in sizes
        if number not in chosen
    )
