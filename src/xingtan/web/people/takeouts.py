"""Taking out everything: of a teacher at once, of a school in the background."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.people.roles import Permission, Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.tree import organisation_in
from xingtan.web.access import allowed
from xingtan.web.http import Request

OWN = Permission("teachers.take_out_own", frozenset({Role.TEACHER}))
OFFICES = Permission("teachers.take_out_branch", teachers.TAKE_OUT.roles - {Role.TEACHER})


def _answer(request: Request, teacher_id: int, name: str) -> FileResponse:
    file = moves.take_out(actor=request.actor, teacher_ids=[teacher_id], now=request.now)
    response = FileResponse(file, as_attachment=True, filename="everything.zip", content_type="application/zip")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.zip"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@allowed(OFFICES)
def of_teacher(request: Request, pid: str) -> FileResponse:
    """Everything about one teacher of the branch, numbers masked; that it was taken stands in the audit log."""
    teacher = teachers.teacher_in(request.actor.scope, pid)
    return _answer(request, teacher.pk, teacher.name)


@require_safe
@allowed(OWN)
def own(request: Request) -> FileResponse:
    """Everything about oneself."""
    if request.actor.teacher_id is None:
        raise NotInScope
    return _answer(request, request.actor.teacher_id, "everything")


@require_POST
@allowed(OFFICES)
def of_school(request: Request, pid: str = "") -> HttpResponse:
    """A job packs everything about everyone of the school; its page holds the file."""
    school = organisation_in(request.actor.scope, pid).pk if pid else request.actor.organisation_id
    job = start_job(actor=request.actor, kind=moves.TAKE_OUT_JOB, params={"school": school}, now=request.now)
    return redirect("public:job", job.public_id)
