"""A picture of every screen, into shots/: `python tools/shots.py [ROLE …]`.

A demonstration site is served from a copy of the data folder (or a fresh one). Every role signs in and opens each page that its
own links lead to, once per address pattern; then the same pages in both languages, at 1440 × 900 and 390 × 844. It fails on a
console error, a failed request, an `axe` violation of level serious or worse, and horizontal scroll.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import browser  # noqa: E402 -- the line above makes it findable

SHOTS = ROOT / "shots"
LANGUAGES = ("zh-hans", "en")
SIZES = ((1440, 900), (390, 844))
START_SECONDS = 600
SIGN_IN = re.compile(r"^  (?P<role>[a-z_, ]+?)\s{2,}(?P<login>\S+)\s{2,}")
PASSWORD = re.compile(r"password of all: (\S+)\)")
# What a link leads to when it is no page: files, and addresses that differ by an id only count once.
NO_PAGE = re.compile(r"\.(?:xlsx|pdf|mp4|vtt)(?:\?|$)|/report/$|^/files/|[?&]export=")
PART_ID = re.compile(r"/(?:[23456789abcdefghjkmnpqrstvwxyz]{12}|\d+)(?=/|$)")
MOST_PAGES = 40


@dataclass
class Found:
    """What was wrong, and how many pictures were made."""

    problems: list[str] = field(default_factory=list)
    pictures: int = 0

    def note(self, problem: str) -> None:
        """The problem is kept, and said at once: a walk takes minutes."""
        self.problems.append(problem)
        print(problem, flush=True)


@dataclass(frozen=True)
class Site:
    """A running site: its address, the password of all, a sign-in name per role."""

    url: str
    password: str
    logins: dict[str, str]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextmanager
def running_site() -> Iterator[Site]:
    """A site on a copy of the data folder is up, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="xingtan-shots-") as folder:
        home, data = Path(folder) / "home", Path(os.environ.get("XINGTAN_HOME", ROOT / "var"))
        if (data / "xingtan.sqlite3").exists():
            shutil.copytree(data, home)
        port, log = free_port(), Path(folder) / "log"
        url = f"http://127.0.0.1:{port}"
        environment = os.environ | {"XINGTAN_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}", "PYTHONUNBUFFERED": "1"}
        with log.open("wb") as out:
            command = [sys.executable, "-m", "xingtan.cli", "run", "--port", str(port)]
            server = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT)
        try:
            wait_until_ready(f"{url}/readyz", server, log)
            yield site_from(url, log.read_text(encoding="utf-8"))
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """The site answers; raises with its log when it ended or took too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 -- our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"the site did not start:\n{log.read_text(encoding='utf-8')[-4000:]}")


def site_from(url: str, said: str) -> Site:
    """The sign-ins that the start printed; the first of each role."""
    logins: dict[str, str] = {}
    for line in said.splitlines():
        if (found := SIGN_IN.match(line)) and ", " not in found["role"]:
            logins.setdefault(found["role"].strip(), found["login"])
    password = PASSWORD.search(said)
    return Site(url, password.group(1) if password else "", {"visitor": "", **logins})


def pattern(path: str) -> str:
    """The address without its ids."""
    return PART_ID.sub("/*", path)


def sign_in(page: Page, site: Site, role: str) -> None:
    """The browser is signed in as this role and stands on its first page."""
    page.goto("/sign-in/" if site.logins[role] else "/")
    if site.logins[role]:
        page.fill("main [name=identity]", site.logins[role])
        page.fill("main [name=password]", site.password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/sign-in/" not in url)


def links(page: Page) -> list[str]:
    """The pages of our own that this one leads to, in its order."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => new URL(one.getAttribute('href'), location.href).href)")
    here = urlsplit(page.url)
    paths = [urlsplit(link) for link in found]
    own = [f"{to.path}{'?' + to.query if to.query else ''}" for to in paths if to.netloc == here.netloc]
    return [path for path in own if not NO_PAGE.search(path)]


def walk(page: Page) -> list[str]:
    """Every page that can be reached from here, one for each address pattern."""
    waiting, seen, paths = [urlsplit(page.url).path], set[str](), list[str]()
    while waiting and len(paths) < MOST_PAGES:
        path = waiting.pop(0)
        if pattern(urlsplit(path).path) in seen:
            continue
        seen.add(pattern(urlsplit(path).path))
        answer = page.goto(path)
        if answer is None or "text/html" not in (answer.headers.get("content-type") or ""):
            continue
        paths.append(path)
        waiting += links(page)
    return paths


def listen(page: Page, heard: list[str]) -> None:
    """What goes wrong in the page is heard from now on."""
    page.on("console", lambda message: heard.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("response", lambda answer: heard.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    # A film that is left before it was loaded is not a fault.
    faults = {"net::ERR_ABORTED"}
    page.on("requestfailed", lambda lost: heard.append(f"failed: {lost.url} {lost.failure}") if lost.failure not in faults else None)


def look(page: Page, name: str, found: Found, heard: list[str]) -> None:
    """The picture is made; what is wrong with the page is noted."""
    page.wait_for_timeout(120)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    found.pictures += 1
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        found.note(f"{name}: scrolls sideways by {over} px")
    for violation in Axe().run(page).response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            found.note(f"{name}: {violation['id']}: {violation['nodes'][0]['html'][:140]}")
    for what in dict.fromkeys(heard):
        found.note(f"{name}: {what}")
    heard.clear()


def context_of(chromium: Browser, site: Site, language: str, size: tuple[int, int]) -> BrowserContext:
    """A browser of this size that speaks this language."""
    context = chromium.new_context(base_url=site.url, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    return context


def shoot(chromium: Browser, site: Site, role: str, found: Found) -> None:
    """Every page of the role is on a picture in both languages and sizes."""
    paths: list[str] = []
    for language in LANGUAGES:
        for size in SIZES:
            with context_of(chromium, site, language, size) as context:
                page, heard = context.new_page(), list[str]()
                sign_in(page, site, role)
                paths = paths or walk(page)
                page = context.new_page()
                listen(page, heard)
                for path in paths:
                    page.goto(path)
                    place = pattern(urlsplit(path).path).strip("/").replace("/", "-").replace("*", "one") or "front"
                    look(page, f"{role}-{place}-{language[:2]}-{size[0]}", found, heard)
    print(f"{role}: {len(paths)} screens", flush=True)


def main(roles: list[str]) -> int:
    """Prints what is wrong; 0 when nothing is."""
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir()
    found = Found()
    executable = browser.find()
    if executable is None:
        print("no browser: install Chromium, or name it in CHROMIUM")
        return 1
    with running_site() as site, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=executable, args=browser.launch_arguments())
        for role in roles or list(site.logins):
            shoot(chromium, site, role, found)
        chromium.close()
    print(f"shots: {found.pictures} pictures in {SHOTS}, {len(found.problems)} problems")
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
