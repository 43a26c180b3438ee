"""Circulars: what came from above, what we issued, who has read and answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.plans import api as plans
from xingtan.foundation.people.roles import Role
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page, tried
from xingtan.web.http import Request
from xingtan.web.parts.days import day_field
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.people.acting import pressed

# How many levels, from the school up, lie below an office of this role; every level below any other.
REACHES = {Role.COUNTY_OFFICER: 1, Role.CITY_OFFICER: 2}
SORTS = {"title": "title", "office": "organisation__path", "issued": "issued_at"}


class CircularForm(OfficeForm):
    """What is said, to whom, and until when an answer is wanted."""

    title = forms.CharField(label=gettext_lazy("Subject of the circular"), max_length=120)
    number = forms.CharField(label=gettext_lazy("Number of the document"), max_length=40, required=False)
    text = forms.CharField(label=gettext_lazy("What it says"), max_length=8000, widget=forms.Textarea(attrs={"rows": 10}))
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("To whom"),
        choices=list(plans.LEVEL_LABELS.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "x-scale"}),
    )
    reply_by = day_field(gettext_lazy("An answer is wanted until"), required=False)

    def __init__(self, data: Any = None, *, role: Role) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data)
        below = list(plans.LEVEL_LABELS.items())[: REACHES.get(role)]
        self.fields["levels"].choices = below  # type: ignore[attr-defined]  # -- a choice field
        self.fields["levels"].initial = [level for level, _word in below] if len(below) == 1 else None


@require_safe
@allowed(plans.SEE_PLANS)
def circulars(request: Request) -> HttpResponseBase:
    """Circulars issued here and those that came from above, searched, sorted, paged or as a workbook."""
    found = plans.circulars_for(request.actor)
    if typed := request.GET.get("q", "").strip():
        found = found.filter(title__icontains=typed)
    found = found.order_by(*order_of(request, SORTS, "-pk"))
    if request.GET.get("export") == "xlsx":
        head = (
            _("Subject of the circular"),
            _("Number of the document"),
            _("Office"),
            _("Issued on"),
            _("Reached"),
            _("Read"),
            _("Answered"),
        )
        return workbook_response(_("Circulars"), head, (_cells(row) for row in _rows(request, list(found))))
    page = page_of(request, found)
    facts = {
        "page_of": page,
        "rows": _rows(request, list(page.rows)),
        "may_issue": request.actor.may(plans.ISSUE_CIRCULARS),
        "active": bool(typed),
    }
    return render(request, "planning/circulars.html", facts)


def _rows(request: Request, found: list[plans.Circular]) -> list[dict[str, Any]]:
    told = plans.reading_of([one.pk for one in found], request.actor.scope)
    return [{"it": one, "told": told.get(one.pk, (0, 0, 0))} for one in found]


def _cells(row: dict[str, Any]) -> list[object]:
    one: plans.Circular = row["it"]
    return [one.title, one.number, str(one.organisation), one.issued_at, *row["told"]]


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(plans.ISSUE_CIRCULARS)
def new(request: Request) -> HttpResponseBase:
    """A circular; sent, every unit of the levels has it."""
    form = CircularForm(request.POST or None, role=request.actor.role)
    form.fields["reply_by"].widget.attrs["min"] = request.today.isoformat()
    if form.is_bound and form.is_valid():
        issued = plans.Issued(**form.cleaned_data)
        made = tried(form, lambda: plans.issue_circular(actor=request.actor, issued=issued, now=request.now))
        if made is not None:
            messages.success(request, _("Issued. Who works in these units is told."))
            return redirect("bureau:circular", made.public_id)
    return form_page(request, "planning/circular_new.html", form)


@require_safe
@allowed(plans.SEE_PLANS)
def circular(request: Request, pid: str) -> HttpResponseBase:
    """What it says; opened by a unit that got it, it counts as read. For who issued it: every unit's receipt."""
    held = plans.circular_in(request.actor, pid)
    plans.read_circular(actor=request.actor, circular_id=held.pk, now=request.now)
    receipts = plans.receipts_of(held, request.actor.scope)
    if request.GET.get("unread"):
        receipts = receipts.filter(read_at=None)
    if request.GET.get("export") == "xlsx":
        rows = ([str(one.organisation), one.read_at, one.replied_at, one.reply] for one in receipts)
        return workbook_response(held.title, [_("Units"), _("Read"), _("Answered"), _("Answer")], rows)
    own = plans.receipt_of(held, request.actor.organisation_id)
    is_open = held.withdrawn_at is None and held.reply_by is not None and request.today <= held.reply_by
    facts = {
        "circular": held,
        "own": own,
        "may_reply": own is not None and is_open and request.actor.may(plans.REPLY_CIRCULARS),
        "is_issuer": held.organisation_id == request.actor.organisation_id and request.actor.may(plans.ISSUE_CIRCULARS),
        "page_of": page_of(request, receipts),
        "told": plans.reading_of([held.pk], request.actor.scope).get(held.pk, (0, 0, 0)),
        "levels": [plans.LEVEL_LABELS[one] for one in held.levels],
    }
    return render(request, "planning/circular.html", facts)


@require_POST
@allowed(plans.REPLY_CIRCULARS)
def reply(request: Request, pid: str) -> HttpResponseBase:
    """The own unit has answered."""
    held, words = plans.circular_in(request.actor, pid), request.POST.get("words", "")[:2000]
    act = lambda: plans.reply_to_circular(actor=request.actor, circular_id=held.pk, words=words, now=request.now)  # noqa: E731 -- said once
    return pressed(request, act, done=_("Answered."), then=reverse("bureau:circular", args=[pid]))


@require_POST
@allowed(plans.ISSUE_CIRCULARS)
def withdraw(request: Request, pid: str) -> HttpResponseBase:
    """The circular holds no more."""
    held, reason = plans.circular_in(request.actor, pid), request.POST.get("reason", "")[:200]
    act = lambda: plans.withdraw_circular(actor=request.actor, circular_id=held.pk, reason=reason, now=request.now)  # noqa: E731 -- said once
    return pressed(request, act, done=_("Withdrawn; it stays to be read, with the reason."), then=reverse("bureau:circular", args=[pid]))
