"""The second reading of a policy's formulas: the same text as expressions over columns.

Narwhals bears Polars' own names, so an `Api` is either of the two modules: Polars for slices in memory, whose expressions are made once
and used for every slice, and narwhals for engines that it speaks to, such as Spark.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add, and_, eq, floordiv, ge, gt, le, lt, mul, ne, or_, sub
from types import ModuleType
from typing import Any, TypeAlias

from xingtan.core.determination.batch.pruning import formulas_of, names_in, pruned

Api: TypeAlias = ModuleType
Frame: TypeAlias = Any  # a lazy frame of the api's
Expr: TypeAlias = Any  # an expression of the api's
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


@dataclass(frozen=True, slots=True)
class Plan:
    """Formulas ready for columns: `layers` of expressions, each using only what stands before it, the columns they start from (`asked`),
    and what is `known` of the wanted ones already.
    """

    layers: tuple[tuple[Expr, ...], ...]
    asked: frozenset[str]
    known: tuple[tuple[str, int], ...]


@lru_cache(maxsize=256)
def plan_of(api: Api, text: str, known: tuple[tuple[str, int], ...], wanted: tuple[str, ...]) -> Plan:
    """The formulas that the wanted names need, with the known numbers put in; the text has been checked."""
    formulas = pruned(formulas_of(text), dict(known), wanted)
    depth: dict[str, int] = {}
    layers: list[list[Expr]] = []
    for name, expression in formulas.items():
        depth[name] = max((depth.get(one, 0) for one in names_in(expression)), default=0) + 1
        if depth[name] > len(layers):
            layers.append([])
        layers[depth[name] - 1].append(number(api, expression).cast(api.Int64).alias(name))
    asked = {one for expression in formulas.values() for one in names_in(expression)} - formulas.keys()
    given = [(name, formulas[name]) for name in wanted if name in formulas]
    constants = tuple((name, int(one.value)) for name, one in given if isinstance(one, ast.Constant))  # type: ignore[arg-type]  # -- whole numbers
    return Plan(tuple(map(tuple, layers)), frozenset(asked), constants)


def compute(frame: Frame, plan: Plan) -> Frame:
    """The frame with every formula's column."""
    for layer in plan.layers:
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
