"""Front page, and pages that tell."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.web.access import allowed
from xingtan.web.http import Request

from . import front as frontpage
from .access import ANYONE


@require_safe
@allowed(ANYONE)
def front(request: Request) -> HttpResponse:
    """The year's axis, open projects, the certificate check and the seven counts; no sign-in needed."""
    return render(request, "public/front.html", frontpage.facts(request.today))


@require_safe
@allowed(ANYONE)
def accessibility(request: Request) -> HttpResponse:
    """How these pages can be used without mouse, without sight of colour, with a screen reader."""
    return render(request, "public/accessibility.html")


@require_safe
@allowed(ANYONE)
def privacy(request: Request) -> HttpResponse:
    """What is kept of a person, what for, how long."""
    return render(request, "public/privacy.html")
