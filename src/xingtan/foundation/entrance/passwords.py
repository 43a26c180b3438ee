"""Changing the own password."""

from __future__ import annotations

from datetime import datetime

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.people.throttle import forget_attempt, refuse_while_locked, tried
from xingtan.foundation.refusal import Refused

from .visits import end_visits


def check_password(account: Account, password: str, *, now: datetime) -> None:
    """Nothing changed; raises `Refused` for a wrong password, and while there is to wait after too many."""
    what = tried(f"own:{account.pk}")
    refuse_while_locked(what, now=now)
    if not account.check_password(password):
        raise Refused("password_wrong")
    forget_attempt(what)


def change_password(*, actor: Actor, old: str, new: str, session_key: str, now: datetime) -> Account:
    """The account has the new password and is signed in in this browser only."""
    account = Account.objects.get(pk=actor.account_id or 0)
    check_password(account, old, now=now)
    return set_password(actor=actor, account_id=account.pk, new=new, but=session_key, now=now)


@atomic
def set_password(*, actor: Actor, account_id: int, new: str, but: str = "", now: datetime) -> Account:
    """The account has this password; every browser but one is signed out, and the holder is told. Who may was proved before."""
    account = Account.objects.select_for_update().get(pk=account_id)
    account.set_password(new)
    account.save(update_fields=["password"])
    end_visits(actor=actor, account_id=account.pk, but=but, now=now)
    record(actor, "entrance.password_changed", "account", [account.pk], now=now)
    tell([account.pk], "password_changed", source=f"password:{account.pk}:{int(now.timestamp())}", params={}, link="/security/", now=now)
    return account
