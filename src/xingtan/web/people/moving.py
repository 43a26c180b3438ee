"""Transfers: what waits for my word, what I wait for, what is over; asking for somebody by name and number."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.school.roster import face_of

from .acting import acted, pressed
from .forms import RequestForm

OFFERED = 400
CHIPS = {"waiting": "wait", "done": "ok", "refused": "stop", "withdrawn": "plain"}


def _schools(request: Request) -> list[Organisation]:
    return list(teachers.schools_in(request.actor.scope)[:OFFERED])


def _names(request: Request) -> list[str]:
    return [one.name for one in _schools(request)]


@require_safe
@allowed(teachers.SEE_TEACHERS)
def transfers(request: Request) -> HttpResponseBase:
    """Moves from and to schools of the branch, those that wait first."""
    return _page(request, RequestForm(initial={"since": request.today}, schools=_names(request)))


def _page(request: Request, form: forms.Form, code: int = 200) -> HttpResponseBase:
    found = moves.transfers_in(request.actor.scope)
    if (state := request.GET.get("state", "")) in moves.TRANSFER_STATES:
        found = found.filter(state=state)
    if typed := request.GET.get("q", "").strip():
        found = found.filter(teacher__name__contains=typed)
    if request.GET.get("export") == "xlsx":
        return workbook_response(_("Transfers"), _headings(), (_cells(request, one) for one in found.iterator(2000)))
    page = page_of(request, found)
    facts = {
        "face": face_of(request),
        "page_of": page,
        "rows": [_row(request, one) for one in page.rows],
        "form": form,
        "schools": _schools(request),
        "states": moves.TRANSFER_STATES.items(),
        "may_move": request.actor.may(moves.MOVE),
        "active": bool(state or typed),
    }
    return render(request, "people/moves.html", facts, status=code)


def _row(request: Request, one: moves.Transfer) -> dict[str, object]:
    """A move as this reader may see it: where somebody comes from is told once the move is carried out, or to those who look after that school."""
    scope = request.actor.scope
    tells = scope.holds(one.from_school.path) or one.state == moves.TransferState.DONE
    return {
        "it": one,
        "from": one.from_school if tells else None,
        "word": moves.TRANSFER_STATES[one.state],
        "chip": CHIPS[one.state],
        "waits_for_me": moves.waits_for(request.actor, one),
        "may_end": one.state == moves.TransferState.WAITING and request.actor.may(moves.MOVE),
        "is_mine": one.asked_by_id == request.actor.account_id,
        "opens": scope.holds(one.teacher.school.path),
    }


def _headings() -> list[str]:
    return [str(word) for word in (_("Name"), _("From school"), _("To school"), _("From"), _("Status"), _("Reason"), _("Asked on"))]


def _cells(request: Request, one: moves.Transfer) -> list[object]:
    row = _row(request, one)
    return [one.teacher.name, str(row["from"] or ""), one.to_school.name, one.effective_on, str(row["word"]), one.reason, one.asked_at]


@require_POST
@allowed(moves.MOVE)
def ask(request: Request) -> HttpResponseBase:
    """The person with this name and number is asked for; whether there is such a person is not told."""
    form = RequestForm(request.POST, schools=_names(request))

    def act() -> None:
        told = form.cleaned_data
        school = next((one for one in _schools(request) if told["to_school"].strip() in (one.name, one.code)), None)
        if school is None:
            raise Refused("school_not_found", found=told["to_school"])
        terms = moves.Terms(told["since"], told["reason"])
        moves.request_transfer(
            actor=request.actor, name=told["name"], number=told["number"], to_school_id=school.pk, terms=terms, now=request.now
        )

    done = _("Asked. If somebody with this name and number is registered, the request stands in the list and waits for their school.")
    return acted(request, form, act, lambda form, code: _page(request, form, code), done=done, then=_list(request))  # type: ignore[arg-type,return-value]  # -- a page


def _list(request: Request) -> str:
    return reverse(f"{face_of(request)}:moves")


@require_POST
@allowed(moves.MOVE)
def agree(request: Request, pid: str) -> HttpResponse:
    """This side has agreed."""

    def act() -> None:
        moves.agree_to_transfer(actor=request.actor, public_id=pid, now=request.now)

    return pressed(request, act, done=_("You have agreed."), then=_list(request))


@require_POST
@allowed(moves.MOVE)
def end(request: Request, pid: str) -> HttpResponse:
    """The move is off."""

    def act() -> None:
        moves.end_transfer(actor=request.actor, public_id=pid, answer=request.POST.get("answer", ""), now=request.now)

    return pressed(request, act, done=_("The transfer is off."), then=_list(request))
