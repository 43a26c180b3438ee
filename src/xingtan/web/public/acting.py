"""Acting for another: finding a school or a teacher, beginning, stopping."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.acting import ACT_FOR, ACT_FOR_SCHOOL, ACT_FOR_TEACHER, SCHOOLS, begin, stop
from xingtan.foundation.scope.models import Organisation
from xingtan.web import acting as place
from xingtan.web import nav
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of

from .access import SIGNED_IN


@require_safe
@allowed(ACT_FOR)
def choose(request: Request) -> HttpResponse:
    """The schools of the branch, or a school's teachers, for whom one may act."""
    typed, scope = request.GET.get("q", "").strip(), request.actor.scope
    is_school = request.actor.may(ACT_FOR_SCHOOL)
    schools = Organisation.objects.within(scope).filter(kind__in=SCHOOLS, closed_on=None, name__contains=typed).select_related("parent")
    found = schools.order_by("path") if is_school else teachers.search(scope, typed).order_by("name", "pk")
    return render(request, "public/acting.html", {"page_of": page_of(request, found), "is_school": is_school, "typed": typed})


@require_POST
@allowed(ACT_FOR_SCHOOL)
def for_school(request: Request, pid: str) -> HttpResponse:
    """The office acts as the school's clerk from now on."""
    return _begin(request, place.SCHOOL, pid)


@require_POST
@allowed(ACT_FOR_TEACHER)
def for_teacher(request: Request, pid: str) -> HttpResponse:
    """The clerk acts in the teacher's place from now on, for the few acts that are lent."""
    return _begin(request, place.TEACHER, pid)


def _begin(request: Request, kind: str, pid: str) -> HttpResponse:
    taken = place.take(request, kind, pid)
    begin(actor=taken.actor, now=request.now)
    return redirect(nav.home_of(taken.actor))


@require_POST
@allowed(SIGNED_IN)
def stop_acting(request: Request) -> HttpResponse:
    """The person acts in the own role again; without a place to leave nothing changes."""
    if request.actor.own is not None:
        stop(actor=request.actor, now=request.now)
        place.leave(request)
        messages.success(request, _("You act in your own role again."))
    return redirect("public:acting" if request.actor.own else "public:front")
