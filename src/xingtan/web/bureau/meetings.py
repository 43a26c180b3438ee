"""Holding a training: meetings, attendance keyed in or by file, sign-in sheets, documents, conversion into hours."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.certificates import api as certificates
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as door
from xingtan.foundation.files.sheets import media_type_of, open_sheet
from xingtan.foundation.files.store import keep_file, readable
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.tree import county_of
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.paper import list_response
from xingtan.web.words import refusal_sentence

from . import proofs
from .circumstances import DAY
from .groups import clock
from .training_shown import shown

CHINESE = "zh-hans"
FOLDER = ("notice", "timetable", "photograph", "material", "result", "bulletin", "account", "evaluation")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MeetingForm(forms.Form):
    """When and where a meeting is held, and what it is about."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DAY)
    begins = forms.TimeField(label=gettext_lazy("From"), widget=TIME)
    ends = forms.TimeField(label=gettext_lazy("To"), widget=TIME)
    place = forms.CharField(max_length=120, required=False)
    topic = forms.CharField(max_length=120, required=False)


@require_POST
@allowed(door.DECLARE)
def add(request: Request, pid: str) -> HttpResponse:
    """The training has one more meeting."""
    found = door.training_in(request.actor.scope, pid)
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return shown(request, found, error=_("Give the day and both times of the meeting."), status=422)
    said = form.cleaned_data
    span = door.Span(said["on"], said["begins"].hour * 60 + said["begins"].minute, said["ends"].hour * 60 + said["ends"].minute)
    try:
        door.add_meeting(actor=request.actor, training_id=found.pk, span=span, place=said["place"], topic=said["topic"], now=request.now)
    except Refused as refused:
        return shown(request, found, error=refusal_sentence(refused), status=409)
    return redirect("bureau:training", pid)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.DECLARE)
def meeting(request: Request, pid: str) -> HttpResponse:
    """Who was at the meeting, as it stands on the signed sheet."""
    found = door.meeting_in(request.actor.scope, pid)
    if request.method != "POST":
        return _page(request, found)
    members = door.members_of(found.training)
    return _record(request, found, {one.teacher_id: _minutes(request, one.teacher_id) for one in members}, door.Presence.KEYED)


def _minutes(request: Request, teacher_id: int) -> int:
    text = request.POST.get(f"minutes-{teacher_id}", "").strip()
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _record(request: Request, found: door.Meeting, minutes: dict[int, int], presence: door.Presence) -> HttpResponse:
    try:
        there = door.record_attendance(actor=request.actor, meeting_id=found.pk, minutes=minutes, presence=presence, now=request.now)
    except Refused as refused:
        return _page(request, found, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)s person was there.", "%(n)s people were there.", there) % {"n": there})
    return redirect("bureau:training", found.training.public_id)


def _page(request: Request, found: door.Meeting, error: str = "", status: int = 200) -> HttpResponse:
    attendance = door.attendance_of(found.training)
    rows = [(one, attendance.get((found.pk, one.teacher_id))) for one in door.members_of(found.training)]
    facts = {
        "it": found,
        "from": clock(found.from_minute),
        "to": clock(found.to_minute),
        "minutes": found.to_minute - found.from_minute,
        "rows": [(one, row, door.PRESENCES[door.Presence(row.presence)] if row else "") for one, row in rows],
        "error": error,
    }
    return render(request, "recognition/meeting.html", facts, status=status)


@require_POST
@allowed(door.DECLARE)
def file(request: Request, pid: str) -> HttpResponse:
    """Attendance by a workbook or CSV file of two columns, name and minutes; people of the same name are refused."""
    found = door.meeting_in(request.actor.scope, pid)
    sent = request.FILES.get("file")
    if sent is None:
        return _page(request, found, error=_("Choose a file first."), status=422)
    name = str(sent.name)
    stored = keep_file(sent.chunks(), kind=proofs.KIND, name=name, media_type=media_type_of(name), actor=request.actor, now=request.now)
    try:
        with readable(stored) as path, open_sheet(path) as sheet:
            rows = [[str(cell or "").strip() for cell in cells[:2]] for _number, cells in sheet.rows]
    except Refused as refused:
        return _page(request, found, error=refusal_sentence(refused), status=409)
    minutes, unknown = _by_name(found, rows)
    if unknown:
        return _page(
            request,
            found,
            error=_("Not found among the members, or more than one: %(names)s") % {"names": "、".join(unknown[:8])},
            status=422,
        )
    return _record(request, found, minutes, door.Presence.FILE)


