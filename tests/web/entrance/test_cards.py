"""The first sign-in with a learning card: once, with the end of the identity number, refused alike otherwise."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.enrolling import NOW, pack_text
from tests.entering import NUMBERS, is_in, sign_in
from xingtan.domains.enrolment.models import LearningCard
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import OPERATOR

pytestmark = pytest.mark.django_db
NEW = "ming-yue-song-jian"
NUMBER = "2026360803000018"  # with its check digit


@pytest.fixture
def card(cast):
    """Lin, not yet activated, has a card."""
    account = cast.accounts["lin"]
    Account.objects.filter(pk=account.pk).update(activated_at=None, password="!")
    pack = policies.adopt_pack(actor=OPERATOR, text=pack_text(), now=NOW)
    year = policies.open_year(actor=OPERATOR, organisation_id=cast.places.province.pk, year=2026, pack_id=pack.pk, now=NOW)
    return LearningCard.everywhere.create(
        number=NUMBER, teacher=cast.lin, training_year=year, school=cast.lin.school, hours_centi=7200, issued_at=account.created_at
    )


def come(number=NUMBER, ending=NUMBERS["lin"][-6:], browser=None):
    given = {"card": number, "ending": ending, "password": NEW, "again": NEW}
    return (browser or Client()).post("/sign-in/card/", given)


def test_card_and_ending_set_the_password_and_sign_in(card, browser):
    assert come(browser=browser).status_code == 302
    assert is_in(browser)
    assert sign_in(Client(), "lin", NEW).status_code == 302


def test_a_card_is_used_once(card):
    come()
    assert come().status_code == 422


def test_a_card_opens_no_office(card, cast):
    held = Grant.objects.create(
        account=cast.accounts["lin"], role="county_officer", organisation=cast.places.county, from_on=card.issued_at.date()
    )
    assert come().status_code == 422
    held.delete()
    assert come().status_code == 302


def test_an_ending_in_a_small_letter_is_the_same(card, cast):
    assert come(ending=NUMBERS["lin"][-6:].lower(), number=f" {NUMBER[:4]} {NUMBER[4:]} ").status_code == 302


@pytest.mark.parametrize("wrong", [{"number": "2026360803000017"}, {"ending": "000000"}, {"ending": "17"}])
def test_whatever_does_not_fit_is_refused(card, wrong):
    assert come(**wrong).status_code == 422
    assert Account.objects.get(login="lin").activated_at is None


def test_guessing_the_ending_is_slowed(card):
    for number in range(5):
        come(ending=f"00000{number}")
    assert come().status_code == 422
