"""Other sites that sign people in with us: registered by the province, used by those who agree, forgotten by either."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from allauth.idp.oidc.models import Client, Token
from django.db.models import Count, Max, Q, QuerySet

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .access import MANAGE_SITES
from .models import Pseudonym

SCOPES = ("openid", "profile", "school")
GRANTS = (Client.GrantType.AUTHORIZATION_CODE.value, Client.GrantType.REFRESH_TOKEN.value)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
IN_USE = Q(token__type__in=[Token.Type.ACCESS_TOKEN, Token.Type.REFRESH_TOKEN])
# What stands in an address as it is; browsers read a backslash as a slash and drop line breaks, so neither is let in.
PLAIN = re.compile(r"https?://[A-Za-z0-9._~:/?\[\]@!$&'()+,;=%-]+")


@dataclass(frozen=True, slots=True)
class Registered:
    """A site and its secret, which is told once; "" for a site that can keep none."""

    site: Client
    secret: str


def refuse_address(address: str) -> None:
    """Nothing changed; raises `Refused` unless the address is a whole https one (or http on the same machine), as browsers read it.

    No wildcard, no fragment, and nobody's name before the host, for people read that as the site: `https://site.cn@elsewhere.com`.
    """
    text = address.strip()
    if not PLAIN.fullmatch(text) or not _is_safe(text):
        raise Refused("site_address_bad", found=text[:120])


def _is_safe(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    is_private = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return is_private and bool(parts.hostname) and port != 0 and "@" not in parts.netloc


def is_registered(site_id: str, address: str) -> bool:
    """True when the site registered this address, character by character."""
    site = Client.objects.filter(pk=site_id).first()
    return bool(site) and address in site.get_redirect_uris()


@atomic
def register_site(
    *, actor: Actor, name: str, addresses: Sequence[str], scopes: Sequence[str] = SCOPES, is_public: bool = False, now: datetime
) -> Registered:
    """People may sign in at that site with their account here; its secret is told this once and kept as a hash."""
    require(actor, MANAGE_SITES)
    for address in addresses or [""]:
        refuse_address(address)
    secret = "" if is_public else secrets.token_urlsafe(32)
    kind = Client.Type.PUBLIC if is_public else Client.Type.CONFIDENTIAL
    site = Client(name=name.strip()[:100], type=kind, response_types="code", created_at=now, owner_id=None)
    site.set_grant_types(GRANTS)
    site.set_scopes([scope for scope in SCOPES if scope in {"openid", *scopes}])
    site.set_default_scopes(["openid"])
    site.set_redirect_uris([address.strip() for address in addresses])
    site.set_secret(secret or secrets.token_urlsafe(32))
    site.save()
    record(actor, "entrance.site_registered", "site", [], now=now, detail={"site": site.pk, "name": site.name})
    return Registered(site, secret)


def sites() -> QuerySet[Client]:
    """Every registered site with how many people use it and when last a token was made, by name."""
    found: QuerySet[Client] = Client.objects.annotate(tokens=Count("token", filter=IN_USE), used_at=Max("token__created_at")).order_by(
        "name", "pk"
    )
    return found


@atomic
def new_secret(*, actor: Actor, site_id: str, now: datetime) -> Registered:
    """The site has a new secret, told this once; the old one opens nothing any more."""
    site = _site(actor, site_id)
    secret = secrets.token_urlsafe(32)
    site.set_secret(secret)
    site.save(update_fields=["secret"])
    record(actor, "entrance.site_secret", "site", [], now=now, detail={"site": site.pk, "name": site.name})
    return Registered(site, secret)


@atomic
def withdraw_site(*, actor: Actor, site_id: str, now: datetime) -> str:
    """Nobody signs in there any more and every token is void; returns its name."""
    site = _site(actor, site_id)
    record(actor, "entrance.site_withdrawn", "site", [], now=now, detail={"site": site.pk, "name": site.name})
    Pseudonym.objects.filter(site=site.pk).delete()
    name = str(site.name)
    site.delete()
    return name


def _site(actor: Actor, site_id: str) -> Client:
    require(actor, MANAGE_SITES)
    found = Client.objects.select_for_update().filter(pk=site_id).first()
    if found is None:
        raise NotInScope
    return found


def sites_of(account_id: int) -> list[tuple[Client, datetime]]:
    """The sites at which the account has signed in, with since when."""
    since = dict(Pseudonym.objects.filter(account_id=account_id).values_list("site", "made_at"))
    return [(site, since[site.pk]) for site in Client.objects.filter(pk__in=since).order_by("name")]


@atomic
def forget_site(*, actor: Actor, site_id: str, now: datetime) -> None:
    """The site's tokens for the own account are void; it learns a new one only when the person agrees again."""
    found = Pseudonym.objects.filter(account_id=actor.account_id or 0, site=site_id).first()
    if found is None:
        raise NotInScope
    Token.objects.filter(client_id=site_id, user_id=actor.account_id).delete()
    found.delete()
    record(actor, "entrance.site_forgotten", "account", [actor.account_id or 0], now=now, detail={"site": site_id})
