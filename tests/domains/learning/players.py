"""A player as the recorder sees it, and a call of the bare WSGI application."""

from __future__ import annotations

import io
import json

from xingtan.core.learned_time import BeatRules
from xingtan.domains.learning.settling import settle
from xingtan.domains.learning.tokens import player_token
from xingtan.foundation.recording import Load

START = 1_795_000_000


class AtOnce:
    """A committer without a thread: each post is settled alone, within the test's transaction."""

    load = Load(0.0, 0)

    def submit(self, post):
        return settle([post])[0]


class Clock:
    """The server's clock, moved by hand."""

    def __init__(self, at: int = START) -> None:
        self.at = at

    def __call__(self) -> float:
        return float(self.at)


def call(recorder, body, *, method="POST", length=None):
    """(status, content) of one call."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    said = {}

    def start_response(status, headers):
        said["status"] = int(status.split()[0])
        said["headers"] = dict(headers)

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/beat",
        "CONTENT_LENGTH": str(len(raw)) if length is None else length,
        "wsgi.input": io.BytesIO(raw),
    }
    body = b"".join(recorder(environ, start_response))
    return said["status"], json.loads(body)


class Player:
    """One opening of a unit."""

    def __init__(self, teacher_id=1, unit_id=7, length_s=100, now_s=START, **rules) -> None:
        given = {"teacher_id": teacher_id, "unit_id": unit_id, "length_s": length_s}
        self.token, self.claims = player_token(**given, now_s=now_s, rules=BeatRules(**rules))
        self.seq = -1

    def beat(self, from_s, to_s, at, *, rate_centi=100, is_visible=True, **more):
        """The next beat's content."""
        self.seq += 1
        return {
            "seq": self.seq, "client_at": at, "from_s": from_s, "to_s": to_s, "rate_centi": rate_centi, "is_visible": is_visible,
        } | more  # fmt: skip

    def post(self, *beats):
        """A request's content."""
        return {"token": self.token, "beats": list(beats)}
