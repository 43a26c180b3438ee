"""Passkeys in the browser: what is asked of them, and whether their answer is right."""

from __future__ import annotations

import ipaddress
import json
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from xingtan.foundation.entrance.factors import PASSKEY, add_passkey, factors_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.throttle import FACTOR, forget_attempt, refuse_while_locked, tried
from xingtan.foundation.refusal import Refused
from xingtan.web.http import Request

LONGEST = 20_000


def has_name(request: Request) -> bool:
    """True where browsers offer passkeys: on a host with a name, and over https or on the machine itself."""
    host = request.get_host().rpartition(":")[0] if ":" in request.get_host() else request.get_host()
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def options_for(request: Request, account: Account) -> dict[str, Any] | None:
    """What a passkey of the account shall answer; None when it has none or the host has no name."""
    if not has_name(request) or not factors_of(account.pk).filter(type=PASSKEY).exists():
        return None
    return _plain(auth.begin_authentication(account))


def options_to_add(account: Account) -> dict[str, Any]:
    """What a new passkey shall answer."""
    return _plain(auth.begin_registration(account, passwordless=False))


def check_answer(request: Request, account: Account, answer: str) -> None:
    """The passkey's answer is right and its use noted; raises `Refused` otherwise, and while there is to wait."""
    what = tried(str(account.pk), limit=FACTOR)
    refuse_while_locked(what, now=request.now)
    try:
        auth.complete_authentication(account, _read(answer)).record_usage()
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise Refused("passkey_failed") from wrong
    forget_attempt(what)


def keep_new(request: Request, *, name: str, answer: str) -> None:
    """The passkey that gave this answer is a second factor of the account; raises `Refused` for a wrong one."""
    try:
        credential = _read(answer)
        auth.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise Refused("passkey_failed") from wrong
    add_passkey(actor=request.actor, name=name, credential=credential, now=request.now)


def _read(answer: str) -> dict[str, Any]:
    found = json.loads(answer[:LONGEST])
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """As JSON has it: bytes are text already, for the library maps them."""
    read: dict[str, Any] = json.loads(json.dumps(options, default=dict))
    return read
