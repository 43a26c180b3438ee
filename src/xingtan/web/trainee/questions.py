"""Questions about one's own learned time: what was found, answering, appealing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.anomalies import api as room
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.anomalies import strip, trace_row
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


class WordsForm(forms.Form):
    """What the teacher says."""

    words = forms.CharField(
        label=gettext_lazy("In your own words"), min_length=5, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


@require_safe
@allowed(room.ANSWER)
def questions(request: Request) -> HttpResponse:
    """Everything that was asked or decided about the own learned time, the latest first."""
    rows = [_row(one) for one in room.own_concerns(request.actor.teacher_id or 0)[:100]]
    return render(request, "trainee/questions.html", {"rows": rows})


def _row(one: room.Concern) -> dict[str, Any]:
    state = room.State(one.state)
    return {
        "it": one,
        "kind": room.KINDS[room.Kind(one.case.kind)],
        "state": room.OWN_STATES.get(state, room.STATES[state]),
        "may_answer": state is room.State.ASKED,
        "may_appeal": state is room.State.SET_ASIDE,
    }


@require_safe
@allowed(room.ANSWER)
def question(request: Request, pid: str) -> HttpResponse:
    """One of them: what was found about oneself, what was decided and why, and what one can do until when."""
    return _page(request, pid)


def _page(request: Request, pid: str, *, form: WordsForm | None = None, error: str = "", status: int = 200) -> HttpResponse:
    one = room.own_concern(request.actor.teacher_id or 0, pid)
    asides = room.asides_of([one])[one.pk]
    row = _row(one)
    shown = {
        **row,
        "traces": [trace_row(one.case.kind, trace, own=True) for trace in room.traces_of([one])[one.pk]],
        "asides": asides,
        "aside_s": sum(row.seconds for row in asides),
        "reason": room.REASON_WORDS[room.Reason(one.reason_code)] if one.reason_code else "",
        "strip": strip(one.case, [one], names=False),
        "trail": [(room.ACTS[room.Act(deed.act)], deed) for deed in room.deeds_of([one]) if deed.act != room.Act.FOUND],
        "is_late": row["may_appeal"] and one.due_on is not None and one.due_on < request.today,
        "form": form or WordsForm(),
        "error": error,
    }
    return render(request, "trainee/question.html", shown, status=status)


@require_POST
@allowed(room.ANSWER)
def answer(request: Request, pid: str) -> HttpResponse:
    """The statement is with the office."""
    return _say(request, pid, room.answer, _("Your answer is with the office."))


@require_POST
@allowed(room.ANSWER)
def appeal(request: Request, pid: str) -> HttpResponse:
    """The appeal is with the next higher office."""
    return _say(request, pid, room.appeal, _("Your appeal is with the next higher office."))


def _say(request: Request, pid: str, act: Any, told: str) -> HttpResponse:  # noqa: ANN401 -- one of the room's two acts
    form = WordsForm(request.POST)
    room.own_concern(request.actor.teacher_id or 0, pid)
    if not form.is_valid():
        return _page(request, pid, form=form, status=422)
    try:
        act(actor=request.actor, public_id=pid, words=form.cleaned_data["words"], now=request.now)
    except Refused as refused:
        return _page(request, pid, form=form, error=refusal_sentence(refused), status=409)
    messages.success(request, told)
    return redirect("trainee:question", pid)
