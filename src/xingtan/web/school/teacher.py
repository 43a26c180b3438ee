"""A teacher's record as the school sees it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.trainee.record import record_page


@require_safe
@allowed(credits_room.SEE_RECORD)
def teacher(request: Request, public_id: str) -> HttpResponse:
    """The record of a teacher of the branch, read-only, hours with two decimals."""
    found = teachers.teacher_in(request.actor.scope, public_id)
    page = record_page(request, found.pk, policies.years_for(found.school), format_hours_exact)
    return render(request, "school/teacher.html", {**page, "teacher": found})
