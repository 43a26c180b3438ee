"""Keys of the service: an API key of Xingtan, or an hour's token that was given for one (OAuth 2.0, client credentials)."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime, timedelta
from typing import NamedTuple

import jwt
from django.http import HttpRequest

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.keys import store
from xingtan.foundation.people.grants import actor_of
from xingtan.foundation.people.roles import OVERSIGHT, SCHOOL, Actor, Permission, Role
from xingtan.foundation.people.tokens import digest_of, grant_of_digest

from .refusals import Failure

READ_ROSTER = Permission("oneroster.read", SCHOOL | OVERSIGHT | {Role.PROVIDER_STAFF})
SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
CORE, ROSTER, DEMOGRAPHICS = "roster-core.readonly", "roster.readonly", "roster-demographics.readonly"
SCOPES = frozenset({CORE, ROSTER, DEMOGRAPHICS})
PURPOSE, ALGORITHM, AUDIENCE = "bearer", "HS256", "oneroster"
LIVES = timedelta(hours=1)
# The end is compared with the request's own clock below.
CLAIMS: jwt.types.Options = {"require": ["exp", "sub", "aud"], "verify_exp": False}


class Caller(NamedTuple):
    """Who calls, and which scopes the token holds."""

    actor: Actor
    scopes: frozenset[str]


def token_for(kind: str, secret: str, wanted: str, *, now: datetime) -> tuple[str, frozenset[str]]:
    """An hour's token with those of the wanted scopes that there are (all, when none is named); raises `Failure` 401 or 400."""
    if kind != "client_credentials":
        raise Failure(400, "The grant type is client_credentials.", "invaliddata")
    digest = digest_of(secret)
    if grant_of_digest(digest, now=now) is None:
        raise Failure(401, "The client is unknown, or its key was revoked or has ended.")
    asked = {one.removeprefix(SCOPE) for one in wanted.split()}
    scopes = frozenset(asked & SCOPES) if asked else SCOPES
    if not scopes:
        raise Failure(400, "None of these scopes is given here.", "invaliddata")
    version, key = max(store.ring(PURPOSE).items())
    claims = {"aud": AUDIENCE, "sub": digest, "scope": sorted(scopes), "exp": now + LIVES}
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": str(version)}), scopes


def credentials_of(request: HttpRequest) -> str:
    """The client's secret, from HTTP Basic or from the form."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            return b64decode(text, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return request.POST.get("client_secret", "")


def caller_of(request: HttpRequest, *, now: datetime) -> Caller:
    """Who calls with this header; raises `Failure`: 401 without a valid token, 403 for a role that may not read rosters."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    text = text.strip()
    if kind.lower() != "bearer" or not text:
        raise Failure(401, "Send a token as `Authorization: Bearer …`.")
    digest, scopes = (digest_of(text), SCOPES) if text.startswith("xt_") else _opened(text, now)
    grant = grant_of_digest(digest, now=now)
    if grant is None:
        raise Failure(401, "The token is unknown, revoked or has ended.")
    actor = actor_of(grant, name=grant.account.name, teacher_id=teachers.teacher_id_of(grant.account_id))
    if not actor.may(READ_ROSTER):
        raise Failure(403, "The key's role may not read rosters.")
    return Caller(actor, scopes)


def _opened(text: str, now: datetime) -> tuple[str, frozenset[str]]:
    try:
        key = store.ring(PURPOSE)[int(jwt.get_unverified_header(text).get("kid", ""))]
        claims = jwt.decode(text, key, algorithms=[ALGORITHM], audience=AUDIENCE, options=CLAIMS)
    except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
        raise Failure(401, "The token is unknown, revoked or has ended.") from None
    if claims["exp"] <= now.timestamp():
        raise Failure(401, "The token has ended; ask for a new one.")
    return str(claims["sub"]), frozenset(claims["scope"])
