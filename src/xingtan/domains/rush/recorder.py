"""The bare path `POST /press`: no session, no middleware, no template; a definite answer, after the commit that holds it.

A page with script sends and reads JSON; without, its plain form is answered by the address of the page that tells the answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias
from urllib.parse import parse_qs

from xingtan.foundation.recording import GroupCommit, NotKept

from .deciding import decide
from .presses import Answer, Press, stamped
from .tokens import TokenRefused, read_token

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], Any]

MOST_BYTES = 2_048
STATUS = {
    200: "200 OK",
    303: "303 See Other",
    400: "400 Bad Request",
    401: "401 Unauthorized",
    405: "405 Method Not Allowed",
    413: "413 Content Too Large",
    503: "503 Service Unavailable",
}


class Rush:
    """A WSGI application that decides presses; one committer a process."""

    def __init__(self, committer: GroupCommit[Press, Answer] | None = None, clock: Callable[[], float] = time.time) -> None:
        self.committer = committer or GroupCommit(decide, name="rush", using="default", stamp=stamped)
        self.clock = clock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """What became of the press: `state`, and what belongs to it; 401 and 503 say that nothing was decided."""
        is_form = str(environ.get("CONTENT_TYPE", "")).startswith("application/x-www-form-urlencoded")
        status, token = _token(environ, is_form=is_form)
        if status != 200:
            return _send(start_response, status, {"state": "nothing", "code": "rush_bad_request"})
        try:
            claims = read_token(token, self.clock())
            answer = self.committer.submit(Press(claims))
        except TokenRefused as wrong:
            return _see(start_response, "/my/projects/") if is_form else _send(start_response, 401, _nothing("rush_stale", str(wrong)))
        except NotKept:
            return _send(start_response, 503, _nothing("rush_not_kept", "try again"))
        return _see(start_response, _page(claims.address, answer)) if is_form else _send(start_response, 200, answer)


def _page(address: str, answer: Answer) -> str:
    """The page that tells the answer; what stands it reads itself, what was refused it is told."""
    return f"/my/rush/{address}/" + (f"?no={answer['code']}" if answer["state"] == "refused" else "")


def _nothing(code: str, why: str) -> Answer:
    return {"state": "nothing", "code": code, "why": why}


def _token(environ: Environ, *, is_form: bool) -> tuple[int, str]:
    if environ["REQUEST_METHOD"] != "POST":
        return 405, ""
    length = str(environ.get("CONTENT_LENGTH") or "")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return 413, ""
    body: bytes = environ["wsgi.input"].read(int(length))
    try:
        given = parse_qs(body.decode("ascii"))["token"][0] if is_form else json.loads(body)["token"]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return 400, ""
    return (200, given) if isinstance(given, str) else (400, "")


def _see(start_response: StartResponse, address: str) -> list[bytes]:
    start_response(STATUS[303], [("Location", address), ("Content-Length", "0"), ("Cache-Control", "no-store")])
    return [b""]


def _send(start_response: StartResponse, status: int, content: Answer) -> list[bytes]:
    body = json.dumps(content, separators=(",", ":")).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(STATUS[status], headers)
    return [body]
