"""Conditions and formulas of a pack told as sentences: names have labels, operators have words."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xingtan.core.units import format_hours

from .naming import Name

OTHERWISE = "otherwise"
MOST_DEPTH = 40
_HAN = "[\u3400-\u9fff]"
_PLAIN = Name("")


class _Untold(ValueError):
    """A sentence cannot be made of this; the text itself is shown."""


class Told(NamedTuple):
    """A part of an expression in words, and what its numbers are."""

    text: str
    kind: str = ""
    name: Name = _PLAIN
    value: int | None = None


def condition_sentence(text: str, names: Mapping[str, Name]) -> str:
    """The condition as a sentence in the language of the page; the text itself when it cannot be read."""
    if text.strip() == OTHERWISE:
        return pgettext("condition", "in every other case")
    return _told(text, names)


def formula_sentence(text: str, names: Mapping[str, Name]) -> str:
    """The formula in words; the text itself when it cannot be read."""
    return _told(text, names)


def _told(text: str, names: Mapping[str, Name]) -> str:
    try:
        return spaced(_Teller(names).say(ast.parse(text.strip(), mode="eval").body, 0).text)
    except (_Untold, SyntaxError, ValueError, RecursionError, MemoryError):
        return text


def spaced(text: str) -> str:
    """Half a space between Han and digits, none between Han and Han."""
    text = re.sub(rf"(?<={_HAN}) (?={_HAN})", "", text)
    return re.sub(rf"(?<={_HAN})(?=[0-9])|(?<=[0-9])(?={_HAN})", " ", text)


class _Teller:
    """Tells an expression from its leaves up."""

    def __init__(self, names: Mapping[str, Name]) -> None:
        self.names = names

    def say(self, node: ast.expr, depth: int) -> Told:
        """The expression in words."""
        tell = _TELLERS.get(type(node))
        if tell is None or depth > MOST_DEPTH:
            raise _Untold
        return tell(self, node, depth + 1)

    def name(self, node: ast.Name, _depth: int) -> Told:
        """A name's label."""
        name = self.names.get(node.id, Name(node.id))
        return Told(name.label, name.kind, name)

    def constant(self, node: ast.Constant, _depth: int) -> Told:
        """A whole number."""
        if type(node.value) is not int:
            raise _Untold
        return Told(str(node.value), value=node.value)

    def minus(self, node: ast.UnaryOp, depth: int) -> Told:
        """A number below zero, or the contrary of a condition."""
        inside = self.say(node.operand, depth)
        pattern = _("not (%(what)s)") if isinstance(node.op, ast.Not) else "−%(what)s"
        return Told(pattern % {"what": inside.text}, inside.kind)

    def arithmetic(self, node: ast.BinOp, depth: int) -> Told:
        """Sum, difference, product."""
        left, right = self.say(node.left, depth), self.say(node.right, depth)
        sign = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.FloorDiv: "÷", ast.Mod: "mod"}.get(type(node.op))
        if sign is None:
            raise _Untold
        kind = left.kind or right.kind
        scale = isinstance(node.op, ast.Add | ast.Sub)
        return Told(f"{_amount(left, kind if scale else '')} {sign} {_amount(right, kind if scale else '')}", kind)

    def comparison(self, node: ast.Compare, depth: int) -> Told:
        """Two sides and the word between them; flags and shortages have sentences of their own."""
        if len(node.ops) != 1:
            raise _Untold
        left, right = self.say(node.left, depth), self.say(node.comparators[0], depth)
        if (idiom := _idiom(left, type(node.ops[0]), right)) is not None:
            return Told(idiom)
        pattern = _comparing().get(type(node.ops[0]))
        if pattern is None:
            raise _Untold
        kind = left.kind or right.kind
        return Told(pattern % {"left": _amount(left, kind), "right": _amount(right, kind, with_unit=True)})

    def both(self, node: ast.BoolOp, depth: int) -> Told:
        """Conditions that hold together, or one of which holds."""
        joint = pgettext("condition", ", and ") if isinstance(node.op, ast.And) else pgettext("condition", ", or ")
        parts = []
        for value in node.values:
            said = self.say(value, depth).text
            parts.append(_("(%(what)s)") % {"what": said} if isinstance(value, ast.BoolOp) else said)
        return Told(joint.join(parts))

    def choice(self, node: ast.IfExp, depth: int) -> Told:
        """One value or another."""
        test, then, other = (self.say(one, depth) for one in (node.test, node.body, node.orelse))
        if (then.value, other.value) == (1, 0):
            return Told(_("yes if %(test)s") % {"test": test.text})
        kind = then.kind or other.kind
        words = {"test": test.text, "then": _amount(then, kind), "other": _amount(other, kind)}
        return Told(_("%(then)s if %(test)s, else %(other)s") % words, kind)

    def call(self, node: ast.Call, depth: int) -> Told:
        """The smaller or the greater of two."""
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        patterns = {"min": _("the smaller of %(parts)s"), "max": _("the greater of %(parts)s")}
        if function not in patterns or node.keywords:
            raise _Untold
        told = [self.say(one, depth) for one in node.args]
        if function == "max" and [one.value for one in told[1:]] == [0]:
            return Told(_("%(what)s (0 if below)") % {"what": told[0].text}, told[0].kind)
        kind = next((one.kind for one in told if one.kind), "")
        return Told(patterns[function] % {"parts": pgettext("condition", " and ").join(_amount(one, kind) for one in told)}, kind)


_TELLERS: Mapping[type[ast.expr], Callable[[_Teller, Any, int], Told]] = {
    ast.Name: _Teller.name,
    ast.Constant: _Teller.constant,
    ast.UnaryOp: _Teller.minus,
    ast.BinOp: _Teller.arithmetic,
    ast.Compare: _Teller.comparison,
    ast.BoolOp: _Teller.both,
    ast.IfExp: _Teller.choice,
    ast.Call: _Teller.call,
}


def _idiom(left: Told, operator: type[ast.cmpop], right: Told) -> str | None:
    """`on_leave == 1`, `hours_short == 0`, `n_exam_required > 0`: what people say instead of a number."""
    name, number = left.name, right.value
    if not name.yes or number is None:
        return None
    if (operator, number) in _IS_ZERO:
        return name.no
    if (operator, number) in _IS_SOME or (name.kind == "flag" and (operator, number) == (ast.Eq, 1)):
        return name.yes
    return None


_IS_ZERO = {(ast.Eq, 0), (ast.LtE, 0), (ast.Lt, 1)}
_IS_SOME = {(ast.Gt, 0), (ast.NotEq, 0), (ast.GtE, 1)}


def _amount(told: Told, kind: str, *, with_unit: bool = False) -> str:
    """A bare number as what it is compared with: hundredths of an hour are hours, hundredths of a mark are marks."""
    if told.value is None or kind not in ("hours", "score_centi"):
        return told.text
    number = format_hours(told.value)
    return _("%(number)s hours") % {"number": number} if with_unit and kind == "hours" else number


def _comparing() -> Mapping[type[ast.cmpop], str]:
    return {
        ast.Eq: _("%(left)s is %(right)s"),
        ast.NotEq: _("%(left)s is not %(right)s"),
        ast.Lt: _("%(left)s is less than %(right)s"),
        ast.LtE: _("%(left)s is at most %(right)s"),
        ast.Gt: _("%(left)s is more than %(right)s"),
        ast.GtE: _("%(left)s is at least %(right)s"),
    }
