"""Objections to a year's verdicts: the list, one with its trail, and every step of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .deciding import year_in
from .objection_rows import effect_words, number_of, row_of, verdict_word

SORTS = {
    "number": "number",
    "name": "concern_name",
    "school": "organisation__path",
    "state": "state",
    "due": "due_on",
    "handler": "handler__name",
}
TABS = ("open", "", *(one.value for one in notices.ObjectionState))


def _of(kinds: Iterable[notices.DecisionReason]) -> list[tuple[str, Any]]:
    return [(one.value, notices.DECISION_REASONS[one]) for one in notices.DECISION_REASONS if one in kinds]


REASONS = [("", "—"), (gettext_lazy("Upheld"), _of(notices.UPHOLDING)), (gettext_lazy("Not upheld"), _of(notices.REJECTING))]


class WordsForm(forms.Form):
    """A few words to the record."""

    words = forms.CharField(label=gettext_lazy("In words"), min_length=5, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReferForm(WordsForm):
    """Which office is asked, and what."""

    office = forms.TypedChoiceField(label=gettext_lazy("Office"), coerce=int)
    field_order = ["office", "words"]

    def __init__(self, offices: Iterable[tuple[int, str]], data: Any = None) -> None:  # noqa: ANN401 -- Django's form data
        super().__init__(data)
        self.fields["office"].choices = list(offices)  # type: ignore[attr-defined]  # -- it is a choice field


class DecideForm(WordsForm):
    """Upheld or not, why, and the answer to the person."""

    is_upheld = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Upheld")), ("no", gettext_lazy("Not upheld"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.TypedChoiceField(label=gettext_lazy("Reason"), choices=REASONS, coerce=notices.DecisionReason)
    field_order = ["is_upheld", "reason", "words"]


@require_safe
@allowed(closing_room.SEE_OBJECTIONS)
def objections(request: Request) -> HttpResponseBase:
    """The branch's objections of the year: searched, filtered, sorted, or all as a workbook."""
    year = year_in(request, request.GET.get("year", ""))
    ids = closing_room.notice_ids(year.pk)
    state = request.GET.get("state", "open")
    is_late, is_mine = "late" in request.GET, "mine" in request.GET
    rows = notices.objections_in(
        request.actor.scope,
        ids,
        state=state if state in TABS else "open",
        q=request.GET.get("q", "").strip()[:60],
        handler_id=request.actor.account_id if is_mine else None,
        overdue_on=request.today if is_late else None,
    ).order_by(*order_of(request, SORTS, "due_on"))
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, request)
    page = page_of(request, rows)
    tally = notices.tally(request.actor.scope, ids, request.today)
    shown = {
        "year": year,
        "years": list(policies.years_for(request.actor)),
        "tally": tally,
        "state": state,
        "tabs": _tabs(tally),
        "page_rows": page,
        "rows": [row_of(one, request.today) for one in page.rows],
        "handlers": [(one.account_id, one.account.name) for one in _handlers(request)],
        "notice": closing_room.notice_of(year),
    }
    return render(request, "bureau/objections.html", shown)


def _handlers(request: Request) -> list[Any]:
    return closing_room.handlers(request.actor, request.now) if request.actor.may(closing_room.HANDLE_OBJECTIONS) else []


def _tabs(tally: notices.Tally) -> list[tuple[str, object, int]]:
    states = notices.OBJECTION_STATES
    return [
        ("open", _("Still open"), tally.open),
        ("upheld", states[notices.ObjectionState.UPHELD], tally.upheld),
        ("not_upheld", states[notices.ObjectionState.NOT_UPHELD], tally.not_upheld),
        ("withdrawn", states[notices.ObjectionState.WITHDRAWN], tally.withdrawn),
        ("", _("All"), tally.total),
    ]


def _workbook(rows: Any, request: Request) -> FileResponse:  # noqa: ANN401 -- a query set of the room
    headings = [
        _("Number"), _("Teacher"), _("School"), _("Posted verdict"), _("What is held against it"), _("Filed by the school"),
        _("Filed"), _("Due"), _("State"), _("Handler"), _("Reason"), _("Answer"), _("What followed"),
    ]  # fmt: skip

    def line(one: notices.Objection) -> tuple[object, ...]:
        row = row_of(one, request.today)
        reason = notices.DECISION_REASONS[notices.DecisionReason(one.reason_code)] if one.reason_code else ""
        who = (row.number, one.concern_name, one.organisation, row.verdict, one.text, _("yes") if one.is_by_office else "")
        return (*who, one.filed_at, one.due_on, row.state, row.who, reason, one.answer, effect_words(one))

    return workbook_response(_("Objections"), headings, (line(one) for one in rows.iterator(chunk_size=500)))


@require_POST
@allowed(closing_room.HANDLE_OBJECTIONS)
def assign(request: Request) -> HttpResponse:
    """The ticked objections have the chosen handler."""
    ticked, handler = set(request.POST.getlist("ids")), request.POST.get("handler", "")
    if not ticked or not handler.isdigit():
        raise Refused("nothing_ticked")
    ids = [notices.objection_in(request.actor.scope, pid).pk for pid in sorted(ticked)]
    count = closing_room.assign_objections(actor=request.actor, objection_ids=ids, handler_id=int(handler), now=request.now)
    messages.success(request, ngettext("%(n)s objection assigned.", "%(n)s objections assigned.", count) % {"n": count})
    return redirect("bureau:objection", ticked.pop()) if "one" in request.POST else redirect("bureau:objections")


