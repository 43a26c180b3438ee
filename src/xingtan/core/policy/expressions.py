"""A tiny subset of Python's expressions over whole numbers: `+ - *`, comparisons, `and or`, `a if c else b`, `min(a, b)`, `max(a, b)`,
and `a // n`, the floor of a division by a whole constant above zero.

Whatever is not on the list is refused with its line, before anything runs. What passes is compiled without builtins.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any

MOST_LINES = 4_000
MOST_CHARACTERS = 400_000
MOST_CONDITION = 4_000
MOST_DEPTH = 150
GREATEST_NUMBER = 10**12
CALLS = frozenset({"min", "max"})
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Kind(Enum):
    """An expression is a whole number or a condition, never both."""

    NUMBER = "a whole number"
    CONDITION = "a condition"


class ExpressionError(ValueError):
    """Text that the language does not allow; `line` counts from 1."""

    def __init__(self, line: int, what: str, text: str) -> None:
        super().__init__(f"formula line {line}: {what}: {text}")
        self.line = line
        self.what = what
        self.text = text


def check(text: str, known: Iterable[str]) -> ast.Module:
    """The formulas, one `name = expression` a line, all in the subset, each name new and every name used known before."""
    tree = _parse(text)
    names = set(known)
    if len(tree.body) > MOST_LINES:
        raise ExpressionError(MOST_LINES + 1, f"more than {MOST_LINES} formulas", "")
    for statement in tree.body:
        name = _target(statement)
        assert isinstance(statement, ast.Assign)  # noqa: S101 -- _target refused everything else
        if name in names or name in CALLS:
            raise _bad(statement, "name already taken")
        _expect(statement.value, Kind.NUMBER, names)
        names.add(name)
    return tree


def check_condition(text: str, known: Iterable[str]) -> ast.expr:
    """The condition, in the subset and of known names only."""
    if len(text) > MOST_CONDITION:
        raise ExpressionError(1, f"longer than {MOST_CONDITION} characters", text[:40])
    tree = _parse(text)
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        raise ExpressionError(1, "not one condition", text.strip())
    expression = tree.body[0].value
    _expect(expression, Kind.CONDITION, set(known))
    return expression


def check_number(text: str, known: Iterable[str]) -> ast.expr:
    """The whole number, in the subset and of known names only."""
    if len(text) > MOST_CONDITION:
        raise ExpressionError(1, f"longer than {MOST_CONDITION} characters", text[:40])
    tree = _parse(text)
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        raise ExpressionError(1, "not one expression", text.strip())
    expression = tree.body[0].value
    _expect(expression, Kind.NUMBER, set(known))
    return expression


def compile_formulas(name: str, inputs: Sequence[str], text: str) -> Callable[..., dict[str, int]]:
    """A function of the inputs, by position, that returns them and every formula's value by name. The text is checked first."""
    check(text, inputs)
    body = "".join(f"    {line}\n" for line in text.splitlines() if line.strip())
    source = f"def judge({', '.join(inputs)}):\n{body}    return _locals()\n"
    space: dict[str, Any] = {"__builtins__": {}, "min": min, "max": max, "_locals": locals}
    exec(compile(source, f"<{name}>", "exec"), space)  # noqa: S102 -- checked text only, and no builtins
    judge: Callable[..., dict[str, int]] = space["judge"]
    return judge


def _parse(text: str) -> ast.Module:
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(1, f"longer than {MOST_CHARACTERS} characters", text[:40])
    try:
        return ast.parse(text.strip("\n"))
    except SyntaxError as error:
        raise ExpressionError(error.lineno or 1, "not an expression", (error.text or text).strip()[:80]) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError(1, "not an expression", text.strip()[:80]) from None


def _bad(node: ast.stmt | ast.expr, what: str) -> ExpressionError:
    return ExpressionError(node.lineno, what, ast.unparse(node)[:80])


def _target(statement: ast.stmt) -> str:
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or not isinstance(statement.targets[0], ast.Name):
        raise _bad(statement, "not `name = expression`")
    name = statement.targets[0].id
    if _NAME.fullmatch(name) is None:
        raise _bad(statement, "a name is small letters, digits and _")
    return name


def _expect(node: ast.expr, kind: Kind, names: set[str], depth: int = 0) -> None:
    """Refuses the expression unless all of it is in the subset and it is of this kind."""
    if depth > MOST_DEPTH:
        raise _bad(node, f"deeper than {MOST_DEPTH}")
    rule = _RULES.get(type(node))
    if rule is None:
        raise _bad(node, f"{type(node).__name__} is not allowed")
    found, inside = rule(node, kind, names)
    if found is not kind:
        raise _bad(node, f"{kind.value} is wanted, not {found.value}")
    for part, wanted in inside:
        _expect(part, wanted, names, depth + 1)


Judged = tuple[Kind, list[tuple[ast.expr, Kind]]]


def _name(node: ast.Name, _kind: Kind, names: set[str]) -> Judged:
    if node.id not in names:
        raise _bad(node, f"unknown name {node.id!r}")
    return Kind.NUMBER, []


def _constant(node: ast.Constant, _kind: Kind, _names: set[str]) -> Judged:
    if type(node.value) is not int or node.value > GREATEST_NUMBER:
        raise _bad(node, "only whole numbers")
    return Kind.NUMBER, []


def _arithmetic(node: ast.BinOp, _kind: Kind, _names: set[str]) -> Judged:
    if isinstance(node.op, ast.FloorDiv):
        if not isinstance(node.right, ast.Constant) or type(node.right.value) is not int or node.right.value < 1:
            raise _bad(node, "a division by anything but a whole constant above zero")
    elif not isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
        raise _bad(node, f"{type(node.op).__name__} is not allowed")
    return Kind.NUMBER, [(node.left, Kind.NUMBER), (node.right, Kind.NUMBER)]


def _comparison(node: ast.Compare, _kind: Kind, _names: set[str]) -> Judged:
    if len(node.ops) != 1:
        raise _bad(node, "chained comparison")
    if not isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.Lt | ast.LtE | ast.Gt | ast.GtE):
        raise _bad(node, f"{type(node.ops[0]).__name__} is not allowed")
    return Kind.CONDITION, [(node.left, Kind.NUMBER), (node.comparators[0], Kind.NUMBER)]


def _both(node: ast.BoolOp, _kind: Kind, _names: set[str]) -> Judged:
    return Kind.CONDITION, [(value, Kind.CONDITION) for value in node.values]


def _choice(node: ast.IfExp, kind: Kind, _names: set[str]) -> Judged:
    return kind, [(node.test, Kind.CONDITION), (node.body, kind), (node.orelse, kind)]


def _call(node: ast.Call, _kind: Kind, _names: set[str]) -> Judged:
    if not isinstance(node.func, ast.Name) or node.func.id not in CALLS or len(node.args) != 2 or node.keywords:
        raise _bad(node, "only min(a, b) and max(a, b)")
    return Kind.NUMBER, [(argument, Kind.NUMBER) for argument in node.args]


_RULES: dict[type[ast.expr], Callable[[Any, Kind, set[str]], Judged]] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.BinOp: _arithmetic,
    ast.Compare: _comparison,
    ast.BoolOp: _both,
    ast.IfExp: _choice,
    ast.Call: _call,
}
