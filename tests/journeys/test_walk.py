"""The hallway, walked end to end in a real browser: from a year that is opened to a certificate that anyone can check."""

from __future__ import annotations

import pytest

from tests.journeys import opening, reviewing, studying
from tests.journeys.eyes import Person, context_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OFFICES = ("province", "clerk", "reviewer", "county", "provider", "tutor", "lead")


@pytest.fixture
def people(served, window):
    """Everyone of the walk, each at a browser of their own; the offices are signed in."""
    everyone = {login: Person(context_of(window, served.url)) for login in (*OFFICES, "teacher", "visitor")}
    for login in OFFICES:
        everyone[login].sign_in(login)
        everyone[login].look()
    yield everyone
    for login, one in everyone.items():
        one.page.screenshot(path=served.home / f"last-{login}.png")
        one.context.close()


def test_a_year_from_a_published_project_to_a_certificate_that_anyone_can_check(served, people, tmp_path):
    open_and_choose(people, tmp_path)
    study(people, served)
    certify(people)


def open_and_choose(people, folder):
    opening.open_the_year(people["province"])
    opening.publish_a_project(people["province"])
    opening.activate(people["teacher"], opening.bring_in_a_colleague(people["clerk"], folder))
    opening.choose(people["teacher"])
    opening.confirm_and_pay(people["clerk"])
    opening.see_the_card(people["teacher"])


def study(people, site):
    teacher = people["teacher"]
    ethics, reader, film, quiz, work = studying.units_of(teacher)
    studying.watch_with_a_reload_and_a_broken_line(teacher, ethics)
    studying.read_the_document(teacher, reader)
    studying.watch_while_the_server_is_killed(teacher, film, site)
    studying.take_the_quiz(teacher, quiz)
    studying.hand_in_the_assignment(teacher, work)
    studying.add_an_activity(people["lead"])
    studying.take_part(teacher)
    studying.confirm_the_part(people["lead"])
    studying.mark_the_work(people["tutor"])


def certify(people):
    reviewing.enter_the_hours(people["provider"])
    reviewing.review_and_report(people["reviewer"])
    reviewing.review_and_verify(people["county"])
    reviewing.determine(people["province"])
    reviewing.see_it_on_the_record(people["teacher"])
    number, code = reviewing.download(people["teacher"])
    reviewing.check(people["visitor"], number, code)
    reviewing.revoke(people["province"], number)
    reviewing.see_it_revoked(people["visitor"], code)
