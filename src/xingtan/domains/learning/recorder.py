"""The bare path `POST /beat`: no session, no middleware, no template; an answer only after the commit that holds the beats."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from xingtan.core.calendar import local_day
from xingtan.core.learned_time.step import ACTIVE, VISIBLE, Sign
from xingtan.foundation.db import BEATS
from xingtan.foundation.recording import GroupCommit, NotKept

from .rules import stretched
from .settling import Answer, Post, settle
from .tokens import TokenRefused, read_token

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], Any]

MOST_BYTES = 64 * 1024
MOST_BEATS = 500
MOST_SECONDS = 10_000_000
MOST_NONCE = 64
STATUS = {
    200: "200 OK",
    400: "400 Bad Request",
    401: "401 Unauthorized",
    405: "405 Method Not Allowed",
    411: "411 Length Required",
    413: "413 Content Too Large",
    503: "503 Service Unavailable",
}


class Bad(ValueError):
    """The request cannot be recorded, with the status that says why."""

    def __init__(self, status: int, title: str) -> None:
        super().__init__(title)
        self.status = status
        self.title = title


class Recorder:
    """A WSGI application that records beats; one committer a process."""

    def __init__(self, committer: GroupCommit[Post, Answer] | None = None, clock: Callable[[], float] = time.time) -> None:
        self.committer = committer or GroupCommit(settle, name="beats", using=BEATS)
        self.clock = clock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The answer as JSON: 200 with what was counted, or a problem that says why nothing was kept."""
        try:
            post = read_post(_body(environ), int(self.clock()))
            answer = self.committer.submit(post)
            next_in = stretched(post.claims.interval_s, *self.committer.load)
            return _send(start_response, 200, answer | {"next_in": next_in})
        except Bad as bad:
            return _problem(start_response, bad.status, bad.title)
        except TokenRefused as refused:
            return _problem(start_response, 401, str(refused))
        except NotKept:
            return _problem(start_response, 503, "not kept, try again")


def _body(environ: Environ) -> bytes:
    if environ["REQUEST_METHOD"] != "POST":
        raise Bad(405, "only POST")
    try:
        length = int(environ.get("CONTENT_LENGTH") or "")
    except ValueError:
        raise Bad(411, "a length is needed") from None
    if not 0 <= length <= MOST_BYTES:
        raise Bad(413, f"a post ends at {MOST_BYTES} bytes")
    body: bytes = environ["wsgi.input"].read(length)
    return body


def read_post(body: bytes, received_at: int) -> Post:
    """The token's claims and the beats in their order; raises `Bad` or `TokenRefused`."""
    try:
        given = json.loads(body)
        token, beats = given["token"], given["beats"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Bad(400, "expected {token, beats}") from None
    if not isinstance(token, str) or not isinstance(beats, list):
        raise Bad(400, "expected {token, beats}")
    if len(beats) > MOST_BEATS:
        raise Bad(413, f"a post ends at {MOST_BEATS} beats")
    claims, day = read_token(token, received_at), _day(received_at)
    read = sorted((_beat(one, received_at, day) for one in beats), key=lambda sign: sign.seq)
    return Post(claims, tuple(read), received_at, {one["seq"]: _nonce(one) for one in beats if "presence" in one})


@lru_cache(maxsize=4)
def _day(received_at: int) -> int:
    """The ordinal of the local day at this second."""
    return local_day(datetime.fromtimestamp(received_at, UTC)).toordinal()


def _beat(one: object, received_at: int, day: int) -> Sign:
    if not isinstance(one, dict):
        raise Bad(400, "a beat is an object")
    signs = VISIBLE * _truth(one, "is_visible") + ACTIVE * ("is_active" in one and _truth(one, "is_active"))
    return Sign(
        seq=_whole(one, "seq", 2**31 - 1),
        received_at=received_at,
        client_at=_whole(one, "client_at", 2**48),
        day=day,
        from_s=_whole(one, "from_s", MOST_SECONDS),
        to_s=_whole(one, "to_s", MOST_SECONDS),
        rate_centi=_whole(one, "rate_centi", 10_000),
        signs=signs,
    )


def _nonce(one: dict[str, object]) -> str:
    """What the beat answers a prompt with."""
    nonce = one["presence"]
    if not isinstance(nonce, str) or len(nonce) > MOST_NONCE or not nonce.isascii():
        raise Bad(400, f"presence: expected the nonce of a prompt, at most {MOST_NONCE} characters")
    return nonce


def _whole(one: dict[str, object], name: str, most: int) -> int:
    value = one.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise Bad(400, f"{name}: expected a whole number from 0 to {most}")
    return value


def _truth(one: dict[str, object], name: str) -> bool:
    value = one.get(name)
    if not isinstance(value, bool):
        raise Bad(400, f"{name}: expected true or false")
    return value


def _problem(start_response: StartResponse, status: int, title: str) -> list[bytes]:
    return _send(start_response, status, {"type": "about:blank", "status": status, "title": title}, "application/problem+json")


def _send(start_response: StartResponse, status: int, content: object, media_type: str = "application/json") -> list[bytes]:
    body = json.dumps(content, separators=(",", ":")).encode()
    headers = [
        ("Content-Type", media_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(STATUS[status], headers)
    return [body]
