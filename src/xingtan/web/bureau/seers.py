"""The page that says who can see a teacher's record; the teacher has it too."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.access import SEE_WHO_SEES
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.seers import who_sees
from xingtan.web.words import role_word

WAYS: Mapping[str, Promise] = {
    "branch": pgettext_lazy("way", "office on the way up"),
    "provider": pgettext_lazy("way", "provider of this year's study"),
    "study": pgettext_lazy("way", "class or workshop"),
}


@require_safe
@allowed(SEE_WHO_SEES)
def seers(request: Request, public_id: str) -> HttpResponse:
    """Who can see this teacher of the branch."""
    return seers_page(request, teachers.teacher_in(request.actor.scope, public_id))


def seers_page(request: Request, teacher: teachers.Teacher) -> HttpResponse:
    """The list of those who can see the teacher's record now."""
    rows = [(one, role_word(one.role), WAYS[one.way]) for one in who_sees(teacher, request.now)]
    return render(request, "public/seers.html", {"teacher": teacher, "rows": rows})
