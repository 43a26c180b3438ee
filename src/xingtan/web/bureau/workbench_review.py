"""The second person's look at a draft, and its publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .answers import REFUSED
from .workbench_page import bench
from .workbench_trial import trial_panel


def _page(request: Request, pid: str, refused: Refused) -> HttpResponse:
    """The draft's page with why nothing happened."""
    held = policies.draft_by_id(request.actor, pid)
    facts = {**bench(request, held), **trial_panel(request, held), "refusal": refusal_sentence(refused)}
    return render(request, "bureau/workbench/draft.html", facts, status=REFUSED)


@require_POST
@allowed(policies.WRITE_DRAFTS)
def ask(request: Request, pid: str) -> HttpResponse:
    """The draft waits for a second person."""
    try:
        policies.ask_for_review(actor=request.actor, pid=pid, link=reverse("bureau:draft", args=[pid]), now=request.now)
    except Refused as refused:
        return _page(request, pid, refused)
    messages.success(request, _("The draft waits for review. Your colleagues of the province are told."))
    return redirect("bureau:draft", pid)


@require_POST
@allowed(policies.WRITE_DRAFTS)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """The draft can be written again."""
    policies.withdraw_request(actor=request.actor, pid=pid, now=request.now)
    messages.success(request, _("The draft can be written again."))
    return redirect("bureau:draft", pid)


@require_POST
@allowed(policies.REVIEW_DRAFTS)
def decide(request: Request, pid: str) -> HttpResponse:
    """The draft is approved or returned."""
    approves = request.POST.get("outcome") == "approve"
    try:
        policies.decide_review(
            actor=request.actor, pid=pid, approves=approves, remark=request.POST.get("remark", "")[:500], now=request.now
        )
    except Refused as refused:
        return _page(request, pid, refused)
    messages.success(request, _("The draft is approved.") if approves else _("The draft is returned to its writer."))
    return redirect("bureau:draft", pid)


@require_POST
@allowed(policies.ADOPT_PACK)
def publish(request: Request, pid: str) -> HttpResponse:
    """The draft is a published pack."""
    try:
        pack = policies.publish_draft(actor=request.actor, pid=pid, now=request.now)
    except Refused as refused:
        return _page(request, pid, refused)
    messages.success(request, _("The pack %(pack)s, version %(version)s, is published.") % {"pack": pack, "version": pack.version})
    return redirect("bureau:policy", pack.pk)
