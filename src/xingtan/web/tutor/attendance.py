"""Who was there: members ticked, a list pasted, or a list as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from xingtan.domains.workshops import api as rooms
from xingtan.foundation.files.sheets import open_sheet
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .forms import AttendanceForm

HEADINGS = {"姓名", "教师", "教师姓名", "学校", "单位", "工号", "教职工号", "序号", "name", "teacher", "school", "staff number"}
MOST_LINES = 5000


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rooms.LEAD_WORKSHOP)
def attendance(request: Request, pid: str) -> HttpResponse:
    """The activity's members, those there already marked; whoever is ticked or named stands as confirmed afterwards."""
    activity = rooms.led_activity(request.actor, pid)
    form = AttendanceForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "tutor/attendance.html", facts_of(activity, form, set()))
    if not form.is_valid():
        return render(request, "tutor/attendance.html", facts_of(activity, form, set()), status=422)
    ids = ids_ticked(activity, request.POST.getlist("ids"))
    try:
        named = rooms.find_named(lines_of(form.cleaned_data), rooms.member_keys(activity.workshop))
        if named.unknown or named.ambiguous:
            return render(
                request, "tutor/attendance.html", facts_of(activity, form, ids | set(named.teacher_ids)) | {"named": named}, status=422
            )
        count = rooms.record_attendance(
            actor=request.actor, activity_id=activity.pk, teacher_ids=sorted(ids | set(named.teacher_ids)), now=request.now
        )
    except Refused as refused:
        facts = facts_of(activity, form, ids) | {"refusal": refusal_sentence(refused)}
        return render(request, "tutor/attendance.html", facts, status=409)
    messages.success(request, ngettext("%(n)s member stands as confirmed.", "%(n)s members stand as confirmed.", count) % {"n": count})
    return redirect("tutor:workshop", activity.workshop.public_id)


def facts_of(activity: rooms.Activity, form: AttendanceForm, ids: set[int]) -> dict[str, Any]:
    """What the page shows: every member, with the state of the own part."""
    members = list(rooms.members_of(activity.workshop))
    states = rooms.states_in(activity)
    rows = [(member.teacher, states.get(member.teacher_id, ""), member.teacher_id in ids) for member in members]
    there = sum(state == rooms.State.CONFIRMED for _teacher, state, _is_ticked in rows)
    return {"activity": activity, "form": form, "rows": rows, "there": there}


def ids_ticked(activity: rooms.Activity, public_ids: Iterable[str]) -> set[int]:
    """The teachers behind the ticks; `NotInScope` for anyone who is no member."""
    wanted = set(public_ids)
    members = {member.teacher.public_id: member.teacher_id for member in rooms.members_of(activity.workshop)} if wanted else {}
    if not wanted <= set(members):
        raise NotInScope
    return {members[one] for one in wanted}


def lines_of(given: dict[str, Any]) -> list[str]:
    """The pasted lines and the file's rows, without headings; the first 5,000."""
    lines = given["names"].splitlines() + (rows_of(given["file"]) if given["file"] else [])
    return [line for line in lines if not is_heading(line)][:MOST_LINES]


def is_heading(line: str) -> bool:
    """True for a line of nothing but headings."""
    cells = [cell.strip().lower() for cell in line.replace("\t", ",").split(",") if cell.strip()]
    return bool(cells) and all(cell in HEADINGS for cell in cells)


def rows_of(upload: UploadedFile[Any]) -> list[str]:
    """The rows of the first sheet, cells parted by commas; refused when the file is no workbook and no CSV file."""
    with tempfile.NamedTemporaryFile(suffix=Path(upload.name or "").suffix[:8]) as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        with open_sheet(Path(copy.name)) as sheet:
            return [",".join(str(cell) for cell in cells if cell != "") for _number, cells in sheet.rows]
