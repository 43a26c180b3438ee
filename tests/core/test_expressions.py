from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core.policy.expressions import ExpressionError, check, check_condition, compile_formulas

KNOWN = ("course", "workshop")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("got = flx", 1, "unknown name 'flx'"),
        ("a = 1\nb = a / 2", 2, "Div is not allowed"),
        ("a = 1\n\nb = 8 // a", 3, "a division by anything but"),
        ("a = course // 0", 1, "a division by anything but"),
        ("a = course / 2", 1, "Div is not allowed"),
        ("a = 2 ** 9", 1, "Pow is not allowed"),
        ("a = 1.5", 1, "only whole numbers"),
        ("a = 'x'", 1, "only whole numbers"),
        ("a = True", 1, "only whole numbers"),
        ("a = 10000000000000", 1, "only whole numbers"),
        ("a = 1 if 0 < course < 5 else 0", 1, "chained comparison"),
        ("a = 1 if course in workshop else 0", 1, "In is not allowed"),
        ("a = course > 1", 1, "a whole number is wanted, not a condition"),
        ("a = (course > 1) + 1", 1, "a whole number is wanted, not a condition"),
        ("a = 1 if course else 0", 1, "a condition is wanted, not a whole number"),
        ("a = course or workshop", 1, "a whole number is wanted"),
        ("a = max(course)", 1, "only min(a, b) and max(a, b)"),
        ("a = min(course, workshop, 1)", 1, "only min(a, b) and max(a, b)"),
        ("a = min(course, b=1)", 1, "only min(a, b) and max(a, b)"),
        ("a = min(*course)", 1, "only min(a, b) and max(a, b)"),
        ("a = print(course, 1)", 1, "only min(a, b) and max(a, b)"),
        ("a = (lambda: 1)(1, 2)", 1, "only min(a, b) and max(a, b)"),
        ("a = course.real", 1, "Attribute is not allowed"),
        ("a = course[0]", 1, "Subscript is not allowed"),
        ("a = [course for course in workshop]", 1, "ListComp is not allowed"),
        ("a = (b := 1)", 1, "NamedExpr is not allowed"),
        ("a = -1", 1, "UnaryOp is not allowed"),
        ("course = 1", 1, "name already taken"),
        ("min = 1", 1, "name already taken"),
        ("a = 1\na = 2", 2, "name already taken"),
        ("a = b = 1", 1, "not `name = expression`"),
        ("a, b = 1", 1, "not `name = expression`"),
        ("a += 1", 1, "not `name = expression`"),
        ("import os", 1, "not `name = expression`"),
        ("__builtins__ = 1", 1, "a name is small letters"),
        ("_locals = 1", 1, "a name is small letters"),
        ("长 = 1", 1, "a name is small letters"),
        ("a = __import__", 1, "unknown name '__import__'"),
        ("a = 1\nb = (", 2, "not an expression"),
        ("a = \0", 1, "not an expression"),
        ("a = " + "(" * 90 + "1" + ")" * 90 + " +" * 0, 1, None),
        ("a = " + "1 + " * 200 + "1", 1, "deeper than 150"),
        ("a = 1  " * 90_000, 1, "longer than 400000 characters"),
        ("\n".join(f"a{n} = 1" for n in range(4_001)), 4_001, "more than 4000 formulas"),
    ],
)
def test_what_is_outside_the_language_is_refused_with_its_line(text, line, what):
    if what is None:
        assert check(text, KNOWN)
        return
    with pytest.raises(ExpressionError) as refused:
        check(text, KNOWN)
    assert refused.value.line == line
    assert what in refused.value.what
    assert f"formula line {line}: " in str(refused.value)


@pytest.mark.parametrize("text", ["course", "1", "a = 1", "course > 1; course > 2", "", "course > 1 and workshop", "not course > 1"])
def test_a_condition_is_one_condition(text):
    with pytest.raises(ExpressionError):
        check_condition(text, KNOWN)


def test_a_condition_may_choose_and_combine():
    assert check_condition("(course > 1 or workshop == 2) if course != workshop else min(course, 3) >= 2", KNOWN)


def test_compiled_formulas_return_every_value_by_name():
    judge = compile_formulas("test", KNOWN, "a = max(course - 10, 0)\n\nb = a * 2 if workshop >= a else workshop")
    assert judge(15, 5) == {"course": 15, "workshop": 5, "a": 5, "b": 10}
    assert judge(15, 4)["b"] == 4


def test_compiled_formulas_know_no_builtins():
    judge = compile_formulas("test", KNOWN, "a = 1")
    assert judge.__globals__["__builtins__"] == {}
    with pytest.raises(ExpressionError):
        compile_formulas("test", KNOWN, "a = open(course, workshop)")


def conditions(numbers):
    compared = st.builds("{} {} {}".format, numbers, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), numbers)
    return compared | st.builds("({} {} {})".format, compared, st.sampled_from(["and", "or"]), compared)


numbers = st.recursive(
    st.sampled_from(["course", "workshop", "0", "1", "7", "5000"]),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner)
        | st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner)
        | st.builds("({} if {} else {})".format, inner, conditions(inner), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(numbers, st.integers(0, 9), st.integers(0, 9))
def test_what_is_allowed_means_what_python_means(text, course, workshop):
    judge = compile_formulas("test", KNOWN, f"a = {text}")
    means = eval(compile(ast.parse(text, mode="eval"), "t", "eval"), {"course": course, "workshop": workshop})  # noqa: S307 -- generated here
    assert judge(course, workshop)["a"] == means
