"""The teacher's own certificates: a page a year, to download and to check."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates import api as door
from xingtan.domains.determination import api as determination_room
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.paper import pdf_response


def year_row(one: door.YearPage) -> dict[str, object]:
    """A year of a certificate as lists show it: hours, verdict, state, and its page when it has one."""
    page = one.page
    if page is None:
        return {"year": one.year, "page": None, "kind": "plain", "word": door.NO_PAGE}
    if page.state != door.PageState.VALID:
        return {"year": one.year, "page": page, "kind": door.PAGE_CHIPS[page.state], "word": door.PAGE_STATES[page.state]}
    verdict = Verdict(page.frozen["verdict"])
    return {"year": one.year, "page": page, "kind": determination_room.VERDICT_CHIPS[verdict], "word": determination_room.VERDICTS[verdict]}


@require_safe
@allowed(door.SEE_OWN_CERTIFICATES)
def certificates(request: Request) -> HttpResponse:
    """My certificates, the newest cycle first, with every year's page."""
    found = door.own_certificates(request.actor.teacher_id or 0)
    shown = [
        {"certificate": one, "cycle": f"{one.cycle_first}—{one.cycle_last + 1}", "years": [year_row(row) for row in years]}
        for one, years in found
    ]
    return render(request, "trainee/certificates.html", {"certificates": shown})


@require_safe
@allowed(door.SEE_OWN_CERTIFICATES)
def certificate_pdf(request: Request, pid: str) -> HttpResponse:
    """One of my pages on paper."""
    page = door.own_page(request.actor.teacher_id or 0, pid)
    name = _("Certificate %(number)s, %(year)s") % {"number": page.certificate.number, "year": page.training_year.year}
    return pdf_response(name, door.render_pdf(page, now=request.now))
