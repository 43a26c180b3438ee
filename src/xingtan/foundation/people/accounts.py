"""Accounts of office holders: made by an office above, activated by their holder like everyone's."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import Refused

from .grants import GIVE_ROLES
from .models import ACTIVATION_BOX, NUMBER_BOX, PHONE_BOX, Account
from .roles import Actor, require
from .sign_in import new_activation_code

# A resident's number of 15 or 18 places, or a mobile phone: what people sign in with besides the name, and what says who they are.
NUMBER_OR_PHONE = re.compile(r"\d{15}|\d{17}[\dX]|(\+?86)?1\d{10}")


def refuse_number_as_login(login: str) -> None:
    """Nothing changed; raises `Refused("login_is_number")` for what looks like an identity number or a phone, whoever's it is."""
    normal = unicodedata.normalize("NFKC", login).upper().replace(" ", "").replace("-", "")
    if NUMBER_OR_PHONE.fullmatch(normal):
        raise Refused("login_is_number")


@atomic
def open_office_account(*, actor: Actor, login: str, name: str, now: datetime) -> Account:
    """An account with this sign-in name waits to be activated with its code; refused when the name is taken, or is a number."""
    require(actor, GIVE_ROLES)
    refuse_number_as_login(login)
    taken = Q(login=login) | Q(number_index=NUMBER_BOX.index(login)) | Q(phone_index=PHONE_BOX.index(login))
    if Account.objects.filter(taken).exists():
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
