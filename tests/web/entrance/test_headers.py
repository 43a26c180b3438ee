"""Every face's answers are graded by their headers: pages, refusals, errors, files, the API, the recorder, the record store."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from io import BytesIO

import pytest
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from tests.entering import sign_in
from xingtan.web.content.middleware import ContentHostMiddleware
from xingtan.web.entrance.headers import HeadersMiddleware

pytestmark = pytest.mark.django_db(databases="__all__")
FACES = {
    "visitor": ["/", "/sign-in/", "/activate/", "/recover/", "/check/", "/privacy/", "/healthz", "/.well-known/openid-configuration"],
    "lin": ["/my/", "/my/me/", "/security/", "/security/app/", "/messages/", "/tokens/", "/school/", "/nothing-here/"],
    "chen": ["/school/", "/school/roster/", "/recoveries/", "/bureau/audit/", "/api/v1/openapi.json"],
    "zhou": ["/bureau/", "/bureau/people/", "/provider/", "/tutor/", "/api/v1/teachers", "/kits/sync/"],
    "province": ["/bureau/", "/bureau/sites/", "/bureau/audit/", "/static/xingtan/parts.css", "/static/xingtan/js/passkey.js"],
}


def faults(answer, *, is_page: bool) -> list[str]:
    """What is missing or weak in these headers; nothing for an A."""
    head = answer.headers
    policy = head.get("Content-Security-Policy", "")
    wanted = {
        "nosniff": head.get("X-Content-Type-Options") == "nosniff",
        "referrer": head.get("Referrer-Policy") == "same-origin",
        "permissions": all(f"{name}=()" in head.get("Permissions-Policy", "") for name in ("camera", "microphone", "geolocation", "usb")),
        "opener": head.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": head.get("Cross-Origin-Resource-Policy") == "same-origin",
        "version told": "Server" not in head and "X-Powered-By" not in head,
        "frames": not is_page or head.get("X-Frame-Options") in {"SAMEORIGIN", "DENY"},
        "policy": not is_page
        or all(part in policy for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors")),
        "inline": "unsafe" not in policy,
    }
    return [name for name, is_good in wanted.items() if not is_good]


@pytest.mark.parametrize("login", FACES)
def test_every_face_earns_an_a(cast, browser, login):
    if login != "visitor":
        sign_in(browser, login)
    wrong = {}
    for address in FACES[login]:
        answer = browser.get(address)
        found = faults(answer, is_page=not address.startswith("/static/"))
        if login != "visitor" and "Cache-Control" not in answer.headers:
            found.append("may be kept by others")
        if found:
            wrong[address] = (answer.status_code, found)
        for close in answer._resource_closers:  # a file's; the answer's own close would end the test's transaction
            close()
    assert wrong == {}


def test_pages_that_sign_in_are_kept_nowhere(cast, browser):
    for address in ("/sign-in/", "/sign-in/card/", "/recover/", "/recover/code/"):
        assert "no-store" in browser.get(address).headers["Cache-Control"], address
    sign_in(browser, "lin")
    for address in ("/security/", "/security/app/", "/security/password/"):
        assert "no-store" in browser.get(address).headers["Cache-Control"], address


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(cast, browser):
    answer = sign_in(browser, "lin")
    cookie = answer.cookies["xingtan"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert browser.get("/sign-in/").cookies["csrftoken"]["httponly"] is True


@override_settings(SECURE_HSTS_SECONDS=31536000, SESSION_COOKIE_SECURE=True)
def test_over_https_browsers_are_told_to_stay_there(cast):
    answer = Client().get("/sign-in/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert sign_in(Client(), "lin").cookies["xingtan"]["secure"] is True


READ = "from xingtan.config import settings as s; print(s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"


@pytest.mark.parametrize(
    ("address", "said"), [("https://shixun.example.cn", "31536000 True True"), ("http://127.0.0.1:8000", "0 False False")]
)
def test_the_public_address_decides_about_https(tmp_path, address, said):
    told = {**os.environ, "XINGTAN_HOME": str(tmp_path), "XINGTAN_PUBLIC_URL": address, "PYTHONPATH": "src"}
    done = subprocess.run([sys.executable, "-c", READ], env=told, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == said


@pytest.mark.parametrize(("path", "method"), [("/beat", "POST"), ("/xapi/about", "GET"), ("/xapi/statements", "GET")])
def test_what_stands_before_the_pages_sends_the_same(path, method):
    application = import_module("xingtan.config.wsgi").application
    told = []
    environ = {**RequestFactory().generic(method, path).environ, "wsgi.input": BytesIO(b"")}
    list(application(environ, lambda status, headers, *_: told.append(dict(headers))))
    assert told[0]["X-Content-Type-Options"] == "nosniff"


def test_packages_of_others_get_no_right_to_the_machine(settings):
    request = RequestFactory().get("/content/x", headers={"host": settings.CONTENT_HOST})
    answer = HeadersMiddleware(ContentHostMiddleware(lambda _request: None))(request)
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Cross-Origin-Resource-Policy" not in answer.headers
