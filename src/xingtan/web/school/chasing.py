"""The school's chasing list: who is behind under which matter, reminding them, and the list on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.papers import api as door
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.chasing import Chased, chased_in, held_by, meeting_pdf
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.paper import list_response
from xingtan.web.parts.tables import page_of

from .scopes import year_wanted
from .selections import back

ALL = "all"


def _year(request: Request) -> policies.TrainingYear:
    year = year_wanted(request)
    if year is None:
        raise NotInScope
    return year


@require_safe
@allowed(door.SEE_CHASING)
def behind(request: Request, reason: str) -> HttpResponseBase:
    """The teachers of the branch who are behind, all or under one matter, with what became of each reminder."""
    year, matters = _year(request), {one.value for one in door.Matter}
    if reason not in matters | {ALL}:
        raise NotInScope
    everyone = chased_in(request.actor.scope, year, request.now, request.today)
    rows = _found([one for one in everyone if reason in (ALL, one.matter.value)], request.GET.get("q", ""))
    if request.GET.get("export") == "xlsx":
        return _export(rows, year, reason)
    page = page_of(request, rows)
    shown = {
        "year": year,
        "page_rows": page,
        "reason": reason,
        "word": _("Chasing list") if reason == ALL else door.MATTERS[door.Matter(reason)],
        "held": held_by(everyone),
        "total": len(everyone),
        "ready": sum(one.may_remind for one in rows),
        "unreached": sum(not one.is_reached and one.matter not in door.SCHOOLS_OWN for one in rows),
        "may_print_slips": request.actor.may(teachers.PRINT_SLIPS),
        "may_remind": request.actor.may(door.REMIND),
        "days": door.REMIND_DAYS,
    }
    return render(request, "school/behind.html", shown)


def _found(rows: list[Chased], text: str) -> list[Chased]:
    wanted = text.strip().lower()
    return [one for one in rows if wanted in one.teacher.name or one.teacher.name_pinyin.startswith(wanted)] if wanted else rows


def _export(rows: list[Chased], year: policies.TrainingYear, reason: str) -> HttpResponseBase:
    headings = [_("Teacher"), _("Stage and subject"), _("School"), _("Reason"), _("Last reminder"), _("Delivered"), _("Read at")]
    lines = (
        [
            one.teacher.name, one.post, str(one.teacher.school), str(one.word), one.delivery.at if one.delivery else None,
            delivery_word(one.delivery), one.delivery.read_at if one.delivery else None,
        ]
        for one in rows
    )  # fmt: skip
    return workbook_response(f"{_('Chasing list')}-{reason}-{year.year}", headings, lines)


def delivery_word(one: door.Delivery | None) -> str:
    """What became of a reminder."""
    if one is None:
        return ""
    return _("in the inbox") if one.is_delivered else _("not delivered: has never signed in")


@require_POST
@allowed(door.REMIND)
def remind(request: Request) -> HttpResponse:
    """The ticked teachers, or everyone who may be reminded now, have a message; the answer says how many and who not."""
    year = _year(request)
    reason = request.POST.get("reason", ALL)
    if "everyone" in request.POST:
        rows = chased_in(request.actor.scope, year, request.now, request.today)
        ids = [one.teacher.pk for one in rows if one.may_remind and reason in (ALL, one.matter.value)]
    else:
        wanted = request.POST.getlist("ids")
        ids = list(teachers.teacher_ids_of(wanted).values())
        if len(ids) != len(set(wanted)):
            raise NotInScope
    try:
        _tell(request, door.remind(actor=request.actor, training_year=year, teacher_ids=ids, now=request.now))
    except Refused as refused:
        if refused.code != "reminder_nobody":
            raise
        messages.info(request, _("Nobody can be reminded now."))
    fallback = f"{reverse('school:behind', args=[reason])}?year={year.year}"
    return back(request, "school:month") if request.POST.get("next") else redirect(fallback)


def _tell(request: Request, done: door.Reminded) -> None:
    if done.sent:
        messages.success(request, ngettext("%(n)d teacher was reminded.", "%(n)d teachers were reminded.", done.sent) % {"n": done.sent})
    if done.unreachable:
        text = ngettext(
            "%(n)d teacher has never signed in and reads no message: tell in person, with an activation slip.",
            "%(n)d teachers have never signed in and read no message: tell them in person, with activation slips.",
            done.unreachable,
        )
        messages.warning(request, text % {"n": done.unreachable})
    if done.lately:
        text = ngettext(
            "%(n)d was reminded of it less than %(days)d days ago.", "%(n)d were reminded of it less than %(days)d days ago.", done.lately
        )
        messages.info(request, text % {"n": done.lately, "days": door.REMIND_DAYS})


@require_safe
@allowed(door.SEE_CHASING)
def meeting(request: Request) -> HttpResponse:
    """The list for the staff meeting on A4."""
    year = _year(request)
    office = Organisation.objects.within(request.actor.scope).filter(pk=request.actor.organisation_id or 0).first()
    if office is None:
        raise NotInScope
    return list_response(f"{_('Chasing list')} {request.today}", meeting_pdf(office, year, request.now, request.today))
