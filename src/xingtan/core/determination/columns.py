"""The second reading of a policy's formulas: the same text as expressions over columns.

Narwhals bears Polars' own names, so an `Api` is either of the two modules: Polars for slices in memory, whose expressions are made once
and used for every slice, and narwhals for engines that it speaks to, such as Spark.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from operator import add, and_, eq, floordiv, ge, gt, le, lt, mul, ne, or_, sub
from types import ModuleType
from typing import Any, TypeAlias

Api: TypeAlias = ModuleType
Frame: TypeAlias = Any  # a lazy frame of the api's
Expr: TypeAlias = Any  # an expression of the api's
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


@lru_cache(maxsize=256)
def expressions_for(api: Api, text: str, inputs: frozenset[str], wanted: tuple[str, ...]) -> tuple[tuple[Expr, ...], ...]:
    """The layers of the formulas that the wanted names need, each a named expression of 64-bit whole numbers."""
    return tuple(
        tuple(number(api, expression).cast(api.Int64).alias(name) for name, expression in layer)
        for layer in steps_for(text, inputs, wanted)
    )


def compute(frame: Frame, layers: Sequence[Sequence[Expr]]) -> Frame:
    """The frame with every formula's column."""
    for layer in layers:
        frame = frame.with_columns(*layer)
    return frame


def number(api: Api, node: ast.expr) -> Expr:
    """A checked expression of the small language as an expression over columns."""
    match node:
        case ast.Name():
            return api.col(node.id)
        case ast.Constant():
            return whole(api, int(node.value))  # type: ignore[arg-type]  # -- checked text holds whole numbers only
        case ast.IfExp():
            return api.when(number(api, node.test)).then(number(api, node.body)).otherwise(number(api, node.orelse))
        case ast.BinOp():
            return _OPERATORS[type(node.op)](number(api, node.left), number(api, node.right))
        case ast.Compare():
            return _OPERATORS[type(node.ops[0])](number(api, node.left), number(api, node.comparators[0]))
        case ast.BoolOp():
            return reduce(and_ if isinstance(node.op, ast.And) else or_, (number(api, value) for value in node.values))
        case ast.Call(func=ast.Name(id=name)):
            pick = api.min_horizontal if name == "min" else api.max_horizontal
            return pick(*(number(api, argument) for argument in node.args))
        case _:
            raise TypeError(f"{type(node).__name__} is not in the language")


def whole(api: Api, value: int) -> Expr:
    """A whole number of 64 bits, whatever the engine's own literals are."""
    return api.lit(value, api.Int64)


def _formulas(text: str) -> Iterable[Step]:
    for statement in ast.parse(text).body:
        assert isinstance(statement, ast.Assign)  # noqa: S101 -- checked text is assignments only
        target = statement.targets[0]
        assert isinstance(target, ast.Name)  # noqa: S101 -- to names only
        yield target.id, statement.value
