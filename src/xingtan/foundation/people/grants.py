"""Who may act where: giving and ending roles, and the actor behind a request."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Kind, Organisation

from .models import Account, ApiToken, Grant
from .roles import BUREAU, Actor, Permission, Role, require

GIVE_ROLES = Permission("people.give_roles", BUREAU)
TOKEN_DAYS = 365
LEARNING = frozenset({Role.TUTOR, Role.WORKSHOP_LEAD})
OFFICES = frozenset({Kind.COUNTY, Kind.ZONE, Kind.CITY, Kind.PROVINCE})
# Which roles an organisation of each kind has; a teacher's role comes with the roster and is not given here.
ROLES_AT: Mapping[str, frozenset[Role]] = {
    Kind.SCHOOL: frozenset({Role.SCHOOL_CLERK, Role.SCHOOL_REVIEWER}) | LEARNING,
    Kind.TEACHING_POINT: frozenset({Role.SCHOOL_CLERK, Role.SCHOOL_REVIEWER}),
    Kind.COUNTY: frozenset({Role.COUNTY_OFFICER, Role.SUPERVISOR}) | LEARNING,
    Kind.ZONE: frozenset({Role.COUNTY_OFFICER, Role.SUPERVISOR}) | LEARNING,
    Kind.CITY: frozenset({Role.CITY_OFFICER, Role.SUPERVISOR}) | LEARNING,
    Kind.PROVINCE: frozenset({Role.PROVINCE_OFFICER, Role.SUPERVISOR}) | LEARNING,
    Kind.PROVIDER: frozenset({Role.PROVIDER_STAFF}) | LEARNING,
}


def grants_of(account: Account, day: date) -> list[Grant]:
    """The roles that the account may use on this day, in a steady order."""
    found = Grant.objects.filter(account=account, from_on__lte=day).select_related("organisation").order_by("pk")
    return [grant for grant in found if grant.holds_on(day)]


def actor_of(grant: Grant, *, name: str, teacher_id: int | None = None) -> Actor:
    """The actor who uses this grant."""
    return Actor(
        account_id=grant.account_id,
        role=Role(grant.role),
        organisation_id=grant.organisation_id,
        scope=grant.organisation.scope,
        name=name,
        teacher_id=teacher_id,
    )


@atomic
def give_role(  # noqa: PLR0913 -- a grant is these facts
    *, actor: Actor, account_id: int, role: Role, organisation_id: int, from_on: date, to_on: date | None = None, now: datetime
) -> Grant:
    """The account holds the role in that branch; only an office holder above, within the own branch, may give it."""
    require(actor, GIVE_ROLES)
    organisation = Organisation.objects.within(actor.scope).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotInScope
    if role not in ROLES_AT[organisation.kind]:
        raise Refused("role_not_here")
    grant, made = Grant.objects.get_or_create(
        account_id=account_id,
        role=role.value,
        organisation=organisation,
        from_on=from_on,
        defaults={"to_on": to_on, "granted_by_id": actor.account_id},
    )
    if made:
        record(actor, "people.role_given", "grant", [grant.pk], now=now, detail={"role": role.value, "organisation": organisation.pk})
    return grant


def office_holders(scope: Scope, day: date) -> QuerySet[Grant]:
    """Every role but a teacher's that is held on this day in the branch, by organisation, with its holder."""
    held = Grant.objects.filter(organisation__path__gte=scope.first, organisation__path__lt=scope.beyond, from_on__lte=day)
    held = held.filter(Q(to_on=None) | Q(to_on__gte=day)).exclude(role=Role.TEACHER.value)
    return held.select_related("account", "organisation").order_by("organisation__path", "role", "pk")


@atomic
def end_role(*, actor: Actor, grant_id: int, now: datetime) -> Grant:
    """The role was held yesterday for the last time (today, where it began today); ending it again changes nothing, the own is refused."""
    require(actor, GIVE_ROLES)
    today = local_day(now)
    grant = office_holders(actor.scope, today).select_for_update(of=("self",)).filter(pk=grant_id).first()
    if grant is None:
        raise NotInScope
    if grant.account_id == actor.account_id:
        raise Refused("role_own")
    last = max(grant.from_on, today - timedelta(days=1))
    if grant.to_on is None or grant.to_on > last:
        Grant.objects.filter(pk=grant.pk).update(to_on=last)
        record(actor, "people.role_ended", "grant", [grant.pk], now=now, detail={"role": grant.role, "organisation": grant.organisation_id})
    return grant


@atomic
def issue_token(*, actor: Actor, grant: Grant, name: str, now: datetime) -> str:
    """A new API key that acts with the actor's own grant for a year; returned once, kept as a digest."""
    if grant.account_id != actor.account_id:
        raise NotInScope
    secret = f"xt_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        grant=grant,
        name=name,
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        created_at=now,
        expires_at=now + timedelta(days=TOKEN_DAYS),
    )
    record(actor, "people.token_issued", "token", [token.pk], now=now)
    return secret


def tokens_of(account_id: int) -> QuerySet[ApiToken]:
    """The account's API keys, the newest first, revoked and ended ones included, each with the grant it acts with."""
    return ApiToken.objects.filter(grant__account_id=account_id).select_related("grant__organisation").order_by("-pk")


@atomic
def revoke_token(*, actor: Actor, token_id: int, now: datetime) -> ApiToken:
    """The actor's own key opens nothing any more; revoking it again changes nothing. `NotInScope` for another's."""
    token = tokens_of(actor.account_id or 0).select_for_update(of=("self",)).filter(pk=token_id).first()
    if token is None:
        raise NotInScope
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record(actor, "people.token_revoked", "token", [token.pk], now=now)
    return token


def grant_of_token(secret: str, *, now: datetime) -> Grant | None:
    """The grant behind an API key, or None when it is unknown, ended or revoked."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    token = (
        ApiToken.objects.filter(digest=digest, revoked_at=None, expires_at__gt=now)
        .select_related("grant__account", "grant__organisation")
        .first()
    )
    return token.grant if token and token.grant.account.is_active and token.grant.holds_on(local_day(now)) else None
