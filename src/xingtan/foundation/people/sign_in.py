"""Signing in: by identity number, phone or sign-in name; slower after each failure; activation of imported accounts."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.db.ids import random_text
from xingtan.foundation.keys import open_box
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import Scope

from .models import ACTIVATION_BOX, NUMBER_BOX, PHONE_BOX, Account, Throttle
from .roles import Actor, Role

FREE_FAILURES = 4
LONGEST_LOCK = timedelta(minutes=30)
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


def _key(kind: str, value: str) -> str:
    return f"{kind}:{open_box('people.throttle').index(value)}"


def refuse_while_locked(identity: str, *, now: datetime) -> None:
    """Nothing changed; raises `Refused("locked", minutes=…)` while this identity is locked."""
    lock = Throttle.objects.filter(key=_key("id", identity), locked_until__gt=now).first()
    if lock and lock.locked_until:
        raise Refused("locked", minutes=int((lock.locked_until - now).total_seconds() // 60) + 1)


@atomic
def note_failure(identity: str, *, now: datetime) -> None:
    """The failure is counted; from the fifth on the identity is locked, twice as long each time, half an hour at most."""
    lock, _made = Throttle.objects.select_for_update().get_or_create(key=_key("id", identity), defaults={"changed_at": now})
    if now - lock.changed_at > timedelta(days=1):
        lock.failures = 0
    lock.failures += 1
    lock.changed_at = now
    if lock.failures > FREE_FAILURES:
        lock.locked_until = now + min(LONGEST_LOCK, timedelta(minutes=2 ** (lock.failures - FREE_FAILURES - 1)))
    lock.save()


def forget_failures(identity: str) -> None:
    """The identity's failures are forgotten."""
    Throttle.objects.filter(key=_key("id", identity)).delete()


def new_activation_code() -> str:
    """A fresh code of eight characters that cannot be mistaken for one another."""
    return random_text(CODE_LENGTH)


def activation_code(account: Account) -> str:
    """The code to print on the slip of an account that is not yet activated, else ""."""
    return "" if account.activated_at else ACTIVATION_BOX.open(account.activation_code)


def activate(*, identity: str, code: str, password: str, now: datetime) -> Account:
    """The account has this password and may sign in; refused alike for an unknown identity, a wrong code and a used one."""
    refuse_while_locked(identity, now=now)
    account = account_named(identity)
    expected = activation_code(account) if account else ""
    if account is None or not expected or not hmac.compare_digest(expected, code.strip().lower().replace("-", "")):
        note_failure(identity, now=now)
        raise Refused("activation_unknown")
    forget_failures(identity)
    return _open_account(account_id=account.pk, password=password, now=now)


@atomic
def _open_account(*, account_id: int, password: str, now: datetime) -> Account:
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
