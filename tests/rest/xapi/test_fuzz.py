"""Whatever is sent, the store answers as the standard says: never a fault, and what is wrong is named."""

from __future__ import annotations

import json
from importlib import import_module
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lrs_calling import V1, V2
from tests.statement_samples import as_json, full, small

pytestmark = pytest.mark.django_db(databases="__all__")

PATHS = [
    "/about",
    "/statements",
    "/statements/more/x.y",
    "/activities",
    "/agents",
    "/activities/state",
    "/activities/profile",
    "/agents/profile",
]
METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "get", "BREW"]
NAMES = [
    "statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "related_agents", "related_activities", "since", "until",
    "limit", "ascending", "format", "attachments", "activityId", "stateId", "profileId", "method", "StatementId", "x", "",
]  # fmt: skip
SOUND = [
    "6690e6c9-3ef0-4ed3-8b37-7f3964730bee", '{"mbox":"mailto:wu@example.cn"}', '{"account":{"homePage":"https://a.cn","name":"x"}}',
    "http://adlnet.gov/expapi/verbs/completed", "true", "false", "0", "5", "exact", "ids", "canonical", "2026-11-22T08:00:00Z", "place", "GET", "PUT",
]  # fmt: skip
ODD = [
    "",
    " ",
    "null",
    "[]",
    "{}",
    "[" * 3000,
    "NaN",
    "1e999",
    "-1",
    "9" * 30,
    "\0",
    "\ud800",
    "\u202e",
    "'; --",
    "%",
    "2026-02-30T00:00:00Z",
    "0000-00-00",
]
values = st.one_of(st.sampled_from(SOUND), st.sampled_from(ODD), st.text(max_size=30))
HEADERS = [
    "Content-Type", "Content-Length", "Accept-Language", "If-Match", "If-None-Match", "X-Experience-API-Version", "Authorization", "Origin",
    "Content-Encoding", "Transfer-Encoding", "Host",
]  # fmt: skip
HEADER_VALUES = [
    "application/json", "multipart/mixed", "multipart/mixed; boundary=cut", "application/x-www-form-urlencoded", "*", '"x"', V1, V2, "1.0", "Basic x",
    "Bearer x.y", "zh,en;q=0.5", "gzip", "chunked", "99999999999", "-5", "http://localhost", "null", "",
]  # fmt: skip
header_values = st.one_of(st.sampled_from(HEADER_VALUES), st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def damaged(draw):
    """A sound statement with one place replaced by any JSON."""
    whole = draw(st.sampled_from([small(), full()]))
    place, name = whole, draw(st.sampled_from(sorted(whole)))
    while isinstance(place[name], dict) and place[name] and draw(st.booleans()):
        place = place[name]
        name = draw(st.sampled_from(sorted(place)))
    place[name] = draw(json_values)
    return as_json(whole)


bodies = st.one_of(
    st.just(b""),
    st.binary(max_size=60),
    json_values.map(as_json),
    damaged(),
    st.builds(lambda part: b"--cut\r\nContent-Type: application/json\r\n\r\n" + part + b"\r\n--cut--\r\n", damaged()),
    st.dictionaries(st.sampled_from([*NAMES, "content", *HEADERS]), values, max_size=4).map(
        lambda form: "&".join(f"{quote(k)}={quote(v.encode('utf-8', 'replace'))}" for k, v in form.items()).encode()
    ),
)
queries = st.one_of(
    st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=5).map(
        lambda pairs: "&".join(f"{quote(k)}={quote(v.encode('utf-8', 'replace'))}" for k, v in pairs)
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30),
)
usually = st.sampled_from([{}, {}, {"Content-Type": "application/json"}, {"Content-Type": "multipart/mixed; boundary=cut"}])


@st.composite
def requests(draw):
    """Method, path, query, headers and content of anything at all."""
    headers = {"X-Experience-API-Version": draw(st.sampled_from([V1, V2]))} | draw(usually)
    headers |= draw(st.dictionaries(st.sampled_from(HEADERS), header_values, max_size=2))
    return draw(st.sampled_from(METHODS)), draw(st.sampled_from(PATHS)), draw(queries), headers, draw(bodies)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(request=requests())
def test_nothing_that_is_sent_breaks_the_store(lrs, request):
    lrs.app = import_module("xingtan.rest.xapi.app").Xapi()  # WSGI's own checks refuse what a server may well hand on
    method, path, query, headers, body = request
    reply = lrs.send(method, path, query, lrs.headers | headers, body)
    assert reply.status < 500, reply.body
    assert reply.headers["x-experience-api-version"] in {V1, V2}
    if reply.status >= 400 and method != "HEAD" and reply.body:
        said = json.loads(reply.body)
        assert {"type", "title", "status", "detail"} <= set(said)
        assert reply.headers["content-type"] == "application/problem+json"
        assert said["status"] != 400 or said["path"], said
    if reply.status in {200, 204} and method == "GET" and path == "/statements":
        assert json.loads(reply.body) if reply.headers["content-type"] == "application/json" else reply.body
    if method == "HEAD":
        assert reply.body == b""
