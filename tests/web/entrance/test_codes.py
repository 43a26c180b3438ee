"""Codes on paper open only what they could open when they were printed, and are shown to nobody who could not confirm the person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.enrolling import NOW
from tests.entering import NUMBERS, PASSWORD, now, set_up_app, sign_in
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.entrance import recovery
from xingtan.foundation.entrance.models import Recovery
from xingtan.foundation.people.grants import end_role, give_role
from xingtan.foundation.people.models import ACTIVATION_BOX, Account, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.sign_in import activate
from xingtan.foundation.refusal import Refused

CODE = "abcd2345"
NEW = "ming-yue-song-jian"


@pytest.fixture
def waiting(cast):
    """Lin has never signed in; the slip with her code lies at the school."""
    Account.objects.filter(login="lin").update(
        password=make_password(None), activated_at=None, activation_code=ACTIVATION_BOX.close(CODE), created_at=NOW - timedelta(days=90)
    )
    return cast


def given(cast, role, place, by="province"):
    day = now().date()
    return give_role(
        actor=cast.actors[by],
        account_id=cast.accounts["lin"].pk,
        role=role,
        organisation_id=getattr(cast.places, place).pk,
        from_on=day,
        now=now(),
    )


def slip(cast):
    [one] = teachers.activation_slips(actor=cast.actors["chen"], now=now())
    return one.code


def is_opened_by(code):
    try:
        activate(identity=NUMBERS["lin"], code=code, password=NEW, now=now())
    except Refused as refused:
        return refused.code != "activation_unknown"
    return True


def test_the_slip_opens_the_account_of_a_teacher(waiting):
    assert slip(waiting) == CODE
    assert is_opened_by(CODE)


@pytest.mark.parametrize(
    ("role", "place"), [(Role.COUNTY_OFFICER, "county"), (Role.SCHOOL_CLERK, "elsewhere"), (Role.SCHOOL_REVIEWER, "school")]
)
def test_a_slip_of_before_does_not_open_an_office_and_the_school_prints_none(waiting, role, place):
    held = given(waiting, role, place)
    assert slip(waiting) == ""
    assert not AuditLine.objects.filter(act="teachers.slips_read").exists()
    assert not is_opened_by(CODE)
    end_role(actor=waiting.actors["province"], grant_id=held.pk, now=now())
    assert is_opened_by(slip(waiting))


def test_a_recovery_slip_does_not_open_a_role_given_since(cast):
    def confirmed():
        recovery.ask(identity="lin", address="", place="", now=now())
        asked = Recovery.objects.get(state="waiting")
        chen = cast.actors["chen"]
        recovery.confirm(actor=chen, public_id=asked.public_id, is_seen=True, without_factor=True, now=now())
        return recovery.slip_code(actor=chen, public_id=asked.public_id, now=now())[1]

    code = confirmed()
    held = given(cast, Role.COUNTY_OFFICER, "county")
    with pytest.raises(Refused, match="recovery_unknown"):
        recovery.redeem(identity="lin", code=code, password=NEW, now=now())
    assert cast.accounts["lin"].check_password(PASSWORD)
    end_role(actor=cast.actors["province"], grant_id=held.pk, now=now())
    end_role(actor=cast.actors["zhou"], grant_id=Grant.objects.get(account__login="chen").pk, now=now())  # who confirmed has left since
    assert recovery.redeem(identity="lin", code=code, password=NEW, now=now()).check_password(NEW)


@pytest.mark.parametrize("name", ["/school/roster/slips/", "/recoveries/{pid}/slip/"])
def test_showing_slips_asks_for_a_fresh_proof(waiting, browser, asked_for, name):
    recovery.ask(identity="zhou", address="", place="", now=now())
    address = name.format(pid=Recovery.objects.get().public_id)
    login = "chen" if "school" in name else "province"
    sign_in(browser, login)
    set_up_app(browser)
    kept = browser.session
    kept["entrance_fresh"] = 0
    kept.save()
    answer = browser.post(address)
    assert "confirm_password" in answer.content.decode()
    assert CODE[:4] not in answer.content.decode()


def test_the_page_of_slips_shows_no_code_before_it_is_asked_for(waiting, browser):
    sign_in(browser, "chen")
    first = browser.get("/school/roster/slips/")
    assert (first.context["waiting"], CODE[:4] in first.content.decode()) == (1, False)
    assert not AuditLine.objects.filter(act="teachers.slips_read").exists()
    shown = browser.post("/school/roster/slips/")
    assert f"{CODE[:4]}-{CODE[4:]}" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert AuditLine.objects.filter(act="teachers.slips_read").count() == 1


def opened(browser, told):
    return browser.post("/bureau/people/give/", {"organisation": "青禾实验小学", "role": Role.SCHOOL_REVIEWER, **told})


def test_a_code_travels_in_no_cookie_and_a_lost_one_is_renewed_by_who_gave_the_role(cast, browser):
    sign_in(browser, "zhou")
    answer = opened(browser, {"identity": "he", "name": "贺兰舟"})
    code = answer.context["code"]
    assert code in answer.content.decode()
    assert not any(code in cookie.value for cookie in browser.cookies.values())
    assert "no-store" in answer["Cache-Control"]
    grant = Grant.objects.get(account__login="he")
    again = browser.post(f"/bureau/people/{grant.pk}/code/")
    assert again.status_code == 200
    assert code not in {again.context["code"], ""}
    with pytest.raises(Refused, match="activation_unknown"):
        activate(identity="he", code=code, password=NEW, now=now())
    activate(identity="he", code=again.context["code"], password=NEW, now=now())
    assert browser.post(f"/bureau/people/{grant.pk}/code/").status_code == 409
    assert AuditLine.objects.filter(act="entrance.code_renewed", subject_ids=[grant.account_id]).count() == 1


def test_nobody_renews_a_code_of_an_office_as_high_or_of_another_branch(cast, browser):
    sign_in(browser, "province")
    answer = browser.post(
        "/bureau/people/give/", {"organisation": cast.places.county.name, "role": Role.COUNTY_OFFICER, "identity": "he", "name": "贺兰舟"}
    )
    assert answer.context["code"]
    grant = Grant.objects.get(account__login="he")
    tries = {}
    for login in ("chen", "zhou", "city", "province"):
        other = Client()
        sign_in(other, login)
        tries[login] = other.post(f"/bureau/people/{grant.pk}/code/").status_code
    assert tries == {"chen": 403, "zhou": 409, "city": 200, "province": 200}
    grant.account.refresh_from_db()
    teacher = Grant.objects.get(account__login="wu")
    other = Client()
    sign_in(other, "zhou")
    assert other.post(f"/bureau/people/{teacher.pk}/code/").status_code == 404
