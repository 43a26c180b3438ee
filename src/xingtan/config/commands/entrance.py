"""`xingtan oidc-client` and `recover`: the operator's hand on other sites and on accounts that nobody stands above."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from xingtan.foundation.entrance.recovery import open_for
from xingtan.foundation.entrance.sites import SCOPES, Registered, new_secret, register_site, sites, withdraw_site
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.words import refusal_sentence

from .screen import complain, say

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """Do the named work; a secret or a code is written once. 2 when a site or account is unknown, or the act was refused."""
    acts: dict[str, Callable[[argparse.Namespace], None]] = {"list": _list, "add": _add, "secret": _secret, "withdraw": _withdraw}
    try:
        (_recover if chosen.command == "recover" else acts[chosen.act])(chosen)
    except Refused as refused:
        complain(refusal_sentence(refused))
        return BAD_INPUT
    except NotInScope:
        complain(f"{chosen.name}: there is no such site")
        return BAD_INPUT
    return 0


def _list(chosen: argparse.Namespace) -> None:
    for site in sites():
        used = f"used {site.used_at:%Y-%m-%d}" if site.used_at else "not used"
        say(f"{site.pk}  {used:16}  {site.name}  {' '.join(site.get_redirect_uris())}")


def _add(chosen: argparse.Namespace) -> None:
    told = {"name": chosen.name, "addresses": chosen.back, "scopes": chosen.scope or SCOPES, "is_public": chosen.public}
    _tell(register_site(actor=OPERATOR, **told, now=timezone.now()))


def _secret(chosen: argparse.Namespace) -> None:
    _tell(new_secret(actor=OPERATOR, site_id=chosen.name, now=timezone.now()))


def _withdraw(chosen: argparse.Namespace) -> None:
    say(f"{withdraw_site(actor=OPERATOR, site_id=chosen.name, now=timezone.now())}  withdrawn")


def _tell(made: Registered) -> None:
    say(f"issuer         {settings.PUBLIC_URL}")
    say(f"client_id      {made.site.pk}")
    if made.secret:
        say(f"client_secret  {made.secret}")


def _recover(chosen: argparse.Namespace) -> None:
    found, code = open_for(actor=OPERATOR, login=chosen.login, without_factor=chosen.without_factor, now=timezone.now())
    say(f"code   {code[:4]}-{code[4:]}")
    say(f"until  {found.ends_at:%Y-%m-%d %H:%M} UTC, once, at {settings.PUBLIC_URL}/recover/code/")
