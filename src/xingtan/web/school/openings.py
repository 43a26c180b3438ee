"""What the school's teachers said to their hours of earlier years."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.papers import api as door
from xingtan.web.access import allowed
from xingtan.web.bureau.opening_batch import answer_words
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of


@require_safe
@allowed(door.SEE_OPENINGS)
def openings(request: Request) -> HttpResponseBase:
    """Each teacher's answer to each batch, those without an answer first."""
    found = door.answers_in(request.actor.scope, state=request.GET.get("state", ""), q=request.GET.get("q", ""))
    if request.GET.get("export") == "xlsx":
        headings = [_("Teacher"), _("Batch"), _("Source"), _("Answer"), _("Answer by"), _("In words")]
        rows = (
            [one.teacher.name, one.batch.title, one.batch.source, answer_words(one, request.today)["word"], one.batch.answer_by, one.words]
            for one in found
        )
        return workbook_response(_("Hours of earlier years"), headings, rows)
    page = page_of(request, found)
    states = [(one.value, word) for one, (_kind, word) in door.ANSWERS.items()]
    shown = {"list": page, "rows": [answer_words(one, request.today) for one in page.rows], "states": states}
    return render(request, "school/openings.html", shown)
