"""Coming in again: asked without telling who is known, confirmed by the one office that may, redeemed once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.entering import NUMBERS, PASSWORD, is_in, now, set_up_app, sign_in
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.entrance.models import Recovery
from xingtan.foundation.entrance.recovery import open_for
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.inbox.send import unread_count
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import OPERATOR

pytestmark = pytest.mark.django_db
NEW = "ming-yue-song-jian"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def ask(identity, address="10.1.1.1"):
    return Client(REMOTE_ADDR=address).post("/recover/", {"identity": identity})


def confirmed_by(login, person="lin", **more):
    """The code on the slip that this office holder prints for the person."""
    office = Client()
    sign_in(office, login)
    pid = Recovery.objects.get(account__login=person).public_id
    answer = office.post(f"/recoveries/{pid}/confirm/", {"seen": "1", **more})
    assert answer.status_code == 200, answer.status_code
    return answer.context["code"]


def redeem(identity, code, browser=None, password=NEW):
    return (browser or Client()).post("/recover/code/", {"identity": identity, "code": code, "password": password, "again": password})


def test_asking_answers_alike_whether_anybody_has_the_number(cast):
    Account.objects.filter(login="wu").update(activated_at=None)
    pages = {TOKEN.sub("", ask(name).content.decode()) for name in ("lin", NUMBERS["lin"], "nobody", "wu")}
    assert len(pages) == 1
    assert Recovery.objects.filter(account=None, state="unknown").count() == 2


def test_the_own_schools_clerk_hears_of_it_once_a_day_and_no_other(cast):
    ask("lin")
    ask("lin")
    told = {name: unread_count(account.pk) for name, account in cast.accounts.items()}
    assert told == {"lin": 0, "chen": 1, "zhou": 0, "city": 0, "province": 0, "wu": 0}


@pytest.mark.parametrize(("person", "office"), [("lin", "chen"), ("chen", "zhou"), ("zhou", "city"), ("city", "province")])
def test_the_office_above_hears_of_an_office_holder(cast, person, office):
    ask(person)
    assert list(Message.objects.values_list("account__login", flat=True)) == [office]


@pytest.mark.parametrize(
    ("person", "office", "status"),
    [
        ("lin", "chen", 200), ("lin", "zhou", 200), ("lin", "wu", 404), ("chen", "zhou", 200), ("chen", "chen", 404),
        ("zhou", "chen", 404), ("zhou", "zhou", 404), ("zhou", "city", 200), ("city", "zhou", 404), ("province", "city", 404),
    ],
)  # fmt: skip
def test_only_an_office_above_in_whose_branch_the_person_works_confirms(cast, person, office, status):
    ask(person)
    browser = Client()
    sign_in(browser, office)
    pid = Recovery.objects.get(account__login=person).public_id
    assert browser.post(f"/recoveries/{pid}/confirm/", {"seen": "1"}).status_code == status


def test_a_teacher_sees_no_such_list(cast, browser):
    sign_in(browser, "lin")
    assert browser.get("/recoveries/").status_code == 403


def test_without_having_seen_the_person_nothing_is_confirmed(cast, browser):
    ask("lin")
    sign_in(browser, "chen")
    pid = Recovery.objects.get().public_id
    assert browser.post(f"/recoveries/{pid}/confirm/", {}).status_code == 409
    assert Recovery.objects.get().state == "waiting"


def test_the_code_opens_the_account_once_and_signs_every_browser_out(cast):
    old = Client()
    sign_in(old, "lin")
    ask("lin")
    code = confirmed_by("chen")
    assert redeem("lin", code).headers["Location"] == "/sign-in/"
    assert old.get("/messages/").status_code == 302
    assert redeem("lin", code).status_code == 422
    assert sign_in(Client(), "lin").status_code == 422
    assert sign_in(Client(), "lin", NEW).status_code == 302
    assert {"entrance.recovery_confirmed", "entrance.recovery_printed", "entrance.recovery_used"} <= set(acts())
    assert not Recovery.objects.exclude(code_closed="").exists()


def acts():
    return AuditLine.objects.values_list("act", flat=True)


def test_the_code_is_kept_encrypted_and_is_no_other_persons(cast):
    ask("lin")
    code = confirmed_by("chen")
    assert code.replace("-", "").lower() not in Recovery.objects.get().code_closed
    assert redeem("chen", code).status_code == 422
    assert redeem("lin", "ZZZZ-ZZZZ").status_code == 422


def test_a_slip_ends_after_seven_days(cast):
    ask("lin")
    code = confirmed_by("chen")
    Recovery.objects.update(ends_at=now() - timedelta(seconds=1))
    assert redeem("lin", code).status_code == 422


def test_a_declined_request_opens_nothing(cast, browser):
    ask("lin")
    code = confirmed_by("chen")
    sign_in(browser, "chen")
    assert browser.post(f"/recoveries/{Recovery.objects.get().public_id}/decline/").status_code == 302
    assert redeem("lin", code).status_code == 422


def test_the_slip_can_be_printed_again_until_it_is_used(cast, browser):
    ask("lin")
    code = confirmed_by("chen")
    sign_in(browser, "chen")
    place = f"/recoveries/{Recovery.objects.get().public_id}/slip/"
    assert browser.post(place).context["code"] == code
    redeem("lin", code)
    assert browser.post(place).status_code == 404


@pytest.mark.parametrize(("lost", "asks"), [({}, True), ({"without_factor": "1"}, False)])
def test_a_lost_second_factor_goes_only_where_the_office_says_so(cast, asked_for, settings, lost, asks):
    holder = Client()
    sign_in(holder, "lin")
    set_up_app(holder)
    ask("lin")
    code = confirmed_by("chen", **lost)
    redeem("lin", code)
    again = Client()
    answer = sign_in(again, "lin", NEW)
    assert (answer.headers["Location"] == "/sign-in/factor/") is asks
    assert is_in(again) is not asks


def test_asking_again_and_again_is_slowed(cast):
    statuses = [ask("lin").status_code for _ in range(7)]
    assert statuses[:5] == [200] * 5
    assert statuses[-1] == 422


def test_guessing_codes_is_slowed(cast):
    ask("lin")
    code = confirmed_by("chen")
    for _attempt in range(5):
        redeem("lin", "aaaa-aaaa")
    assert redeem("lin", code).status_code == 422
    assert sign_in(Client(), "lin", PASSWORD).status_code == 422  # the same lock


def test_the_operator_opens_for_whom_nobody_stands_above(cast):
    _found, code = open_for(actor=OPERATOR, login="province", without_factor=True, now=now())
    assert redeem("province", code).status_code == 302
    assert sign_in(Client(), "province", NEW).status_code == 302
