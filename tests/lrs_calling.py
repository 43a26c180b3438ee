"""A program that speaks xAPI with the record store through its WSGI door, and keys to do so with."""

from __future__ import annotations

import json
from base64 import b64encode
from io import BytesIO
from typing import NamedTuple
from urllib.parse import quote, urlencode
from wsgiref.validate import validator

from tests.statement_samples import small
from xingtan.domains.statements import api as statements
from xingtan.rest.xapi.app import Xapi

V1, V2 = "1.0.3", "2.0.0"


class Reply(NamedTuple):
    """An answer: status, headers by small names, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)

    @property
    def ids(self):
        """The statements' ids of a page."""
        return [one["id"] for one in self.json()["statements"]]


class Client:
    """Calls with this key and in this version; `headers` of a call replace its own, None takes one away."""

    def __init__(self, authorization="", *, version=V1, app=None):
        self.app = validator(app or Xapi())
        self.headers = {"Authorization": authorization, "X-Experience-API-Version": version}

    def at(self, version):
        """The same in another version."""
        other = Client(self.headers["Authorization"], version=version)
        other.app = self.app
        return other

    def call(self, method, path, query=None, body=None, **headers):
        text = query if isinstance(query, str) else urlencode({k: _text(v) for k, v in (query or {}).items()}, quote_via=quote)
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        sent = dict(self.headers)
        if body is not None and not isinstance(body, bytes):
            sent["Content-Type"] = "application/json"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(method, path, text, {name: value for name, value in sent.items() if value}, content)

    def send(self, method, path, text, headers, content):
        """One request, as the server would hand it over."""
        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": f"/xapi{path}" if not path.startswith("/xapi") else path, "QUERY_STRING": text,
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "testserver",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(content), "wsgi.errors": _Errors(),
            "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False, "CONTENT_LENGTH": str(len(content)),
        }  # fmt: skip
        for name, value in headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value
        told = []
        answer = self.app(environ, lambda status, found, exc_info=None: told.append((status, found)) or (lambda data: None))
        content = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        ((status, found),) = told
        return Reply(int(status[:3]), {name.lower(): value for name, value in found}, content)

    def get(self, path, query=None, **headers):
        return self.call("GET", path, query, **headers)

    def head(self, path, query=None, **headers):
        return self.call("HEAD", path, query, **headers)

    def put(self, path, query=None, body=None, **headers):
        return self.call("PUT", path, query, body, **headers)

    def post(self, path, query=None, body=None, **headers):
        return self.call("POST", path, query, body, **headers)

    def delete(self, path, query=None, **headers):
        return self.call("DELETE", path, query, **headers)

    def store(self, *some):
        """These statements are stored; their ids."""
        reply = self.post("/statements", body=list(some) or small())
        assert reply.status == 200, reply.body
        return reply.json()

    def found(self, **query):
        """The ids of the statements that match."""
        reply = self.get("/statements", query)
        assert reply.status == 200, reply.body
        return reply.ids


class _Errors:
    """WSGI's error stream; nothing is expected there."""

    def write(self, text):
        raise AssertionError(text)

    def flush(self):
        pass

    def writelines(self, lines):
        raise AssertionError(lines)


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def basic(key, secret):
    """The header of a key and its secret."""
    return "Basic " + b64encode(f"{key}:{secret}".encode()).decode()


def key_for(actor, *, now, provider_id=None, **rights):
    """A new key of the actor's provider, as a header."""
    given = statements.give_credential(
        actor=actor, provider_id=provider_id or actor.organisation_id, title="tests", rights=statements.Rights(**rights), now=now
    )
    return basic(given.credential.public_id, given.secret)
