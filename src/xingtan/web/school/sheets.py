"""Paper for a whole school: record sheets for the appraisal form, the list for title review, certificates."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.certificates import api as certificates
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.paper import list_response, pdf_response

from .scopes import year_wanted


@require_safe
@allowed(certificates.PRINT_SHEETS)
def sheets(request: Request) -> HttpResponse:
    """What can be printed for the school's year, and for whom."""
    year = year_wanted(request)
    pages = certificates.valid_pages(request.actor.scope, year.pk if year else 0)
    numbers = dict(pages.values_list("certificate__teacher_id", "certificate__number"))
    people = teachers.teachers_in_post(request.actor.scope).order_by("name_pinyin", "pk")
    rows = [(one, numbers.get(one.pk, "")) for one in people]
    shown = {"year": year, "years": policies.years_for(request.actor), "people": rows, "with_page": numbers}
    return render(request, "school/sheets.html", shown)


def _year(request: Request) -> policies.TrainingYear:
    year = year_wanted(request)
    if year is None:
        raise NotInScope
    return year


def _records(request: Request, ids: Sequence[int], name: str) -> HttpResponse:
    year = _year(request)
    return list_response(f"{name} {year.year}", certificates.year_sheet_pdf(ids, year.pk, request.today))


@require_safe
@allowed(certificates.PRINT_SHEETS)
def records(request: Request) -> HttpResponse:
    """The record sheets of everyone in post at the school, one after the other."""
    people = teachers.teachers_in_post(request.actor.scope).order_by("name_pinyin", "pk")
    return _records(request, list(people.values_list("pk", flat=True)), _("Record sheets"))


@require_safe
@allowed(certificates.PRINT_SHEETS)
def record(request: Request, pid: str) -> HttpResponse:
    """One teacher's record sheet."""
    return _records(request, [teachers.teacher_in(request.actor.scope, pid).pk], _("Record sheet"))


@require_safe
@allowed(certificates.PRINT_SHEETS)
def review_list(request: Request) -> HttpResponse:
    """The school's list of the year's cycle for title review and registration."""
    school = Organisation.objects.within(request.actor.scope).get(pk=request.actor.organisation_id or 0)
    return list_response(_("List for title review"), certificates.school_list_pdf(school, _year(request), request.today))


@require_safe
@allowed(certificates.PRINT_SHEETS)
def school_certificates(request: Request) -> HttpResponse:
    """Every valid certificate page of the school's year in one file."""
    year = _year(request)
    made = certificates.pages_pdf(certificates.valid_pages(request.actor.scope, year.pk))
    return pdf_response(_("Certificates %(year)s") % {"year": year.year}, made)
