"""Everything that an endpoint answers instead of what was asked for: `application/problem+json` (RFC 9457), from this one place."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused
from xingtan.foundation.words import refusal_sentence

LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class Problem(Schema):
    """Why a request was not answered; `type` is for programs, `detail` for people."""

    type: str = Field(description="`urn:xingtan:refusal:<code>` for a refusal, `urn:xingtan:problem:<kind>` otherwise")
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] = Field(default=[], description="with 422: where the request is wrong (`loc`, `type`, `msg`)")


def problem(status: int, kind: str, title: str, detail: str = "", **more: object) -> HttpResponse:
    """The answer for a problem of this kind."""
    said = {"type": kind if kind.startswith("urn:") else f"urn:xingtan:problem:{kind}", "title": title, "status": status, "detail": detail}
    return JsonResponse({**said, **more}, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409 with the sentence that the room keeps for the refusal."""
    vars(request)["refusal"] = refusal.code
    return problem(409, f"urn:xingtan:refusal:{refusal.code}", _("Refused"), refusal_sentence(refusal))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: absent, or outside the branch of whoever asks."""
    return problem(404, "not_found", _("Not found"), _("There is nothing here, or it lies outside your branch."))


def not_allowed(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    """403 with the right that the role lacks."""
    vars(request)["refusal"] = refusal.permission
    return problem(403, "not_allowed", _("Not allowed"), _("Your role may not do this."), permission=refusal.permission)


def not_signed_in(request: HttpRequest, exception: Exception) -> HttpResponse:
    """401: no token, or one that is unknown, revoked or ended."""
    answer = problem(401, "token", _("Token needed"), _("Send a valid API token as `Authorization: Bearer …`."))
    answer["WWW-Authenticate"] = 'Bearer realm="xingtan"'
    return answer


def not_valid(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    """422 with every place where the request is not as the schema says; what was sent is not repeated."""
    errors = [{"loc": list(one["loc"]), "type": one["type"], "msg": one["msg"]} for one in exception.errors]
    return problem(422, "validation", _("Not valid"), _("The request is not as the API's description says."), errors=errors)


def not_storable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """422 for what the description allows and no database takes: a NUL in a text, a number beyond every range."""
    return problem(422, "validation", _("Not valid"), _("The request is not as the API's description says."))


def http_error(request: HttpRequest, exception: HttpError) -> HttpResponse:
    """What ninja itself refuses, such as a body that is no JSON."""
    return problem(exception.status_code, "request", _("The request could not be read"), str(exception))


def too_large(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413: larger than a request may be."""
    return problem(413, "too_large", _("Too large"))


def suspicious(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that no honest client sends."""
    return problem(400, "request", _("The request could not be read"))


def method_not_allowed(methods: str) -> HttpResponse:
    """405 with the methods that there are, in a steady order."""
    answer = problem(405, "method", _("This address does not take this method"))
    answer["Allow"] = ", ".join(sorted(methods.replace(" ", "").split(",")))
    return answer


def broken(request: HttpRequest, exception: Exception) -> HttpResponse:
    """500: our fault, with the id under which the log tells more."""
    LOG.error("an endpoint failed", exc_info=exception)
    return problem(500, "fault", _("Our fault"), request_id=getattr(request, "request_id", "-"))


HANDLERS: Mapping[type[Exception], Any] = {
    Refused: refused,
    NotInScope: not_found,
    Http404: not_found,
    NotAllowed: not_allowed,
    AuthenticationError: not_signed_in,
    ValidationError: not_valid,
    HttpError: http_error,
    DataError: not_storable,
    RequestDataTooBig: too_large,
    SuspiciousOperation: suspicious,
    Exception: broken,
}


def handle_problems(api: NinjaAPI) -> None:
    """Every exception of the API's endpoints has its answer."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