def _by_name(found: door.Meeting, rows: list[list[str]]) -> tuple[dict[int, int], list[str]]:
    """Minutes by teacher, and the names that mean nobody or several people; a row of headings is passed over."""
    by_name: dict[str, list[int]] = {}
    for member in door.members_of(found.training):
        by_name.setdefault(member.teacher.name, []).append(member.teacher_id)
    whole = found.to_minute - found.from_minute
    minutes, unknown = {}, []
    for row in rows:
        name, text = row[0] if row else "", (row[1] if len(row) > 1 else "").removesuffix(".0")
        if not name or name in ("姓名", "Name"):
            continue
        if len(by_name.get(name, ())) != 1 or (text and not text.isdecimal()):
            unknown.append(name)
        else:
            minutes[by_name[name][0]] = int(text) if text else whole
    return minutes, unknown


@require_POST
@allowed(door.DECLARE)
def drop(request: Request, pid: str) -> HttpResponse:
    """The meeting is gone."""
    found = door.meeting_in(request.actor.scope, pid)
    try:
        door.drop_meeting(actor=request.actor, meeting_id=found.pk, now=request.now)
    except Refused as refused:
        return _page(request, found, error=refusal_sentence(refused), status=409)
    return redirect("bureau:training", found.training.public_id)


@require_POST
@allowed(door.DECLARE)
def documents(request: Request, pid: str) -> HttpResponse:
    """The training has these documents as well."""
    found = door.training_in(request.actor.scope, pid)
    way = next((one for one in policies.policy_of(found.training_year).ways if one.code == found.way), None)
    codes = {*FOLDER, *([one.code for one in way.proofs] if way else [])}
    try:
        papers = proofs.kept(request, sorted(codes))
        door.add_papers(actor=request.actor, training_id=found.pk, papers=papers, now=request.now)
    except forms.ValidationError as wrong:
        return shown(request, found, error=" ".join(wrong.messages), status=422)
    except Refused as refused:
        return shown(request, found, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)s document kept.", "%(n)s documents kept.", len(papers)) % {"n": len(papers)})
    return redirect("bureau:training", pid)


@require_POST
@allowed(door.DECLARE)
def work(request: Request, pid: str) -> HttpResponse:
    """The ticked members have handed in the work that the way asks for."""
    found = door.training_in(request.actor.scope, pid)
    ticked = {int(one) for one in request.POST.getlist("work") if one.isdecimal() and len(one) < 12}
    door.set_work(actor=request.actor, training_id=found.pk, teacher_ids=ticked, now=request.now)
    return redirect("bureau:training", pid)


@require_POST
@allowed(door.DECLARE)
def convert(request: Request, pid: str) -> HttpResponse:
    """Attendance is hours; the school enters them next."""
    found = door.training_in(request.actor.scope, pid)
    try:
        done = door.convert(actor=request.actor, training_id=found.pk, now=request.now)
    except Refused as refused:
        return shown(request, found, error=refusal_sentence(refused), status=409)
    messages.success(
        request,
        ngettext("Hours of %(n)s teacher are ready to be entered.", "Hours of %(n)s teachers are ready to be entered.", done) % {"n": done},
    )
    return redirect("bureau:training", pid)


@require_safe
@allowed(door.SEE_TRAININGS)
def sheets(request: Request, pid: str) -> HttpResponse:
    """A sign-in sheet for each meeting, to be signed by hand."""
    found = door.training_in(request.actor.scope, pid)
    meetings = door.meetings_of(found)
    if not meetings:
        raise Refused("nothing_to_print")
    title = f"{found.title}　签到表"
    with translation.override(CHINESE):
        pages = [
            {"on": one.on.isoformat(), "from": clock(one.from_minute), "to": clock(one.to_minute), "mode": one.topic or "—"}
            for one in meetings
        ]
        head = {"year": found.training_year.year, "place": found.place or "—", "leader": "", "county": str(county_of(found.school).name)}
    people = [[one.teacher.name, str(found.school.name)] for one in door.members_of(found)]
    data = {"title": title, "group": str(found.school.name), **head, "people": people, "pages": pages}
    return list_response(title, certificates.set_sheet("attendance", data))
