"""The certificate check: its form, and its result put together from the certificates room's answer."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xingtan.domains.certificates import api as certificates
from xingtan.web.access import allowed
from xingtan.web.http import Request

from .access import ANYONE

LOG = logging.getLogger(__name__)


def check_facts(text: str, *, now: datetime) -> Mapping[str, Any]:
    """The result for this number or code, with `state` valid, revoked, not_found or unavailable and `checked_at`."""
    ask = getattr(certificates, "check_result", None)
    try:
        found = ask(text, now=now) if ask else {"state": "unavailable"}
    except DatabaseError:
        LOG.exception("the certificate check could not ask the database")
        found = {"state": "unavailable"}
    return {"checked_at": now, **found}


@require_safe
@allowed(ANYONE)
def check(request: Request) -> HttpResponse:
    """The form of the certificate check; a number or code goes to its result's own address."""
    text = request.GET.get("q", "").strip().replace("/", "")[:60]
    if text:
        return redirect("public:check_result", text)
    return render(request, "public/check.html")


@require_safe
@allowed(ANYONE)
def check_result(request: Request, text: str) -> HttpResponse:
    """What this certificate number or check code is worth now: valid, revoked, not found, or cannot be checked."""
    result = check_facts(text, now=request.now)
    return render(
        request, "public/check_result.html", {"result": result, "text": text}, status=404 if result["state"] == "not_found" else 200
    )
