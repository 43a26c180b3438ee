"""A person at a browser: what they do, and what nobody may meet on a page: errors, lost requests, barriers, sideways scrolling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState

from xingtan.config.demo.cast import PASSWORD

PATIENCE_MS = 45_000
DESK, PHONE = (1440, 900), (390, 844)
ID = re.compile(r"(?<=/)(?:[23456789abcdefghjkmnpqrstvwxyz]{12}|\d+)(?=/|$)")
SERIOUS = {"serious", "critical"}


def context_of(
    browser: Browser, url: str, *, size: tuple[int, int] = DESK, language: str = "", state: StorageState | None = None
) -> BrowserContext:
    """A browser of one's own, signed in when the state of another is given; Chinese is what it speaks unless a language was chosen."""
    context = browser.new_context(
        base_url=url, viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce", storage_state=state
    )
    context.set_default_timeout(PATIENCE_MS)
    if language:
        context.add_cookies([{"name": "django_language", "value": language, "url": url}])
    return context


@dataclass
class Person:
    """Somebody with a browser window of their own."""

    context: BrowserContext
    page: Page = field(init=False)
    heard: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        listen(self.page, self.heard)

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """The form is filled in and the role's first page stands there."""
        self.page.goto("/sign-in/")
        self.page.fill("main [name=identity]", login)
        self.page.fill("main [name=password]", password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def press(self, name: str, *, within: str = "main") -> None:
        """The button or link of this name is clicked and the next page is there and looked at."""
        with self.page.expect_navigation():
            self.button(name, within=within).click()
        self.look()

    def button(self, name: str, *, within: str = "main") -> Locator:
        """The button of this name, else the link."""
        place = self.page.locator(within).first
        buttons = place.get_by_role("button", name=name)
        return (buttons if buttons.count() else place.get_by_role("link", name=name)).first

    def reads(self, *words: str) -> None:
        """Every one of the words can be read on the page."""
        self.page.locator("main").first.wait_for()
        shown = self.page.locator("body").inner_text()
        missing = [word for word in words if word not in shown]
        assert not missing, f"{self.page.url}: {missing} not in\n{shown[:3000]}"

    def look(self, *, with_axe: bool = True) -> None:
        """The page is whole: nothing was said in its console, no request failed, nothing scrolls sideways; and on the first visit nobody is shut out."""
        screen = ID.sub("*", urlsplit(self.page.url).path)
        wrong = [what for what in dict.fromkeys(self.heard) if not any(word in what for word in self.expected)]
        self.heard.clear()
        over = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        wrong += [f"scrolls sideways by {over} px"] if over > 0 else []
        wrong += barriers(self.page) if with_axe and screen not in self.seen else []
        self.seen.add(screen)
        assert wrong == [], f"{self.page.url}: {wrong}"

    @contextmanager
    def expecting(self, *words: str) -> Iterator[None]:
        """What is heard inside and contains one of the words is no fault: the test breaks something on purpose."""
        self.expected = words
        try:
            yield
        finally:
            self.heard[:] = [what for what in self.heard if not any(word in what for word in words)]
            self.expected = ()


def listen(page: Page, heard: list[str]) -> None:
    """What goes wrong in the page is heard from now on; a file that is left before it was loaded is no fault."""
    page.on("console", lambda said: heard.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("response", lambda answer: heard.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on(
        "requestfailed", lambda lost: heard.append(f"failed: {lost.url} {lost.failure}") if lost.failure != "net::ERR_ABORTED" else None
    )


def barriers(page: Page) -> list[str]:
    """What axe calls serious or worse."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in SERIOUS]
