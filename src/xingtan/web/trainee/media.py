"""The files of a unit, for who may study it today."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import path_of
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.ranges import ranged

NAMES = {"video.mp4": "file", "document.pdf": "file", "captions.zh.vtt": "captions", "captions.en.vtt": "captions_en"}
KINDS = {"video.mp4": courses.UnitKind.VIDEO, "document.pdf": courses.UnitKind.DOCUMENT}


def file_named(unit: courses.Unit, name: str) -> StoredFile:
    """The unit's file under this name; raises `Http404` when it has none."""
    file: StoredFile | None = getattr(unit, NAMES[name]) if name in NAMES and KINDS.get(name, unit.kind) == unit.kind else None
    if file is None:
        raise Http404
    return file


@require_safe
@allowed(learning.STUDY)
def media(request: Request, public_id: str, name: str) -> HttpResponseBase:
    """A film, its captions or a document, in parts where asked; refused while the course is locked."""
    years = policies.open_years_for(request.actor.scope)
    course, one = learning.unit_at_desk(request.actor.teacher_id or 0, public_id, years, request.today)
    if course.why:
        raise course.why
    file = file_named(one.unit, name)
    return ranged(request, path_of(file), file.media_type)
