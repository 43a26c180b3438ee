"""A mistake in a pack is refused with file, line, field, what was found and what was expected; several mistakes, all at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core.policy import PolicyError, bundled, read_policy

GOOD = bundled()["jiangxi-2011"]


def _told(text):
    try:
        read_policy(text, "fuzz.toml")
    except PolicyError as refused:
        return refused.problems or pytest.fail("refused for nothing")
    return ()


def problems(text, file="mine.toml", **options):
    with pytest.raises(PolicyError) as refused:
        read_policy(text, file, **options)
    assert all(str(problem).startswith(f"{problem.file}:{problem.line}: ") for problem in refused.value.problems)
    return refused.value.problems


def spoilt(old, new, nth=0):
    """The good pack with one place changed, and the line of that place."""
    at = -1
    for _ in range(nth + 1):
        at = GOOD.index(old, at + 1)
    return GOOD[:at] + new + GOOD[at + len(old) :], GOOD[:at].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "field", "found", "expected"),
    [
        (
            "seconds_per_hour = 3600",
            "seconds_per_hours = 3600",
            "seconds_per_hours",
            "'seconds_per_hours'",
            "did you mean 'seconds_per_hour'?",
        ),
        ("seconds_per_hour = 3600", 'seconds_per_hour = "3600"', "seconds_per_hour", "'3600'", "a whole number"),
        ("seconds_per_hour = 3600", "seconds_per_hour = 3600.5", "seconds_per_hour", "3600.5", "a whole number"),
        ("seconds_per_hour = 3600", "seconds_per_hour = 0", "seconds_per_hour", "0", "greater than 0"),
        ("hours_decimals = 1", "hours_decimals = 3", "hours_decimals", "3", "at most 2"),
        ("pass_score = 60", "pas_score = 60", "exam.pas_score", "'pas_score'", "did you mean 'pass_score'?"),
        ("carries_over = false", "carries_over = 0", "surplus.carries_over", "0", "true or false"),
        ('first_day = "07-01"', 'first_day = "7-1"', "year.first_day", "'7-1'", "MM-DD"),
        ('first_day = "07-01"', 'first_day = "02-29"', "year.first_day", "'02-29'", "not 02-29"),
        ('first_day = "07-01"', 'first_day = "07-02"', "year.last_day", "06-30", "the day before first_day"),
        ('kind = "payment"', 'kind = "paiment"', "year.window[2].kind", "'paiment'", "'selection', 'payment'"),
        ('kind = "payment"', 'kind = "selection"', "year.window[2].kind", "'selection'", "one window of each kind"),
        ('closes = "10-31"', 'closes = "06-31"', "year.window[1].closes", "'06-31'", "MM-DD"),
        ('opens = "11-01"', 'opens = "06-01"', "year.window[3].closes", "05-31", "a day from 06-01 to 06-30"),
        ("number = 2\n", "number = 3\n", "item[3].number", "3", "no other item has"),
        ("number = 2\n", "number = 7\n", "item[2].number", "7", "not a gap of the source"),
        ('category = "general"', 'category = "generell"', "item[3].category", "'generell'", "induction, general"),
        ("first_year_centi = { course = 100_00", "first_year_centi = { course = 99_00", "item[1].first_year_centi", "= 40900", "41000"),
        (
            "first_year_centi = { course = 100_00",
            "first_year_centi = { coarse = 100_00",
            "item[1].first_year_centi",
            "coarse",
            "course, workshop",
        ),
        ('reading = "ethics"', 'reading = "etics"', "component[1].part[1].reading", "'etics'", "ethics"),
        ('source = "county"', 'source = "country"', "review[2].source", "'country'", "plan, county"),
        ('other_person_than = ["enter"]', 'other_person_than = ["verify"]', "review[2].other_person_than", "'verify'", "a step before"),
        ('"registration", "card", "study"]', '"card", "study"]', "entry.order", "selection, confirmation", "each of"),
        ('study_opens_on = "card"', 'study_opens_on = "study"', "entry.study_opens_on", "'study'", "between"),
        (
            'fill_order = ["workshop", "course"]',
            'fill_order = ["workshop", "courses"]',
            "offset.fill_order[2]",
            "'courses'",
            "course, workshop",
        ),
        ('when = "on_leave == 1"', 'when = "on_leave = 1"', "decide[1].when", "on_leave = 1", "a condition"),
        ('when = "on_leave == 1"', 'when = "on_leaf == 1"', "decide[1].when", "'on_leaf'", "unknown name 'on_leaf'"),
        ('when = "on_leave == 1"', 'when = "on_leave"', "decide[1].when", "'on_leave'", "a condition is wanted"),
        ('when = "on_leave == 1"', 'when = "otherwise"', "decide[1].when", "'otherwise'", "rows after this one can never decide"),
        ("route = 4", "route = 5", "cycle.decide[4].route", "5", "at most 4"),
        ('verdict = "deferred"', 'verdict = "differed"', "cycle.decide[6].verdict", "'differed'", "'deferred'"),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, field, found, expected):
    text, line = spoilt(old, new)
    told = [problem for problem in problems(text) if problem.field == field]
    assert len(told) == 1
    assert told[0].file == "mine.toml"
    assert told[0].line == line or field in {"year.last_day", "year.window[3].closes", "item[3].number"}
    assert found in told[0].found
    assert expected in told[0].expected


def test_lines_of_fields_that_another_field_spoils_are_their_own():
    text, line = spoilt('opens = "11-01"', 'opens = "06-01"')
    (problem,) = problems(text)
    assert problem.line == line + 1


def test_a_sum_that_does_not_add_up_is_told_with_its_arithmetic():
    text, line = spoilt(
        "required_centi = { course = 50_00, workshop = 22_00 }", "required_centi = { course = 50_00, workshop = 24_00 }", nth=3
    )
    (problem,) = problems(text)
    assert (problem.line, problem.field, problem.found) == (line, "item[4].required_centi", "5 x 7400 = 37000")
    assert problem.expected == "cycle.required_centi 36000"


def test_a_rule_without_a_ground_is_refused():
    text, line = spoilt('pass_score = 60\nreading = "exam"', "pass_score = 60")
    told = problems(text)
    assert [(problem.line, problem.field, problem.code) for problem in told] == [(line - 1, "exam.clause", "no_ground")]


def test_a_missing_field_is_told_at_its_table():
    text, line = spoilt("pass_score = 60\n", "")
    (problem,) = problems(text)
    assert (problem.line, problem.field, problem.found, problem.expected) == (line - 1, "exam.pass_score", "nothing", "a value")


def test_several_mistakes_are_told_at_once_in_the_order_of_the_file():
    text = GOOD.replace("seconds_per_hour = 3600", "seconds_per_hour = -1").replace("pass_score = 60", "pas_score = 60")
    assert [problem.field for problem in problems(text)] == ["seconds_per_hour", "exam.pass_score", "exam.pas_score"]
    lines = [problem.line for problem in problems(text)]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('code = "a"\nversion = \n', 2),
        ('code = "a"\ncode = "b"\n', 2),
        ("[cycle]\nyears = 5\n[cycle]\n", 3),
        ('title = """\nnever closed', 2),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(text, line):
    (problem,) = problems(text)
    assert (problem.line, problem.code) == (line, "toml")


