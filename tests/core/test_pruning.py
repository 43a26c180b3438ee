from __future__ import annotations

import ast

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.core.determination.batch.columns import compute, plan_of
from xingtan.core.determination.batch.pruning import formulas_of, names_in, pruned

INPUTS = ("a", "b", "c")
values = st.integers(-3, 3)
leaves = st.one_of(values.map(lambda one: str(one) if one >= 0 else f"(0 - {-one})"), st.sampled_from(INPUTS), st.just("0"), st.just("1"))


def conditions(numbers):
    compared = st.tuples(numbers, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), numbers).map(
        lambda part: f"{part[0]} {part[1]} {part[2]}"
    )
    return st.one_of(
        compared, st.tuples(compared, st.sampled_from(["and", "or"]), compared).map(lambda part: f"({part[0]} {part[1]} {part[2]})")
    )


def larger(numbers):
    return st.one_of(
        st.tuples(numbers, st.sampled_from("+-*"), numbers).map(lambda part: f"({part[0]} {part[1]} {part[2]})"),
        st.tuples(numbers, st.integers(1, 4)).map(lambda part: f"({part[0]} // {part[1]})"),
        st.tuples(st.sampled_from(["min", "max"]), numbers, numbers).map(lambda part: f"{part[0]}({part[1]}, {part[2]})"),
        st.tuples(numbers, conditions(numbers), numbers).map(lambda part: f"({part[0]} if {part[1]} else {part[2]})"),
    )


expressions = st.recursive(leaves, larger, max_leaves=8)


def worked_out(formulas, inputs):
    space = dict(inputs)
    for name, expression in formulas.items():
        space[name] = int(eval(ast.unparse(expression), {"min": min, "max": max, "__builtins__": {}}, space))  # noqa: S307 -- our own formulas
    return space


@settings(max_examples=60, deadline=None)
@given(expressions, expressions, st.fixed_dictionaries(dict.fromkeys(INPUTS, values)), st.sets(st.sampled_from(INPUTS)))
def test_pruned_formulas_give_the_same_numbers(first, second, inputs, told):
    text = f"x = {first}\ny = {second}\nz = x + y if x > y else x - y\nunwanted = z + 1"
    known = {name: inputs[name] for name in told}
    whole = formulas_of(text)
    smaller = pruned(whole, known, ["z", "x"])
    rest = {name: number for name, number in inputs.items() if name not in told}
    before, after = worked_out(whole, inputs), worked_out(smaller, rest)
    assert (after["z"], after["x"]) == (before["z"], before["x"])
    assert "unwanted" not in smaller
    plan = plan_of(pl, text, tuple(known.items()), ("z", "x"))
    assert plan.asked <= rest.keys()
    assert dict(plan.known).items() <= before.items()
    columns = compute(pl.DataFrame({name: [number] for name, number in inputs.items()}).lazy(), plan).collect()
    assert (columns["z"][0], columns["x"][0]) == (before["z"], before["x"])


def test_what_follows_from_the_known_is_a_number():
    text = (
        "taken = 1 if rows > 0 else 0\nscore = max(best, 0)\npassed = 1 if taken == 1 and score >= 60 else 0\nrow = 3 if passed == 1 else n"
    )
    smaller = pruned(formulas_of(text), {"rows": 0}, ["row", "passed"])
    assert {name: ast.unparse(one) for name, one in smaller.items()} == {"passed": "0", "row": "n"}
    assert names_in(smaller["row"]) == {"n"}
