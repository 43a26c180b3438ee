"""What another site's program asks of us: tokens for a code or a refresh token, and who the person is."""

from __future__ import annotations

import json
from typing import cast

from allauth.idp.oidc import views
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from xingtan.foundation.db import atomic
from xingtan.foundation.entrance.sites import GRANTS
from xingtan.foundation.entrance.spent import family_of, join_family, spend, take_back
from xingtan.web.http import Request

OK = 200


def token(request: Request) -> HttpResponse:
    """Tokens for a code or a refresh token; no other grant is known here. A code that comes twice gives none and takes the first ones back."""
    if request.POST.get("grant_type") not in GRANTS:
        return JsonResponse({"error": "unsupported_grant_type", "error_description": _("Only codes and refresh tokens.")}, status=400)
    code = request.POST.get("code", "")
    answer = _renewed(request) if request.POST["grant_type"] == "refresh_token" else _exchanged(request, code)
    answer["Cache-Control"] = "no-store"
    return answer


@atomic
def _exchanged(request: Request, code: str) -> HttpResponse:
    answer: HttpResponse = views.token(request)
    if answer.status_code != OK:
        take_back(code, now=request.now)
    elif not spend(code, _values(answer), now=request.now):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    return answer


@atomic
def _renewed(request: Request) -> HttpResponse:
    family = family_of(request.POST.get("refresh_token", ""))
    answer: HttpResponse = views.token(request)
    if answer.status_code == OK:
        join_family(family, _values(answer))
    return answer


def _values(answer: HttpResponse) -> list[str]:
    told = json.loads(answer.content)
    return [told[name] for name in ("access_token", "refresh_token") if told.get(name)]


def person(request: HttpRequest) -> HttpResponse:
    """What the token's site may learn of the person; kept by nobody on the way."""
    answer: HttpResponse = views.user_info(request)
    answer["Cache-Control"] = "no-store"
    return answer


def revoke(request: HttpRequest) -> HttpResponse:
    """The token opens nothing any more; the answer is kept by nobody on the way."""
    answer = cast("HttpResponse", views.revoke(request))
    answer["Cache-Control"] = "no-store"
    return answer
