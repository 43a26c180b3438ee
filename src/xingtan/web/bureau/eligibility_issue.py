"""Issuing statements: for one person at once, for a pasted or handed-in list, for a whole branch in the background."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.eligibility import api as door
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.sheets import open_sheet
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.eligibility import AskForm
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

AT_ONCE = 300


class IssueForm(AskForm):
    """Whose statements: a list, a file, or everyone in post of the branch."""

    people = forms.CharField(
        label=gettext_lazy("People"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One a line: identity number, staff number or full name. Pasted cells are fine; the first one counts."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a list (.xlsx, .csv, .txt)"),
        required=False,
        help_text=gettext_lazy("The first column with a number or name counts."),
    )
    is_branch = forms.BooleanField(label=gettext_lazy("Everyone in post of the branch"), required=False)
    found_only = forms.BooleanField(required=False, widget=forms.HiddenInput)


@require_safe
@allowed(door.SEE_ELIGIBILITY)
def eligibility(request: Request) -> HttpResponse:
    """The form, and the runs of the branch."""
    return _page(request, IssueForm(today=request.today, now=request.now))


def _page(request: Request, form: IssueForm, problems: Sequence[door.Matched] = (), found: int = 0, status: int = 200) -> HttpResponse:
    runs = door.runs_in(request.actor.scope)
    shown = {
        "form": form,
        "list": page_of(request, runs),
        "may_issue": request.actor.may(door.ISSUE_STATEMENTS),
        "problems": [(one, door.MATCHES[one.match]) for one in problems],
        "found": found,
        "branch_count": door.branch_count(request.actor.scope),
    }
    return render(request, "bureau/eligibility.html", shown, status=status)


@require_POST
@allowed(door.ISSUE_STATEMENTS)
def issue(request: Request) -> HttpResponse:
    """The named people have their statements, or wait as a job when they are many; unknown lines are shown first."""
    form = IssueForm(request.POST, request.FILES, today=request.today, now=request.now)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        lines = _lines(form)
        rows = door.matched(lines, request.actor.scope)
        problems = [one for one in rows if one.match in (door.Match.UNKNOWN, door.Match.AMBIGUOUS)]
        ids = [one.teacher_id for one in rows if one.match is door.Match.FOUND and one.teacher_id is not None]
        if form.cleaned_data["is_branch"]:
            ids, problems = _branch(request), []
        if problems and not form.cleaned_data["found_only"]:
            return _page(request, _again(request, form, lines), problems, len(ids), 422)
        return _issued(request, form, ids)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, form, status=409)


def _branch(request: Request) -> list[int]:
    if door.branch_count(request.actor.scope) > door.MOST_LINES:
        raise Refused("eligibility_too_many", most=door.MOST_LINES)
    return door.branch_ids(request.actor.scope)


def _lines(form: IssueForm) -> list[str]:
    lines = door.lines_of(form.cleaned_data["people"])
    if sent := form.cleaned_data["file"]:
        lines += _lines_of_file(sent)
    if len(lines) > door.MOST_LINES:
        raise Refused("eligibility_too_many", most=door.MOST_LINES)
    return lines


def _lines_of_file(sent: UploadedFile[Any]) -> list[str]:
    """The first cell that says something of each row of a workbook, or of each line of a text."""
    name = str(sent.name).lower()
    if name.endswith((".csv", ".txt")):
        return door.lines_of(_text(sent.read()))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        path.write_bytes(sent.read())
        with open_sheet(path) as sheet:
            rows = [[str(cell).strip() for cell in cells] for _number, cells in sheet.rows]
    return [cell for cells in rows if (cell := next(filter(None, cells), ""))]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise Refused("eligibility_list_unreadable")


def _again(request: Request, form: IssueForm, lines: Sequence[str]) -> IssueForm:
    """The same form with the file's lines in the box, so that nothing is handed in twice."""
    values: dict[str, Any] = {
        "on": form.data.get("on"),
        "known_at": form.data.get("known_at"),
        "people": "\n".join(lines),
        "found_only": "1",
    }
    return IssueForm(values, today=request.today, now=request.now)


def _issued(request: Request, form: IssueForm, ids: Sequence[int]) -> HttpResponse:
    on, known_at = form.cleaned_data["on"], form.cleaned_data["known_at"]
    if len(ids) > AT_ONCE:
        params = {
            "teachers": list(ids),
            "on": on.isoformat(),
            "known_at": known_at.isoformat() if known_at else "",
            "back": reverse("bureau:eligibility"),
        }
        return redirect("public:job", start_job(actor=request.actor, kind=door.ISSUE_JOB, params=params, now=request.now).public_id)
    made = door.issue_statements(actor=request.actor, teacher_ids=ids, on=on, known_at=known_at, now=request.now)
    return redirect("bureau:eligibility_run", made.public_id)


@require_POST
@allowed(door.ISSUE_STATEMENTS)
def issue_one(request: Request, public_id: str) -> HttpResponse:
    """This teacher has a statement for the day and moment of the form."""
    found = teachers.teacher_in(request.actor.scope, public_id)
    form = AskForm(request.POST, today=request.today, now=request.now)
    if not form.is_valid():
        raise NotInScope
    made = door.issue_statements(actor=request.actor, teacher_ids=[found.pk], now=request.now, **form.cleaned_data)
    one = door.statements_in(request.actor.scope, run=made).get()
    return redirect("bureau:eligibility_statement", one.public_id)
