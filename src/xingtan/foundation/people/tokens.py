"""Keys for the API: each acts with one grant of its owner, for a year at most."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import QuerySet

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import NotInScope

from .models import ApiToken, Grant
from .roles import Actor

TOKEN_DAYS = 365


@atomic
def issue_token(*, actor: Actor, grant: Grant, name: str, now: datetime) -> str:
    """A new API key that acts with the actor's own grant for a year; returned once, kept as a digest."""
    if grant.account_id != actor.account_id:
        raise NotInScope
    secret = f"xt_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        grant=grant,
        name=name,
        digest=digest_of(secret),
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


def digest_of(secret: str) -> str:
    """What is kept of an API key."""
    return hashlib.sha256(secret.encode()).hexdigest()


def grant_of_digest(digest: str, *, now: datetime) -> Grant | None:
    """The grant behind the API key with this digest, or None when it is unknown, ended or revoked."""
    token = token_of_digest(digest, now=now)
    return token.grant if token else None


def token_of_digest(digest: str, *, now: datetime) -> ApiToken | None:
    """The API key with this digest and its grant, or None when it is unknown, ended or revoked."""
    token = (
        ApiToken.objects.filter(digest=digest, revoked_at=None, expires_at__gt=now)
        .select_related("grant__account", "grant__organisation")
        .first()
    )
    return token if token and token.grant.account.is_active and token.grant.holds_on(local_day(now)) else None
