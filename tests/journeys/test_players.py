"""The players in a real Chromium, against a real server on a database of its own."""

from __future__ import annotations

import socketserver
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from playwright.sync_api import sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE_MS = 45_000


class Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_given):
        """Nothing on the terminal."""


@pytest.fixture
def site(own_database, monkeypatch):
    """Lin's course, a server at an address of its own, and the cookie of Lin's session."""
    enrolling, studying = import_module("tests.enrolling"), import_module("tests.studying")
    cast = studying.build()
    day = enrolling.LATER.date()
    monkeypatch.setattr("xingtan.web.middleware.local_day", lambda _at: day)
    wsgi = import_module("xingtan.config.wsgi")
    with Threads(("127.0.0.1", 0), Quiet) as server:
        server.set_app(wsgi.application)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        cast.url, cast.cookie = f"http://127.0.0.1:{server.server_port}", sign_in(cast.lin)
        yield cast
        server.shutdown()
        thread.join()
    import_module("xingtan.config.bare").recorder.committer.close()


def sign_in(actor):
    client = import_module("django.test").Client()
    client.force_login(import_module("xingtan.foundation.people.models").Account.objects.get(pk=actor.account_id))
    return client.cookies["xingtan"].value


@pytest.fixture
def page(site, chromium):
    """A page of a browser in which Lin is signed in; it may not say an error in its console."""
    with sync_playwright() as tool:
        flags = ["--no-sandbox", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required", "--mute-audio"]
        browser = tool.chromium.launch(executable_path=chromium, args=flags)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        context.add_cookies([{"name": "xingtan", "value": site.cookie, "url": site.url}])
        shown = context.new_page()
        shown.set_default_timeout(PATIENCE_MS)
        errors = []
        shown.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        shown.on("pageerror", lambda error: errors.append(str(error)))
        yield shown
        browser.close()
        assert [error for error in errors if "ERR_INTERNET_DISCONNECTED" not in error] == []


def counted(page, seconds):
    """Wait until the server has acknowledged so many seconds."""
    page.wait_for_function("least => Number(document.getElementById('counted').dataset.time) >= least", arg=seconds)


def learned(site, place):
    """The seconds in the database, asked from a thread of its own: the browser's tool keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(_learned, site.lin_teacher.pk, site.units[place].pk).result()


def _learned(teacher_id, unit_id):
    try:
        progress = import_module("xingtan.domains.learning.models").UnitProgress
        return progress.objects.get(teacher_id=teacher_id, unit_id=unit_id).learned_s
    finally:
        import_module("django.db").connections.close_all()


def test_a_film_counts_survives_a_reload_and_a_broken_line(site, page):
    page.goto(f"{site.url}/my/study/{site.units[0].public_id}/")
    page.wait_for_function("() => window.videojs('film').readyState() >= 2")
    page.keyboard.press("Space")
    counted(page, 3)
    page.reload()
    page.wait_for_function("() => window.videojs('film').currentTime() >= 2")
    page.keyboard.press("Space")
    counted(page, 1)
    page.context.set_offline(True)
    page.wait_for_selector("#offline:not([hidden])")
    page.wait_for_selector("#pending:not([hidden])")
    before = learned(site, 0)
    page.context.set_offline(False)
    page.wait_for_selector("#sync[data-state=synced]")
    page.wait_for_function("least => Number(document.getElementById('counted').dataset.time) > least", arg=2)
    assert learned(site, 0) > before
    page.wait_for_function("() => document.getElementById('learned-bar').value === 24", timeout=60_000)
    assert learned(site, 0) == 24


def test_a_document_is_read_with_the_keyboard(site, page):
    page.goto(f"{site.url}/my/study/{site.units[1].public_id}/")
    page.wait_for_selector("#reader[data-ready=true]")
    assert "课堂观察" in page.locator("#sheet-text").text_content()
    counted(page, 10)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.getElementById('learned-bar').value === 20", timeout=40_000)
    assert learned(site, 1) == 20


@pytest.mark.django_db(databases="__all__")  # so that every database is made for the tests above
def test_a_visitor_is_sent_to_sign_in():
    assert import_module("django.test").Client().get("/my/study/").status_code == 302
