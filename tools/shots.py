"""A picture of every screen, into shots/: `python tools/shots.py [ROLE …]`.

A demonstration site is served (see `shots_site`). Every role signs in and opens each page that its own links lead to, once per
address pattern; then the same pages in both languages, at the sizes that its people have. It fails on a console error, a failed
request, an `axe` violation of level serious or worse, and horizontal scroll.
"""

from __future__ import annotations

import re
import shutil
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import browser  # noqa: E402 -- the line above makes it findable
from tools.shots_site import Site, running_site  # noqa: E402 -- as above

SHOTS = ROOT / "shots"
LANGUAGES = ("zh-hans", "en")
DESK, OFFICE, PHONE = (1440, 900), (1366, 768), (390, 844)
AT_HOME = frozenset({"visitor", "teacher"})
# They see pages that another role's pictures show in every size: two looks at theirs are enough.
ALIKE = frozenset({"school_reviewer", "city_officer", "supervisor"})
# What a link leads to when it is no page: files, and addresses that differ by an id only count once.
NO_PAGE = re.compile(r"\.(?:xlsx|pdf|mp4|vtt)(?:\?|$)|/report/$|^/files/|[?&]export=")
PART_ID = re.compile(
    r"/(?:[23456789abcdefghjkmnpqrstvwxyz]{12}|\d+|(?<=/windows/)[a-z_]+|(?<=/check/)[A-Z0-9-]+|(?<=/behind/)[a-z-]+)(?=/|$)"
)
MOST_PAGES = 40
# The same for everyone; the visitor's picture of them is enough.
OF_VISITORS = frozenset({"/accessibility/", "/privacy/", "/sign-in/", "/activate/"})
# No certificate has this number: its page says so, with the status that says so.
UNKNOWN = "XT-0000-0000-000000"


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
class Round:
    """One way to see the pages: a language, a size, and whether `axe` looks too (once wide, once narrow is enough: the rest is the same page)."""

    language: str
    size: tuple[int, int]
    with_axe: bool


def rounds(role: str) -> list[Round]:
    """Everyone at a desk and on a phone in both languages; offices also on the screen that schools have."""
    if role in ALIKE:
        return [Round("zh-hans", DESK, with_axe=True), Round("en", PHONE, with_axe=True)]
    office = [] if role in AT_HOME else [Round("zh-hans", OFFICE, with_axe=False)]
    return [
        Round("zh-hans", DESK, with_axe=True),
        *office,
        Round("zh-hans", PHONE, with_axe=False),
        Round("en", DESK, with_axe=False),
        Round("en", PHONE, with_axe=True),
    ]


def pattern(path: str) -> str:
    """The address without its ids."""
    return PART_ID.sub("/*", urlsplit(path).path)


def named(path: str) -> str:
    """The address as a part of a file's name."""
    return pattern(path).strip("/").replace("/", "-").replace("*", "one") or "front"


def sign_in(context: BrowserContext, site: Site, role: str) -> str:
    """The browser is signed in as this role; returns the address of its first page."""
    page = context.new_page()
    page.goto("/sign-in/" if site.logins[role] else "/")
    if site.logins[role]:
        page.fill("main [name=identity]", site.logins[role])
        page.fill("main [name=password]", site.password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
    path = urlsplit(page.url).path
    page.close()
    return path


def links(page: Page) -> list[str]:
    """The pages of our own that this one leads to, in its order."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => new URL(one.getAttribute('href'), location.href).href)")
    here = urlsplit(page.url)
    paths = [urlsplit(link) for link in found]
    own = [f"{to.path}{'?' + to.query if to.query else ''}" for to in paths if to.netloc == here.netloc]
    return [path for path in own if not NO_PAGE.search(path)]


def listen(page: Page, heard: list[str]) -> None:
    """What goes wrong in the page is heard from now on."""
    page.on("console", lambda message: heard.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("response", lambda answer: heard.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    # A film that is left before it was loaded is not a fault.
    faults = {"net::ERR_ABORTED"}
    page.on("requestfailed", lambda lost: heard.append(f"failed: {lost.url} {lost.failure}") if lost.failure not in faults else None)


def look(page: Page, name: str, found: Found, heard: list[str], *, with_axe: bool) -> None:
    """The picture is made; what is wrong with the page is noted."""
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    found.pictures += 1
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        found.note(f"{name}: scrolls sideways by {over} px")
    for violation in Axe().run(page).response["violations"] if with_axe else []:
        if violation["impact"] in ("serious", "critical"):
            found.note(f"{name}: {violation['id']}: {violation['nodes'][0]['html'][:140]}")
    for what in dict.fromkeys(heard if UNKNOWN not in page.url else ()):
        found.note(f"{name}: {what}")
    heard.clear()


def opened(page: Page, path: str) -> bool:
    """True when a page of ours stands in the window (not a file that the browser keeps)."""
    answer = page.goto(path)
    return answer is not None and "text/html" in (answer.headers.get("content-type") or "")


def context_of(chromium: Browser, site: Site, seen: Round) -> BrowserContext:
    """A browser of this size that speaks this language."""
    context = chromium.new_context(base_url=site.url, viewport={"width": seen.size[0], "height": seen.size[1]}, reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": seen.language, "url": site.url}])
    return context


def first_addresses(site: Site, role: str, home: str) -> list[str]:
    """Where the walk begins: the role's home; for a visitor also what no link leads to, the check of a certificate with each answer."""
    checks = [f"/check/{code}/" for code in site.codes.values()] + [f"/check/{UNKNOWN}/"]
    return [home, *(checks if role == "visitor" else [])]


def walk(page: Page, first: list[str], name: str, found: Found, heard: list[str]) -> list[str]:
    """Every page that can be reached is on a picture, one for each address pattern; returns their addresses."""
    waiting, unseen, seen, paths = list(first), set(first), set(OF_VISITORS if "visitor" not in name else ()), list[str]()
    while waiting and len(paths) < MOST_PAGES:
        path = waiting.pop(0)
        if pattern(path) in seen and path not in unseen:
            continue
        unseen.discard(path)
        seen.add(pattern(path))
        if opened(page, path):
            paths.append(path)
            waiting += links(page)
            look(page, name.format(len(paths), named(path)), found, heard, with_axe=True)
    return paths


def shoot(chromium: Browser, site: Site, role: str, found: Found) -> None:
    """Every page of the role is on a picture in both languages and every size of its people."""
    paths: list[str] = []
    for seen in rounds(role):
        with context_of(chromium, site, seen) as context:
            home = sign_in(context, site, role)
            page, heard = context.new_page(), list[str]()
            listen(page, heard)
            name = f"{role}-{{:02}}-{{}}-{seen.language[:2]}-{seen.size[0]}"
            if not paths:
                paths = walk(page, first_addresses(site, role, home), name, found, heard)
                continue
            for place, path in enumerate(paths, 1):
                opened(page, path)
                look(page, name.format(place, named(path)), found, heard, with_axe=seen.with_axe)


def main(roles: list[str]) -> int:
    """Prints what is wrong; 0 when nothing is."""
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir()
    found = Found()
    executable = browser.find()
    if executable is None:
        print("no browser: install Chromium, or name it in CHROMIUM")
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with running_site() as site, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=executable, args=browser.launch_arguments())
        for role in roles or list(site.logins):
            began, before = time.monotonic(), found.pictures
            shoot(chromium, site, role, found)
            print(f"{role}: {found.pictures - before} pictures, {time.monotonic() - began:.0f} s", flush=True)
        chromium.close()
    print(f"shots: {found.pictures} pictures in {SHOTS}, {len(found.problems)} problems")
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
