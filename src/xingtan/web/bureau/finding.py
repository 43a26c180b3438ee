"""Who fits what was typed into a form: asked for while one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.domains.teachers import api as teachers
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.picking import fitting


@require_safe
@allowed(teachers.SEE_TEACHERS)
def teachers_found(request: Request) -> HttpResponse:
    """The first of the branch's teachers who fit the text, to tick; a part of a page."""
    name = "teacher"
    typed = request.GET.get(name, "")
    facts = {"found": fitting(request.actor.scope, typed), "name": name, "asked": bool(typed.strip())}
    return render(request, "parts/teachers_found.html", facts)
