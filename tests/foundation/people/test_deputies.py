"""Deputies: who may stand in, for how long, and what they may not do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import enrolling
from xingtan.core.calendar import local_day
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.deputies import deputies_of, dismiss_deputy, name_deputy
from xingtan.foundation.people.grants import GIVE_ROLES, actor_of, close_grants, end_role, give_role, grants_of
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

NOW = enrolling.NOW
TODAY = local_day(NOW)
WEEK = timedelta(days=7)


@pytest.fixture
def cast(db):
    return enrolling.build()


def held(actor):
    return replace(actor, grant_id=Grant.objects.get(account_id=actor.account_id, role=actor.role, deputy_for=None).pk)


def account_of(actor):
    return Account.objects.get(pk=actor.account_id)


def named(cast, **days):
    days = {"from_on": TODAY, "to_on": TODAY + WEEK} | days
    return name_deputy(actor=held(cast.chen), account=account_of(cast.lin), now=NOW, **days)


def test_a_deputy_has_the_holders_role_from_day_to_day_under_their_own_name(cast):
    grant = named(cast)
    assert (grant.role, grant.organisation_id, grant.account_id) == (Role.SCHOOL_CLERK, cast.school.pk, cast.lin.account_id)
    roles = {one.role for one in grants_of(account_of(cast.lin), TODAY + WEEK)}
    assert roles == {Role.TEACHER, Role.SCHOOL_CLERK}
    assert {one.role for one in grants_of(account_of(cast.lin), TODAY + WEEK + timedelta(days=1))} == {Role.TEACHER}
    stand_in = actor_of(grant, name="x")
    give_role_to_self(cast, stand_in)
    assert AuditLine.objects.get(act="people.deputy_named").account_id == cast.chen.account_id


def give_role_to_self(cast, stand_in):
    with pytest.raises(NotAllowed):
        give_role(
            actor=stand_in, account_id=stand_in.account_id, role=Role.SCHOOL_CLERK, organisation_id=cast.school.pk, from_on=TODAY, now=NOW
        )


def test_a_deputy_of_an_office_gives_no_roles_and_names_no_deputy(cast):
    zhou = held(cast.zhou)
    grant = name_deputy(actor=zhou, account=account_of(cast.chen), from_on=TODAY, to_on=TODAY, now=NOW)
    stand_in = actor_of(Grant.objects.select_related("organisation").get(pk=grant.pk), name="x")
    assert zhou.may(GIVE_ROLES)
    assert not stand_in.may(GIVE_ROLES)
    with pytest.raises(NotAllowed):
        name_deputy(actor=stand_in, account=account_of(cast.he), from_on=TODAY, to_on=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("who", "days", "code"),
    [
        ("lin", {"to_on": TODAY - timedelta(days=1)}, "deputy_days"),
        ("lin", {"to_on": TODAY + timedelta(days=400)}, "deputy_days"),
        ("lin", {"from_on": TODAY + 2 * WEEK}, "deputy_days"),
        ("chen", {}, "deputy_self"),
        ("wu", {}, "deputy_unknown"),
        (None, {}, "deputy_unknown"),
    ],
)
def test_a_deputy_is_refused_for_one_reason(cast, who, days, code):
    days = {"from_on": TODAY, "to_on": TODAY + WEEK} | days
    account = account_of(getattr(cast, who)) if who else None
    with pytest.raises(Refused) as refused:
        name_deputy(actor=held(cast.chen), account=account, now=NOW, **days)
    assert refused.value.code == code
    assert not Grant.objects.exclude(deputy_for=None).exists()


def test_a_holders_end_is_the_deputys_end(cast):
    grant = named(cast)
    end_role(actor=cast.zhou, grant_id=held(cast.chen).grant_id, now=NOW)
    grant.refresh_from_db()
    assert not grant.holds_on(TODAY)
    assert grant.ended_at == NOW


def test_a_deputy_is_dismissed_at_once_and_by_the_holder_only(cast):
    grant = named(cast)
    with pytest.raises(NotInScope):
        dismiss_deputy(actor=held(cast.he), grant_id=grant.pk, now=NOW)
    for _twice in range(2):
        dismiss_deputy(actor=held(cast.chen), grant_id=grant.pk, now=NOW)
    assert not list(deputies_of(held(cast.chen).grant_id, TODAY))
    assert AuditLine.objects.filter(act="people.deputy_dismissed").count() == 1
    assert named(cast).pk == grant.pk  # and may be named again


def test_a_role_taken_back_on_its_first_day_opens_nothing_and_can_be_given_again(cast):
    given = {"actor": cast.zhou, "account_id": cast.lin.account_id, "role": Role.SCHOOL_REVIEWER, "organisation_id": cast.school.pk}
    grant = give_role(**given, from_on=TODAY, now=NOW)
    close_grants(Grant.objects.filter(pk=grant.pk), now=NOW)
    assert {one.role for one in grants_of(account_of(cast.lin), TODAY)} == {Role.TEACHER}
    give_role(**given, from_on=TODAY, to_on=TODAY + WEEK, now=NOW)
    grant.refresh_from_db()
    assert grant.holds_on(TODAY + WEEK)
    with pytest.raises(Refused) as refused:
        give_role(**given, from_on=TODAY + WEEK, to_on=TODAY, now=NOW)
    assert refused.value.code == "role_days"
