"""Pages for what did not happen; each says why and what to do."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from xingtan.foundation.refusal import NotAllowed, Refused

from .words import refusal_sentence


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent, or outside the branch of whoever asks."""
    return render(request, "errors/page.html", {"kind": "not_found"}, status=404)


def not_allowed(request: HttpRequest, refusal: NotAllowed | Exception | None = None) -> HttpResponse:
    """403: seen, but not for this role."""
    return render(request, "errors/page.html", {"kind": "not_allowed"}, status=403)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409: the sentence that the room keeps for this code."""
    return render(request, "errors/page.html", {"kind": "refused", "sentence": refusal_sentence(refusal)}, status=409)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is gone (signed in anew elsewhere, or a form from another site); nothing was changed."""
    return render(request, "errors/page.html", {"kind": "stale_form"}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read; 413 when it was larger than an upload may be."""
    if isinstance(exception, RequestDataTooBig):
        facts = {"kind": "too_large", "limit_mb": settings.UPLOAD_LIMIT // (1024 * 1024)}
        return render(request, "errors/page.html", facts, status=413)
    return render(request, "errors/page.html", {"kind": "bad_request"}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; without database or actor, so that it works when they do not."""
    facts = {"request_id": getattr(request, "request_id", "-")}
    return HttpResponse(render_to_string("errors/broken.html", facts), status=500)
