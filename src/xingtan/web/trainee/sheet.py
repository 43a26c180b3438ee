"""The teacher's own record of a year on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.certificates import api as certificates
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.paper import pdf_response
from xingtan.web.school.scopes import year_wanted


@require_safe
@allowed(certificates.SEE_OWN_CERTIFICATES)
def year_sheet(request: Request) -> HttpResponse:
    """My record of the year that the address names, for the appraisal form."""
    year = year_wanted(request)
    if year is None or request.actor.teacher_id is None:
        raise NotInScope
    made = certificates.year_sheet_pdf([request.actor.teacher_id], year.pk, request.today)
    return pdf_response(_("Record sheet %(year)s") % {"year": year.year}, made)
