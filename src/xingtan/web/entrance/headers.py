"""Headers that every answer of every face carries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from xingtan.web.content.addresses import is_content_host

# What a page of ours may ask of the machine: nothing but a passkey.
PERMISSIONS = ", ".join(
    [f"{name}=()" for name in ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")]
    + [f"publickey-credentials-{act}=(self)" for act in ("create", "get")]
)


class HeadersMiddleware:
    """Permissions, resource policy, and nothing kept by shared caches of what a signed-in person sees."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers; packages of others live on a host of their own, from which our pages take them."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not is_content_host(request):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(getattr(request, "actor", None), "account_id", None):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
