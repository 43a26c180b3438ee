"""Formulas made smaller before a batch runs them: what is known is put in, and what follows from it is worked out once instead of per row.

A province's evidence never has all that a policy could use: no row of a category of the year, no test that waits for a decision. Whatever
no row can give is a known number, and a good part of the formulas is then known as well. The values stay the same to the last bit.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from operator import add, eq, floordiv, ge, gt, le, lt, mul, ne, sub

Formulas = dict[str, ast.expr]
_OPERATORS: Mapping[type[ast.AST], Callable[[int, int], int]] = {
    ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.FloorDiv: floordiv,
    ast.Eq: eq, ast.NotEq: ne, ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge,
}  # fmt: skip
# What the right side has to be for the operation to change nothing.
_NEUTRAL: Mapping[type[ast.AST], int] = {ast.Add: 0, ast.Sub: 0, ast.Mult: 1, ast.FloorDiv: 1}


def formulas_of(text: str) -> Formulas:
    """The formulas by name, in their order. The text has been checked."""
    return {statement.targets[0].id: statement.value for statement in ast.parse(text).body}  # type: ignore[attr-defined]  # -- checked text is assignments to names only


def pruned(formulas: Mapping[str, ast.expr], known: Mapping[str, int], wanted: Iterable[str]) -> Formulas:
    """The formulas that the wanted names still need, with the known numbers put in; a wanted name that is known is a constant."""
    put_in: dict[str, ast.expr] = {name: ast.Constant(number) for name, number in known.items()}
    smaller: Formulas = {}
    for name, expression in formulas.items():
        smaller[name] = _smaller(expression, put_in)
        if isinstance(smaller[name], ast.Constant | ast.Name):
            put_in[name] = smaller[name]
    return {name: smaller[name] for name in _needed(smaller, wanted)}


def names_in(expression: ast.expr) -> set[str]:
    """The names that the expression reads."""
    called = {one.func for one in ast.walk(expression) if isinstance(one, ast.Call)}
    return {one.id for one in ast.walk(expression) if isinstance(one, ast.Name) and one not in called}


def _needed(formulas: Mapping[str, ast.expr], wanted: Iterable[str]) -> list[str]:
    needed: set[str] = set()
    waiting = [name for name in wanted if name in formulas]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += [one for one in names_in(formulas[name]) if one in formulas]
    return [name for name in formulas if name in needed]


def _smaller(node: ast.expr, known: Mapping[str, ast.expr]) -> ast.expr:
    match node:
        case ast.Name():
            return known.get(node.id, node)
        case ast.BinOp():
            return _calculated(node, _smaller(node.left, known), _smaller(node.right, known))
        case ast.Compare():
            return _compared(node, _smaller(node.left, known), _smaller(node.comparators[0], known))
        case ast.BoolOp():
            return _joined(node, [_smaller(value, known) for value in node.values])
        case ast.IfExp():
            return _chosen(_smaller(node.test, known), node, known)
        case ast.Call():
            return _picked(node, [_smaller(argument, known) for argument in node.args])
        case _:
            return node


def _number(node: ast.expr) -> int | None:
    """The number that the expression is; None when it is to be worked out per row."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else None


def _calculated(node: ast.BinOp, left: ast.expr, right: ast.expr) -> ast.expr:
    first, second = _number(left), _number(right)
    if first is not None and second is not None:
        return ast.Constant(_OPERATORS[type(node.op)](first, second))
    if second == _NEUTRAL[type(node.op)]:
        return left
    if isinstance(node.op, ast.Add | ast.Mult) and first == _NEUTRAL[type(node.op)]:
        return right
    if isinstance(node.op, ast.Mult) and 0 in (first, second):
        return ast.Constant(0)
    return ast.BinOp(left, node.op, right)


def _compared(node: ast.Compare, left: ast.expr, right: ast.expr) -> ast.expr:
    first, second = _number(left), _number(right)
    if first is not None and second is not None:
        return ast.Constant(bool(_OPERATORS[type(node.ops[0])](first, second)))
    return ast.Compare(left, node.ops, [right])


def _joined(node: ast.BoolOp, values: list[ast.expr]) -> ast.expr:
    decides = isinstance(node.op, ast.Or)
    known = [number for value in values if (number := _number(value)) is not None]
    if any(bool(number) is decides for number in known):
        return ast.Constant(decides)
    unknown = [value for value in values if _number(value) is None]
    if not unknown:
        return ast.Constant(not decides)
    return unknown[0] if len(unknown) == 1 else ast.BoolOp(node.op, unknown)


def _chosen(test: ast.expr, node: ast.IfExp, known: Mapping[str, ast.expr]) -> ast.expr:
    if (holds := _number(test)) is not None:
        return _smaller(node.body if holds else node.orelse, known)
    body, other = _smaller(node.body, known), _smaller(node.orelse, known)
    return body if ast.dump(body) == ast.dump(other) else ast.IfExp(test, body, other)


def _picked(node: ast.Call, values: list[ast.expr]) -> ast.expr:
    numbers = [number for value in values if (number := _number(value)) is not None]
    if len(numbers) == len(values):
        return ast.Constant(min(numbers) if isinstance(node.func, ast.Name) and node.func.id == "min" else max(numbers))
    return ast.Call(node.func, values, [])
