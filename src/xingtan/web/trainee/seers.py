"""Who can see the own record."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.bureau.seers import seers_page
from xingtan.web.http import Request

from .access import OWN_PAGES


@require_safe
@allowed(OWN_PAGES)
def seers(request: Request) -> HttpResponse:
    """Who can see my record, and by what right."""
    own = teachers.teachers_by_id([request.actor.teacher_id or 0])
    if not own:
        raise NotInScope
    return seers_page(request, next(iter(own.values())))
