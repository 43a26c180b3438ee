"""Addresses on the content host: which package, until when, and which page of ours may frame it, signed with a key outside the database."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

from xingtan.foundation.keys import store

PURPOSE = "content"
LIVES_S = 4 * 3600
MOST_LENGTH = 500
PREFIX = "/content/"
RUNTIME = "~/play"
FETCH = "~/fetch/"
STATE = "~/state"


class Grant(NamedTuple):
    """What a signed address opens: one package, for pages of one origin, until a second of the server's clock."""

    package: str
    origin: str
    expires_at: int


class GrantRefused(ValueError):
    """The text is no grant of ours, or its time is over."""


def port_of(request: HttpRequest) -> str:
    """`:port` as the browser wrote it, or nothing."""
    _host, mark, port = request.get_host().rpartition(":")
    return mark + port if port.isdigit() else ""


def scheme_of(request: HttpRequest) -> str:
    """Https where the site is published under https, whatever the front proxy speaks to us."""
    return "https" if settings.PUBLIC_URL.startswith("https://") else str(request.scheme)


def is_content_host(request: HttpRequest) -> bool:
    """True when the request came to the second host."""
    asked = request.get_host()
    return settings.CONTENT_HOST in (asked, asked.removesuffix(port_of(request)))


def content_origin(request: HttpRequest) -> str:
    """Scheme, host and port of the second host as this browser reaches it: the request's own port unless the setting names one."""
    host: str = settings.CONTENT_HOST
    return f"{scheme_of(request)}://{host if ':' in host else host + port_of(request)}"


def runtime_address(request: HttpRequest, package: str) -> str:
    """Where this page may open the package's run-time for the next four hours."""
    origin = f"{scheme_of(request)}://{request.get_host()}"
    return content_origin(request) + folder_of(write_grant(Grant(package, origin, _now(request) + LIVES_S))) + RUNTIME


def folder_of(token: str) -> str:
    """The package's root below this token."""
    return f"{PREFIX}{token}/"


def _now(request: HttpRequest) -> int:
    return int(getattr(request, "now").timestamp())  # noqa: B009 -- set by our middleware, which Django's type does not know


def _mac(version: int, body: bytes) -> bytes:
    return hmac.digest(store.ring(PURPOSE)[version], body, "sha256")


def write_grant(grant: Grant) -> str:
    """The grant as signed text that may stand in a path."""
    version = max(store.ring(PURPOSE))
    body = urlsafe_b64encode(json.dumps([version, *grant], separators=(",", ":")).encode()).rstrip(b"=")
    return f"{body.decode()}.{urlsafe_b64encode(_mac(version, body)).decode().rstrip('=')}"


def read_grant(token: str, now_s: int) -> Grant:
    """The grant of a token of ours whose time is not over; raises `GrantRefused`."""
    if len(token) > MOST_LENGTH:
        raise GrantRefused("too long")
    body, _, mac = token.encode("ascii", "replace").partition(b".")
    try:
        version, package, origin, expires_at = json.loads(urlsafe_b64decode(body + b"=" * (-len(body) % 4)))
        if not hmac.compare_digest(_mac(version, body), urlsafe_b64decode(mac + b"=" * (-len(mac) % 4))):
            raise GrantRefused("signature")
        grant = Grant(str(package), str(origin), int(expires_at))
    except (Base64Error, ValueError, KeyError, TypeError):
        raise GrantRefused("not a grant") from None
    if now_s > grant.expires_at:
        raise GrantRefused("expired")
    return grant
