"""Who may confirm that a person is who they say: someone one level above, in whose branch the person works."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xingtan.foundation.people.grants import grants_of
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.models import Kind

RANKS: Mapping[Role, int] = {
    Role.SCHOOL_CLERK: 1, Role.SCHOOL_REVIEWER: 1, Role.COUNTY_OFFICER: 2, Role.CITY_OFFICER: 3, Role.PROVINCE_OFFICER: 4, Role.OPERATOR: 5,
}  # fmt: skip
# A supervisor stands as high as the office that the role is held at.
SUPERVISING: Mapping[str, int] = {Kind.COUNTY: 2, Kind.ZONE: 2, Kind.CITY: 3, Kind.PROVINCE: 4}
ABOVE: Mapping[int, tuple[Role, ...]] = {
    0: (Role.SCHOOL_CLERK,), 1: (Role.COUNTY_OFFICER,), 2: (Role.CITY_OFFICER, Role.PROVINCE_OFFICER), 3: (Role.PROVINCE_OFFICER,),
}  # fmt: skip


def rank_of(grant: Grant) -> int:
    """How high the role stands: 0 a teacher, 1 a school's office, 2 a county's, 3 a city's, 4 the province's."""
    if grant.role == Role.SUPERVISOR:
        return SUPERVISING.get(grant.organisation.kind, 1)
    return RANKS.get(Role(grant.role), 0)


def deciding_grants(account: Account, day: date) -> tuple[int, list[Grant]]:
    """The account's highest rank and where it is held; of a teacher the post alone, whoever else the teacher works for."""
    held = grants_of(account, day)
    rank = max((rank_of(grant) for grant in held), default=0)
    highest = [grant for grant in held if rank_of(grant) == rank]
    posts = [grant for grant in highest if grant.role == Role.TEACHER]
    return rank, posts or highest


def may_confirm(actor: Actor, account: Account, day: date) -> bool:
    """True for an office above the account's highest role, within whose branch that is held; nobody confirms the own account."""
    if actor.role is Role.OPERATOR:
        return True
    rank, grants = deciding_grants(account, day)
    is_inside = bool(grants) and all(actor.scope.holds(grant.organisation.path) for grant in grants)
    return is_inside and RANKS.get(actor.role, 0) > rank and actor.account_id != account.pk


def confirmers_of(account: Account, day: date) -> list[int]:
    """The accounts that are told of the person's request: the school's clerks, or the officers of the nearest office above."""
    rank, grants = deciding_grants(account, day)
    if not grants:
        return []
    path = grants[0].organisation.path
    above = Grant.objects.filter(role__in=ABOVE.get(rank, ()), from_on__lte=day).select_related("organisation")
    above = above.filter(organisation__path__in=[path[:end] for end in range(4, len(path) + 1, 4)])
    fitting = [grant for grant in above if grant.holds_on(day) and grant.account_id != account.pk]
    longest = max((len(grant.organisation.path) for grant in fitting), default=0)
    return [grant.account_id for grant in fitting if len(grant.organisation.path) == longest]
