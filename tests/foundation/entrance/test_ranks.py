"""Who confirms a recovery: an office above every role of the account, and none that pulled the account into its branch itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import enrolling
from xingtan.foundation.entrance.ranks import confirmers_of, may_confirm
from xingtan.foundation.people.models import Account, Grant

pytestmark = pytest.mark.django_db
OLD, FRESH, LATER = timedelta(days=900), timedelta(days=3), timedelta(days=-2)


@pytest.fixture
def world(db):
    return World()


class World:
    """The cast, today, and what may be asked of it."""

    def __init__(self):
        self.cast, self.day = enrolling.build(), enrolling.NOW.date()
        Account.objects.update(created_at=enrolling.NOW - OLD)
        self.cast.other = enrolling.actor_of("county_officer", self.cast.strange)

    def account(self, who):
        return Account.objects.get(pk=getattr(self.cast, who).account_id)

    def given(self, who, role, place, *, by=None, ago=OLD):
        by_id = getattr(self.cast, by).account_id if by else None
        place = getattr(self.cast, place)
        Grant.objects.create(account=self.account(who), role=role, organisation=place, from_on=self.day - ago, granted_by_id=by_id)

    def may(self, office, who):
        return may_confirm(getattr(self.cast, office), self.account(who), self.day)

    def told(self, who):
        names = {getattr(self.cast, name).account_id: name for name in ("chen", "he", "zhou", "other", "mei", "wu")}
        return [names[pk] for pk in confirmers_of(self.account(who), self.day)]


@pytest.mark.parametrize("ago", [OLD, LATER], ids=["held", "beginning later"])
@pytest.mark.parametrize("role", ["provider_staff", "tutor", "workshop_lead"])
def test_a_providers_person_is_confirmed_by_no_school_and_no_county(world, role, ago):
    assert world.may("chen", "lin")
    world.given("lin", role, "provider", ago=ago)
    assert [world.may(office, "lin") for office in ("chen", "zhou", "mei")] == [False, False, True]
    assert world.told("lin") == ["mei"]


def test_a_schools_tutor_is_confirmed_by_the_county(world):
    world.given("lin", "tutor", "school")
    assert [world.may(office, "lin") for office in ("chen", "zhou")] == [False, True]
    assert world.told("lin") == ["zhou"]


def test_a_higher_role_in_the_own_branch_does_not_open_whoever_works_elsewhere_too(world):
    world.given("wu", "school_reviewer", "school", by="zhou")
    assert [world.may(office, "wu") for office in ("zhou", "other", "mei")] == [False, False, True]
    world.given("wu", "county_officer", "county", by="zhou")
    assert not world.may("zhou", "wu")
    assert world.told("wu") == ["mei"]


@pytest.mark.parametrize(
    ("by", "ago", "may"),
    [("zhou", FRESH, False), ("zhou", OLD, True), ("mei", FRESH, True), ("colleague", FRESH, False)],
    ids=["by the own office lately", "by the own office long ago", "by the office above", "by a colleague lately"],
)
def test_a_role_that_the_own_office_gave_lately_opens_nothing(world, by, ago, may):
    world.cast.colleague = enrolling.actor_of("city_officer", world.cast.city)
    world.given("colleague", "county_officer", "county")
    [teacher] = enrolling.teachers(world.cast.school, 1)
    Account.objects.filter(pk=teacher.account_id).update(created_at=enrolling.NOW - OLD)
    world.cast.newcomer = teacher
    world.given("newcomer", "school_clerk", "school", by=by, ago=ago)
    assert world.may("zhou", "newcomer") is may
    assert world.may("mei", "newcomer") is (by != "mei")


def test_whom_the_office_opened_an_account_for_lately_is_its_own(world):
    [teacher] = enrolling.teachers(world.cast.school, 1)
    world.cast.newcomer = teacher
    world.given("newcomer", "school_clerk", "school", by="zhou", ago=FRESH)
    assert world.may("zhou", "newcomer")
    world.given("newcomer", "county_officer", "county", by="zhou", ago=FRESH)
    assert not world.may("zhou", "newcomer")  # nor does it stand below a colleague


def test_who_long_worked_here_keeps_the_own_office_when_the_unit_is_put_elsewhere(world):
    Grant.objects.filter(account=world.account("chen")).update(to_on=world.day - timedelta(days=1))
    assert not world.may("zhou", "chen")  # holds nothing now
    world.given("chen", "school_clerk", "second", by="zhou", ago=FRESH)
    assert world.may("zhou", "chen")


def test_a_teacher_of_another_county_is_not_opened_by_an_office_given_here(world):
    [world.cast.far] = enrolling.teachers(world.cast.elsewhere, 1)
    world.given("far", "teacher", "elsewhere")
    assert world.may("other", "far")
    world.given("far", "school_clerk", "school")
    assert [world.may(office, "far") for office in ("zhou", "other", "mei")] == [False, False, True]
