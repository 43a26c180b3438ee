"""Answers and the one document that says why there is none."""

from __future__ import annotations

import json
from typing import NamedTuple

Headers = tuple[tuple[str, str], ...]
MEDIA_JSON = "application/json"
MEDIA_PROBLEM = "application/problem+json"
CODES = {
    400: "malformed",
    401: "not_authentic",
    403: "not_allowed",
    404: "not_found",
    405: "method",
    409: "conflict",
    412: "precondition",
    413: "too_large",
    500: "fault",
    503: "not_kept",
}


class Answer(NamedTuple):
    """What goes back: status, body, headers of its own (those that every answer has are added by the application)."""

    status: int
    body: bytes = b""
    media_type: str = ""
    headers: Headers = ()


class Problem(Exception):
    """Why a request was not answered: the status, what is wrong (a parameter, a header, a path as `$.actor`; "" for none), and a sentence."""

    def __init__(self, status: int, path: str, message: str, *, headers: Headers = (), code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.path = path
        self.message = message
        self.headers = headers
        self.code = code or CODES.get(status, "problem")

    def answer(self) -> Answer:
        """The problem as a document (RFC 9457) with the member `path`; nothing that was sent is repeated but names."""
        code = self.code.replace("_", " ")
        said = {"type": f"urn:xingtan:xapi:{self.code}", "title": code, "status": self.status, "detail": self.message}
        content = said | ({"path": self.path} if self.path else {})
        body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
        return Answer(self.status, body, MEDIA_PROBLEM, self.headers)


def json_answer(content: object, *, headers: Headers = ()) -> Answer:
    """200 with the content as JSON."""
    return Answer(200, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), MEDIA_JSON, headers)


EMPTY = Answer(204)
