"""A teacher's record as an office sees it, and taking hours back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse as address
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.closing import api as closing
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.trainee.record import record_page


class ReverseForm(forms.Form):
    """Which standing entry is taken back, and why."""

    entry = forms.ChoiceField(label=gettext_lazy("Entry"))
    reason = forms.CharField(label=gettext_lazy("Why the hours are taken back"), max_length=200)


def _choices(record: determination_room.Record) -> list[tuple[str, str]]:
    return [
        (view.entry.public_id, f"{view.entry.public_id} · {row.title} · {format_hours_exact(view.entry.recognised_centi)}")
        for section in record.sections
        for row in section.rows
        for view in row.entries
        if view.state not in (credits_room.State.RETURNED, credits_room.State.REVERSED)
    ]


def _page(request: Request, found: teachers.Teacher, form: ReverseForm | None = None, status: int = 200) -> HttpResponse:
    page = record_page(request, found.pk, policies.years_for(found.school), format_hours_exact)
    choices = _choices(page["record"]) if page["record"] and request.actor.may(credits_room.REVERSE) else []
    shown = form or ReverseForm()
    shown.fields["entry"].choices = choices  # type: ignore[attr-defined]  # -- a ChoiceField
    extra = {"reversible": bool(choices), "correctable": _is_correctable(request, page["year"])}
    return render(request, "school/teacher.html", {**page, "teacher": found, "form": shown, **extra}, status=status)


def _is_correctable(request: Request, year: policies.TrainingYear | None) -> bool:
    return year is not None and year.state == policies.YearState.CLOSED and request.actor.may(closing.CORRECT)


@require_safe
@allowed(credits_room.SEE_RECORD)
def teacher(request: Request, public_id: str) -> HttpResponse:
    """The record of a teacher of the branch, hours with two decimals."""
    return _page(request, teachers.teacher_in(request.actor.scope, public_id))


@require_POST
@allowed(credits_room.REVERSE)
def reverse(request: Request, public_id: str) -> HttpResponse:
    """The named entry is taken back by a new line."""
    found = teachers.teacher_in(request.actor.scope, public_id)
    form = ReverseForm(request.POST)
    page = record_page(request, found.pk, policies.years_for(found.school), format_hours_exact)
    form.fields["entry"].choices = _choices(page["record"])  # type: ignore[attr-defined]  # -- a ChoiceField
    if not form.is_valid():
        return _page(request, found, form, 422)
    entry_id = credits_room.entry_ids_in(request.actor.scope, [form.cleaned_data["entry"]]).get(form.cleaned_data["entry"])
    if entry_id is None:
        raise NotInScope
    credits_room.reverse(actor=request.actor, entry_id=entry_id, reason=form.cleaned_data["reason"], now=request.now)
    messages.success(request, _("The hours are taken back."))
    return redirect(f"{address('bureau:teacher', args=[public_id])}?{request.GET.urlencode()}")
