"""Hours in the form that another office wants: a list of forms, each as a workbook of the branch and a year."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xingtan.core.layouts import bundled_layouts
from xingtan.domains.policies import api as policies
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response


@require_safe
@allowed(supervision.SEE_DASHBOARD)
def layouts(request: Request) -> HttpResponse:
    """The forms with what stands in them, and the years that they can be filled for."""
    return render(
        request, "bureau/layouts.html", {"layouts": list(bundled_layouts().values()), "years": _years(request), "is_english": _is_english()}
    )


@require_safe
@allowed(supervision.SEE_DASHBOARD)
def download(request: Request, code: str) -> HttpResponseBase:
    """The form filled with the verified hours of the branch; identity numbers are masked."""
    layout, years = bundled_layouts().get(code), _years(request)
    year = next((year for year in years if request.GET.get("year", str(years[0])) == str(year)), None)
    if layout is None or year is None:
        raise NotInScope
    rows = supervision.laid_out(layout, actor=request.actor, year=year, now=request.now)
    name = layout.label.en if _is_english() else layout.label.zh
    return workbook_response(f"{name}-{year}", [column.heading for column in layout.columns], rows)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _years(request: Request) -> list[int]:
    """Training years, and the calendar years that they reach into."""
    found = {year for one in policies.years_for(request.actor) for year in range(one.first_on.year, one.last_on.year + 1)}
    return sorted(found | {one.year for one in policies.years_for(request.actor)}, reverse=True)
