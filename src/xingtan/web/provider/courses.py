"""The library: a provider's own courses, and every provider's for the offices that review them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.courses import api as courses
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file, path_of
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.ranges import ranged
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from .course_form import CourseForm, UnitForms

PREVIEW = {"video": "file", "document": "file", "captions": "captions", "captions_en": "captions_en"}


@require_safe
@allowed(courses.SEE_LIBRARY)
def course_list(request: Request) -> HttpResponseBase:
    """The library of the branch: search, state, pages, export."""
    q, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    rows = courses.library(request.actor.scope, q=q, state=state)
    if request.GET.get("export") == "xlsx":
        headings = [_("Course code"), _("Course title"), _("Provider"), _("Units"), _("Seconds"), _("State")]
        fields = ("code", "title", "provider__name", "unit_count", "length_s", "state")
        lines = ((*told, courses.COURSE_STATES[state]) for *told, state in rows.values_list(*fields))
        return workbook_response(_("courses"), headings, lines)
    shown = {"page_of_rows": page_of(request, rows), "q": q, "state": state, "states": courses.COURSE_STATES.items()}
    return render(request, "provider/courses.html", shown | _rights(request))


def _rights(request: Request) -> dict[str, bool]:
    return {"may_add": request.actor.may(courses.ADD_COURSE), "may_review": request.actor.may(courses.REVIEW_COURSE)}


@require_safe
@allowed(courses.SEE_LIBRARY)
def course(request: Request, public_id: str) -> HttpResponse:
    """A course with its units and their files."""
    found = courses.course_in(request.actor.scope, public_id)
    units = courses.units_of([found.pk]).get(found.pk, [])
    return render(request, "provider/course.html", {"course": found, "units": units, **_rights(request)})


@require_safe
@allowed(courses.SEE_LIBRARY)
def unit_file(request: Request, public_id: str, unit_id: str, name: str) -> HttpResponseBase:
    """A unit's file for whoever sees the course, in parts where asked."""
    found = courses.course_in(request.actor.scope, public_id)
    unit = courses.unit_by_public_id(unit_id)
    file: StoredFile | None = getattr(unit, PREVIEW.get(name, ""), None) if unit.course_id == found.pk else None
    if file is None:
        raise NotInScope("file")
    return ranged(request, path_of(file), file.media_type)


@require_safe
@allowed(courses.ADD_COURSE)
def course_new(request: Request) -> HttpResponse:
    """The empty form of a new course."""
    return _form(request, CourseForm(), UnitForms(prefix="unit"))


def _form(request: Request, form: CourseForm, units: Any, status: int = 200) -> HttpResponse:  # noqa: ANN401 -- a formset has no type of its own
    return render(request, "provider/course_new.html", {"form": form, "units": units}, status=status)


@require_POST
@allowed(courses.ADD_COURSE)
def course_add(request: Request) -> HttpResponse:
    """The course waits for review; what is wrong with it stands on the form, and nothing was added."""
    form, units = CourseForm(request.POST), UnitForms(request.POST, request.FILES, prefix="unit")
    if not (form.is_valid() and units.is_valid()):
        return _form(request, form, units, status=422)
    try:
        added = _add(request, form, units)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _form(request, form, units, status=422)
    messages.success(request, _("The course waits for review by the province."))
    return redirect("provider:course", public_id=added.public_id)


def _add(request: Request, form: CourseForm, units: Any) -> courses.Course:  # noqa: ANN401 -- a formset has no type of its own
    """The course with the units whose row has a title."""

    def keep(given: UploadedFile[bytes], media_type: str) -> StoredFile:
        chunks, name = given.chunks(), given.name or "file"
        return keep_file(chunks, kind="course", name=name, media_type=media_type, actor=request.actor, now=request.now)

    rows = [one.values(keep) for one in units if one.cleaned_data.get("title")]
    values, actor = form.cleaned_data, request.actor
    for row in rows:
        if row["kind"] is courses.UnitKind.PACKAGE and row.get("file"):
            row["package"] = courses.take_package(actor=actor, file=row["file"], now=request.now)
    return courses.add_course(actor=actor, provider_id=actor.organisation_id or 0, values=values, units=rows, now=request.now)


@require_POST
@allowed(courses.REVIEW_COURSE)
def course_review(request: Request, public_id: str) -> HttpResponse:
    """The course is open to choice."""
    found = courses.course_in(request.actor.scope, public_id)
    courses.review_course(actor=request.actor, course_ids=[found.pk], now=request.now)
    messages.success(request, _("The course is open to choice."))
    return redirect("provider:course", public_id=public_id)
