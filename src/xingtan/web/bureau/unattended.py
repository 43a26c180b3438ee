"""Schools without an active administrator, for the office above them: to read, to export, to act for."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from xingtan.foundation.people.access import SEE_HOLDERS
from xingtan.foundation.people.acting import ACT_FOR_SCHOOL
from xingtan.foundation.people.unattended import Lack, Unattended, unattended
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of

QUIET_DAYS = 60
LACKS: Mapping[Lack, Promise] = {
    Lack.NOBODY: pgettext_lazy("clerk", "nobody holds the role"),
    Lack.NEVER: pgettext_lazy("clerk", "never signed in"),
    Lack.QUIET: pgettext_lazy("clerk", "away for long"),
}


class Wanted(forms.Form):
    """How long is long, and which schools."""

    days = forms.IntegerField(min_value=1, max_value=999, required=False)
    lack = forms.ChoiceField(choices=[(lack.value, word) for lack, word in LACKS.items()], required=False)
    q = forms.CharField(max_length=60, required=False)


@require_safe
@allowed(SEE_HOLDERS)
def schools(request: Request) -> HttpResponseBase:
    """The branch's schools without an active administrator, by what they lack; as a list or a workbook."""
    form = Wanted(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    days = told.get("days") or QUIET_DAYS
    rows = [one for one in unattended(request.actor.scope, request.today, quiet_days=days) if _is_wanted(one, told)]
    if request.GET.get("export") == "xlsx":
        headings = [_("School"), _("Part of"), _("What is lacking"), _("School clerk"), _("Last here")]
        return workbook_response(_("Schools without an active administrator"), headings, map(_cells, rows))
    page = page_of(request, rows)
    facts = {
        "page_of": page,
        "rows": [(one, LACKS[one.lack]) for one in page.rows],
        "days": days,
        "lacks": [(lack.value, word) for lack, word in LACKS.items()],
        "may_act": request.actor.may(ACT_FOR_SCHOOL),
    }
    return render(request, "bureau/unattended.html", facts)


def _is_wanted(one: Unattended, told: Mapping[str, str]) -> bool:
    return one.lack == (told.get("lack") or one.lack) and told.get("q", "") in str(one.school)


def _cells(one: Unattended) -> tuple[object, ...]:
    return str(one.school), str(one.school.parent or ""), str(LACKS[one.lack]), "、".join(one.holders), one.last_on
