"""Codes of accounts that wait to be activated: void once the account is given an office, for earlier slips lie with others."""

from __future__ import annotations

from datetime import datetime

from .models import ACTIVATION_BOX, Account
from .sign_in import new_activation_code


def fresh_code(account_id: int) -> str:
    """The account that waits to be activated has a new code and the earlier ones open nothing; "" for an account that is activated."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.activated_at:
        return ""
    code = new_activation_code()
    account.activation_code = ACTIVATION_BOX.close(code)
    account.save(update_fields=["activation_code"])
    return code


def void_earlier_code(account_id: int, *, but_opened_at: datetime) -> None:
    """Slips that were printed before the account held this office open nothing; an account that this very act has opened keeps its code."""
    if Account.objects.filter(pk=account_id, activated_at=None).exclude(created_at=but_opened_at).exists():
        fresh_code(account_id)
