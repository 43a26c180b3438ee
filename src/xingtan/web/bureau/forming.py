"""Forming a project's classes: the rule, the draft it makes, one class of it, and arranging them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.people.models import Grant
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .answers import OfficeForm, form_page, tried

MOST = 500


class RuleForm(OfficeForm):
    """By what trainees are put together, how many a class has, how many one tutor looks after."""

    keys = forms.MultipleChoiceField(
        label=gettext_lazy("Together are"), choices=list(workshops.KEYS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    least = forms.IntegerField(label=gettext_lazy("Trainees of a class at least"), min_value=1, max_value=MOST, initial=20)
    most = forms.IntegerField(label=gettext_lazy("Trainees of a class at most"), min_value=1, max_value=MOST, initial=50)
    per_tutor = forms.IntegerField(label=gettext_lazy("Trainees of one tutor at most"), min_value=1, max_value=2000, initial=100)


class NameForm(OfficeForm):
    """A class of the draft: its title, tutor and host."""

    title = forms.CharField(label=gettext_lazy("Name of the class"), max_length=160)
    tutor = forms.ChoiceField(label=gettext_lazy("Tutor"), required=False)
    host = forms.ChoiceField(label=gettext_lazy("Host"), required=False)

    def __init__(self, data: Any = None, *, tutors: QuerySet[Grant], initial: dict[str, Any]) -> None:  # noqa: ANN401 -- what Django calls data
        """Only these tutors and hosts, or nobody yet."""
        super().__init__(data, initial=initial)
        choices = [("", _("nobody yet")), *((str(one.account_id), f"{one.account.name} · {one.organisation}") for one in tutors)]
        for name in ("tutor", "host"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # -- both are fields of choices


def _project(request: Request, pid: str) -> projects.Project:
    held = projects.project_in(request.actor.scope, pid)
    if not request.actor.scope.holds(held.organiser.path):
        raise NotInScope
    return held


def _draft(request: Request, project: projects.Project) -> workshops.Forming:
    found = workshops.draft_of(request.actor.scope, project.pk)
    if found is None:
        raise NotInScope
    return found


@require_http_methods(["GET", "POST"])
@allowed(projects.PUBLISH)
def forming(request: Request, pid: str) -> HttpResponse:
    """The draft of the project's classes, and the rule that makes it anew."""
    project = _project(request, pid)
    draft = workshops.draft_of(request.actor.scope, project.pk)
    first = {"keys": draft.keys, "least": draft.least, "most": draft.most, "per_tutor": draft.per_tutor} if draft else {"keys": ["county"]}
    form = RuleForm(request.POST or None, initial=first)
    if form.is_bound and form.is_valid() and tried(form, lambda: _propose(request, project.pk, form.cleaned_data)) is not None:
        messages.success(request, _("The rule made a draft. Look at it, adjust it, then arrange the classes."))
        return redirect("bureau:class_forming", pid)
    classes = workshops.drafted(draft) if draft else []
    facts = {
        "project": project,
        "draft": draft,
        "classes": [(one, _stage(one.it.stage)) for one in classes],
        "waiting": len(workshops.unseated(project.pk)),
        "placed": sum(one.size for one in classes),
        "untutored": sum(1 for one in classes if one.it.tutor_id is None and one.size),
    }
    return form_page(request, "bureau/forming.html", form, facts)


def _stage(code: str) -> object:
    return teachers.STAGES[code] if code else _("several")


def _propose(request: Request, project_id: int, told: dict[str, Any]) -> workshops.Forming:
    keys = tuple(key for key in workshops.Key if key.value in told["keys"])
    rule = workshops.Rule(keys, told["least"], told["most"], told["per_tutor"])
    return workshops.propose(actor=request.actor, project_id=project_id, rule=rule, now=request.now)


@require_http_methods(["GET", "POST"])
@allowed(projects.PUBLISH)
def draft_class(request: Request, pid: str, number: int) -> HttpResponse:
    """One class of the draft: who sits in it, its name, tutor and host."""
    project = _project(request, pid)
    draft = _draft(request, project)
    classes = workshops.drafted(draft)
    found = next((one for one in classes if one.it.number == number), None)
    if found is None:
        raise NotInScope
    tutors = workshops.tutor_grants(project.pk, request.actor.scope, request.today)
    initial = {"title": found.it.title, "tutor": found.it.tutor_id or "", "host": found.it.host_id or ""}
    form = NameForm(request.POST or None, tutors=tutors, initial=initial)
    if form.is_bound and form.is_valid() and tried(form, lambda: _name(request, draft, number, form.cleaned_data)) is not None:
        messages.success(request, _("Kept."))
        return redirect("bureau:class_forming", pid)
    seats = [
        (seat, teachers.STAGES[seat.teacher.stage], teachers.SUBJECTS[seat.teacher.subject]) for seat in workshops.seated_in(draft, number)
    ]
    facts = {"project": project, "draft": draft, "found": found, "seats": seats, "others": [one for one in classes if one is not found]}
    return form_page(request, "bureau/forming_class.html", form, {**facts, "next_number": classes[-1].it.number + 1})


def _name(request: Request, draft: workshops.Forming, number: int, told: dict[str, Any]) -> workshops.Forming:
    tutor, host = (int(told[name]) if told[name] else None for name in ("tutor", "host"))
    named = workshops.NamedClass(told["title"], tutor, host)
    version = _version(request, draft)
    return workshops.name_class(actor=request.actor, forming_id=draft.pk, number=number, named=named, version=version, now=request.now)


def _version(request: Request, draft: workshops.Forming) -> int:
    """The version that the page showed; without one, today's."""
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else draft.version


@require_POST
@allowed(projects.PUBLISH)
def move(request: Request, pid: str) -> HttpResponse:
    """The ticked trainees sit in the class that was named."""
    project = _project(request, pid)
    draft = _draft(request, project)
    ids = workshops.people_named(draft, request.POST.getlist("ids"))
    told = request.POST.get("to", "")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 0
    said = ngettext("%(n)d trainee is moved.", "%(n)d trainees are moved.", len(ids)) % {"n": len(ids)}
    version = _version(request, draft)
    return _done(
        request,
        pid,
        lambda: workshops.move_people(
            actor=request.actor, forming_id=draft.pk, teacher_ids=ids, number=number, version=version, now=request.now
        ),
        said,
    )


@require_POST
@allowed(projects.PUBLISH)
def arrange(request: Request, pid: str) -> HttpResponse:
    """The classes stand and everybody in them is introduced; or the page says what is missing."""
    project = _project(request, pid)
    draft = _draft(request, project)
    try:
        count = workshops.arrange(actor=request.actor, forming_id=draft.pk, version=_version(request, draft), now=request.now)
    except Refused as refused:
        messages.error(request, refusal_sentence(refused))
        return redirect("bureau:class_forming", pid)
    messages.success(request, ngettext("%(n)d class is arranged.", "%(n)d classes are arranged.", count) % {"n": count})
    return redirect("bureau:classes", pid)


@require_POST
@allowed(projects.PUBLISH)
def drop(request: Request, pid: str) -> HttpResponse:
    """The draft is given up."""
    draft = _draft(request, _project(request, pid))
    return _done(
        request, pid, lambda: workshops.drop_forming(actor=request.actor, forming_id=draft.pk, now=request.now), _("The draft is given up.")
    )


def _done(request: Request, pid: str, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refusal_sentence(refused))
    else:
        messages.success(request, said)
    return redirect("bureau:class_forming", pid)
