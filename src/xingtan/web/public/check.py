"""The certificate check: its form, and its result, proved anew each time; whoever guesses numbers has to wait."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xingtan.domains.certificates import api as certificates
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.papers import api as papers
from xingtan.web.access import allowed
from xingtan.web.http import Request

from .access import ANYONE

LOG = logging.getLogger(__name__)
LONGEST = 60
# Only what was not found counts, so a school that scans hundreds of true certificates never waits.
FREE_MISSES = 30
WAIT_MINUTES = 10
STATUS = {"not_found": 404, "unavailable": 503}


def check_facts(request: Request, text: str) -> Mapping[str, Any]:
    """The result for this number or code, with `state` valid, revoked, superseded, not_found or unavailable and `checked_at`."""
    if _misses(request) >= FREE_MISSES:
        why = str(certificates.WHY_NOT_FOUND["too_often"]) % {"minutes": WAIT_MINUTES}
        return {"state": "unavailable", "why": why, "is_slowed": True, "checked_at": request.now}
    try:
        found = certificates.check_result(text[:LONGEST], now=request.now)
        if found["state"] == "not_found":
            asked = text[:LONGEST]
            found = eligibility.check_statement(asked, now=request.now) or papers.check_paper(asked, now=request.now) or found
    except (DatabaseError, OSError):  # no database, or no key to check the signature with
        LOG.exception("the certificate check could not be done")
        return {"state": "unavailable", "checked_at": request.now}
    if found["state"] == "not_found":
        _count_miss(request)
    return found


def _key(request: Request) -> str:
    """The asker's address as a keyed digest that is forgotten after minutes."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return "check:" + hmac.digest(settings.SECRET_KEY.encode(), address.encode(), "sha256").hex()[:32]


def _misses(request: Request) -> int:
    return int(cache.get(_key(request), 0))


def _count_miss(request: Request) -> None:
    key = _key(request)
    if not cache.add(key, 1, WAIT_MINUTES * 60):
        cache.incr(key)


@require_safe
@allowed(ANYONE)
def check(request: Request) -> HttpResponse:
    """The form of the certificate check; a number or code goes to its result's own address."""
    text = request.GET.get("q", "").strip().replace("/", "")[:LONGEST].strip(".")
    if text:
        return redirect("public:check_result", text)
    return render(request, "public/check.html")


@require_safe
@allowed(ANYONE)
def check_result(request: Request, text: str) -> HttpResponse:
    """What this certificate number or check code is worth now: valid, revoked, superseded, not found, or cannot be checked."""
    result = check_facts(request, text)
    status = 429 if result.get("is_slowed") else STATUS.get(result["state"], 200)
    response = render(request, "public/check_result.html", {"result": result, "text": text[:LONGEST]}, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
