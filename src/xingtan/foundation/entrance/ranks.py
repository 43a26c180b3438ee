"""Who may confirm that a person is who they say: an office above all of the person's roles, in whose branch they all are held."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Q

from xingtan.core.calendar import local_day
from xingtan.foundation.people.grants import actor_of
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.reach import is_within, standing
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Kind

RANKS: Mapping[Role, int] = {
    Role.TUTOR: 1, Role.WORKSHOP_LEAD: 1, Role.EXPERT: 1, Role.PROVIDER_STAFF: 1, Role.SCHOOL_CLERK: 1, Role.SCHOOL_REVIEWER: 1,
    Role.COUNTY_OFFICER: 2, Role.CITY_OFFICER: 3, Role.PROVINCE_OFFICER: 4, Role.OPERATOR: 5,
}  # fmt: skip
# A supervisor stands as high as the office that the role is held at.
SUPERVISING: Mapping[str, int] = {Kind.COUNTY: 2, Kind.ZONE: 2, Kind.CITY: 3, Kind.PROVINCE: 4}
CONFIRMING = (Role.SCHOOL_CLERK, Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.PROVINCE_OFFICER)
LATELY = timedelta(days=30)


def rank_of(grant: Grant) -> int:
    """How high the role stands: 0 a teacher, 1 a school's office or a provider's people, 2 a county's, 3 a city's, 4 the province's."""
    if grant.role == Role.SUPERVISOR:
        return SUPERVISING.get(grant.organisation.kind, 1)
    return RANKS.get(Role(grant.role), 0)


def deciding_grants(account: Account, day: date) -> tuple[int, list[Grant]]:
    """The account's highest rank and where it is held, in roles of this day and later ones."""
    return _highest(list(standing(account.pk, day)))


def _highest(held: list[Grant]) -> tuple[int, list[Grant]]:
    rank = max((rank_of(grant) for grant in held), default=0)
    return rank, [grant for grant in held if rank_of(grant) == rank]


def may_confirm(actor: Actor, account: Account, day: date) -> bool:
    """True for an office above every role of the account, in whose branch all of them are held; nobody confirms the own account.

    A role that the confirmer's own office gave lately to an older account, which had none in the branch before, does not bring it there.
    """
    if actor.role is Role.OPERATOR:
        return True
    held = list(standing(account.pk, day))
    is_inside = bool(held) and all(actor.scope.holds(grant.organisation.path) for grant in held)
    if not is_inside or RANKS.get(actor.role, 0) <= _highest(held)[0] or actor.account_id == account.pk:
        return False
    ever = Grant.objects.filter(is_within(actor.scope), account=account)
    return any(not _is_raised(actor, grant, account, day) for grant in ever)


def out_of_reach(actor: Actor, account_ids: Collection[int], day: date) -> set[int]:
    """Which of these accounts hold an office, now or later, outside the actor's branch or as high as the actor's: their codes are not the actor's to see."""
    held = Grant.objects.filter(Q(to_on=None) | Q(to_on__gte=day), account_id__among=account_ids, ended_at=None)
    offices = held.exclude(role=Role.TEACHER.value).select_related("organisation")
    own = RANKS.get(actor.role, 0)
    return {grant.account_id for grant in offices if rank_of(grant) >= own or not actor.scope.holds(grant.organisation.path)}


def still_confirmed(confirmer_id: int | None, at: datetime, account: Account, day: date) -> bool:
    """True when an office that the confirmer held at that moment would still confirm the account with the roles that it has now; always for the operator."""
    if confirmer_id is None:
        return True
    held = Grant.objects.filter(account_id=confirmer_id, role__in=CONFIRMING, from_on__lte=local_day(at)).select_related("organisation")
    then = [one for one in held if (one.ended_at > at if one.ended_at else one.to_on is None or one.to_on >= local_day(at))]
    return any(may_confirm(actor_of(grant, name=""), account, day) for grant in then)


def _is_raised(actor: Actor, grant: Grant, account: Account, day: date) -> bool:
    since = day - LATELY
    if grant.granted_by_id is None or grant.from_on <= since or local_day(account.created_at) > since:
        return False
    offices = {actor.organisation_id or 0, (actor.own.organisation_id if actor.own else None) or 0}
    colleagues = Grant.objects.filter(account_id=grant.granted_by_id, organisation_id__in=offices).exclude(role=Role.TEACHER.value)
    return grant.granted_by_id == actor.account_id or colleagues.exists()


def confirmers_of(account: Account, day: date) -> list[int]:
    """The accounts that are told of the person's request: the school's clerks, or the officers of the nearest office above every role."""
    paths = sorted(grant.organisation.path for grant in standing(account.pk, day))
    if not paths:
        return []
    ways = [paths[0][:end] for end in range(STEP, len(paths[0]) + 1, STEP)]
    over = [way for way in ways if paths[-1].startswith(way)]  # in byte order, what first and last share is shared by all
    above = Grant.objects.filter(role__in=CONFIRMING, from_on__lte=day, organisation__path__in=over).select_related("organisation")
    fitting = [one for one in above if one.holds_on(day) and may_confirm(actor_of(one, name=""), account, day)]
    longest = max((len(grant.organisation.path) for grant in fitting), default=0)
    return [grant.account_id for grant in fitting if len(grant.organisation.path) == longest]
