"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor and the day; absent on error pages that come before the middleware."""
    return {"actor": getattr(request, "actor", None), "today": getattr(request, "today", None)}
