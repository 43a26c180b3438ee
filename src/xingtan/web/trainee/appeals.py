"""A teacher's appeals: about an own entry or a refused late entry, with the day of the answer and the trail."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.credits import api as credits_room
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.bureau.appeals import CHIPS, about_of, appeal_facts, state_word
from xingtan.web.http import Request


@require_safe
@allowed(reviews.APPEAL)
def appeals(request: Request) -> HttpResponse:
    """The own appeals, and the form of a new one about the entry that the address names."""
    rows = [(one, about_of(one), state_word(one), CHIPS[one.state]) for one in reviews.own_appeals(request.actor.teacher_id)]
    entry = _own_entries(request).filter(public_id=request.GET.get("entry", "")).first()
    late = reviews.LateEntry.everywhere.filter(teacher_id=request.actor.teacher_id or 0).order_by("-pk")
    return render(request, "trainee/appeals.html", {"rows": rows, "entry": entry, "late_entries": late, "late_words": reviews.LATE_STATES})


def _own_entries(request: Request) -> QuerySet[credits_room.CreditEntry]:
    return credits_room.CreditEntry.everywhere.filter(teacher_id=request.actor.teacher_id or 0)


@require_POST
@allowed(reviews.APPEAL)
def file_appeal(request: Request) -> HttpResponse:
    """The appeal waits for its office."""
    late = request.POST.get("late", "")
    about = _late_id(request, late) if late else _entry_id(request, request.POST.get("entry", ""))
    one = reviews.file_appeal(actor=request.actor, words=request.POST.get("words", ""), now=request.now, **about)
    messages.success(
        request, _("Your appeal waits for %(office)s; the answer is due on %(day)s.") % {"office": one.office, "day": one.answer_by}
    )
    return redirect("trainee:appeal", one.public_id)


def _entry_id(request: Request, public_id: str) -> dict[str, int]:
    pk = _own_entries(request).filter(public_id=public_id).values_list("pk", flat=True).first()
    if pk is None:
        raise NotInScope
    return {"entry_id": pk}


def _late_id(request: Request, public_id: str) -> dict[str, int]:
    found = reviews.LateEntry.everywhere.filter(teacher_id=request.actor.teacher_id or 0, public_id=public_id)
    pk = found.values_list("pk", flat=True).first()
    if pk is None:
        raise NotInScope
    return {"late_id": pk}


@require_safe
@allowed(reviews.APPEAL)
def appeal(request: Request, pid: str) -> HttpResponse:
    """One own appeal with its trail."""
    one = reviews.own_appeal(request.actor.teacher_id, pid)
    may_carry_up = one.state == reviews.AppealState.REJECTED and not one.is_carried_up
    return render(request, "trainee/appeal.html", {**appeal_facts(request, one), "may_carry_up": may_carry_up})


@require_POST
@allowed(reviews.APPEAL)
def appeal_withdraw(request: Request, pid: str) -> HttpResponse:
    """The own appeal waits no more."""
    reviews.withdraw_appeal(actor=request.actor, appeal_id=reviews.own_appeal(request.actor.teacher_id, pid).pk, now=request.now)
    return redirect("trainee:appeal", pid)


@require_POST
@allowed(reviews.APPEAL)
def appeal_carry_up(request: Request, pid: str) -> HttpResponse:
    """The rejected appeal waits for the office above."""
    one = reviews.own_appeal(request.actor.teacher_id, pid)
    reviews.carry_up(actor=request.actor, appeal_id=one.pk, words=request.POST.get("words", ""), now=request.now)
    messages.success(request, _("Your appeal waits for the office above."))
    return redirect("trainee:appeal", pid)
