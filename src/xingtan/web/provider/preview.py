"""A package as those see it who may see its course: played, and nothing of it kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xingtan.domains.courses import api as courses
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.content.framing import frame_facts, framed
from xingtan.web.http import Request


@never_cache
@require_safe
@allowed(courses.SEE_LIBRARY)
def play(request: Request, public_id: str, unit_id: str) -> HttpResponse:
    """The package in its frame."""
    found = courses.course_in(request.actor.scope, public_id)
    unit = courses.unit_by_public_id(unit_id)
    if unit.course_id != found.pk or unit.package is None:
        raise NotInScope("unit")
    facts = {"course": found, "unit": unit, "items": unit.package.facts["items"], "package": frame_facts(request, unit)}
    standard = courses.STANDARDS[courses.Standard(unit.package.standard)]
    return framed(request, render(request, "provider/package.html", facts | {"standard": standard}))
