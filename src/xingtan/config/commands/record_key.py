"""`xingtan record-key`: the operator's hand on keys to the learning record store."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from django.utils import timezone

from xingtan.domains.statements import api as statements
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.web.words import refusal_sentence

from .screen import complain, say

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """List, give, rotate or revoke; a secret is written once. 2 when the provider or the key is unknown, or the act was refused."""
    acts: dict[str, Callable[[argparse.Namespace], None]] = {"list": _list, "give": _give, "rotate": _rotate, "revoke": _revoke}
    try:
        acts[chosen.act](chosen)
    except Refused as refused:
        complain(refusal_sentence(refused))
        return BAD_INPUT
    except (NotInScope, Organisation.DoesNotExist):
        complain(f"{chosen.name}: there is no such provider or key")
        return BAD_INPUT
    return 0


def _provider(code: str) -> Organisation:
    return Organisation.everywhere.get(kind=Kind.PROVIDER, code=code)


def _list(chosen: argparse.Namespace) -> None:
    for one in statements.credentials_of(OPERATOR):
        if not chosen.name or one.provider.code == chosen.name:
            ended = f"revoked {one.ended_at:%Y-%m-%d}" if one.ended_at else ""
            used = f"used {one.last_used_at:%Y-%m-%d}" if one.last_used_at else "not used"
            say(f"{one.public_id}  {one.provider.code:12}  {used:16}  {ended:18}  {one.title}")


def _give(chosen: argparse.Namespace) -> None:
    given = statements.give_credential(
        actor=OPERATOR, provider_id=_provider(chosen.name).pk, title=chosen.title, rights=statements.Rights(), now=timezone.now()
    )
    _tell(given)


def _rotate(chosen: argparse.Namespace) -> None:
    _tell(statements.rotate_credential(actor=OPERATOR, key=chosen.name, at_once=chosen.at_once, now=timezone.now()))


def _revoke(chosen: argparse.Namespace) -> None:
    say(f"{statements.revoke_credential(actor=OPERATOR, key=chosen.name, now=timezone.now()).public_id}  revoked")


def _tell(given: statements.Given) -> None:
    say(f"key     {given.credential.public_id}")
    say(f"secret  {given.secret}")
