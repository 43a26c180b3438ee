"""What may be written in a pack: the tables and their fields, the names that conditions may use, verdicts and reasons; each with its meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.core.policy import Policy
from xingtan.core.policy.cycle_formulas import cycle_inputs, cycle_measures
from xingtan.core.policy.expressions import ExpressionError
from xingtan.core.policy.flaw import names_of
from xingtan.core.policy.formulas import year_inputs, year_measures
from xingtan.core.policy.shape import known_fields
from xingtan.core.verdicts import ReasonCode, Verdict
from xingtan.domains.policies import api as policies
from xingtan.web.access import allowed
from xingtan.web.http import Request

from .rule_values import reason


class TableWords(NamedTuple):
    """A table of a pack: how it is written, what it is called, its fields with their words."""

    head: str
    word: str
    fields: list[tuple[str, str]]


def tables() -> Iterator[TableWords]:
    """Every table that a pack may have, those inside others after them; single fields at the top come first."""
    top = known_fields(())
    yield TableWords("", "", [(name, policies.field_word(name)) for name, model in top.items() if model is None])
    for name, model in top.items():
        if model is not None:
            yield from _table((name,))


def _table(path: tuple[str, ...]) -> Iterator[TableWords]:
    fields = known_fields(path)
    if not fields or set(fields) == {"zh", "en"}:
        return
    word = " · ".join(policies.field_word(name) for name in path)
    yield TableWords(f"[{'.'.join(path)}]", word, [(name, policies.field_word(name)) for name in fields])
    for name, model in fields.items():
        if model is not None and len(path) == 1:
            yield from _table((*path, name))


def names(checked: policies.Checked, *, of_cycle: bool) -> list[tuple[str, policies.Name]]:
    """The names that a condition of a year (or of the cycle) may use, those that have a meaning of their own; none while the text has mistakes."""
    if checked.policy is None:
        return []
    known, meanings = _known(checked.policy, of_cycle=of_cycle), policies.expression_names(checked.data or {})
    return [(name, meanings[name]) for name in known if name in meanings]


def _known(policy: Policy, *, of_cycle: bool) -> list[str]:
    try:
        if of_cycle:
            return names_of(cycle_measures(policy), cycle_inputs(policy))
        return names_of(year_measures(policy), year_inputs(policy))
    except (ExpressionError, KeyError):
        return []


def _reasons() -> Mapping[str, str]:
    return {code.value: reason(code.value) for code in ReasonCode if reason(code.value) != code.value}


@require_safe
@allowed(policies.WRITE_DRAFTS)
def words(request: Request, pid: str) -> HttpResponse:
    """The words of the draft's own text and of every pack."""
    draft = policies.draft_by_id(request.actor, pid)
    checked = policies.check_text(draft.valid_text or draft.text)
    facts = {
        "draft": draft,
        "tables": list(tables()),
        "year_names": names(checked, of_cycle=False),
        "cycle_names": names(checked, of_cycle=True),
        "codes": sorted(policies.code_words(checked.data or {}).items()),
        "verdicts": [(one.value, policies.verdict_word(one.value)) for one in Verdict],
        "reasons": _reasons().items(),
    }
    return render(request, "bureau/workbench/words.html", facts)
