"""What surrounds every page: request id, language, actor, and refusals as honest answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from xingtan.core.calendar import local_day
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import uuid7
from xingtan.foundation.logs import REQUEST_ID
from xingtan.foundation.people.grants import actor_of, grants_of
from xingtan.foundation.people.roles import VISITOR, Actor
from xingtan.foundation.people.usage import note_use
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

from . import acting, errors
from .http import Request
from .refusals import told_refusal

GetResponse = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = settings.LANGUAGE_COOKIE_NAME
GRANT_KEY = "grant"
GIVEN_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


class RequestIdMiddleware:
    """Every request has an id, in its log lines and in its answer; one that a proxy gave is kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the id in `X-Request-ID`."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if GIVEN_ID.fullmatch(given) else str(uuid7())
        cast("Request", request).request_id = request_id
        token = REQUEST_ID.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            REQUEST_ID.reset(token)
        response["X-Request-ID"] = request_id
        return response


class LanguageMiddleware:
    """Chinese first: another language only when the person chose it, never because a browser prefers it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ActorMiddleware:
    """Every request knows who acts: the account's chosen role, else its first, else a visitor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with `actor`, `now` and `today` on the request."""
        ours = cast("Request", request)
        ours.now = timezone.now()
        ours.today = local_day(ours.now)
        ours.actor = self._actor(ours)
        try:
            ours.actor = acting.in_place(ours)
        except Refused as over:  # a form must not go on under another role than it was opened with
            return errors.refused(ours, over)
        return self.get_response(request)

    def _actor(self, request: Request) -> Actor:
        if not request.session.get("_auth_user_id") or not request.user.is_authenticated:
            return VISITOR
        account = request.user
        grants = request.grants = grants_of(account, request.today)
        if not grants:
            return VISITOR
        wanted = request.session.get(GRANT_KEY)
        grant = next((grant for grant in grants if grant.pk == wanted), grants[0])
        note_use(grant, request.today)
        return actor_of(grant, name=account.name, teacher_id=teachers.teacher_id_of(account.pk))


class RefusalMiddleware:
    """A refusal is an answer: 404 outside the scope, 403 without the right, 409 with the sentence."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view did; what was refused is noted for the audit log."""
        response = self.get_response(request)
        told_refusal(cast("Request", request), response.status_code)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; None for anything else, which is an error."""
        ours = cast("Request", request)
        if isinstance(exception, NotInScope):
            return errors.not_found(ours)
        if isinstance(exception, NotAllowed):
            ours.refusal = exception.permission
            return errors.not_allowed(ours, exception)
        if isinstance(exception, Refused):
            ours.refusal = exception.code
            return errors.refused(ours, exception)
        return None
