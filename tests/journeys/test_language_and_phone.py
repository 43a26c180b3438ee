"""The main screens of every role in both languages, on a desk and on a phone: whole, readable, and nothing scrolls sideways."""

from __future__ import annotations

import re

import pytest

from tests.journeys.eyes import DESK, PHONE, Person, context_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HAN = re.compile(r"[\u4e00-\u9fff]")
LIN = "19980399999"
SCREENS = {
    "": ["/", "/check/", "/sign-in/", "/activate/", "/privacy/"],
    LIN: ["/my/", "/my/choose/", "/my/study/", "/my/workshops/", "/my/record/", "/my/certificates/", "/my/card/", "/messages/"],
    "clerk": ["/school/", "/school/roster/", "/school/roster/import/", "/school/selections/", "/school/assign/", "/school/bills/", "/school/sheets/"],
    "reviewer": ["/school/entries/", "/school/entries/?tab=report"],
    "county": ["/bureau/queue/", "/bureau/teachers/", "/bureau/cards/", "/bureau/opening/import/", "/bureau/people/"],
    "city": ["/bureau/"],
    "province": ["/bureau/", "/bureau/years/", "/bureau/policies/", "/bureau/policies/drafts/", "/bureau/projects/", "/bureau/projects/draft/", "/bureau/determination/", "/bureau/certificates/", "/bureau/audit/"],
    "provider": ["/provider/", "/provider/courses/", "/provider/enter/", "/provider/records/"],
    "tutor": ["/tutor/", "/tutor/cohorts/"],
    "lead": ["/tutor/workshops/"],
    "supervisor": ["/bureau/", "/bureau/teachers/"],
}  # fmt: skip
# Each screen is judged by axe once in each language: a phone shows the same content in another order.
ROUNDS = [("zh-hans", DESK, True), ("en", PHONE, True), ("zh-hans", PHONE, False), ("en", DESK, False)]


@pytest.mark.parametrize("login", SCREENS, ids=lambda login: login or "visitor")
def test_every_main_screen_in_both_languages_and_sizes(served, window, login):
    state = None
    for language, size, with_axe in ROUNDS:
        context = context_of(window, served.url, size=size, language=language, state=state)
        person = Person(context)
        if login and state is None:
            person.sign_in(login)
        state = state or context.storage_state()
        for path in SCREENS[login]:
            person.page.goto(path)
            person.look(with_axe=with_axe)
            heading = person.page.locator("h1").first.inner_text()
            assert heading.strip(), f"{path} has no heading"
            if language == "zh-hans":
                assert HAN.search(heading), f"{path} in Chinese says {heading}"
        context.close()
