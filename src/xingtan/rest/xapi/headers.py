"""Headers that every answer has, and what a browser's page of another origin may do (part three, 1.2; CORS)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from xingtan.domains.statements.api import Sender, Version

from .answers import Headers
from .requests import VERSION_HEADER

CONSISTENT = "X-Experience-API-Consistent-Through"
SAFE: Headers = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'"),
    ("Cache-Control", "private, no-cache"),
    ("Vary", "Origin, Authorization, Accept-Language"),
)
ASKED = f"Authorization, Content-Type, If-Match, If-None-Match, Accept, Accept-Language, {VERSION_HEADER}, X-Experience-API-Hash"
SHOWN = f"ETag, Last-Modified, Content-Length, Location, WWW-Authenticate, {VERSION_HEADER}, {CONSISTENT}"
METHODS = "GET, HEAD, PUT, POST, DELETE"
REMEMBERED_S = 600


def standing(version: Version) -> list[tuple[str, str]]:
    """The headers of every answer in this version."""
    return [(VERSION_HEADER, version.value), *SAFE]


def shared(origin: str, sender: Sender | None, host: str) -> list[tuple[str, str]]:
    """The headers by which a page of this origin may read the answer; none for an origin that is not this sender's."""
    if not origin or not (is_content_origin(origin, host) or (sender is not None and origin in sender.origins)):
        return []
    return [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", SHOWN)]


def preflight(origin: str) -> list[tuple[str, str]]:
    """The answer to a browser that asks beforehand; which origins belong to which key shows only with the request itself."""
    return [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Methods", METHODS),
        ("Access-Control-Allow-Headers", ASKED),
        ("Access-Control-Max-Age", str(REMEMBERED_S)),
    ]


def is_content_origin(origin: str, host: str) -> bool:
    """True for the host that others' packages are served from, on the port of the request where the setting names none."""
    try:
        asked, here, known = urlsplit(origin), urlsplit(f"//{host}"), urlsplit(f"//{settings.CONTENT_HOST}")
        return asked.scheme in {"http", "https"} and asked.hostname == known.hostname and asked.port == (known.port or here.port)
    except ValueError:
        return False
