"""Schools that nobody looks after: no clerk, one who never signed in, one who has been away too long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q

from xingtan.core.calendar import local_day
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Kind, Organisation

from .grants import office_holders
from .models import Grant
from .roles import Role

SCHOOLS = (Kind.SCHOOL.value, Kind.TEACHING_POINT.value)


class Lack(StrEnum):
    """What a school's administration lacks."""

    NOBODY = "nobody"
    NEVER = "never"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Unattended:
    """A school without an active administrator: why, who holds the role, and when one of them was last here."""

    school: Organisation
    lack: Lack
    holders: tuple[str, ...]
    last_on: date | None


def unattended(scope: Scope, day: date, *, quiet_days: int) -> Iterator[Unattended]:
    """The branch's open schools whose clerks are none, never signed in, or have not been here for so many days; by path."""
    held: dict[int, list[Grant]] = defaultdict(list)
    for grant in office_holders(scope, day).filter(role=Role.SCHOOL_CLERK.value, account__is_active=True):
        held[grant.organisation_id].append(grant)
    schools = Organisation.objects.within(scope).filter(Q(closed_on=None) | Q(closed_on__gt=day), kind__in=SCHOOLS)
    for school in schools.select_related("parent").order_by("path"):
        grants = held.get(school.pk, [])
        last_on = max(filter(None, map(last_here, grants)), default=None)
        if lack := _lack(grants, last_on, day - timedelta(days=quiet_days)):
            yield Unattended(school, lack, tuple(grant.account.name for grant in grants), last_on)


def last_here(grant: Grant) -> date | None:
    """The day on which the holder last used this role or signed in, None when never."""
    signed_in = local_day(grant.account.last_login) if grant.account.last_login else None
    return max(filter(None, (grant.used_on, signed_in)), default=None)


def _lack(grants: list[Grant], last_on: date | None, since: date) -> Lack | None:
    if not grants:
        return Lack.NOBODY
    if last_on is None:
        return Lack.NEVER
    return Lack.QUIET if last_on < since else None
