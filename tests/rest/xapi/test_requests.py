"""What holds for every request: version, credentials, methods, origins, the alternate syntax, about (part three, 1.2 to 1.3, 2.8, 3.2 to 3.3, 4)."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import urlencode

import pytest

from tests.enrolling import LATER
from tests.lrs_calling import V1, V2, Client, basic, key_for
from tests.statement_samples import as_json, small
from xingtan.domains.statements import api as statements

pytestmark = pytest.mark.django_db(databases="__all__")

FORM = "application/x-www-form-urlencoded"
COURSE = "https://provider.example.cn/courses/1"
WU = '{"mbox":"mailto:wu@example.cn"}'
METHODS = {
    "/about": "GET, HEAD, OPTIONS",
    "/statements": "GET, HEAD, OPTIONS, POST, PUT",
    "/activities": "GET, HEAD, OPTIONS",
    "/agents": "GET, HEAD, OPTIONS",
    "/activities/state": "DELETE, GET, HEAD, OPTIONS, POST, PUT",
    "/activities/profile": "DELETE, GET, HEAD, OPTIONS, POST, PUT",
    "/agents/profile": "DELETE, GET, HEAD, OPTIONS, POST, PUT",
}


@pytest.mark.parametrize(
    ("sent", "spoken"), [("1.0", V1), ("1.0.0", V1), ("1.0.3", V1), ("1.0.9", V1), ("2.0", V2), ("2.0.0", V2), ("2.0.1", V2)]
)
def test_a_version_that_is_spoken_is_answered_in(lrs, sent, spoken):
    reply = lrs.get("/statements", X_Experience_API_Version=sent)
    assert (reply.status, reply.headers["x-experience-api-version"]) == (200, spoken)


@pytest.mark.parametrize("sent", [None, "0.9", "0.95", "1", "1.1", "1.0.x", "2", "2.1.0", "3.0.0", "1.0.3, 2.0.0", " "])
def test_a_version_that_is_not_is_refused(lrs, sent):
    for path in METHODS.keys() - {"/about"}:
        reply = lrs.get(path, X_Experience_API_Version=sent)
        assert (reply.status, reply.json()["path"]) == (400, "X-Experience-API-Version")
        assert reply.headers["x-experience-api-version"] == V2


@pytest.mark.parametrize("sent", [None, "1.0.3", "2.0.0", "0.9"])
def test_anyone_may_ask_about_the_store(lrs, sent):
    reply = Client("").get("/about", X_Experience_API_Version=sent)
    assert (reply.status, reply.json()["version"]) == (200, [V2, V1])
    assert lrs.get("/about", {"x": "y"}).json()["path"] == "x"


def test_a_method_that_a_resource_has_not_is_named_with_those_it_has(lrs):
    for path, allowed in METHODS.items():
        for method in {"GET", "PUT", "POST", "DELETE", "PATCH", "TRACE"} - set(allowed.split(", ")):
            reply = lrs.call(method, path)
            assert (reply.status, reply.headers["allow"]) == (405, allowed)


def test_where_there_is_nothing_there_is_404(lrs):
    for path in ("/", "/statement", "/statements/", "/extensions/x", "/Statements", "/statementsx"):
        assert lrs.get(path).status == 404


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "Basic",
        "Basic !",
        "Basic " + b64encode(b"\xff:x").decode(),
        basic("nobody234567", "xs_x"),
        basic("", ""),
        basic("launch", "x.y"),
        "Bearer x",
        "Bearer " + "x" * 5000,
        "Digest x",
    ],
)
def test_who_is_not_known_is_asked_for_a_key(lrs, sent):
    reply = lrs.get("/statements", Authorization=sent)
    assert (reply.status, reply.json()["path"]) == (401, "Authorization")
    assert reply.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    ("rights", "method", "path", "query", "status"),
    [
        ({"may_write": False}, "POST", "/statements", {}, 403),
        ({"may_write": False}, "GET", "/statements", {}, 200),
        ({"may_read": False}, "POST", "/statements", {}, 200),
        ({"may_read": False}, "GET", "/statements", {}, 403),
        ({"may_read": False}, "GET", "/agents", {"agent": WU}, 403),
        ({"may_read": False}, "GET", "/activities", {"activityId": COURSE}, 403),
        ({"may_keep_documents": False}, "GET", "/agents/profile", {"agent": WU}, 403),
        ({"may_keep_documents": False}, "DELETE", "/activities/state", {"agent": WU, "activityId": COURSE}, 403),
    ],
)
def test_a_key_may_do_what_its_rights_say(ming, rights, method, path, query, status):
    program = Client(key_for(ming, now=LATER, **rights))
    reply = program.call(method, path, query, small() if method == "POST" else None)
    assert reply.status == status, reply.body


# ---------------------------------------------------------------- alternate request syntax


def form(lrs, path, method, fields, version=V1, **more):
    head = {"Authorization": None, "X_Experience_API_Version": None, "Content_Type": FORM}
    both = lrs.headers | {"X-Experience-API-Version": version}
    return lrs.post(path, {"method": method}, urlencode(both | fields).encode(), **head | more)


def test_a_form_stands_for_each_method(lrs):
    sent = small()
    content = as_json(sent).decode()
    assert (
        form(lrs, "/statements", "PUT", {"statementId": sent["id"], "content": content, "Content-Type": "application/json"}).status == 204
    )
    assert form(lrs, "/statements", "GET", {"statementId": sent["id"]}).json()["id"] == sent["id"]
    assert form(lrs, "/statements", "POST", {"content": as_json([small()]).decode()}).status == 200
    assert len(form(lrs, "/statements", "GET", {"limit": "5"}).ids) == 2
    state = {"activityId": COURSE, "agent": WU, "stateId": "x"}
    assert (
        form(lrs, "/activities/state", "PUT", state | {"content": "一", "Content-Type": "text/plain", "If-None-Match": "*"}).status == 204
    )
    assert form(lrs, "/activities/state", "PUT", state | {"content": "二", "If-Match": '"x"'}).status == 412
    assert form(lrs, "/activities/state", "GET", state).body == "一".encode()
    assert form(lrs, "/activities/state", "DELETE", state).status == 204


def test_the_version_may_stand_in_the_forms_headers_or_the_requests(lrs):
    reply = form(lrs, "/statements", "GET", {"X-Experience-API-Version": "0.8"})
    assert (reply.status, reply.json()["path"]) == (400, "X-Experience-API-Version")
    plain = lrs.post("/statements", {"method": "GET"}, b"limit=1", Content_Type=FORM)
    assert plain.status == 200


@pytest.mark.parametrize(
    ("query", "fields", "more", "path"),
    [
        ({"method": "GET", "limit": "1"}, {}, {}, "method"),
        ({"method": "PATCH"}, {}, {}, "method"),
        ({"method": "get"}, {}, {}, "method"),
        ({"method": "PUT"}, {"statementId": "x"}, {}, "content"),
        ({"method": "POST"}, {}, {}, "content"),
        ({"method": "GET"}, {}, {"Content_Type": "application/json"}, "Content-Type"),
        ({"method": "GET"}, {"other": "1"}, {}, "other"),
    ],
)
def test_a_form_that_stands_for_nothing_is_refused(lrs, query, fields, more, path):
    reply = lrs.post("/statements", query, urlencode(fields).encode(), **{"Content_Type": FORM} | more)
    assert (reply.status, reply.json()["path"]) == (400, path)


def test_only_a_post_takes_the_method_parameter(lrs):
    assert lrs.get("/statements", {"method": "GET"}).json()["path"] == "method"
    assert lrs.put("/statements", {"method": "POST"}, b"").json()["path"] == "method"


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_version_two_has_no_such_syntax(lrs, method):
    reply = form(lrs, "/statements", method, {"content": "{}"}, version=V2)
    assert (reply.status, reply.json()["path"]) == (400, "method")
    assert form(lrs.at(V2), "/statements", method, {"content": "{}"}, version=V2, X_Experience_API_Version=V2).status == 400


# ---------------------------------------------------------------- origins

CONTENT = "http://localhost"
THEIRS = "https://learn.provider.example.cn"
STRANGE = "https://strange.example.org"


@pytest.fixture
def page(ming):
    """The provider's program in a page of its own origin."""
    return Client(key_for(ming, now=LATER, origins=(THEIRS,)))


