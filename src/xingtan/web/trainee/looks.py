"""Who looked at my record: people, days and pages; whose eyes saw my whole number, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.foundation.disclosures import api as disclosures
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Permission, Role
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import role_word

SEE_OWN_LOOKS = Permission("disclosures.see_own", frozenset({Role.TEACHER}))


@require_safe
@allowed(SEE_OWN_LOOKS)
def looks(request: Request) -> HttpResponse:
    """Every look at the own record within two years, the latest day first, and every unmasking with its reason."""
    subject = request.actor.account_id or 0
    page = page_of(request, disclosures.looks_at(subject, request.today))
    unmaskings = disclosures.unmaskings_of(subject)[:200]
    names = _names([*page.rows, *unmaskings])
    shown = {
        "page_of": page,
        "rows": [_row(one, names, kind=disclosures.KINDS.get(one.kind, one.kind)) for one in page.rows],
        "unmaskings": [_row(one, names) for one in unmaskings],
    }
    return render(request, "trainee/looks.html", shown)


def _names(rows: Iterable[Any]) -> dict[int, str]:
    return dict(Account.objects.filter(pk__in={row.account_id for row in rows}).values_list("pk", "name"))


def _row(one: Any, names: dict[int, str], **more: object) -> dict[str, object]:  # noqa: ANN401 -- a look or an unmasking
    return {"it": one, "person": names.get(one.account_id, ""), "role": role_word(Role(one.role)), **more}
