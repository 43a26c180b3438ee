"""The year's walk: a need becomes plans, the plans a project, the project a tender; its seats go down four levels, a teacher gets one, a class is formed."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.journeys import planning, seating, tendering
from tests.journeys.eyes import DESK, PHONE, Person, context_of
from xingtan.core.calendar import SHANGHAI

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIN = "19980399999"  # 林知微 of the demonstration
WHAT = "青年教师课堂研修"
TODAY = datetime.now(SHANGHAI).date()


@pytest.fixture
def people(served, window):
    """Everyone of the walk, the teacher with a phone."""
    sizes = dict.fromkeys(["clerk", "county", "city", "province", "provider"], DESK) | {"teacher": PHONE}
    found = {login: Person(context_of(window, served.url, size=size)) for login, size in sizes.items()}
    for login, one in found.items():
        one.sign_in(LIN if login == "teacher" else login)
    yield found
    for login, one in found.items():
        one.page.screenshot(path=served.home / f"last-{login}.png")
        one.context.close()


def test_from_a_need_to_a_full_class(people):
    province = people["province"]
    planning.plan_it(people, what=WHAT)
    pid = planning.make_project(province, what=WHAT, today=TODAY)
    tendering.hold_a_tender(people, pid, f"{WHAT}遴选")
    planning.publish(province, pid)
    seating.share_out(people, pid)
    seating.apply(people["teacher"], pid)
    seating.approve(people["clerk"], pid)
    seating.approve(people["county"], pid)
    seating.form_class(province, people["teacher"], pid)
