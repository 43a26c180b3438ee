"""A teacher's posts: every fact with its days and who entered it, the acts, second posts, merged records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import county_of
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.school.roster import LABELS, face_of

from .acting import acted, pressed
from .facts import facts_told
from .forms import ElsewhereForm, MoveForm, StatusForm

OFFERED = 400


def _teacher(request: Request, pid: str) -> teachers.Teacher:
    return teachers.teacher_in(request.actor.scope, pid)


def _schools_near(teacher: teachers.Teacher) -> list[Organisation]:
    """The other open schools of the teacher's county, whose names are offered; any other is typed."""
    near = Organisation.everywhere.filter(path__startswith=county_of(teacher.school).path, kind__in=teachers.SCHOOL_KINDS, closed_on=None)
    return list(near.exclude(pk=teacher.school_id).order_by("path")[:OFFERED])


def _address(request: Request, pid: str) -> str:
    return reverse(f"{face_of(request)}:teacher_posts", args=[pid])


@require_safe
@allowed(teachers.SEE_TEACHERS)
def posts(request: Request, pid: str) -> HttpResponse:
    """What holds of the teacher since when, entered when and by whom; and what may be done."""
    return _page(request, _teacher(request, pid))


@require_POST
@allowed(moves.CHANGE_POSTS)
def status(request: Request, pid: str) -> HttpResponse:
    """The teacher has the new status."""
    teacher = _teacher(request, pid)
    form = StatusForm(request.POST, standing=teacher.status)

    def act() -> None:
        told = form.cleaned_data
        wanted = teachers.Status(told["status"])
        moves.change_status(
            actor=request.actor, teacher_ids=[teacher.pk], status=wanted, since=told["since"], reason=told["reason"], now=request.now
        )

    return acted(request, form, act, _again(request, teacher, "status"), done=_("The status has changed."), then=_address(request, pid))


@require_POST
@allowed(moves.MOVE)
def move(request: Request, pid: str) -> HttpResponse:
    """The teacher is offered to the other school, or has moved where the actor looks after both."""
    teacher = _teacher(request, pid)
    form = MoveForm(request.POST)

    def act() -> None:
        told = form.cleaned_data
        terms = moves.Terms(told["since"], told["reason"])
        moves.offer_transfer(actor=request.actor, teacher_id=teacher.pk, to_school=told["to_school"], terms=terms, now=request.now)

    done, then = _("The transfer is entered; the list says whose word it waits for."), reverse(f"{face_of(request)}:moves")
    return acted(request, form, act, _again(request, teacher, "move"), done=done, then=then)


@require_POST
@allowed(moves.CHANGE_POSTS)
def elsewhere(request: Request, pid: str) -> HttpResponse:
    """The teacher also teaches at that school."""
    teacher = _teacher(request, pid)
    form = ElsewhereForm(request.POST)

    def act() -> None:
        told = form.cleaned_data
        school = moves.school_named(told["school"])
        wanted = moves.Elsewhere(school.pk, moves.SecondPostKind(told["kind"]), told["from_on"], told["to_on"])
        moves.give_second_post(actor=request.actor, teacher_id=teacher.pk, wanted=wanted, now=request.now)

    return acted(request, form, act, _again(request, teacher, "elsewhere"), done=_("Entered."), then=_address(request, pid))


@require_POST
@allowed(moves.CHANGE_POSTS)
def elsewhere_end(request: Request, pid: str, post_id: int) -> HttpResponse:
    """The second post ends today."""

    def act() -> None:
        moves.end_second_post(actor=request.actor, post_id=post_id, on=request.today, now=request.now)

    return pressed(request, act, done=_("The second post ends today."), then=_address(request, pid))


def _again(request: Request, teacher: teachers.Teacher, name: str) -> Any:  # noqa: ANN401 -- a page as `acting` takes it
    def page(form: forms.Form, code: int) -> HttpResponse:
        return _page(request, teacher, {name: form}, code)

    return page


def _page(request: Request, teacher: teachers.Teacher, given: dict[str, forms.Form] | None = None, code: int = 200) -> HttpResponse:
    today = {"since": request.today, "from_on": request.today}
    offered = {
        "status": StatusForm(standing=teacher.status, initial=today, auto_id="status_%s"),
        "move": MoveForm(initial=today, auto_id="move_%s"),
        "elsewhere": ElsewhereForm(initial=today, auto_id="elsewhere_%s"),
    } | (given or {})
    facts = {
        "face": face_of(request),
        "teacher": teacher,
        "status": teachers.STATUSES[teacher.status],
        "history": facts_told(teacher, LABELS),
        "forms": offered,
        "schools": _schools_near(teacher),
        "may_change": request.actor.may(moves.CHANGE_POSTS) and bool(moves.TURNS[teacher.status]),
        "second": [(post, moves.SECOND_POSTS[post.kind]) for post in moves.second_posts_of([teacher.pk])],
        "merged": teachers.merges_of(teacher.pk),
        "may_merge": request.actor.may(teachers.MERGE),
        "may_take_out": request.actor.may(teachers.TAKE_OUT),
    }
    return render(request, "people/posts.html", facts, status=code)
