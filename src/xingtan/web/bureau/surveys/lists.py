"""The surveys of an office and those that reach it from above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.foundation.surveys import api as surveys
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of

SORTS = {"title": "title", "office": "organisation__path", "opens": "opens_on", "closes": "closes_on"}


@require_safe
@allowed(surveys.SEE_SURVEYS)
def survey_list(request: Request) -> HttpResponseBase:
    """Surveys of the branch and of the offices above, searched, filtered, sorted, paged or as a workbook."""
    rows = surveys.surveys_seen(request.actor.scope)
    if typed := request.GET.get("q", "").strip():
        rows = rows.filter(title__icontains=typed)
    if (state := request.GET.get("state", "")) in surveys.STATE_LABELS:
        rows = rows.filter(state=state)
    rows = rows.order_by(*order_of(request, SORTS, "-pk"))
    if request.GET.get("export") == "xlsx":
        return workbook_response(_("Surveys"), _headings(), (_cells(row) for row in _rows(request, list(rows))))
    page = page_of(request, rows)
    facts = {
        "page_of": page,
        "rows": _rows(request, page.rows),
        "states": surveys.STATE_LABELS.items(),
        "active": bool(typed or state),
        "may_ask": request.actor.may(surveys.ASK),
    }
    return render(request, "surveys/list.html", facts)


def _rows(request: Request, found: Sequence[surveys.Survey]) -> list[dict[str, Any]]:
    answered = surveys.response_counts([one.pk for one in found], request.actor.scope)
    return [_row(one, answered.get(one.pk, 0)) for one in found]


def _row(one: surveys.Survey, answered: int) -> dict[str, Any]:
    return {
        "it": one,
        "chip": surveys.STATE_CHIPS[one.state],
        "word": surveys.STATE_LABELS[one.state],
        "purpose": surveys.PURPOSE_LABELS[one.purpose],
        "answered": answered,
    }


def _headings() -> list[str]:
    return [str(word) for word in (_("Survey"), _("Office"), _("When it asks"), _("First day"), _("Last day"), _("State"), _("Answered"))]


def _cells(row: dict[str, Any]) -> list[object]:
    one: surveys.Survey = row["it"]
    return [one.title, str(one.organisation), str(row["purpose"]), one.opens_on, one.closes_on, str(row["word"]), row["answered"]]
