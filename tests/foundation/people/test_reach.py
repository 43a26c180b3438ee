"""Whom an office gives roles to: its own people and whom it has just opened an account for, nobody of another branch."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import enrolling
from xingtan.core.calendar import local_day
from xingtan.foundation.people.accounts import open_office_account
from xingtan.foundation.people.grants import close_grants, give_role
from xingtan.foundation.people.handover import hand_over, successor_code
from xingtan.foundation.people.models import NUMBER_BOX, PHONE_BOX, Account, Grant, Handover
from xingtan.foundation.people.roles import OPERATOR, Role
from xingtan.foundation.refusal import Refused

NOW = enrolling.NOW
TODAY = local_day(NOW)
EARLIER = NOW - timedelta(days=400)


@pytest.fixture
def cast(db):
    cast = enrolling.build()
    cast.staff = enrolling.actor_of(Role.PROVIDER_STAFF, cast.provider)
    Account.objects.update(created_at=EARLIER)
    return cast


def give(cast, account_id, actor=None):
    day = {"from_on": TODAY, "now": NOW}
    return give_role(actor=actor or cast.zhou, account_id=account_id, role=Role.SCHOOL_REVIEWER, organisation_id=cast.second.pk, **day)


@pytest.mark.parametrize("who", ["mei", "wu", "staff", "nobody"])
def test_whoever_works_elsewhere_is_not_there_for_an_office(cast, who):
    account_id = getattr(cast, who).account_id if who != "nobody" else 10**9
    before = Grant.objects.count()
    with pytest.raises(Refused) as given:
        give(cast, account_id)
    with pytest.raises(Refused) as handed:
        hand_over(actor=cast.zhou, holder_id=cast.chen.account_id, successor_id=account_id, items={}, now=NOW)
    assert (given.value.code, given.value.params) == (handed.value.code, handed.value.params) == ("account_unknown", {})
    assert Grant.objects.count() == before


@pytest.mark.parametrize("who", ["chen", "lin"])
def test_the_branchs_own_people_are_given_roles_and_what_they_had_may_be_given_again(cast, who):
    account_id = getattr(cast, who).account_id
    assert give(cast, account_id).holds_on(TODAY)
    close_grants(Grant.objects.filter(account_id=account_id), now=NOW)
    assert give(cast, account_id).holds_on(TODAY)


def test_who_left_for_another_branch_is_not_there_any_more(cast):
    close_grants(Grant.objects.filter(account_id=cast.chen.account_id), now=NOW)
    Grant.objects.create(
        account_id=cast.chen.account_id, role=Role.SCHOOL_CLERK, organisation=cast.elsewhere, from_on=TODAY + timedelta(days=9)
    )
    with pytest.raises(Refused):
        give(cast, cast.chen.account_id)


def test_the_province_gives_providers_people_roles_and_the_operator_everybody(cast):
    assert give(cast, cast.staff.account_id, cast.mei).holds_on(TODAY)
    assert give(cast, cast.wu.account_id, OPERATOR).holds_on(TODAY)


def test_an_account_is_given_its_first_role_by_the_act_that_opened_it(cast):
    opened = open_office_account(actor=cast.zhou, login="qian", name="钱望舒", now=NOW)
    Account.objects.filter(pk=opened.pk).update(created_at=EARLIER)
    with pytest.raises(Refused):
        give(cast, opened.pk)
    Account.objects.filter(pk=opened.pk).update(created_at=NOW)
    assert give(cast, opened.pk).holds_on(TODAY)


def test_a_successors_code_is_the_acts_own_and_nobody_elses(cast):
    opened = open_office_account(actor=cast.zhou, login="qian", name="钱望舒", now=NOW)
    made = hand_over(actor=cast.zhou, holder_id=cast.chen.account_id, successor_id=opened.pk, items={}, now=NOW)
    kept = Handover.objects.select_related("successor").get(pk=made.pk)
    assert len(successor_code(kept, cast.zhou, TODAY)) == 8
    assert successor_code(kept, cast.mei, TODAY) == ""
    Grant.objects.create(account=opened, role=Role.PROVINCE_OFFICER, organisation=cast.province, from_on=TODAY)
    assert successor_code(kept, cast.zhou, TODAY) == ""
    Grant.objects.filter(account=opened, role=Role.PROVINCE_OFFICER).delete()
    kept.successor.created_at = EARLIER
    assert successor_code(kept, cast.zhou, TODAY) == ""


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("360803199004120021", "login_is_number"), ("36080319900412002x", "login_is_number"), ("360803900412002", "login_is_number"),
        ("3608 0319 9004 120021", "login_is_number"), ("19900000001", "login_is_number"), ("１９９００００００01", "login_is_number"),
        ("+8619900000001", "login_is_number"), ("ab 1234567", "login_taken"), ("+852 2345", "login_taken"),
    ],
)  # fmt: skip
def test_a_sign_in_name_is_nobodys_number(cast, login, code):
    Account.objects.filter(pk=cast.lin.account_id).update(
        number_index=NUMBER_BOX.index("AB1234567"), phone_index=PHONE_BOX.index("+8522345")
    )
    with pytest.raises(Refused) as refused:
        open_office_account(actor=cast.zhou, login=login, name="钱望舒", now=NOW)
    assert refused.value.code == code
    assert not Account.objects.filter(login=login).exists()
