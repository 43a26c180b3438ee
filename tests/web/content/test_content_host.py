"""The second host: packages by signed addresses, nothing of ours; and no package on the pages' own host."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from django.test import Client, RequestFactory
from pydantic import ValidationError

from xingtan.config.demo import packages as demo
from xingtan.config.env import Env
from xingtan.domains.courses.packages.keeping import take_path
from xingtan.foundation.people.roles import OPERATOR
from xingtan.web.content import addresses
from xingtan.web.content.serving import media_type_of

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
MAIN = "http://testserver"
pytestmark = pytest.mark.django_db


@pytest.fixture
def package(tmp_path):
    place = tmp_path / "x.zip"
    place.write_bytes(demo.zipped({"imsmanifest.xml": demo.SCORM12, **demo.lesson_files(), "页/图.SVG": "<svg/>"}))
    return take_path(place, "x.zip", actor=OPERATOR, now=NOW)


def grant(package, *, lives_s=60, origin=MAIN):
    return addresses.write_grant(addresses.Grant(package.public_id, origin, int(time.time()) + lives_s))


def get(path, host="localhost", **headers):
    answer = Client().get(path, headers={"host": host, **headers})
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def test_the_same_bytes_are_one_package(package, tmp_path):
    place = tmp_path / "again.zip"
    place.write_bytes((tmp_path / "x.zip").read_bytes())
    assert take_path(place, "again.zip", actor=OPERATOR, now=NOW) == package
    assert package.file_count == 5


def test_a_file_comes_as_what_it_is_and_is_confined(package):
    answer = get(f"/content/{grant(package)}/lesson.html")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html")
    assert b"lesson.js" in answer.body
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    policy = answer.headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {MAIN}" in policy
    assert "default-src 'self'" in policy
    assert not answer.cookies


def test_names_in_chinese_and_other_case_are_found(package):
    assert get(f"/content/{grant(package)}/%E9%A1%B5/%E5%9B%BE.svg").headers["Content-Type"] == "image/svg+xml"


def test_the_run_time_tells_its_scripts_where_it_is(package):
    token = grant(package)
    answer = get(f"/content/{token}/{addresses.RUNTIME}")
    assert f"/content/{token}/" in answer.body.decode()
    assert "scorm12.min.js" in answer.body.decode()


@pytest.mark.parametrize("host", ["localhost", "localhost:8000"])
def test_what_is_not_granted_is_not_there(package, host):
    token = grant(package)
    body, _, mac = token.partition(".")
    for wrong in ("x", body, f"{body}.{mac[:-2]}AA", f"{body[:-2]}.{mac}", grant(package, lives_s=-1), "é" * 600):
        assert get(f"/content/{wrong}/lesson.html", host).status_code == 404, wrong
    assert get(f"/content/{token}/other.html", host).status_code == 404
    assert Client().post(f"/content/{token}/lesson.html", headers={"host": host}).status_code == 405


def test_no_package_on_the_pages_host_and_no_page_on_the_contents(package):
    assert get(f"/content/{grant(package)}/lesson.html", "127.0.0.1").status_code == 404
    sent = get("/my/?x=1", "localhost:8123")
    assert (sent.status_code, sent.headers["Location"]) == (302, "http://127.0.0.1:8123/my/?x=1")
    assert Client().post("/sign-in/", headers={"host": "localhost"}).status_code == 404
    assert not sent.cookies
    assert get("/healthz", "localhost").status_code == 200


def test_a_range_is_answered_in_part(package):
    answer = get(f"/content/{grant(package)}/lesson.js", range="bytes=0-3")
    assert (answer.status_code, answer.body) == (206, b"/* A")


@pytest.mark.parametrize(
    ("host", "content", "origin"),
    [
        ("127.0.0.1:8000", "localhost", "http://localhost:8000"),
        ("pages.example.cn", "content.example.cn", "http://content.example.cn"),
        ("pages.example.cn:9000", "content.example.cn:9443", "http://content.example.cn:9443"),
    ],
)
def test_the_content_host_follows_the_port_of_the_page(settings, host, content, origin):
    settings.CONTENT_HOST, settings.ALLOWED_HOSTS = content, ["*"]
    assert addresses.content_origin(RequestFactory().get("/", headers={"host": host})) == origin


def test_behind_https_everything_is_https(settings):
    settings.PUBLIC_URL, settings.CONTENT_HOST, settings.ALLOWED_HOSTS = "https://pages.example.cn", "content.example.cn", ["*"]
    assert addresses.content_origin(RequestFactory().get("/", headers={"host": "pages.example.cn"})) == "https://content.example.cn"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/B.HTML", "text/html"),
        ("x.wasm", "application/wasm"),
        ("x.unknown", "application/octet-stream"),
        ("x", "application/octet-stream"),
    ],
)
def test_types_by_ending(path, kind):
    assert media_type_of(path) == kind


@pytest.mark.parametrize("told", [{"public_url": "http://localhost:8000"}, {"public_url": "https://a.cn", "content_host": "a.cn:8443"}])
def test_pages_and_packages_may_not_share_a_name(told):
    with pytest.raises(ValidationError, match="XINGTAN_CONTENT_HOST"):
        Env.model_validate(told)
