"""From where a player is opened: the browser's random mark and the network address as our proxies tell it."""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.http import HttpResponse

from xingtan.domains.learning import api as learning
from xingtan.web.entrance.proxied import note_proxies
from xingtan.web.http import Request

COOKIE = "xingtan_device"
LIVES_S = 400 * 24 * 3600  # browsers keep none longer
MARK = re.compile(r"[0-9a-f]{32}")


def came_from(request: Request) -> learning.Came:
    """The mark of this browser (a fresh one when it has none) and its address."""
    known = request.COOKIES.get(COOKIE, "")
    return learning.Came(known if MARK.fullmatch(known) else secrets.token_hex(16), address_of(request))


def address_of(request: Request) -> str:
    """The client's address: as the outermost of our own proxies saw it; what stands left of that anybody may have written."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    note_proxies(direct, len(told))
    return ([*told, direct])[-1 - settings.PROXIES] if len(told) >= settings.PROXIES else direct


def mark(response: HttpResponse, came: learning.Came) -> HttpResponse:
    """The answer, with which the browser keeps its mark."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(COOKIE, came.device, max_age=LIVES_S, httponly=True, samesite="Lax", secure=secure)
    return response
