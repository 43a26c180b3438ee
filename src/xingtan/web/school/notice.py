"""The notice of a year's verdicts at a school: the list to post, the signature, objections for its teachers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.verdicts import Verdict
from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.bureau.notice import printed_list
from xingtan.web.bureau.objection_rows import effect_words, row_of
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.trainee.handing import keep_handed_in
from xingtan.web.trainee.notice import ObjectionForm, year_with_notice
from xingtan.web.words import refusal_sentence


@require_safe
@allowed(closing_room.SEE_SCHOOL_NOTICE)
def notice(request: Request) -> HttpResponse:
    """What is posted of the school's teachers, whether the school has signed, which objections there are."""
    year = year_with_notice(request)
    found = closing_room.notice_of(year)
    shown: dict[str, object] = {"year": year, "years": list(policies.years_for(request.actor)), "notice": found}
    if found is not None:
        stage = found.stage(request.today)
        rows = closing_room.shown_people(found, request.actor.scope)
        if q := request.GET.get("q", "").strip():
            rows = rows.filter(teacher__name__contains=q)
        page = page_of(request, rows)
        filed = notices.objections_in(request.actor.scope, closing_room.notice_ids(year.pk)).order_by("-number")
        may_object = request.actor.may(closing_room.OBJECT_FOR) and found.days.takes_objections(request.today)
        shown |= {
            "stage": (notices.STAGE_CHIPS[stage], notices.STAGES[stage]),
            "signature": notices.signature_of(found, request.actor.organisation_id),
            "may_sign": request.actor.may(closing_room.SIGN_NOTICE) and stage is not notices.Stage.BEFORE,
            "page_rows": page,
            "rows": [(row, room.VERDICT_CHIPS[Verdict(row.verdict)], room.VERDICTS[Verdict(row.verdict)]) for row in page.rows],
            "may_object": may_object,
            "filed": [(row_of(one, request.today), effect_words(one)) for one in filed[:50]],
        }
    return render(request, "school/notice.html", shown)


@require_POST
@allowed(closing_room.SIGN_NOTICE)
def sign(request: Request) -> HttpResponse:
    """The school has signed that it posted the list."""
    year = year_with_notice(request)
    closing_room.sign_notice(actor=request.actor, training_year_id=year.pk, now=request.now)
    messages.success(request, _("Signed: the list is posted at your school."))
    return redirect("school:notice")


@require_safe
@allowed(closing_room.SEE_SCHOOL_NOTICE)
def notice_list(request: Request) -> HttpResponse:
    """The school's list to print and post."""
    school = Organisation.objects.within(request.actor.scope).filter(pk=request.actor.organisation_id or 0).first()
    if school is None:
        raise NotInScope
    return printed_list(request, year_with_notice(request), school)


@require_safe
@allowed(closing_room.SEE_SCHOOL_NOTICE)
def object_for(request: Request, public_id: str) -> HttpResponse:
    """The form by which the school objects for one of its teachers."""
    return _form(request, public_id, ObjectionForm())


def _form(request: Request, public_id: str, form: ObjectionForm, *, sentence: str = "", status: int = 200) -> HttpResponse:
    teacher, year = teachers.teacher_in(request.actor.scope, public_id), year_with_notice(request)
    found = closing_room.notice_of(year)
    own = closing_room.shown_of(found, teacher.pk) if found else None
    verdict = Verdict(own.verdict) if own else None
    shown = {
        "teacher": teacher,
        "year": year,
        "notice": found,
        "verdict": room.VERDICTS[verdict] if verdict else "",
        "chip": room.VERDICT_CHIPS[verdict] if verdict else "",
        "may_object": own is not None and request.actor.may(closing_room.OBJECT_FOR),
        "form": form,
        "sentence": sentence,
    }
    return render(request, "school/notice_object.html", shown, status=status)


@require_POST
@allowed(closing_room.OBJECT_FOR)
def file_for(request: Request, public_id: str) -> HttpResponse:
    """The school's objection for its teacher is filed, and the teacher is told."""
    teacher, form = teachers.teacher_in(request.actor.scope, public_id), ObjectionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, public_id, form, status=422)
    found = closing_room.notice_of(year_with_notice(request))
    if found is None:
        raise NotInScope
    try:
        file = keep_handed_in(request, form.cleaned_data["file"])
        values = {"teacher_id": teacher.pk, "text": form.cleaned_data["text"], "file": file}
        closing_room.object_to_verdict(actor=request.actor, notice=found, **values, now=request.now)
    except Refused as refused:
        return _form(request, public_id, form, sentence=refusal_sentence(refused), status=409)
    messages.success(request, _("The objection for %(name)s is filed; the teacher is told.") % {"name": teacher.name})
    return redirect("school:notice")