def test_an_empty_pack_lacks_everything():
    fields = {problem.field for problem in problems("")}
    assert {"code", "version", "title", "cycle", "year", "item", "decide", "fee"} <= fields


@pytest.mark.parametrize(("extends", "parents"), [('"nowhere"', None), ('"child"', {"child": 'code = "child"'}), ("3", None)])
def test_what_extends_nothing_known_or_itself_is_refused(extends, parents):
    (problem,) = problems(f'code = "child"\nversion = "1"\nextends = {extends}\n', parents=parents)
    assert (problem.line, problem.field, problem.code) == (3, "extends", "extends")


def test_packs_that_extend_each_other_are_refused():
    parents = {"one": 'code = "one"\nextends = "two"\n', "two": 'code = "two"\nextends = "one"\n'}
    (problem,) = problems(parents["one"], "one.toml", parents=parents)
    assert (problem.file, problem.line, problem.field) == ("two.toml", 2, "extends")


def test_an_extension_may_not_replace_lists():
    text = 'code = "mine"\nversion = "1"\nextends = "jiangxi-2011"\n\n[[item]]\nnumber = 1\n'
    (problem,) = problems(text)
    assert (problem.line, problem.field, problem.code) == (5, "item", "list_in_extension")


def test_a_problem_in_what_is_extended_names_that_file():
    parents = {"jiangxi-2011": GOOD.replace("pass_score = 60", "pass_score = -1")}
    (problem,) = problems(bundled()["try-out"], "try-out.toml", parents=parents)
    assert (problem.file, problem.field) == ("jiangxi-2011.toml", "exam.pass_score")
    assert problem.line == GOOD[: GOOD.index("pass_score = ")].count("\n") + 1


def test_a_file_cannot_bring_its_own_digest():
    text = GOOD.replace("hours_decimals = 1", 'hours_decimals = 1\ndigest = "00"')
    (problem,) = problems(text)
    assert (problem.field, problem.code) == ("digest", "unknown_field")


LINES = GOOD.splitlines()
VALUES = ["3", "-1", "1.5", '""', '"x"', "true", "[]", "[1]", "{}", "{ a = 1 }", "2011-07-01", '"otherwise"', '["study"]', "[[1]]"]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_however_a_pack_is_spoilt_it_is_read_or_refused_with_a_line_of_the_file(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key = lines[at].split(" = ")[0]
        lines[at] = data.draw(st.sampled_from(["", "[", "=", f"{key}x = 1", lines[at][:-1], *(f"{key} = {value}" for value in VALUES)]))
    for problem in _told("\n".join(lines)):
        assert 1 <= problem.line <= len(lines)
        assert problem.file == "fuzz.toml"
