"""A sheet as an answer."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def pdf_response(name: str, content: bytes) -> HttpResponse:
    """The PDF, shown by the browser and saved under this name; kept by nobody on the way."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    response["Cache-Control"] = "private, no-store"
    return response