@require_safe
@allowed(closing_room.SEE_OBJECTIONS)
def objection(request: Request, pid: str) -> HttpResponse:
    """One objection: what was posted, what is held against it, the trail, and what may be done now."""
    return _detail(request, pid)


def _detail(request: Request, pid: str, status: int = 200, sentence: str = "", **forms_given: forms.Form) -> HttpResponse:
    one = notices.objection_in(request.actor.scope, pid)
    actor, state = request.actor, notices.ObjectionState(one.state)
    is_mine = one.handler_id is not None and one.handler_id == actor.account_id
    year = policies.year_by_id(actor, one.notice.subject_id)
    may_handle = actor.may(closing_room.HANDLE_OBJECTIONS)
    shown = {
        "it": one,
        "row": row_of(one, request.today),
        "year": year,
        "teacher": teachers.teachers_by_id([one.concern_id]).get(one.concern_id),
        "effect": effect_words(one),
        "reason": notices.DECISION_REASONS[notices.DecisionReason(one.reason_code)] if one.reason_code else "",
        "trail": [(step, notices.STEP_WORDS[step.kind]) for step in notices.trail_of(one)],
        "now_verdict": _verdict_now(one),
        "handlers": [(grant.account_id, grant.account.name) for grant in _handlers(request)] if one.is_open else [],
        "refer_form": ReferForm(_offices(one)),
        "reply_form": WordsForm(),
        "decide_form": DecideForm(),
        "may_assign": may_handle and one.is_open and state is not notices.ObjectionState.REFERRED,
        "may_decide": may_handle and is_mine and state is notices.ObjectionState.ASSIGNED,
        "may_reply": actor.may(closing_room.REPLY_TO_OBJECTION)
        and one.asked_id == actor.organisation_id
        and state is notices.ObjectionState.REFERRED,
        "may_follow": may_handle and state is notices.ObjectionState.UPHELD and year.state == policies.YearState.OPEN,
        "sentence": sentence,
        **forms_given,
    }
    return render(request, "bureau/objection.html", shown, status=status)


def _verdict_now(one: notices.Objection) -> object:
    found = room.determination_of(one.concern_id, one.notice.subject_id)
    return verdict_word(found.verdict) if found else ""


def _offices(one: notices.Objection) -> list[tuple[int, str]]:
    return [(office.pk, str(office)) for office in closing_room.askable(one)]


@require_POST
@allowed(closing_room.HANDLE_OBJECTIONS)
def refer(request: Request, pid: str) -> HttpResponse:
    """Another office is asked for its word."""
    one = notices.objection_in(request.actor.scope, pid)
    form = ReferForm(_offices(one), request.POST)
    if not form.is_valid():
        return _detail(request, pid, 422, refer_form=form)
    values = {"organisation_id": form.cleaned_data["office"], "words": form.cleaned_data["words"]}
    try:
        closing_room.refer_objection(actor=request.actor, objection=one, **values, now=request.now)
    except Refused as refused:
        return _detail(request, pid, 409, refusal_sentence(refused), refer_form=form)
    messages.success(request, _("The office is asked and told."))
    return redirect("bureau:objection", pid)


@require_POST
@allowed(closing_room.REPLY_TO_OBJECTION)
def reply(request: Request, pid: str) -> HttpResponse:
    """The own office, having been asked, has said its word."""
    one, form = notices.objection_in(request.actor.scope, pid), WordsForm(request.POST)
    if not form.is_valid():
        return _detail(request, pid, 422, reply_form=form)
    try:
        closing_room.reply_to_objection(actor=request.actor, objection_id=one.pk, words=form.cleaned_data["words"], now=request.now)
    except Refused as refused:
        return _detail(request, pid, 409, refusal_sentence(refused), reply_form=form)
    messages.success(request, _("Your word stands in the trail; the handler goes on."))
    return redirect("bureau:objection", pid)


@require_POST
@allowed(closing_room.HANDLE_OBJECTIONS)
def decide(request: Request, pid: str) -> HttpResponse:
    """The objection is decided, with reason and answer."""
    one, form = notices.objection_in(request.actor.scope, pid), DecideForm(request.POST)
    if not form.is_valid():
        return _detail(request, pid, 422, decide_form=form)
    try:
        closing_room.decide_objection(
            actor=request.actor, objection_id=one.pk, decision=notices.Decision(**form.cleaned_data), now=request.now
        )
    except Refused as refused:
        return _detail(request, pid, 409, refusal_sentence(refused), decide_form=form)
    messages.success(request, _("Objection %(number)s is decided and the teacher is told.") % {"number": number_of(one)})
    return redirect("bureau:objection", pid)


@require_POST
@allowed(closing_room.HANDLE_OBJECTIONS)
def follow(request: Request, pid: str) -> HttpResponse:
    """The teacher of an upheld objection is determined anew; what came of it stands with the objection."""
    one = notices.objection_in(request.actor.scope, pid)
    done = closing_room.follow_objection(actor=request.actor, objection=one, now=request.now)
    messages.success(request, effect_words(done))
    return redirect("bureau:objection", pid)
