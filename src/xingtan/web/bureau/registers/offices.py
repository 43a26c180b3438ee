"""Offices beside the tree, with head and members."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.registers import api as door
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .forms import SeatForm, SideOfficeForm
from .lists import Listed, Register, answer

OFFERED = 400


def _shown(one: door.SideOffice) -> Listed:
    cells = (one.name, str(door.OFFICE_KINDS[one.kind]), str(one.organisation), one.project, one.from_on, one.to_on)
    return Listed(cells, url=reverse("bureau:side_office", args=[one.public_id]))


OFFICES = Register(
    name="side_offices",
    columns=(
        ("name", gettext_lazy("Name")),
        ("kind", gettext_lazy("Kind")),
        ("beside", gettext_lazy("Beside")),
        ("", gettext_lazy("Project (of a project office)")),
        ("from", gettext_lazy("First day")),
        ("to", gettext_lazy("Last day")),
    ),
    shown=_shown,
    orders={"name": "name", "kind": "kind", "beside": "organisation__path", "from": "from_on", "to": "to_on"},
    order="organisation__path",
    add=("side_office_new", gettext_lazy("Found an office"), door.KEEP_OFFICES),
    why_empty=gettext_lazy(
        "Certificate station, qualification centre, project office, leading group, expert group: with head and members."
    ),
)


@require_safe
@allowed(door.SEE_REGISTERS)
def offices(request: Request) -> HttpResponseBase:
    """The branch's offices beside the tree."""
    found = door.side_offices_in(request.actor.scope, request.GET.get("q", "").strip())
    if (kind := request.GET.get("kind", "")) in door.OFFICE_KINDS:
        found = found.filter(kind=kind)
    facets = [("kind", gettext_lazy("Every kind"), list(door.OFFICE_KINDS.items()), request.GET.get("kind", ""))]
    return answer(request, OFFICES, found, facets=facets)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.KEEP_OFFICES)
def new(request: Request) -> HttpResponseBase:
    """The form; sent, the office stands."""
    here = Organisation.objects.within(request.actor.scope).exclude(kind=Kind.PROVIDER).filter(closed_on=None).order_by("path")[:OFFERED]
    form = SideOfficeForm(request.POST or None, organisations=here, initial={"from_on": request.today})
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            made = door.found_office(actor=request.actor, now=request.now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            return redirect("bureau:side_office", made.public_id)
    shown = {"form": form, "title": _("Found an office"), "back": "bureau:side_offices", "submit": _("Found it")}
    return render(request, "bureau/register_form.html", shown, status=status)


@require_safe
@allowed(door.SEE_REGISTERS)
def office(request: Request, pid: str) -> HttpResponseBase:
    """One office with everybody who is or was in it."""
    return _office(request, pid, SeatForm(initial={"from_on": request.today}))


def _office(request: Request, pid: str, form: forms.Form, status: int = 200) -> HttpResponseBase:
    found = door.side_office_in(request.actor.scope, pid)
    shown = {
        "office": found,
        "kind": door.OFFICE_KINDS[found.kind],
        "people": [(one, door.OFFICE_DUTIES[one.duty]) for one in door.members_of(found)],
        "form": form if request.actor.may(door.KEEP_OFFICES) and found.to_on is None else None,
    }
    return render(request, "bureau/side_office.html", shown, status=status)


@require_POST
@allowed(door.KEEP_OFFICES)
def seat(request: Request, pid: str) -> HttpResponseBase:
    """The person of the form is in the office."""
    form = SeatForm(request.POST)
    if not form.is_valid():
        return _office(request, pid, form, 422)
    try:
        door.seat(actor=request.actor, pid=pid, now=request.now, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _office(request, pid, form, 409)
    messages.success(request, _("Entered."))
    return redirect("bureau:side_office", pid)


@require_POST
@allowed(door.KEEP_OFFICES)
def unseat(request: Request, pid: str, member_id: int) -> HttpResponseBase:
    """The person's place has ended."""
    door.unseat(actor=request.actor, pid=pid, member_id=member_id, now=request.now)
    return redirect("bureau:side_office", pid)


@require_POST
@allowed(door.KEEP_OFFICES)
def close(request: Request, pid: str) -> HttpResponseBase:
    """The office has ended."""
    door.close_office(actor=request.actor, pid=pid, now=request.now)
    messages.success(request, _("The office has ended; it stays in the list."))
    return redirect("bureau:side_office", pid)
