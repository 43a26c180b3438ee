"""The lists of the registers: one page, a table for each; searched, sorted, filtered by state, exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.domains.registers import api as door
from xingtan.foundation.people.roles import Permission
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of

Word = str | Promise
TABS: tuple[tuple[str, Word, Permission], ...] = (
    ("registers", _("Trainer pool"), door.SEE_REGISTERS),
    ("ratios", _("Experts and trainees"), door.SEE_REGISTERS),
    ("cadres", _("Principals and cadres"), door.SEE_REGISTERS),
    ("register_providers", _("Training providers"), door.SEE_REGISTERS),
    ("side_offices", _("Offices beside the tree"), door.SEE_REGISTERS),
    ("members", pgettext_lazy("register", "Member schools and persons"), door.SEE_MEMBERS),
)


@dataclass(frozen=True)
class Listed:
    """One row as the page shows it: cells in the columns' order, a state with its chip, where it leads, whether it may be ticked."""

    cells: tuple[object, ...]
    state: Word = ""
    chip: str = "plain"
    url: str = ""
    tick: str = ""


@dataclass(frozen=True)
class Register:
    """A list: its name, columns (sort key or "", word), how rows are found and shown, and what can be done."""

    name: str
    columns: tuple[tuple[str, Word], ...]
    shown: Callable[[Any], Listed]
    orders: Mapping[str, str]
    order: str
    states: Mapping[str, Word] = field(default_factory=dict)
    add: tuple[str, Word, Permission] | None = None
    decide: tuple[str, Permission] | None = None
    why_empty: Word = ""

    @property
    def title(self) -> Word:
        """The list's heading."""
        return next(word for name, word, _permission in TABS if name == self.name)


def tabs(request: Request, name: str) -> list[tuple[str, Word, bool]]:
    """The registers that this role sees, the present one marked."""
    return [(reverse(f"bureau:{one}"), word, one == name) for one, word, permission in TABS if request.actor.may(permission)]


def answer(request: Request, register: Register, found: QuerySet[Any], *, state_field: str = "state", **more: Any) -> HttpResponseBase:  # noqa: ANN401 -- what else the page shows
    """The register's page, or its workbook."""
    wanted = request.GET.get("state", "")
    found = found.filter(**{state_field: wanted}) if wanted in register.states else found
    found = found.order_by(*order_of(request, dict(register.orders), register.order))
    if request.GET.get("export") == "xlsx":
        heads = [*(str(word) for _key, word in register.columns), *([str(STATE)] if register.states else [])]
        return workbook_response(str(register.title), heads, _cells(register, found[:50_000]))
    return page(request, register, page_of(request, found), **more)


STATE = pgettext_lazy("register", "State")


def _cells(register: Register, found: Iterable[Any]) -> Iterable[tuple[object, ...]]:
    for one in found:
        row = register.shown(one)
        yield (*row.cells, str(row.state)) if register.states else row.cells


def page(request: Request, register: Register, rows: Any, *, status: int = 200, **more: Any) -> HttpResponseBase:  # noqa: ANN401 -- a page of rows
    """The list with its tabs, filters and what this role may do."""
    may_decide = register.decide is not None and request.actor.may(register.decide[1])
    shown = {
        "register": register,
        "tabs": tabs(request, register.name),
        "page_of": rows,
        "rows": [register.shown(one) for one in rows.rows],
        "states": list(register.states.items()),
        "state": request.GET.get("state", ""),
        "add_url": reverse(f"bureau:{register.add[0]}") if register.add and request.actor.may(register.add[2]) else "",
        "add_word": register.add[1] if register.add else "",
        "decide_url": reverse(f"bureau:{register.decide[0]}") if register.decide and may_decide else "",
        **more,
    }
    return render(request, "bureau/register.html", shown, status=status)
