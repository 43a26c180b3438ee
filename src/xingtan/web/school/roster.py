"""The register as an office sees it: list, card, export. The same pages serve a school and the offices above it, each its own branch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .roster_words import filter_choices, history_of

ORDERS = {"name": "name_pinyin", "school": "school__path", "stage": "stage", "subject": "subject", "hired": "hired_on"}
FILTERS = ("stage", "subject", "position", "title", "honour", "status")
LABELS: Mapping[str, Mapping[str, Any]] = {
    "stage": teachers.STAGES,
    "subject": teachers.SUBJECTS,
    "position": teachers.POSITIONS,
    "title": teachers.TITLES,
    "honour": teachers.HONOURS,
    "status": teachers.STATUSES,
    "gender": teachers.GENDERS,
    "identity_kind": teachers.IDENTITY_KINDS,
}


def face_of(request: Request) -> str:
    """The face whose address was asked for: `school` or `bureau`."""
    return request.resolver_match.app_name if request.resolver_match else "school"


def filtered(request: Request) -> QuerySet[teachers.Teacher]:
    """The branch's teachers that the address asks for."""
    found = teachers.search(request.actor.scope, request.GET.get("q", ""))
    wanted = {key: request.GET[key] for key in FILTERS if request.GET.get(key)}
    if school := request.GET.get("school"):
        wanted["school__public_id"] = school
    active = Account.objects.filter(pk=OuterRef("account_id")).exclude(activated_at=None)
    found = found.filter(**wanted).annotate(is_activated=Exists(active))
    if (activated := request.GET.get("activated")) in ("yes", "no"):
        found = found.filter(is_activated=activated == "yes")
    return found.order_by(*order_of(request, ORDERS, "school__path" if not wanted.get("school__public_id") else "name_pinyin"))


@require_safe
@allowed(teachers.SEE_TEACHERS)
def roster(request: Request) -> HttpResponse | FileResponse:
    """The teachers of the branch, searched, filtered, sorted, fifty to a page, or as a workbook."""
    found = filtered(request)
    if request.GET.get("export") == "xlsx":
        return workbook_response(_("Roster"), HEADINGS(), export_rows(found.iterator(2000)))
    page = page_of(request, found)
    facts = {
        "face": face_of(request),
        "page_of": page,
        "rows": [row_of(teacher) for teacher in page.rows],
        "choices": filter_choices(request, LABELS, FILTERS),
        "active": [key for key in ("q", "school", "activated", *FILTERS) if request.GET.get(key)],
        "may_merge": request.actor.may(teachers.MERGE),
        "may_import": request.actor.may(rosters.IMPORT_ROSTER),
        "may_print": request.actor.may(teachers.PRINT_SLIPS),
    }
    return render(request, "roster/list.html", facts)


def row_of(teacher: teachers.Teacher) -> dict[str, Any]:
    """A teacher as lists show one: labels for codes, the number masked."""
    labels = {key: LABELS[key].get(getattr(teacher, key), getattr(teacher, key)) for key in LABELS}
    return {"teacher": teacher, "number": teachers.masked_number(teacher), **labels}


def HEADINGS() -> list[str]:  # noqa: N802 -- a list of words, translated when it is asked for
    """The headings of the exported workbook."""
    return [
        *(_("Name"), _("Identity number (masked)"), _("Gender"), _("School"), _("Stage"), _("Subject"), _("Position"), _("Title")),
        *(_("Honour"), _("Hired on"), _("Staff number"), _("Status"), _("Activated")),
    ]


def export_rows(found: Iterable[teachers.Teacher]) -> Iterator[list[object]]:
    """The rows of the exported workbook; numbers stay masked."""
    for teacher in found:
        row = row_of(teacher)
        codes = [str(row[key]) for key in ("stage", "subject", "position", "title", "honour")]
        activated = _("yes") if getattr(teacher, "is_activated", False) else _("no")
        who = [teacher.name, row["number"], str(row["gender"]), teacher.school.name]
        yield [*who, *codes, teacher.hired_on, teacher.staff_number, str(row["status"]), activated]


@require_safe
@allowed(teachers.SEE_TEACHERS)
def card(request: Request, pid: str) -> HttpResponse:
    """What the register knows of one teacher, with the history of each fact."""
    return _card(request, teachers.teacher_in(request.actor.scope, pid))


@require_POST
@allowed(teachers.UNMASK)
def unmask(request: Request, pid: str) -> HttpResponse:
    """The card with the whole identity number, once; the reason stands in the audit log."""
    teacher = teachers.teacher_in(request.actor.scope, pid)
    try:
        number = teachers.unmask(actor=request.actor, teacher_id=teacher.pk, reason=request.POST.get("reason", ""), now=request.now)
    except Refused as refused:
        return _card(request, teacher, refusal=refusal_sentence(refused), status=409)
    return _card(request, teacher, number=number)


def _card(request: Request, teacher: teachers.Teacher, *, number: str = "", refusal: str = "", status: int = 200) -> HttpResponse:
    facts = {
        "face": face_of(request),
        "row": row_of(teacher),
        "teacher": teacher,
        "phone": teachers.masked_phone_of(teacher),
        "history": history_of(teacher, LABELS),
        "number": number,
        "refusal": refusal,
        "may_unmask": request.actor.may(teachers.UNMASK),
    }
    response = render(request, "roster/card.html", facts, status=status)
    if number:
        response["Cache-Control"] = "no-store"
    return response