@pytest.mark.parametrize(
    ("origin", "is_shared"), [(CONTENT, True), (THEIRS, True), (STRANGE, False), ("null", False), (f"{CONTENT}:81", False)]
)
def test_only_known_origins_read_the_answer(page, origin, is_shared):
    for reply in (page.get("/statements", Origin=origin), page.get("/statements", {"limit": "x"}, Origin=origin)):
        assert (reply.headers.get("access-control-allow-origin") == origin) is is_shared
        assert "Origin" in reply.headers["vary"]
    asked = page.call("OPTIONS", "/statements", Origin=origin, Authorization=None, Access_Control_Request_Method="PUT")
    assert asked.status == 204
    assert ("access-control-allow-methods" in asked.headers) is is_shared
    if is_shared:
        assert "X-Experience-API-Version" in asked.headers["access-control-allow-headers"]
        assert "ETag" in page.get("/statements", Origin=origin).headers["access-control-expose-headers"]


def test_an_origin_of_one_key_is_not_another_keys(page, ming):
    other = Client(key_for(ming, now=LATER))
    assert "access-control-allow-origin" not in other.get("/statements", Origin=THEIRS).headers


def test_no_answer_runs_in_a_browser(lrs):
    path, query = "/activities/profile", {"activityId": COURSE, "profileId": "x"}
    lrs.put(path, query, b"<script>alert(1)</script>", Content_Type="text/html")
    headers = lrs.get(path, query).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]


def test_a_persons_agent_is_told_as_lists(lrs):
    reply = lrs.get("/agents", {"agent": {"objectType": "Agent", "name": "吴", "mbox": "mailto:wu@example.cn"}})
    assert reply.json() == {"objectType": "Person", "name": ["吴"], "mbox": ["mailto:wu@example.cn"]}
    assert lrs.get("/agents").json()["path"] == "agent"


def test_an_activity_is_told_as_statements_defined_it(lrs):
    assert lrs.get("/activities", {"activityId": COURSE}).json() == {"objectType": "Activity", "id": COURSE}
    definition = {"name": {"zh-CN": "提问", "en": "Asking"}, "type": "http://adlnet.gov/expapi/activities/course"}
    lrs.store(small(object={"id": COURSE, "definition": definition}))
    assert lrs.get("/activities", {"activityId": COURSE}).json()["definition"] == definition
    assert lrs.get("/activities", {"activityId": "course"}).json()["path"] == "activityId"


def test_nothing_is_told_of_a_fault(lrs, monkeypatch):
    monkeypatch.setattr(statements, "find_statements", lambda *_, **__: 1 / 0)
    reply = lrs.get("/statements")
    assert reply.status == 500
    assert b"division" not in reply.body
