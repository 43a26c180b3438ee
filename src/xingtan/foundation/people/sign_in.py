"""Signing in: by identity number, phone or sign-in name, always one hash; activation of imported accounts."""

from __future__ import annotations

import hmac
from datetime import datetime

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.db.ids import random_text
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import Scope

from .known import known_as
from .models import ACTIVATION_BOX, NUMBER_BOX, PHONE_BOX, Account
from .roles import Actor, Role
from .throttle import count_attempt, forget_attempt, refuse_while_locked, tried

CODE_LENGTH = 8


def account_named(identity: str) -> Account | None:
    """The one account that this number, phone or sign-in name belongs to; a phone shared by two people names neither."""
    text = identity.strip()
    if not text:
        return None
    found = Account.objects.filter(
        Q(login=text) | Q(number_index=NUMBER_BOX.index(text)) | Q(phone_index=PHONE_BOX.index(text)),
        is_active=True,
    )[:2]
    return found[0] if len(found) == 1 else None


class NumberOrPhoneBackend(ModelBackend):
    """Checks a password for a number, a phone or a sign-in name; unknown ones cost the same time."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: object
    ) -> Account | None:
        """The account when the password is right and it is active, else None."""
        if not username or password is None:
            return None
        account = account_named(username)
        if account is None:
            make_password(password)
            return None
        return account if account.check_password(password) else None


def new_activation_code() -> str:
    """A fresh code of eight characters that cannot be mistaken for one another."""
    return random_text(CODE_LENGTH)


def activation_code(account: Account) -> str:
    """The code to print on the slip of an account that is not yet activated, else ""."""
    return "" if account.activated_at else ACTIVATION_BOX.open(account.activation_code)


def check_sign_in(*, identity: str, password: str, address: str = "", cookie: str = "", now: datetime) -> Account | None:
    """The account when the password is right; one hash is made whether it is known, unknown, locked or waits for its activation.

    Raises `Refused("locked", minutes=…)` while the name from there, or the address, has to wait; `cookie` tells a browser known before.
    """
    what = tried(identity, address, known=known_as(cookie, account_named(identity), now=now))
    if minutes := count_attempt(what, now=now):
        make_password(password)
        raise Refused("locked", minutes=minutes)
    account = NumberOrPhoneBackend().authenticate(None, username=identity, password=password)
    if account is None:
        return None
    forget_attempt(what)
    return account


def activate(*, identity: str, code: str, password: str, address: str = "", now: datetime) -> Account:
    """The account has this password and may sign in; refused alike for an unknown identity, a wrong code and a used one."""
    what = tried(identity, address)
    refuse_while_locked(what, now=now)
    account = account_named(identity)
    expected = activation_code(account) if account else ""
    if account is None or not expected or not hmac.compare_digest(expected.encode(), code.strip().lower().replace("-", "").encode()):
        raise Refused("activation_unknown")
    forget_attempt(what)
    return open_account(account_id=account.pk, password=password, now=now)


@atomic
def open_account(*, account_id: int, password: str, now: datetime) -> Account:
    """The account is activated with this password; refused when it is already. Who may do so was proved by whoever calls."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.activated_at:
        raise Refused("activation_unknown")
    account.set_password(password)
    account.activated_at = now
    account.activation_code = ""
    account.save(update_fields=["password", "activated_at", "activation_code"])
    actor = Actor(account_id=account.pk, role=Role.TEACHER, organisation_id=None, scope=Scope.nothing(), name=account.name)
    record(actor, "people.activated", "account", [account.pk], now=now)
    return account
