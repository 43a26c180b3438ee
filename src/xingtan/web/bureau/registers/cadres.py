"""Principals and other cadres, and the training that they need."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.registers import api as door
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .forms import CadreChangeForm, CadreForm
from .lists import Listed, Register, answer

SHOWN = 20


def _shown(one: door.Cadre) -> Listed:
    duty, need = str(door.DUTIES[one.duty]), str(door.NEEDS.get(one.need, ""))
    cells = (one.teacher.name, str(one.school), duty, need, one.need_words, one.certificate_number, one.from_on, one.to_on)
    return Listed(cells, url=reverse("bureau:cadre", args=[one.public_id]))


CADRES = Register(
    name="cadres",
    columns=(
        ("name", gettext_lazy("Name")),
        ("school", gettext_lazy("School")),
        ("duty", gettext_lazy("Post")),
        ("need", gettext_lazy("Training needed")),
        ("", gettext_lazy("In words")),
        ("", gettext_lazy("Number of the qualifying certificate")),
        ("from", gettext_lazy("In the post since")),
        ("to", gettext_lazy("Last day")),
    ),
    shown=_shown,
    orders={"name": "teacher__name_pinyin", "school": "school__path", "duty": "duty", "need": "need", "from": "from_on", "to": "to_on"},
    order="school__path",
    add=("cadre_new", gettext_lazy("Enter a cadre"), door.KEEP_CADRES),
    why_empty=gettext_lazy("Enter principals, deputies, deans and reserve cadres with the training that they need next."),
)


@require_safe
@allowed(door.SEE_REGISTERS)
def cadres(request: Request) -> HttpResponseBase:
    """The branch's cadres; principals of the teachers' register who are missing here are named."""
    found = door.cadres_in(request.actor.scope, request.GET.get("q", "").strip())
    for key, known in (("duty", door.DUTIES), ("need", door.NEEDS)):
        if (wanted := request.GET.get(key, "")) in known:
            found = found.filter(**{key: wanted})
    facets = [
        ("duty", gettext_lazy("Every post"), list(door.DUTIES.items()), request.GET.get("duty", "")),
        ("need", gettext_lazy("Every need"), list(door.NEEDS.items()), request.GET.get("need", "")),
    ]
    missing = door.principals_missing(request.actor.scope)
    return answer(request, CADRES, found, facets=facets, missing=missing[:SHOWN], missing_count=missing.count())


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.KEEP_CADRES)
def new(request: Request) -> HttpResponseBase:
    """The form; sent, the person stands in the register."""
    form = CadreForm(request.POST or None, initial={"person": request.GET.get("person", ""), "from_on": request.today})
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            person = door.cadre_named(request.actor, told.pop("person"))
            door.appoint(actor=request.actor, teacher_id=person.pk, post=door.Post(**told), now=request.now)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            messages.success(request, _("Entered."))
            return redirect("bureau:cadres")
    shown = {"form": form, "title": _("Enter a cadre"), "back": "bureau:cadres", "submit": _("Enter")}
    return render(request, "bureau/register_form.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.KEEP_CADRES)
def change(request: Request, pid: str) -> HttpResponseBase:
    """The form with the need and the end of the post; sent, both stand."""
    row = door.cadres_in(request.actor.scope).filter(public_id=pid).first()
    if row is None:
        raise NotInScope
    form = CadreChangeForm(request.POST or None, initial={"need": row.need, "need_words": row.need_words, "to_on": row.to_on})
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            door.change_cadre(actor=request.actor, cadre_id=row.pk, now=request.now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("bureau:cadres")
    shown = {"form": form, "title": f"{row.teacher.name} · {door.DUTIES[row.duty]}", "back": "bureau:cadres", "submit": _("Save")}
    return render(request, "bureau/register_form.html", shown, status=status)
