"""A request as the resources see it, read from WSGI's environment; whatever cannot be read is a `Problem`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from django.conf import settings

from xingtan.domains.statements.api import Sender, Standing, Version

from .answers import Problem

Environ: TypeAlias = dict[str, Any]
VERSION_HEADER = "X-Experience-API-Version"
MOST_FIELDS = 60
KNOWN_V1 = re.compile(r"1\.0(\.\d{1,6})?")
KNOWN_V2 = re.compile(r"2\.0(\.\d{1,6})?")
NOBODY = Sender(0, 0, {}, may_write=False, may_read=False)
UNKNOWN = Standing(0, has_references=True)


@dataclass
class Request:
    """Method, path, parameters, headers (names in lower case), who speaks and in which version; `read` gives the body.

    `standing`: nothing stored later than its moment is given.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    read: Callable[[int], bytes]
    version: Version = Version.V2
    sender: Sender = NOBODY
    now_us: int = 0
    is_alternate: bool = False
    standing: Standing = UNKNOWN

    def header(self, name: str) -> str:
        """The header's text, "" when it was not sent."""
        return self.headers.get(name.lower(), "")

    def body(self, most: int | None = None) -> bytes:
        """The whole body; 413 when it is larger than `most` bytes (the site's limit for uploads)."""
        limit = most or settings.UPLOAD_LIMIT
        body = self.read(limit + 1)
        if len(body) > limit:
            raise Problem(413, "", f"The content is larger than {limit} bytes, the most that is kept here.")
        return body


def read_request(environ: Environ, now_us: int) -> Request:
    """The request before anyone asked who sends it."""
    headers = headers_of(environ)
    if headers.get("content-encoding", "identity") != "identity":
        raise Problem(400, "Content-Encoding", "Content is read as it is: send it without a content encoding.")
    query = read_query(str(environ.get("QUERY_STRING", "")))
    path = str(environ.get("PATH_INFO", ""))
    return Request(str(environ["REQUEST_METHOD"]), path, query, headers, _reader(environ), now_us=now_us)


def headers_of(environ: Environ) -> dict[str, str]:
    """The headers by their names in lower case."""
    found = {key[5:].replace("_", "-").lower(): str(value) for key, value in environ.items() if key.startswith("HTTP_")}
    for key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(key):
            found[key.replace("_", "-").lower()] = str(environ[key])
    return found


def read_query(text: str) -> dict[str, str]:
    """The parameters, each once; percent-encoded UTF-8."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Problem(400, "query", f"The parameters must be percent-encoded UTF-8, {MOST_FIELDS} at most.") from None
    return once_each(pairs)


def once_each(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The pairs as a mapping; a name that comes twice, or a NUL, is refused."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise Problem(400, name[:100] or "query", "This parameter was sent more than once.")
        if "\0" in name or "\0" in value:
            raise Problem(400, name[:100].replace("\0", "") or "query", "A parameter holds no NUL character.")
        found[name] = value
    return found


def version_of(header: str) -> Version:
    """The version in which to speak; `1.0`, `1.0.x`, `2.0` and `2.0.x` are known (1.0.3: part three, 3.3; 2.0: 4.1.2)."""
    if KNOWN_V1.fullmatch(header):
        return Version.V1
    if KNOWN_V2.fullmatch(header):
        return Version.V2
    said = "is missing" if not header else "names a version that is not spoken here"
    raise Problem(400, VERSION_HEADER, f"The header {VERSION_HEADER} {said}: send 1.0.3 or 2.0.0.")


def _reader(environ: Environ) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        length = _length(environ)
        if length is not None and length >= most:
            return bytes(most)  # too large already: nothing is read, the caller refuses
        stream = environ["wsgi.input"]
        return _all_of(stream, most if length is None else length)

    return read


def _length(environ: Environ) -> int | None:
    """How many bytes come; None when they come in chunks."""
    given = str(environ.get("CONTENT_LENGTH") or "")
    if given:
        if not given.isascii() or not given.isdigit():
            raise Problem(400, "Content-Length", "The length of the content is a whole number.")
        return int(given)
    return None if "chunked" in str(environ.get("HTTP_TRANSFER_ENCODING", "")).lower() else 0


def _all_of(stream: Any, length: int) -> bytes:  # noqa: ANN401 -- WSGI's input
    parts, missing = [], length
    while missing > 0 and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
