"""The application `/xapi/`: who asks, in which version, for which resource; every answer with its headers, every refusal a document."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, TypeAlias

from django.db import connections

from xingtan.domains.statements import api as statements
from xingtan.domains.statements.api import Version
from xingtan.foundation.db import uuid7
from xingtan.foundation.logs import REQUEST_ID

from . import about, headers, keeping, retrieving
from .alternate import unfolded
from .answers import Answer, Problem
from .requests import NOBODY, VERSION_HEADER, Environ, Request, headers_of, read_request, version_of
from .storing import store

LOG = logging.getLogger(__name__)
StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], Any]
Act: TypeAlias = Callable[[Request], Answer]
READING = frozenset({"GET", "HEAD"})
OPEN = "/xapi/about"


def _documents(resource: keeping.Resource) -> dict[str, Act]:
    acts = {
        "GET": keeping.get_document,
        "PUT": keeping.put_document,
        "POST": keeping.post_document,
        "DELETE": keeping.delete_document,
    }
    return {method: lambda request, act=act: act(request, resource) for method, act in acts.items()}  # type: ignore[misc]  # -- a bound act


RESOURCES: Mapping[str, Mapping[str, Act]] = {
    OPEN: {"GET": about.get_about},
    "/xapi/statements": {"GET": retrieving.get_statements, "PUT": store, "POST": store},
    "/xapi/activities": {"GET": about.get_activity},
    "/xapi/agents": {"GET": about.get_person},
    "/xapi/activities/state": _documents(keeping.STATE),
    "/xapi/activities/profile": _documents(keeping.ACTIVITY_PROFILE),
    "/xapi/agents/profile": _documents(keeping.AGENT_PROFILE),
}


class Xapi:
    """The WSGI application; `clock` tells epoch seconds."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The answer of the resource, or a document that says why there is none; never an exception."""
        token = REQUEST_ID.set(str(uuid7()))
        _let_go()
        try:
            return self._answered(environ, start_response)
        finally:
            _let_go()
            REQUEST_ID.reset(token)

    def _answered(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        sent = headers_of(environ)
        origin, host = sent.get("origin", ""), sent.get("host", "")
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return _send(start_response, environ, _preflight(environ, origin, host, self.clock()), headers.standing(Version.V2))
        request = Request("GET", "", {}, sent, lambda most: b"", sender=NOBODY)
        extra: list[tuple[str, str]] = []
        try:
            request = unfolded(read_request(environ, int(self.clock() * 1_000_000)))
            answer = self._of_resource(request, extra)
        except Problem as problem:
            answer = problem.answer()
        except Exception:  # whatever it is, the client is told, and told nothing of it
            LOG.exception("an xAPI request failed")
            answer = Problem(500, "", f"Our fault; the log knows it as {REQUEST_ID.get()}.").answer()
        standing = [*headers.standing(request.version), *headers.shared(origin, request.sender, host), *extra]
        return _send(start_response, environ, answer, standing)

    def _of_resource(self, request: Request, extra: list[tuple[str, str]]) -> Answer:
        """The answer of the act that the path and method name."""
        acts = _acts(request.path)
        if request.path != OPEN:
            request.version = version_of(request.header(VERSION_HEADER))
            request.sender = self._sender(request)
        elif known := request.header(VERSION_HEADER):
            request.version = Version.V1 if known.startswith("1.") else Version.V2
        is_read = request.method in READING
        act = acts.get("GET" if is_read else request.method)
        if act is None:
            allowed = ", ".join(sorted({*acts, *({"HEAD"} if "GET" in acts else ()), "OPTIONS"}))
            raise Problem(405, "", f"This resource takes {allowed}.", headers=(("Allow", allowed),))
        if is_read and request.path.startswith("/xapi/statements"):
            extra.extend(retrieving.consistency(request))
        return act(request)

    def _sender(self, request: Request) -> statements.Sender:
        try:
            return statements.authenticate(request.header("Authorization"), self.clock())
        except statements.NotAuthentic as why:
            challenge = (("WWW-Authenticate", 'Basic realm="xapi", charset="UTF-8"'),)
            raise Problem(401, "Authorization", f"Who asks is not known: {why}.", headers=challenge) from None


def _let_go() -> None:
    """Connections that are broken or have lived long enough are given back, as Django does around its own requests."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _acts(path: str) -> Mapping[str, Act]:
    if path.startswith(retrieving.MORE):
        return {"GET": retrieving.get_more}
    if path not in RESOURCES:
        raise Problem(404, "", f"There is no such resource; there are {', '.join(sorted(RESOURCES))}.")
    return RESOURCES[path]


def _preflight(environ: Environ, origin: str, host: str, now: float) -> Answer:
    path = str(environ.get("PATH_INFO", ""))
    is_there = path in RESOURCES or path.startswith(retrieving.MORE)
    if is_there and origin and (headers.is_content_origin(origin, host) or origin in statements.known_origins(now)):
        return Answer(204, headers=tuple(headers.preflight(origin)))
    return Answer(204 if is_there else 404, headers=(("Allow", f"{headers.METHODS}, OPTIONS"),))


def _send(start_response: StartResponse, environ: Environ, answer: Answer, standing: list[tuple[str, str]]) -> list[bytes]:
    """The answer on its way: with a tag where it has none, 304 where the client has it already, without a body for HEAD."""
    own = list(answer.headers)
    if answer.status == 200 and environ["REQUEST_METHOD"] in READING:
        tag = dict(own).get("ETag") or statements.etag_of(answer.body)
        own = [(name, value) for name, value in own if name != "ETag"] + [("ETag", tag)]
        if tag in statements.tags_in(str(environ.get("HTTP_IF_NONE_MATCH", ""))):
            answer = Answer(304)
    if answer.status not in {204, 304}:
        own += [("Content-Type", answer.media_type), ("Content-Length", str(len(answer.body)))]
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", [*own, *standing])
    return [] if environ["REQUEST_METHOD"] == "HEAD" or not answer.body else [answer.body]
