"""People beside the table's own: another province's offices, somebody whose role has ended, a deputy, and rows that nobody has."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password

from tests.county.roles import CITY, CLERK, COUNTY, PROVINCE, REVIEWER, SUPERVISOR
from tests.demo_county import NOW
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.tree import add_children

DAY = dt.timedelta(days=1)
# The role of the table → the same role in another province, which has no row at all.
FAR = {
    CLERK: "far-clerk",
    REVIEWER: "far-reviewer",
    COUNTY: "far-county",
    CITY: "far-city",
    PROVINCE: "far-province",
    SUPERVISOR: "far-supervisor",
}
NUMBERS = {"grant_id", "member_id", "claim_id", "concern_id", "pack_id", "time_id", "year", "sequence", "seat_id", "row_id", "entry_id"}
# Words that choose a kind and not a row: any other is no address of ours.
KINDS = {"kind", "reason", "code", "name", "what", "step", "field", "place", "purpose"}


def account(login: str) -> Account:
    return Account.objects.get_or_create(login=login, defaults={"name": login, "password": make_password(None), "created_at": NOW})[0]


def another_province() -> None:
    """A province with a city, a county and a school of its own, and somebody in each office."""
    (province,) = add_children(None, [{"kind": "province", "name": "湖南省", "code": "430000"}])
    (city,) = add_children(province, [{"kind": "city", "name": "湘潭市"}])
    (county,) = add_children(city, [{"kind": "county", "name": "雨湖区"}])
    (school,) = add_children(county, [{"kind": "school", "name": "雨湖小学"}])
    seats = {
        CLERK: (Role.SCHOOL_CLERK, school), REVIEWER: (Role.SCHOOL_REVIEWER, school), COUNTY: (Role.COUNTY_OFFICER, county),
        CITY: (Role.CITY_OFFICER, city), PROVINCE: (Role.PROVINCE_OFFICER, province), SUPERVISOR: (Role.SUPERVISOR, province),
    }  # fmt: skip
    for name, (role, organisation) in seats.items():
        Grant.objects.create(account=account(FAR[name]), role=role, organisation=organisation, from_on=NOW.date())


def ended(login: str) -> Account:
    """Somebody who held the same role until yesterday."""
    held = Grant.objects.get(account__login=login)
    was = account(f"{login}-ended")
    days = {"from_on": NOW.date() - 9 * DAY, "to_on": NOW.date() - DAY}
    Grant.objects.get_or_create(account=was, role=held.role, organisation_id=held.organisation_id, **days)
    return was


def deputy(login: str) -> Account:
    """Somebody who stands in for the holder today."""
    held = Grant.objects.get(account__login=login)
    stands_in = account(f"{login}-deputy")
    days = {"from_on": NOW.date(), "to_on": NOW.date(), "deputy_for": held}
    Grant.objects.get_or_create(account=stands_in, role=held.role, organisation_id=held.organisation_id, **days)
    return stands_in


def absent(words: dict[str, object]) -> dict[str, object]:
    """Words of the same shape that name no row."""
    return {
        name: value if name in KINDS else 10**15 + 7 if isinstance(value, int) else _absent(str(value)) for name, value in words.items()
    }


def _absent(value: str) -> str:
    """A uuid, a digest or a public id that nobody has, by the shape of one that somebody has."""
    return "".join("0" if one.isdigit() else "a" if one in "abcdef" else "z" if one.isalpha() else one for one in value)
