"""Codes that were exchanged, and the tokens that came of each: a code shown twice takes them all back (RFC 6749, 4.1.2 and 10.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.conf import settings

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import VISITOR

FAMILY = "family"
CODE = Token.Type.AUTHORIZATION_CODE


def _digest(value: str) -> str:
    return str(get_adapter().hash_token(value))


def family_of(refresh_token: str) -> str:
    """The code, as a digest, that this refresh token descends from; "" for an unknown one. To be asked before it is exchanged."""
    found = Token.objects.by_value(refresh_token).filter(type=Token.Type.REFRESH_TOKEN).first()
    return str((found.data or {}).get(FAMILY, "")) if found else ""


def spend(code: str, values: list[str], *, now: datetime) -> bool:
    """The tokens descend from the code, which is used now; False when somebody used it at the same time, and every token is void."""
    family, first = _digest(code), Token.objects.by_value(values[0]).first()
    until = now + timedelta(seconds=settings.IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN)
    client_id, user_id = (first.client_id, first.user_id) if first else (None, None)
    join_family(family, values)
    facts = {"client_id": client_id, "user_id": user_id, "created_at": now, "expires_at": until}
    _code, is_first = Token.objects.get_or_create(type=CODE, hash=family, defaults=facts)
    if not is_first:
        take_back(code, now=now)
    return bool(is_first)


def join_family(family: str, values: list[str]) -> None:
    """These tokens descend from the code of this digest."""
    for token in Token.objects.filter(hash__in=[_digest(value) for value in values]) if family else ():
        token.data = {**(token.data or {}), FAMILY: family}
        token.save(update_fields=["data"])


@atomic
def take_back(code: str, *, now: datetime) -> int:
    """Whatever descends from a code that was used before is void; returns how many tokens, 0 for a code that nobody used yet."""
    family = _digest(code)
    used = Token.objects.filter(type=CODE, hash=family).first()
    if used is None:
        return 0
    descendants = Token.objects.filter(client_id=used.client_id, user_id=used.user_id, data__family=family).exclude(type=CODE)
    gone = int(descendants.delete()[0])
    detail = {"site": used.client_id, "tokens": gone}
    record(VISITOR, "entrance.code_used_twice", "account", [used.user_id] if used.user_id else [], now=now, detail=detail)
    return gone
