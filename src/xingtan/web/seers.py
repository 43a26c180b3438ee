"""Who can see a teacher's record today, and by what right: offices on the path up, providers, tutors and workshop leads of the year's study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.people.models import Account, ApiToken, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.unattended import last_here
from xingtan.foundation.scope.tree import ancestors


@dataclass(frozen=True, slots=True)
class Seer:
    """Somebody who can see the record: by which role where, as whose deputy, since when, last here, and with how many API keys."""

    name: str
    role: Role
    office: str
    deputy_of: str
    since: date | None
    last_on: date | None
    keys: int
    way: str


def who_sees(teacher: teachers.Teacher, now: datetime) -> list[Seer]:
    """Everybody who can see this teacher's record now, the nearest office first, then those of the year's study."""
    day = local_day(now)
    above = [node.pk for node in ancestors(teacher.school)]
    roles = [role.value for role in credits_room.SEE_RECORD.roles]
    branch = _held(day).filter(organisation_id__in=above, role__in=roles).order_by("-organisation__path", "role", "pk")
    return [*_seers(branch, now, "branch"), *_of_study(teacher, now)]


def _held(day: date) -> QuerySet[Grant]:
    held = Grant.objects.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day, ended_at=None, account__is_active=True)
    return held.select_related("account", "organisation", "deputy_for__account")


def _seers(grants: QuerySet[Grant], now: datetime, way: str) -> Iterator[Seer]:
    live = ApiToken.objects.filter(grant__in=grants, revoked_at=None, expires_at__gt=now).order_by()
    keys = dict(live.values_list("grant_id").annotate(count=Count("pk")))
    for grant in grants:
        holder = grant.deputy_for.account.name if grant.deputy_for else ""
        office, role = str(grant.organisation), Role(grant.role)
        yield Seer(grant.account.name, role, office, holder, grant.from_on, last_here(grant), keys.get(grant.pk, 0), way)


def _of_study(teacher: teachers.Teacher, now: datetime) -> Iterator[Seer]:
    """The staff of the year's providers, the tutors of the classes, the leads of the workshops."""
    year = policies.current_year_for(teacher.school)
    chosen = enrolment.selection_of(teacher.pk, year.pk) if year else None
    if chosen is None:
        return
    offers = projects.offers_by_id(enrolment.chosen_offers([chosen.pk]).get(chosen.pk, []))
    providers = {offer.provider_id for offer in offers.values() if offer.provider_id}
    staff = _held(local_day(now)).filter(organisation_id__in=providers, role=Role.PROVIDER_STAFF.value)
    yield from _seers(staff.order_by("organisation__path", "pk"), now, "provider")
    cohort = workshops.cohort_of(teacher.pk, chosen.project_id)
    people = [(cohort.tutor, Role.TUTOR, str(cohort))] if cohort else []
    people += [(one.lead, Role.WORKSHOP_LEAD, str(one)) for one in workshops.workshops_of_teacher(teacher.pk).select_related("lead")]
    yield from (_of_person(account, role, where) for account, role, where in people)


def _of_person(account: Account, role: Role, where: str) -> Seer:
    return Seer(account.name, role, where, "", None, local_day(account.last_login) if account.last_login else None, 0, "study")
