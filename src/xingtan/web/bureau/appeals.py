"""Appeals as offices see them: what is to be answered until when, one with its trail, and the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.reviews import api as reviews
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of

CHIPS = {"filed": "wait", "upheld": "ok", "rejected": "stop", "withdrawn": "plain"}


@require_safe
@allowed(reviews.SEE_APPEALS)
def appeals(request: Request) -> HttpResponseBase:
    """The branch's appeals by state, those to be answered first on top."""
    state = next((one for one in reviews.AppealState if one.value == request.GET.get("state")), None)
    tally = reviews.state_tally(reviews.appeals_in(request.actor.scope))
    rows = reviews.appeals_in(request.actor.scope, state, request.GET.get("q", "").strip())
    if request.GET.get("export") == "xlsx":
        headings = [_("Teacher"), _("School"), _("About"), _("Filed"), _("Answer until"), _("Office"), _("State")]
        lines = (
            (one.teacher.name, one.school, about_of(one), one.filed_at, one.answer_by, one.office, state_word(one))
            for one in rows.iterator(chunk_size=500)
        )
        return workbook_response(_("appeals"), headings, lines)
    page = page_of(request, rows)
    facts = {
        "rows": [(one, about_of(one), state_word(one), CHIPS[one.state], is_overdue(request, one)) for one in page.rows],
        "page_rows": page,
        "states": [(one.value, word, tally.get(one.value, 0)) for one, word in reviews.APPEAL_STATES.items()],
        "state": state.value if state else "",
    }
    return render(request, "bureau/appeals.html", facts)


def about_of(one: reviews.Appeal) -> str:
    """What the appeal is about."""
    return str(one.entry.title if one.entry is not None else one.late_entry.title if one.late_entry is not None else "")


def state_word(one: reviews.Appeal) -> Any:  # noqa: ANN401 -- a lazy word
    """Where the appeal stands."""
    return reviews.APPEAL_STATES[reviews.AppealState(one.state)]


def is_overdue(request: Request, one: reviews.Appeal) -> bool:
    """True when its answer is late."""
    return one.state == reviews.AppealState.FILED and one.answer_by < request.today


def appeal_facts(request: Request, one: reviews.Appeal) -> dict[str, Any]:
    """What every page of an appeal shows."""
    trail = [(step, reviews.APPEAL_ACTS[reviews.AppealAct(step.act)], name) for step, name in reviews.steps_of_appeal(one)]
    is_open = one.state == reviews.AppealState.FILED
    facts = {"it": one, "about": about_of(one), "state": state_word(one), "chip": CHIPS[one.state], "trail": trail}
    return {**facts, "is_open": is_open, "is_overdue": is_overdue(request, one)}


@require_safe
@allowed(reviews.SEE_APPEALS)
def appeal(request: Request, pid: str) -> HttpResponse:
    """One appeal with its trail."""
    one = reviews.appeal_named(request.actor.scope, pid)
    facts = appeal_facts(request, one)
    may_answer = facts["is_open"] and request.actor.may(reviews.ANSWER_APPEAL) and one.office_id == request.actor.organisation_id
    return render(request, "bureau/appeal.html", {**facts, "may_answer": may_answer})


@require_POST
@allowed(reviews.ANSWER_APPEAL)
def answer(request: Request, pid: str) -> HttpResponse:
    """The appeal has its answer, and the teacher is told."""
    one = reviews.appeal_named(request.actor.scope, pid)
    upheld, words = request.POST.get("outcome") == "upheld", request.POST.get("words", "")
    reviews.answer_appeal(actor=request.actor, appeal_id=one.pk, is_upheld=upheld, words=words, now=request.now)
    messages.success(request, _("Answered; the teacher is told."))
    return redirect("bureau:appeal", pid)
