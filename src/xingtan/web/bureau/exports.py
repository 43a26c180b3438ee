"""Exports of the branch: who took which list when; a found file is handed in and says whose it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.foundation.disclosures import api as disclosures
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import role_word

ORDERS = {"at": "at", "rows": "rows", "name": "name", "office": "organisation__path"}
Rows = list[dict[str, Any]]


class FoundForm(forms.Form):
    """A file that somebody found."""

    file = forms.FileField(label=gettext_lazy("A file that was found"))


@require_safe
@allowed(disclosures.SEE_EXPORTS)
def exports(request: Request) -> HttpResponseBase:
    """The branch's exports, the latest first, searched by number, name or person."""
    found = _found(request)
    if request.GET.get("export") == "xlsx":
        heads = [_("Time"), _("Number of the export"), _("What"), _("Person"), _("Role"), _("Office"), _("Rows"), _("Filter")]
        return workbook_response(_("Exports"), heads, (_cells(one) for one in rows_of(found[:20_000])))
    return _page(request, found)


@require_POST
@allowed(disclosures.SEE_EXPORTS)
def find(request: Request) -> HttpResponseBase:
    """The exports of the branch that the handed-in file comes from; the file is not kept."""
    form = FoundForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, _found(request), form=form, status=422)
    upload = form.cleaned_data["file"]
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        numbers = [one.pk for one in disclosures.exports_found(Path(copy.name), upload.name)]
    own = disclosures.Export.objects.within(request.actor.scope).filter(pk__in=numbers).select_related("organisation").order_by("-at")
    return _page(request, _found(request), matches=rows_of(own), sought=upload.name)


def _page(request: Request, found: QuerySet[disclosures.Export], *, status: int = 200, **more: Any) -> HttpResponseBase:  # noqa: ANN401 -- what a template may know
    page = page_of(request, found)
    shown = {"page_of": page, "rows": rows_of(page.rows), "form": FoundForm(), **more}
    return render(request, "bureau/exports.html", shown, status=status)


def _found(request: Request) -> QuerySet[disclosures.Export]:
    found = disclosures.Export.objects.within(request.actor.scope).select_related("organisation")
    typed = request.GET.get("q", "").strip().removeprefix(disclosures.MARK)
    if typed:
        people = Account.objects.filter(Q(name__contains=typed) | Q(login=typed)).values("pk")
        named = Q(number=typed.lower()) | Q(name__contains=typed) | Q(organisation__name__contains=typed)
        found = found.filter(named | Q(account_id__in=people))
    if request.GET.get("role") in list(Role):
        found = found.filter(role=request.GET["role"])
    return found.order_by(*order_of(request, ORDERS, "-at"))


def rows_of(found: Iterable[disclosures.Export]) -> Rows:
    """The exports with the words behind their codes."""
    held = list(found)
    names = dict(Account.objects.filter(pk__in={one.account_id for one in held}).values_list("pk", "name"))
    return [{"it": one, "person": names.get(one.account_id or 0, ""), "role": role_word(Role(one.role))} for one in held]


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    one = row["it"]
    return one.at, f"{disclosures.MARK}{one.number}", one.name, row["person"], row["role"], one.organisation, one.rows, one.filter
