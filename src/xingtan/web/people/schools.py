"""Schools of the branch: found, and renamed, closed, merged, split, put under another office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.changing import history_of
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import organisation_in
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of

from .acting import acted
from .forms import IntoForm, NameForm, SinceForm, SplitForm


@require_safe
@allowed(moves.REORGANISE)
def schools(request: Request) -> HttpResponseBase:
    """The branch's schools and teaching points, closed ones too when asked for."""
    found = Organisation.objects.within(request.actor.scope).filter(kind__in=teachers.SCHOOL_KINDS).select_related("parent")
    if typed := request.GET.get("q", "").strip():
        found = found.filter(Q(name__contains=typed) | Q(code=typed))
    if not request.GET.get("closed"):
        found = found.filter(closed_on=None)
    found = found.order_by("path")
    if request.GET.get("export") == "xlsx":
        headings = [_("School"), _("Code"), _("County"), _("Closed on")]
        return workbook_response(_("Schools"), headings, ([one.name, one.code, str(one.parent), one.closed_on] for one in found))
    page = page_of(request, found)
    counts = teachers.teachers_in_post(request.actor.scope).filter(school__in=page.rows).order_by().values_list("school")
    people = dict(counts.annotate(n=Count("pk")))
    rows = [{"it": one, "people": people.get(one.pk, 0)} for one in page.rows]
    return render(request, "people/schools.html", {"page_of": page, "rows": rows, "typed": typed})


def _school(request: Request, pid: str) -> Organisation:
    return organisation_in(request.actor.scope, pid, kinds=teachers.SCHOOL_KINDS)


@require_safe
@allowed(moves.REORGANISE)
def school(request: Request, pid: str) -> HttpResponse:
    """One school: names and units it had and has, and the acts."""
    return _page(request, _school(request, pid))


def _people(request: Request, one: Organisation) -> list[tuple[str, str]]:
    found = teachers.teachers_in(request.actor.scope).filter(school=one).exclude(status=teachers.Status.MERGED).order_by("name_pinyin")
    return list(found.values_list("public_id", "name"))


def _page(request: Request, one: Organisation, given: dict[str, forms.Form] | None = None, code: int = 200) -> HttpResponse:
    today = {"since": request.today}
    people = _people(request, one)
    split = SplitForm(initial=today, auto_id="split_%s")
    split.fields["people"].choices = people  # type: ignore[attr-defined]  # -- a ChoiceField
    offered = {
        "rename": NameForm(initial=today, auto_id="rename_%s"),
        "merge": IntoForm(initial=today, auto_id="merge_%s"),
        "split": split,
        "under": IntoForm(initial=today, auto_id="under_%s"),
        "close": SinceForm(initial=today, auto_id="close_%s"),
    } | (given or {})
    facts = {"school": one, "forms": offered, "people": len(people), "history": history_of(one), "words": _words()}
    return render(request, "people/school.html", facts, status=code)


def _words() -> dict[str, str]:
    return {"merged": _("merged into"), "split": _("split off"), "moved": _("continued as")}


Doing = Callable[[Organisation, dict[str, Any], moves.Order], object]


def _acted(request: Request, pid: str, name: str, form: forms.Form, act: Doing) -> HttpResponse:
    one = _school(request, pid)

    def doing() -> None:
        told = form.cleaned_data
        act(one, told, moves.Order(told["since"], told["reason"]))

    def page(form: forms.Form, code: int) -> HttpResponse:
        return _page(request, one, {name: form}, code)

    return acted(request, form, doing, page, done=_("Done; it stands in the school's history."), then=reverse("bureau:school", args=[pid]))


@require_POST
@allowed(moves.REORGANISE)
def rename(request: Request, pid: str) -> HttpResponse:
    """The school has the new name."""

    def act(one: Organisation, told: dict[str, Any], order: moves.Order) -> None:
        moves.rename_school(actor=request.actor, school_id=one.pk, name=told["name"], order=order, now=request.now)

    return _acted(request, pid, "rename", NameForm(request.POST), act)


@require_POST
@allowed(moves.REORGANISE)
def close(request: Request, pid: str) -> HttpResponse:
    """The school is closed."""

    def act(one: Organisation, _told: dict[str, Any], order: moves.Order) -> None:
        moves.close_school(actor=request.actor, school_id=one.pk, order=order, now=request.now)

    return _acted(request, pid, "close", SinceForm(request.POST), act)


def _named(request: Request, text: str, kinds: tuple[str, ...]) -> Organisation:
    wanted = Q(name=text.strip()) | Q(code=text.strip())
    found = Organisation.objects.within(request.actor.scope).filter(wanted, kind__in=kinds, closed_on=None)[:2]
    if not text.strip() or len(found) != 1:
        raise Refused("organisation_unknown", found=text.strip())
    return found[0]


@require_POST
@allowed(moves.REORGANISE)
def merge(request: Request, pid: str) -> HttpResponse:
    """Everyone belongs to the other school, and this one is closed."""

    def act(one: Organisation, told: dict[str, Any], order: moves.Order) -> None:
        into = _named(request, told["into"], tuple(teachers.SCHOOL_KINDS))
        moves.merge_schools(actor=request.actor, school_ids=[one.pk], into_id=into.pk, order=order, now=request.now)

    return _acted(request, pid, "merge", IntoForm(request.POST), act)


@require_POST
@allowed(moves.REORGANISE)
def under(request: Request, pid: str) -> HttpResponse:
    """The school stands under another office."""

    def act(one: Organisation, told: dict[str, Any], order: moves.Order) -> None:
        office = _named(request, told["into"], moves.OFFICES)
        moves.put_under(actor=request.actor, school_id=one.pk, office_id=office.pk, order=order, now=request.now)

    return _acted(request, pid, "under", IntoForm(request.POST), act)


@require_POST
@allowed(moves.REORGANISE)
def split(request: Request, pid: str) -> HttpResponse:
    """A new school stands beside it, with the chosen people."""
    form = SplitForm(request.POST)
    people = _people(request, _school(request, pid))
    form.fields["people"].choices = people  # type: ignore[attr-defined]  # -- a ChoiceField

    def act(one: Organisation, told: dict[str, Any], order: moves.Order) -> None:
        ids = list(teachers.teacher_ids_of(told["people"]).values())
        moves.split_school(actor=request.actor, school_id=one.pk, name=told["name"], teacher_ids=ids, order=order, now=request.now)

    return _acted(request, pid, "split", form, act)
