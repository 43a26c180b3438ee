"""Records that may be one person: the candidates, the dry run of a merge, the merge, and ending it."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.teachers import api as teachers
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.school.roster import row_of
from xingtan.web.words import refusal_sentence

from .acting import acted, pressed

SHARED = {
    "name": gettext_lazy("name"),
    "similar_name": gettext_lazy("similar name"),
    "school": gettext_lazy("school"),
    "phone": gettext_lazy("mobile number"),
    "last4": gettext_lazy("last four digits"),
    "birthday": gettext_lazy("birthday"),
}


class ReasonForm(forms.Form):
    """Why the two are one person."""

    reason = forms.CharField(
        label=gettext_lazy("Why these two are one person"),
        max_length=200,
        help_text=gettext_lazy("What was looked at: papers, the person."),
    )


@require_safe
@allowed(teachers.MERGE)
def duplicates(request: Request) -> HttpResponse:
    """The branch's pairs that may be one person, those that share most first, and the merges there are."""
    page = page_of(request, teachers.candidates(request.actor.scope))
    rows = [{"one": one, "shared": [SHARED[key] for key in SHARED if key in one.shared]} for one in page.rows]
    facts = {"page_of": page, "rows": rows, "merges": teachers.merges_in(request.actor.scope)[:50]}
    return render(request, "people/duplicates.html", facts)


@require_safe
@allowed(teachers.MERGE)
def look(request: Request, merged: str, into: str) -> HttpResponse:
    """The dry run: both records side by side, what rooms hold of each, what stands against it."""
    return _page(request, merged, into, ReasonForm())


def _both(request: Request, merged: str, into: str) -> tuple[int, int]:
    scope = request.actor.scope
    return teachers.teacher_in(scope, merged).pk, teachers.teacher_in(scope, into).pk


def _page(request: Request, merged: str, into: str, form: forms.Form, code: int = 200) -> HttpResponse:
    first, second = _both(request, merged, into)
    found = teachers.look_at_merge(actor=request.actor, merged_id=first, into_id=second)
    facts = {
        "look": found,
        "people": [row_of(found.merged), row_of(found.into)],
        "conflicts": [refusal_sentence(one) for one in found.conflicts],
        "form": form,
    }
    return render(request, "people/merge.html", facts, status=code)


@require_POST
@allowed(teachers.MERGE)
def merge(request: Request, merged: str, into: str) -> HttpResponse:
    """The first record is an alias of the second."""
    first, second = _both(request, merged, into)
    form = ReasonForm(request.POST)

    def act() -> None:
        teachers.merge(actor=request.actor, merged_id=first, into_id=second, reason=form.cleaned_data["reason"], now=request.now)

    done, then = _("Merged. Nothing was lost: ending the merge restores both."), reverse("bureau:teacher_posts", args=[into])
    return acted(request, form, act, lambda form, code: _page(request, merged, into, form, code), done=done, then=then)


@require_POST
@allowed(teachers.MERGE)
def apart(request: Request, merged: str, into: str) -> HttpResponse:
    """The two are two people and no candidates any more."""
    first, second = _both(request, merged, into)

    def act() -> None:
        teachers.tell_apart(actor=request.actor, first_id=first, second_id=second, now=request.now)

    return pressed(request, act, done=_("Kept as two people."), then=reverse("bureau:duplicates"))


@require_POST
@allowed(teachers.MERGE)
def end(request: Request, pid: str) -> HttpResponse:
    """Both are people of their own again."""

    def act() -> None:
        teachers.end_merge(actor=request.actor, public_id=pid, now=request.now)

    return pressed(request, act, done=_("The merge is ended; both records stand as before."), then=reverse("bureau:duplicates"))
