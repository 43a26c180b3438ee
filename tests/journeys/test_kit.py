"""A village without a line, in a real browser: the centre is gone, the kit works, the power goes in the middle, nothing is lost."""

from __future__ import annotations

import signal
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from python_calamine import CalamineWorkbook

from tests.domains.kits.processes import FILL, Place
from tests.journeys.eyes import SERIOUS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE_MS = 45_000


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """A kit on a laptop; the centre that made it does not run."""
    place = tmp_path_factory.mktemp("kit")
    centre = Place(place / "centre")
    told = centre.python(FILL)
    made = centre.run("kit", "make", told["group"], "--out", place / "kit", "--codes", place / "codes.xlsx")
    assert made.returncode == 0, made.stderr
    laptop = Place(place / "laptop")
    laptop.start("kit", "open", place / "kit")
    rows = CalamineWorkbook.from_path(str(place / "codes.xlsx")).get_sheet_by_index(0).to_python()[1:]
    yield SimpleNamespace(laptop=laptop, folder=place / "kit", pins={name: pin for name, _school, pin in rows})
    laptop.end(signal.SIGKILL)


def test_a_session_without_a_line_and_with_a_power_cut(kit, window):
    context = window.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    asked = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    lead, *_others = names = sorted(kit.pins)
    page.goto(kit.laptop.url)
    page.fill("#pin", kit.pins[lead])
    page.get_by_role("button", name="开始学习").click()
    for name in names:
        row = page.locator(".k-people li").filter(has_text=name)
        row.locator("input[name=pin]").fill(kit.pins[name])
        row.get_by_role("button", name="签到").click()
    page.locator(".k-units li").first.get_by_role("button", name="全组播放").click()
    page.wait_for_function("() => document.getElementById('film').readyState >= 2")
    page.evaluate("() => document.getElementById('film').play()")
    page.wait_for_selector("#state[data-state=kept]")
    kit.laptop.end(signal.SIGKILL)
    page.wait_for_timeout(2_000)  # something is played that nobody takes
    page.evaluate("() => document.getElementById('film').pause()")
    page.wait_for_selector("#state[data-state=waiting]")
    kit.laptop.start("kit", "open", kit.folder)
    page.wait_for_selector("#state[data-state=kept]")
    page.goto(f"{kit.laptop.url}/session/")
    page.fill("#pin", kit.pins[lead])
    page.get_by_role("button", name="结束并签字").click()
    assert all(name in page.locator(".k-list").inner_text() for name in names)
    page.get_by_text("现在有网络").click()
    page.get_by_role("button", name="送达").click()
    page.get_by_text("记录没有丢失").wait_for()
    assert asked == {urlsplit(kit.laptop.url).netloc}
    look(page, kit)
    context.close()


def look(page, kit):
    """The pages at both sizes, in both languages, for whoever cannot see well too."""
    for language in ("zh-hans", "en"):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": kit.laptop.url}])
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            for path in ("/", "/records/"):
                page.goto(kit.laptop.url + path)
                assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
                barriers = [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in SERIOUS]
                assert barriers == []
