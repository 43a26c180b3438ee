"""How great a formula's numbers can become: Python's grow without end, an engine's columns do not."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

GREATEST = 2**62
GREATEST_DIVIDED = 2**53  # an engine may divide as floating point; below this the floor is still exact
SUM_BOUND = 2**44
COUNT_BOUND = 2**31

Bound = tuple[int, int]


class TooGreat(ValueError):
    """The formula of this name can outgrow a 64-bit number."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def bounds_of(text: str, inputs: Iterable[str]) -> Mapping[str, Bound]:
    """The least and greatest value of every name; `TooGreat` for the first formula that can leave 62 bits. The text has been checked."""
    known: dict[str, Bound] = {name: _of_input(name) for name in inputs}
    for statement in ast.parse(text).body:
        assert isinstance(statement, ast.Assign)  # noqa: S101 -- checked text is assignments only
        name = statement.targets[0]
        assert isinstance(name, ast.Name)  # noqa: S101 -- to names only
        known[name.id] = _of(statement.value, known, name.id)
    return known


def _of_input(name: str) -> Bound:
    bound = SUM_BOUND if name.endswith(("_sum", "_credited")) or name.startswith(("used_", "carried_", "owed_")) else COUNT_BOUND
    return (-bound, bound)


def _of(node: ast.expr, known: Mapping[str, Bound], name: str) -> Bound:
    match node:
        case ast.Name():
            found = known[node.id]
        case ast.Constant():
            assert isinstance(node.value, int)  # noqa: S101 -- checked text holds whole numbers only
            found = (node.value, node.value)
        case ast.IfExp():
            found = _around(_of(node.body, known, name), _of(node.orelse, known, name))
        case ast.Call():
            found = _of_call(node, known, name)
        case ast.BinOp():
            found = _of_arithmetic(node, known, name)
        case _:
            found = (0, 1)
    if max(-found[0], found[1]) > GREATEST:
        raise TooGreat(name)
    return found


def _around(one: Bound, other: Bound) -> Bound:
    return min(one[0], other[0]), max(one[1], other[1])


def _of_call(node: ast.Call, known: Mapping[str, Bound], name: str) -> Bound:
    one, other = (_of(argument, known, name) for argument in node.args)
    assert isinstance(node.func, ast.Name)  # noqa: S101 -- checked: min or max
    pick = min if node.func.id == "min" else max
    return pick(one[0], other[0]), pick(one[1], other[1])


def _of_arithmetic(node: ast.BinOp, known: Mapping[str, Bound], name: str) -> Bound:
    one, other = _of(node.left, known, name), _of(node.right, known, name)
    if isinstance(node.op, ast.Add):
        return one[0] + other[0], one[1] + other[1]
    if isinstance(node.op, ast.Sub):
        return one[0] - other[1], one[1] - other[0]
    if isinstance(node.op, ast.FloorDiv):
        if max(-one[0], one[1]) >= GREATEST_DIVIDED:
            raise TooGreat(name)
        return one[0] // other[0], one[1] // other[0]
    products = [left * right for left in one for right in other]
    return min(products), max(products)
