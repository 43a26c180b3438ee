"""The alternate request syntax of 1.0.3 (part three, 1.3): a POST form that stands for another request. 2.0 dropped it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from xingtan.domains.statements.api import Version

from .answers import Problem
from .requests import MOST_FIELDS, VERSION_HEADER, Request, once_each, version_of

FORM = "application/x-www-form-urlencoded"
METHODS = frozenset({"GET", "PUT", "POST", "DELETE"})
AS_HEADERS = {
    name.lower(): name
    for name in (
        "Authorization",
        VERSION_HEADER,
        "Content-Type",
        "Content-Length",
        "If-Match",
        "If-None-Match",
        "Accept",
        "Accept-Language",
    )
}


def unfolded(request: Request) -> Request:
    """The request that the form stands for, or the request itself when it has no `method` parameter."""
    if "method" not in request.query:
        return request
    if request.method != "POST":
        raise Problem(400, "method", "The parameter `method` goes with a POST only (alternate request syntax).")
    if len(request.query) > 1:
        raise Problem(400, "method", "With `method`, every other parameter stands in the form, none in the address.")
    method = request.query["method"]
    if method not in METHODS:
        raise Problem(400, "method", "The parameter `method` is one of GET, PUT, POST and DELETE.")
    fields = _fields(request)
    headers = _headers(request, fields)
    if version_of(headers.get(VERSION_HEADER.lower(), "")) is not Version.V1:
        raise Problem(400, "method", "Version 2.0 has no alternate request syntax: send the request itself.")
    return _request(request, method, headers, fields)


def _fields(request: Request) -> dict[str, str]:
    if request.header("Content-Type").partition(";")[0].strip().lower() != FORM:
        raise Problem(400, "Content-Type", f"With the parameter `method` the content is a form: {FORM}.")
    try:
        text = request.body().decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Problem(400, "content", f"The form must be percent-encoded UTF-8 with {MOST_FIELDS} fields at most.") from None
    return once_each(pairs)


def _headers(request: Request, fields: dict[str, str]) -> dict[str, str]:
    """The form's headers in front of the request's own; the form's own type and length are not the content's."""
    own = {name: value for name, value in request.headers.items() if name not in {"content-type", "content-length"}}
    return own | {name.lower(): fields.pop(name) for name in list(fields) if name.lower() in AS_HEADERS}


def _request(request: Request, method: str, headers: dict[str, str], fields: dict[str, str]) -> Request:
    content = fields.pop("content", None)
    if method in {"PUT", "POST"} and content is None:
        raise Problem(400, "content", "A form that stands for PUT or POST has its content in the field `content`.")
    body = (content or "").encode("utf-8", "surrogatepass")
    headers["content-length"] = str(len(body))
    headers.setdefault("content-type", "application/json" if request.path.endswith("/statements") else "application/octet-stream")
    return replace(request, method=method, headers=headers, query=fields, read=lambda most: body[:most], is_alternate=True)
