"""Projects with seats that are open to the teacher's school, each with why or why not, and the application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.selection import Conditions, terms
from xingtan.domains.admissions import api as door
from xingtan.domains.projects import api as projects
from xingtan.domains.rush import api as rush
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page, tried
from xingtan.web.bureau.quotas.shown import category_words
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


class WishForm(OfficeForm):
    """The class wished for, a category of seats that serves the teacher, whether it makes up an earlier year."""

    choice = forms.ChoiceField(label=gettext_lazy("Class or course"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category of seats"), required=False)
    is_make_up = forms.BooleanField(label=gettext_lazy("It makes up the oldest year that I owe, at my own cost"), required=False)

    def __init__(self, data: Any = None, *, project: projects.Project, teacher: teachers.Teacher, owes: bool, initial: Any = None) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data, initial=initial)
        seen = door.classes_of(project.pk)
        open_ones = [(str(one.offer.pk), with_room(one)) for one in seen if one.limit is None or one.limit.cancelled_at is None]
        self.fields["choice"].choices = [("", _("No class named")), *open_ones]  # type: ignore[attr-defined]  # -- a choice field
        words = category_words(project)
        # Where no quota serves the teacher yet, every category may be wished for: the application waits in its line.
        codes = rush.categories_for(project, teacher) or list(words)
        self.only = codes[0] if len(codes) == 1 else ""
        self.fields["category"].choices = [(code, words[code]) for code in codes]  # type: ignore[attr-defined]  # -- a choice field
        for name, is_needed in {"choice": bool(seen), "category": len(codes) > 1, "is_make_up": owes}.items():
            if not is_needed:
                del self.fields[name]

    def own(self) -> door.Own:
        """What the action takes."""
        told = self.cleaned_data
        return door.Own(int(told.get("choice") or 0) or None, told.get("category", self.only), bool(told.get("is_make_up")))


def with_room(one: door.ClassSeen) -> str:
    """The class by its name, with how many places are free where it has a limit."""
    if one.limit is None or one.limit.most is None:
        return str(one.offer)
    most = one.limit.most
    return _("%(class)s (%(free)s of %(most)s free)") % {"class": one.offer, "free": max(0, most - one.taken), "most": most}


def _teacher(request: Request) -> teachers.Teacher:
    found = teachers.teachers_by_id([request.actor.teacher_id or 0]).get(request.actor.teacher_id or 0)
    if found is None:
        raise NotInScope
    return found


@require_safe
@allowed(door.APPLY)
def open_projects(request: Request) -> HttpResponse:
    """Every project with seats that takes applications of the own choice now, those that fit first."""
    teacher, rows = _teacher(request), []
    for project in projects.open_for_seats(teacher.school, request.today):
        if project.ways and "own" not in project.ways:
            continue
        look = door.looks(project, [teacher.pk], request.now)[teacher.pk]
        standing = door.standing_of(project.pk, [teacher.pk]).get(teacher.pk)
        rows.append((project, [door.finding_sentence(one) for one in look.blocking], _state(standing)))
    rows.sort(key=lambda row: bool(row[1]))
    return render(request, "trainee/admissions/projects.html", {"rows": rows, "own": door.own_applications(teacher.pk).count()})


def _state(row: door.Application | None) -> tuple[str, str] | None:
    return (door.CHIPS[row.state], str(door.STATES[row.state])) if row else None


@require_safe
@allowed(door.APPLY)
def open_project(request: Request, pid: str) -> HttpResponse:
    """The project with its conditions, how I stand to each, and the form."""
    project, teacher = _found(request, pid)
    return _page(request, project, teacher, None)


def _found(request: Request, pid: str) -> tuple[projects.Project, teachers.Teacher]:
    teacher = _teacher(request)
    project = projects.project_in(request.actor.scope, pid)
    if not project.has_seats:
        raise NotInScope
    return project, teacher


def _page(request: Request, project: projects.Project, teacher: teachers.Teacher, form: WishForm | None) -> HttpResponse:
    standing = door.standing_of(project.pk, [teacher.pk]).get(teacher.pk)
    look = door.looks(project, [teacher.pk], request.now)[teacher.pk]
    debts = door.debts_of([teacher.pk], before=project.training_year.year).get(teacher.pk, [])
    draft = {"choice": str(standing.choice_id or ""), "category": standing.category} if standing else None
    facts = {
        "project": project,
        "standing": standing,
        "state": _state(standing),
        "blocking": [door.finding_sentence(one) for one in look.blocking],
        "warning": [door.finding_sentence(one) for one in look.warning],
        "terms": [door.term_sentence(one) for one in terms(Conditions.model_validate(project.conditions or {}))],
        "debts": debts,
        "closed": _closed(request, project, teacher),
        "press": _press(request, project),
        "is_draft": standing is None or standing.state == "drafted",
        "segments": projects.segments_of([project.pk])[project.pk],
    }
    return form_page(
        request,
        "trainee/admissions/project.html",
        form or WishForm(project=project, teacher=teacher, owes=bool(debts), initial=draft),
        facts,
    )


def _closed(request: Request, project: projects.Project, teacher: teachers.Teacher) -> str:
    """Why nobody applies now, "" when one may: the project's days, its rounds."""
    try:
        door.refuse_own(project.pk, teacher.pk, request.now)
    except Refused as refused:
        return refusal_sentence(refused)
    return ""


def _press(request: Request, project: projects.Project) -> rush.Opening | None:
    """The opening of a project whose seats go by the order of arrival, where this teacher may press now or later; None elsewhere."""
    try:
        found = rush.opening_of(request.actor, project.public_id, rush.Wished(), request.now)
    except NotInScope:
        return None
    return found if found.token else None


@require_POST
@allowed(door.APPLY)
def apply(request: Request, pid: str) -> HttpResponse:
    """The application is handed in, or kept as a draft as the button says; refused, the filled form says why."""
    project, teacher = _found(request, pid)
    owes = bool(door.debts_of([teacher.pk], before=project.training_year.year).get(teacher.pk))
    form = WishForm(request.POST, project=project, teacher=teacher, owes=owes)
    if form.is_valid():
        act = door.save_draft if request.POST.get("act") == "draft" else door.apply
        made = tried(form, lambda: act(actor=request.actor, project_id=project.pk, own=form.own(), now=request.now))
        if made is not None:
            messages.success(
                request,
                _("Kept as a draft.") if made.state == "drafted" else _("Handed in: %(state)s.") % {"state": door.STATES[made.state]},
            )
            return redirect("trainee:application", made.public_id)
    return _page(request, project, teacher, form)
