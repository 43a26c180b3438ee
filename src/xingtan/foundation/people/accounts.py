"""Accounts of office holders: made by an office above, activated by their holder like everyone's."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import Refused

from .grants import GIVE_ROLES
from .models import ACTIVATION_BOX, Account
from .roles import Actor, require
from .sign_in import new_activation_code


@atomic
def open_office_account(*, actor: Actor, login: str, name: str, now: datetime) -> Account:
    """An account with this sign-in name exists, waiting to be activated with the code that its slip shows; refused when the name is taken."""
    require(actor, GIVE_ROLES)
    if Account.objects.filter(login=login).exists():
        raise Refused("login_taken", login=login)
    account = Account.objects.create(
        login=login,
        name=name,
        password=make_password(None),
        activation_code=ACTIVATION_BOX.close(new_activation_code()),
        created_at=now,
    )
    record(actor, "people.account_opened", "account", [account.pk], now=now)
    return account
