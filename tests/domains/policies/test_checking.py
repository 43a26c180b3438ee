"""A text that is being written is always answered: with rules, or with every mistake at its line."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core import policy as core_policy
from xingtan.core.policy import bundled
from xingtan.domains.policies import api as policies
from xingtan.domains.policies.mistakes import SENTENCES
from xingtan.web.bureau.rulebook import chapters
from xingtan.web.bureau.workbench_fixes import Fix, fixes_of, mended

JIANGXI = bundled()["jiangxi-2011"]
PIECES = [
    "[[item]]",
    "code = ",
    '"',
    "{",
    "}",
    "[",
    "]",
    "=",
    "\n",
    "when = ",
    '"otherwise"',
    "centi",
    "_",
    "\x00",
    "72_00",
    "true",
    "#",
    "杏坛",
    "é",
    "'",
]


def mistakes(text):
    return policies.check_text(text).problems


def line_of(text, words):
    return next(at for at, line in enumerate(text.split("\n"), 1) if words in line)


@pytest.mark.parametrize("code", sorted(bundled()))
def test_a_bundled_pack_has_no_mistake(code):
    assert mistakes(bundled()[code]) == ()


@given(text=st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_answered(text):
    checked = policies.check_text(text)
    assert (checked.policy is None) == bool(checked.problems)
    for problem in checked.problems:
        assert policies.mistake_sentence(problem)
        fixes_of(checked, problem)


def test_a_formula_that_is_no_expression_is_told_at_its_line():
    text = JIANGXI.replace('is = "1 if supplementary_taken', 'is = "if supplementary_taken', 1)
    assert line_of(text, 'is = "if supplementary_taken') in {problem.line for problem in mistakes(text)}


@settings(max_examples=60)
@given(data=st.data())
def test_a_pack_cut_and_stitched_anywhere_is_answered_and_read(data):
    at = data.draw(st.integers(0, len(JIANGXI)))
    length = data.draw(st.integers(0, 200))
    piece = data.draw(st.sampled_from(PIECES) | st.text(max_size=12))
    checked = policies.check_text(JIANGXI[:at] + piece + JIANGXI[at + length :])
    base = policies.check_text(JIANGXI)
    for problem in checked.problems:
        assert policies.mistake_sentence(problem)
        assert all(mended(checked.text, fix) is not None for fix in fixes_of(checked, problem))
    chapters(checked, base)
    policies.compare(base, checked)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("years = 5", 'years = "five"', "int_type", "Years is a whole number without quotes, not 'five'"),
        ("required_centi = 360_00", "required_centi = 370_00", "sum_of_years", "5 × 72.00 = 360.00, and the cycle asks for 370.00"),
        ('reading = "windows"', 'reading = "window"', "unknown_reading", "There is no reading 'window'"),
        ("years = 5", "yeers = 5", "unknown_field", "No field is called 'yeers' here"),
        ('when = "on_leave == 1"', 'when = "on_leafe == 1"', "condition", "No name is called on_leafe in a condition here"),
        ("years = 5", "years = ", "toml", "This line cannot be read"),
    ],
)
def test_a_mistake_is_told_at_its_line(old, new, code, words):
    text = JIANGXI.replace(old, new, 1)
    found = [problem for problem in mistakes(text) if problem.code == code]
    with translation.override("en"):
        assert words in policies.mistake_sentence(found[0])
    if code != "sum_of_years":
        assert found[0].line == line_of(text, new)


def test_a_sum_that_does_not_add_up_offers_what_would_fit():
    item = JIANGXI.index("number = 3")
    text = JIANGXI[:item] + JIANGXI[item:].replace("workshop = 22_00", "workshop = 24_00", 1)
    checked = policies.check_text(text)
    (problem,) = checked.problems
    line = line_of(text, "workshop = 24_00")
    assert problem.line == line
    fixes = fixes_of(checked, problem)
    assert Fix(line, "workshop = 24_00", "workshop = 22_00") in fixes
    assert policies.check_text(mended(text, fixes[0])).problems == ()


@pytest.mark.parametrize(("wrong", "right"), [('reading = "window"', 'reading = "windows"'), ("yeers = 5", "years = 5")])
def test_a_word_that_is_nearly_right_is_offered_right(wrong, right):
    text = JIANGXI.replace(right, wrong, 1)
    checked = policies.check_text(text)
    fixes = [fix for problem in checked.problems for fix in fixes_of(checked, problem)]
    assert JIANGXI in [mended(text, fix) for fix in fixes]


def test_a_fix_for_a_line_that_changed_since_is_not_taken():
    assert mended("a = 1\nb = 2", Fix(2, "b = 3", "b = 4")) is None
    assert mended("a = 1", Fix(9, "a", "b")) is None


def test_every_code_of_the_reader_has_a_sentence():
    calls = [node for path in Path(core_policy.__file__).parent.glob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    makers = [
        node for node in calls if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Flaw", "Problem"}
    ]
    codes = {made.args[-1].value for made in makers if made.args and isinstance(made.args[-1], ast.Constant)}
    assert len(codes) > 30
    assert codes - set(SENTENCES) == set()
