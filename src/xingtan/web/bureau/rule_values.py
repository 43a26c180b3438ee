"""A pack's values in words: hours, money, days, codes; whatever a text that is being written holds, and never a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xingtan.core.calendar import WindowKind
from xingtan.core.policy import EntryStep, FeeUnit
from xingtan.domains.policies import api as policies
from xingtan.web.parts.formats import hours2, yuan

from .words import DECIDING, ENTRY_STEPS, FACT_HOLDS, HOWS, LEVELS, PAYERS, UNITS, WORD_UNITS, WORKS

MOST_SHOWN = 400
DEEPEST = 4
FILTERS = ("component", "tier", "mode", "topic", "activity", "result", "role", "assessment")


class Values:
    """The words of one text: its own codes and names, its unit, and the words of the closed lists."""

    def __init__(self, data: policies.Data) -> None:
        self.data = data

    @cached_property
    def codes(self) -> dict[str, str]:
        """What the text's own codes are called."""
        return policies.code_words(self.data)

    @cached_property
    def names(self) -> dict[str, policies.Name]:
        """What the names in its conditions are called."""
        return policies.expression_names(self.data)

    @cached_property
    def terms(self) -> dict[tuple[str, str], str]:
        """What the codes of each column of activities are called."""
        rows = policies.rows_of(self.data, "term")
        return {(str(row.get("column")), str(row.get("code"))): policies.table_name(row) for row in rows}

    def code(self, code: object) -> str:
        """A code's name, else itself."""
        return self.codes.get(str(code), str(code))

    def term(self, column: str, code: object) -> str:
        """What rows of activities mean by this code; nothing stands for none."""
        if code == "":
            return pgettext("term", "none")
        return self.terms.get((column, str(code)), self.code(code))

    def amount(self, centi: object) -> str:
        """Hundredths of the pack's unit with the unit's word."""
        if type(centi) is not int:
            return str(centi)
        unit = _("%(amount)s credits") if self.data.get("unit") == "credit" else _("%(amount)s hours")
        return unit % {"amount": hours2(centi)}

    def amounts(self, table: object) -> str:
        """Amounts by component: 课程 50.00、工作坊 22.00."""
        if not isinstance(table, Mapping):
            return self.amount(table)
        return joined(f"{self.code(key)} {hours2(amount) if type(amount) is int else amount}" for key, amount in table.items())

    def verdict(self, verdict: object) -> str:
        """A verdict's word."""
        return policies.verdict_word(str(verdict))

    def listed(self, values: object, word: Callable[[Any], str]) -> str:
        """A list with each of its words."""
        return joined(word(one) for one in values) if isinstance(values, list) else word(values)

    def condition(self, text: object) -> str:
        """A condition as a sentence."""
        return policies.condition_sentence(str(text), self.names)

    def filters(self, table: policies.Data) -> str:
        """Which activities a rule is about: 工作坊、线上；everything when it names nothing."""
        said = []
        for column in FILTERS:
            if column in table:
                words = self.listed(table[column], partial(self.term, column))
                said.append(words if column == "component" else f"{policies.field_word(column)} {words}")
        return joined(said, pgettext("list", "; ")) or _("every activity")

    def value(self, key: str, value: object, depth: int = 0) -> str:
        """Any field's value in words, by the field's name; what is nested deeper than any pack has it stands as it is."""
        if depth > DEEPEST:
            return str(value)[:MOST_SHOWN]
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if "score" in key and type(value) is int:
            return _("%(marks)s marks") % {"marks": hours2(value) if key.endswith("_centi") else value}
        if key.endswith("_centi"):
            return self.amounts(value)
        if key == "fen" and type(value) is int:
            return _("%(yuan)s yuan") % {"yuan": yuan(value)}
        if isinstance(value, Mapping):
            return (
                policies.table_name(value)
                or policies_words(value)
                or joined(f"{self._key(k)} {self.value(str(k), v, depth + 1)}" for k, v in value.items())
            )
        if isinstance(value, list):
            return joined(self.value(key, one, depth + 1) for one in value)
        word = _WORDS.get(key)
        return word(self, value) if word else self.code(value)[:MOST_SHOWN]

    def _key(self, key: object) -> str:
        return policies.field_word(str(key)) if str(key) in _KNOWN else self.code(key)


def policies_words(table: Mapping[str, Any]) -> str:
    """A name with its two languages, in that of the page."""
    return str(table.get("zh", "")) and policies.table_name({"label": table})


def joined(words: Iterable[object], sign: str = "") -> str:
    """Words in a row, with the comma of lists."""
    return (sign or pgettext("list", ", ")).join(map(str, words))


def closed(kind: type, words: Mapping[Any, str | Promise], value: object) -> str:
    """The word of a closed list, else the value itself."""
    try:
        return str(words[kind(value)])
    except (ValueError, KeyError):
        return str(value)


def level(value: object) -> str:
    """A level's word."""
    return closed(str, LEVELS, value)


def payer(value: object) -> str:
    """Who pays, in words."""
    return closed(str, PAYERS, value)


def step(value: object) -> str:
    """A step into study, in words."""
    return closed(EntryStep, ENTRY_STEPS, value)


def fee_unit(value: object) -> str:
    """What a price is for one of."""
    return closed(FeeUnit, UNITS, value)


def reason(value: object) -> str:
    """What decides, in words."""
    return closed(str, DECIDING, value)


def window(value: object) -> str:
    """A window's word."""
    return closed(WindowKind, policies.WINDOW_LABELS, value)


def unit_word(value: object) -> str:
    """The unit of an amount: half a day, a lesson."""
    return str(WORD_UNITS.get(str(value).removesuffix("s"), value))


_WORDS: Mapping[str, Callable[[Values, Any], str]] = {
    "verdict": Values.verdict,
    "verdicts": Values.verdict,
    "until": Values.verdict,
    "when": Values.condition,
    "passed": Values.condition,
    "is": lambda values, text: policies.formula_sentence(str(text), values.names),
    "level": lambda _values, value: level(value),
    "applied_by": lambda _values, value: level(value),
    "payer": lambda _values, value: payer(value),
    "order": lambda _values, value: step(value),
    "study_opens_on": lambda _values, value: step(value),
    "reason": lambda _values, value: reason(value),
    "unit": lambda _values, value: fee_unit(value) if value in set(FeeUnit) and value != "hour" else unit_word(value),
    "work": lambda _values, value: str(WORKS.get(str(value), value)),
    "holds": lambda _values, value: str(FACT_HOLDS.get(str(value), value)),
    "how": lambda _values, value: str(HOWS.get(str(value), value)),
    "span": lambda _values, value: str(HOWS.get(str(value), value)),
    "of": lambda _values, value: str(HOWS.get(str(value), value)),
    "over": lambda _values, value: str(HOWS.get(str(value), value)),
}
_KNOWN = frozenset({"zh", "en", "code", "label"})
