"""Two hosts, one program: on the content host nothing but packages and the run-time's own files; elsewhere never a package."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from .addresses import PREFIX, is_content_host, port_of, scheme_of
from .serving import serve

BARE = ("/healthz", "/readyz")


class ContentHostMiddleware:
    """Stands before sessions, so that the content host neither reads nor sets a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Content on the content host; whoever opens a page there is sent to the same page on the pages' own host."""
        if not is_content_host(request) or request.path in BARE:
            return self.get_response(request)
        if request.path.startswith(PREFIX):
            return serve(request)
        return _elsewhere(request)


def _elsewhere(request: HttpRequest) -> HttpResponse:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if request.method not in {"GET", "HEAD"} or not host or host == settings.CONTENT_HOST:
        return HttpResponse(status=404, content_type="text/plain")
    return HttpResponseRedirect(f"{scheme_of(request)}://{host}{port_of(request)}{request.get_full_path()}")
