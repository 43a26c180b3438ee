"""What the content host answers: a package's files as what they are, and the run-time that plays them."""

from __future__ import annotations

import mimetypes
import time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone

from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.foundation.files.store import path_of_content
from xingtan.web.parts.ranges import ranged

from .addresses import FETCH, PREFIX, RUNTIME, STATE, Grant, GrantRefused, folder_of, read_grant

# A machine's own table of types differs from the next one's; these are what packages carry.
TYPES = {
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "js": "text/javascript", "mjs": "text/javascript",
    "css": "text/css", "json": "application/json", "xml": "text/xml", "xsd": "text/xml", "dtd": "application/xml-dtd", "txt": "text/plain",
    "vtt": "text/vtt", "srt": "text/plain", "csv": "text/csv", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "ico": "image/x-icon", "avif": "image/avif", "mp3": "audio/mpeg",
    "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav", "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm",
    "pdf": "application/pdf", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf", "wasm": "application/wasm",
}  # fmt: skip
UNKNOWN = "application/octet-stream"
SCRIPTS = {
    courses.Standard.SCORM12: ("vendor/scorm-again/scorm12.min.js", "xingtan/js/runtime-scorm.js"),
    courses.Standard.SCORM2004: ("vendor/scorm-again/scorm2004.min.js", "xingtan/js/runtime-scorm.js"),
    courses.Standard.CMI5: ("xingtan/js/runtime-cmi5.js",),
    courses.Standard.H5P: ("vendor/h5p-standalone/main.bundle.js", "xingtan/js/runtime-h5p.js"),
}
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=()"


def serve(request: HttpRequest) -> HttpResponseBase:
    """The file or the run-time below a signed address; 404 for an address without a grant, whatever it names."""
    token, _, path = request.path.removeprefix(PREFIX).partition("/")
    if request.method not in {"GET", "HEAD"} and not path.startswith((FETCH, STATE)):
        return HttpResponse(status=405, content_type="text/plain")
    try:
        grant = read_grant(token, int(time.time()))
    except GrantRefused:
        return HttpResponse(
            "This address has expired or is not one of ours. / 此地址已失效。", status=404, content_type="text/plain; charset=utf-8"
        )
    if path.startswith(FETCH):
        return _confined(_token(request, path.removeprefix(FETCH)), grant)
    if path == STATE:
        return _confined(JsonResponse({"success": True, "data": False}), grant)  # the player's page keeps the state
    response = _runtime(grant, token) if path == RUNTIME else _file(request, grant, path)
    return _confined(response, grant)


def _token(request: HttpRequest, text: str) -> HttpResponse:
    """cmi5's fetch: the token of this launch, to whoever asks first."""
    token = assessment.token_of_fetch(text, timezone.now()) if request.method == "POST" else None
    if token is None:
        return JsonResponse({"error-code": "1", "error-text": "This token was given out already, or its launch is over."})
    return JsonResponse({"auth-token": token})


def _runtime(grant: Grant, token: str) -> HttpResponseBase:
    """The page that holds the standard's run-time and the frame of the package."""
    package = courses.package_by_public_id(grant.package)
    if package is None:
        return HttpResponse(status=404, content_type="text/plain")
    standard = courses.Standard(package.standard)
    told: dict[str, Any] = {
        "origin": grant.origin,
        "root": folder_of(token),
        "standard": standard.value,
        "edition": package.facts["edition"],
        "items": [item for item in package.facts["items"] if item["kind"] != courses.ItemKind.HEADING],
    }
    return HttpResponse(render_to_string("content/runtime.html", {"told": told, "scripts": SCRIPTS[standard]}))


def _file(request: HttpRequest, grant: Grant, path: str) -> HttpResponseBase:
    file = courses.package_file(grant.package, path)
    if file is None:
        return HttpResponse("This file is not in the package. / 包内没有此文件。", status=404, content_type="text/plain; charset=utf-8")
    return ranged(request, path_of_content(file.sha256), media_type_of(path))


def media_type_of(path: str) -> str:
    """The type of a file by its ending; text keeps the encoding that it declares itself."""
    ending = path.rpartition(".")[2].lower()
    return TYPES.get(ending) or mimetypes.guess_type(path)[0] or UNKNOWN


def _confined(response: HttpResponseBase, grant: Grant) -> HttpResponseBase:
    """The answer may be framed by the page it was signed for, and loads from its own host only, where the record store answers too."""
    response["Content-Security-Policy"] = "; ".join([
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        f"frame-ancestors 'self' {grant.origin}",
    ])  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["Permissions-Policy"] = PERMISSIONS
    response["X-Robots-Tag"] = "noindex"
    return response
