"""A draft tried on a past year: begun, watched, read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.policies import api as policies
from xingtan.web.access import allowed
from xingtan.web.http import Request


def trial_panel(request: Request, draft: policies.PolicyDraft) -> dict[str, Any]:
    """The years a draft may be tried on, and what its latest trial found."""
    return {"years": list(policies.years_for(request.actor)), "trial": None}


@require_POST
@allowed(policies.WRITE_DRAFTS)
def begin(request: Request, pid: str) -> HttpResponse:
    """A trial waits in the queue."""
    raise NotImplementedError


@require_safe
@allowed(policies.WRITE_DRAFTS)
def trial(request: Request, pid: str) -> HttpResponse:
    """What a trial found."""
    return render(request, "bureau/workbench/trial_page.html", {"trial": policies.trial_by_id(request.actor, pid)})
