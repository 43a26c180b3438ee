"""The identity provider's engine (django-allauth) as we run it: what another site learns of an account, and signed with what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, PrivateKey
from django.conf import settings
from django.utils import timezone

from xingtan.core.calendar import local_day
from xingtan.foundation.db import atomic
from xingtan.foundation.db.ids import random_text
from xingtan.foundation.people.grants import grants_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role

from .models import Pseudonym
from .token_keys import token_keys

SUB_LENGTH = 24


class TokenAdapter(DefaultOIDCAdapter):  # type: ignore[misc]  # -- allauth comes without types
    """Each site knows an account by a name of its own, and learns name and school only where it asked and the person agreed."""

    scope_display = dict.fromkeys(("openid", "profile", "school"), "")  # the page has words of its own for them

    def get_issuer(self) -> str:
        """The public address of this installation."""
        return str(settings.PUBLIC_URL)

    def get_claims(
        self, purpose: str, user: Account, client: Client, scopes: Iterable[str], email: str | None = None, **kwargs: object
    ) -> dict[str, Any]:
        """What the site learns: the name it knows the person by, and by scope name, school and role. Never a number."""
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        wanted = set(scopes)
        if "profile" in wanted:
            claims["name"] = user.name
        if "school" in wanted:
            claims |= school_of(user)
        return claims

    def get_user_sub(self, client: Client, user: Account) -> str:
        """The name that this site knows the account by; made at the first asking."""
        return sub_for(str(client.pk), user.pk)

    def get_user_by_sub(self, client: Client, sub: str) -> Account | None:
        """The active account that this site knows by that name."""
        found = Pseudonym.objects.filter(site=str(client.pk), sub=sub, account__is_active=True).select_related("account").first()
        return found.account if found else None

    def list_private_keys(self, *, did_activate: object = None, is_active: object = None) -> list[PrivateKey]:
        """Every key that is still published."""
        return [PrivateKey(pem=pem) for pem in token_keys(now=timezone.now())]

    def get_signing_key(self) -> PrivateKey:
        """The newest key."""
        return self.list_private_keys()[-1]


@atomic
def sub_for(site: str, account_id: int) -> str:
    """The account's name for this site, the same for ever."""
    defaults = {"sub": random_text(SUB_LENGTH), "made_at": timezone.now()}
    return Pseudonym.objects.get_or_create(site=site, account_id=account_id, defaults=defaults)[0].sub


def school_of(account: Account) -> dict[str, Any]:
    """School or office and roles of today; nothing for who holds none."""
    held = grants_of(account, local_day(timezone.now()))
    if not held:
        return {}
    post = next((grant for grant in held if grant.role == Role.TEACHER), held[0])
    place = post.organisation
    roles = sorted({grant.role for grant in held if grant.organisation_id == place.pk})
    return {"school": place.name, "school_code": place.code, "roles": roles}
