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


def _calculated(node: ast.BinOp, left: ast.expr, right: ast.expr) -> ast.expr:
    if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
        return ast.Constant(_OPERATORS[type(node.op)](left.value, right.value))  # type: ignore[arg-type]  # -- whole numbers
    if isinstance(right, ast.Constant) and right.value == _NEUTRAL[type(node.op)]:
        return left
    if isinstance(left, ast.Constant) and isinstance(node.op, ast.Add | ast.Mult) and left.value == _NEUTRAL[type(node.op)]:
        return right
    if isinstance(node.op, ast.Mult) and any(isinstance(side, ast.Constant) and side.value == 0 for side in (left, right)):
        return ast.Constant(0)
    return ast.BinOp(left, node.op, right)


def _compared(node: ast.Compare, left: ast.expr, right: ast.expr) -> ast.expr:
    if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
        return ast.Constant(bool(_OPERATORS[type(node.ops[0])](left.value, right.value)))  # type: ignore[arg-type]  # -- whole numbers
    return ast.Compare(left, node.ops, [right])


def _joined(node: ast.BoolOp, values: list[ast.expr]) -> ast.expr:
    decides = isinstance(node.op, ast.Or)
    open_ = [value for value in values if not isinstance(value, ast.Constant)]
    if any(isinstance(value, ast.Constant) and value.value is decides for value in values):
        return ast.Constant(decides)
    if not open_:
        return ast.Constant(not decides)
    return open_[0] if len(open_) == 1 else ast.BoolOp(node.op, open_)


def _chosen(test: ast.expr, node: ast.IfExp, known: Mapping[str, ast.expr]) -> ast.expr:
    if isinstance(test, ast.Constant):
        return _smaller(node.body if test.value else node.orelse, known)
    body, other = _smaller(node.body, known), _smaller(node.orelse, known)
    return body if ast.dump(body) == ast.dump(other) else ast.IfExp(test, body, other)


def _picked(node: ast.Call, values: list[ast.expr]) -> ast.expr:
    if all(isinstance(value, ast.Constant) for value in values):
        pick = min if isinstance(node.func, ast.Name) and node.func.id == "min" else max
        return ast.Constant(pick(value.value for value in values))  # type: ignore[attr-defined, type-var]  # -- whole numbers
    return ast.Call(node.func, values, [])
