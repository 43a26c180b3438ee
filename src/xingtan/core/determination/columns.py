"""The second reading of a policy's formulas: the same text as expressions over columns, for Polars and for Spark."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import add, and_, eq, floordiv, ge, gt, le, lt, mul, ne, or_, sub
from typing import Any

import narwhals.stable.v2 as nw

Frame = nw.LazyFrame[Any]
Step = tuple[str, ast.expr]
_OPERATORS: Mapping[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.FloorDiv: floordiv,
    ast.Eq: eq,
    ast.NotEq: ne,
    ast.Lt: lt,
    ast.LtE: le,
    ast.Gt: gt,
    ast.GtE: ge,
}


def steps_for(text: str, inputs: Iterable[str], wanted: Iterable[str]) -> list[list[Step]]:
    """The formulas that the wanted names need, in as few layers as they depend on each other; a layer uses only what stands before it.

    The text has been checked.
    """
    formulas = dict(_formulas(text))
    needed: set[str] = set()
    waiting = [name for name in wanted if name in formulas]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += [one.id for one in ast.walk(formulas[name]) if isinstance(one, ast.Name) and one.id in formulas]
    depth = dict.fromkeys(inputs, 0)
    layers: list[list[Step]] = []
    for name, expression in formulas.items():
        if name not in needed:
            continue
        depth[name] = 1 + max((depth[one.id] for one in ast.walk(expression) if isinstance(one, ast.Name) and one.id in depth), default=0)
        while len(layers) < depth[name]:
            layers.append([])
        layers[depth[name] - 1].append((name, expression))
    return layers


def compute(frame: Frame, layers: Sequence[Sequence[Step]]) -> Frame:
    """The frame with every formula's column; whole numbers of 64 bits."""
    for layer in layers:
        frame = frame.with_columns(*(number(expression).cast(nw.Int64).alias(name) for name, expression in layer))
    return frame


def number(node: ast.expr) -> nw.Expr:
    """A checked expression of the small language as an expression over columns."""
    match node:
        case ast.Name():
            return nw.col(node.id)
        case ast.Constant():
            return whole(int(node.value))  # type: ignore[arg-type]  # -- checked text holds whole numbers only
        case ast.IfExp():
            return nw.when(number(node.test)).then(number(node.body)).otherwise(number(node.orelse))
        case ast.BinOp():
            return _apply(node.op, node.left, node.right)
        case ast.Compare():
            return _apply(node.ops[0], node.left, node.comparators[0])
        case ast.BoolOp():
            return reduce(and_ if isinstance(node.op, ast.And) else or_, map(number, node.values))
        case ast.Call(func=ast.Name(id=name)):
            pick = nw.min_horizontal if name == "min" else nw.max_horizontal
            return pick(*map(number, node.args))
        case _:
            raise TypeError(f"{type(node).__name__} is not in the language")


def _apply(operator: ast.AST, left: ast.expr, right: ast.expr) -> nw.Expr:
    applied: nw.Expr = _OPERATORS[type(operator)](number(left), number(right))
    return applied


def whole(value: int) -> nw.Expr:
    """A whole number of 64 bits, whatever the engine's own literals are."""
    return nw.lit(value, nw.Int64)


def _formulas(text: str) -> Iterable[Step]:
    for statement in ast.parse(text).body:
        assert isinstance(statement, ast.Assign)  # noqa: S101 -- checked text is assignments only
        target = statement.targets[0]
        assert isinstance(target, ast.Name)  # noqa: S101 -- to names only
        yield target.id, statement.value
