"""The school's selections: look, confirm, send back, export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.calendar import WindowKind
from xingtan.core.units import format_hours_exact
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .checking import rows_of
from .scopes import closing_days, year_wanted

SORTS = {"name": "teacher__name_pinyin", "subject": "teacher__subject", "school": "school__path", "chosen": "chosen_at", "state": "state"}


@require_safe
@allowed(enrolment.SEE_SELECTIONS)
def selections(request: Request) -> HttpResponseBase:
    """Every choice of the branch, with search, filter, sorting and what stands against each that waits."""
    year = year_wanted(request)
    if year is None:
        return render(request, "school/selections.html", {"year": None})
    found = _filtered(request, year)
    if request.GET.get("export") == "xlsx":
        return _export(found, year)
    page = page_of(request, found)
    context = {"year": year, "page_rows": page, "rows": rows_of(page.rows, enrolment.year_rules(year)), **_head(request, year)}
    return render(request, "school/selections.html", context)


def _head(request: Request, year: policies.TrainingYear) -> dict[str, Any]:
    counts = enrolment.counts_by_state(request.actor.scope, year.pk)
    return {
        "tabs": [(state.value, enrolment.STATES[state], counts[state]) for state in enrolment.State],
        "total": sum(counts.values()),
        "waiting": counts[enrolment.State.CHOSEN],
        "subjects": [(str(subject), word) for subject, word in teachers.SUBJECTS.items()],
        "closes_on": closing_days(year)[WindowKind.PAYMENT],
        "may_confirm": request.actor.may(enrolment.CONFIRM),
        "may_assign": request.actor.may(enrolment.ASSIGN),
        "years": policies.years_for(request.actor)[:6],
        "is_school": request.actor.role in enrolment.CONFIRM.roles,
    }


def _filtered(request: Request, year: policies.TrainingYear) -> QuerySet[enrolment.CourseSelection]:
    found = enrolment.selections_in(request.actor.scope, year.pk).order_by(*order_of(request, SORTS, "teacher__name_pinyin"))
    wanted = {"state": request.GET.get("state", ""), "teacher__subject": request.GET.get("subject", "")}
    found = found.filter(**{field: value for field, value in wanted.items() if value})
    if text := request.GET.get("q", "").strip():
        found = found.filter(teacher__in=teachers.search(request.actor.scope, text).values("pk"))
    return found


def _export(found: QuerySet[enrolment.CourseSelection], year: policies.TrainingYear) -> HttpResponseBase:
    headings = [
        _("Teacher"),
        _("School"),
        _("Stage"),
        _("Subject"),
        _("Item"),
        _("Courses"),
        _("Workshop"),
        _("Hours"),
        _("State"),
        _("Checks"),
    ]
    return workbook_response(f"selections-{year.year}", headings, _lines(found, year))


def _lines(found: QuerySet[enrolment.CourseSelection], year: policies.TrainingYear) -> Iterator[list[object]]:
    for row in rows_of(list(found), enrolment.year_rules(year)):
        one = row.selection
        names = ["、".join(str(offer) for offer in offers) for offers in (row.courses, row.workshops)]
        checks = "；".join(found.sentence for found in row.found)
        hours = float(format_hours_exact(one.hours_centi))
        yield [one.teacher.name, str(one.school), str(row.stage), str(row.subject), one.item, *names, hours, str(row.state), checks]


def ticked(request: Request) -> dict[int, int]:
    """The version that the page showed of each ticked selection, by its id; a value that is none is not in scope."""
    pairs = [value.rpartition(".")[::2] for value in request.POST.getlist("ids")]
    if any(not (version.isascii() and version.isdigit()) for _pid, version in pairs):
        raise NotInScope
    versions = {pid: int(version) for pid, version in pairs}
    return {pk: versions[pid] for pid, pk in enrolment.selection_ids(request.actor.scope, versions).items()}


def back(request: Request, fallback: str) -> HttpResponse:
    """Back to the page that sent the form, if it is one of ours."""
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return redirect(wanted if is_ours else reverse(fallback))


@require_POST
@allowed(enrolment.CONFIRM)
def selections_confirm(request: Request) -> HttpResponse:
    """The ticked choices are confirmed and billed; one that lacks something stops them all and says so."""
    versions = ticked(request)
    count = enrolment.confirm(actor=request.actor, selection_ids=versions, versions=versions, now=request.now)
    _tell_confirmed(request, count)
    return back(request, "school:selections")


@require_POST
@allowed(enrolment.CONFIRM)
def selections_confirm_clean(request: Request) -> HttpResponse:
    """Every choice that waits and has nothing against it is confirmed; the others stay."""
    year = year_wanted(request)
    if year is None:
        raise NotInScope
    rules = enrolment.year_rules(year)
    waiting = list(enrolment.selections_in(request.actor.scope, year.pk).filter(state=enrolment.State.CHOSEN))
    clean = [pk for pk, found in enrolment.checks_of(waiting, rules).items() if not found]
    _tell_confirmed(request, enrolment.confirm(actor=request.actor, selection_ids=clean, now=request.now))
    return back(request, "school:selections")


@require_POST
@allowed(enrolment.CONFIRM)
def selections_send_back(request: Request) -> HttpResponse:
    """The ticked choices are with their teachers again, with the reason."""
    versions = ticked(request)
    try:
        reason = request.POST.get("reason", "")
        count = enrolment.send_back(actor=request.actor, selection_ids=versions, reason=reason, versions=versions, now=request.now)
    except Refused as refused:
        if refused.code != enrolment.Refusal.REASON_MISSING:
            raise
        messages.error(request, refusal_sentence(refused))
        return back(request, "school:selections")
    messages.success(request, ngettext("%(n)d choice sent back.", "%(n)d choices sent back.", count) % {"n": count})
    return back(request, "school:selections")


def _tell_confirmed(request: Request, count: int) -> None:
    text = ngettext("%(n)d choice confirmed; its bill is made.", "%(n)d choices confirmed; their bill is made.", count) % {"n": count}
    messages.success(request, text if count else _("These choices were confirmed already."))
