"""Second factors of an account: an authenticator app, passkeys, recovery codes."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db.models import QuerySet

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.people.throttle import FACTOR, forget_attempt, refuse_while_locked, tried
from xingtan.foundation.refusal import NotInScope, Refused

from .mfa import MfaAdapter
from .models import Sealed

APP, PASSKEY, CODES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES)
STEP_S = 30
DRIFT = (-1, 0, 1)


def factors_of(account_id: int) -> QuerySet[Authenticator]:
    """Every factor of the account, the oldest first."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=account_id).order_by("pk")
    return found


def has_factor(account_id: int) -> bool:
    """True when the account has an app or a passkey; recovery codes alone are none."""
    return factors_of(account_id).filter(type__in=[APP, PASSKEY]).exists()


def codes_left(account_id: int) -> int:
    """How many recovery codes are still unused."""
    found = factors_of(account_id).filter(type=CODES).first()
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0


def check_code(account_id: int, code: str, *, now: datetime) -> str:
    """The kind of factor that this code proves; raises `Refused` for a wrong or used one, and while there is to wait."""
    what = tried(str(account_id), limit=FACTOR)
    refuse_while_locked(what, now=now)
    kind = _proved(account_id, "".join(code.split()), now=now)
    if not kind:
        raise Refused("factor_code_wrong")
    forget_attempt(what)
    return kind


@atomic
def _proved(account_id: int, code: str, *, now: datetime) -> str:
    for factor in factors_of(account_id).filter(type__in=[APP, CODES]).select_for_update():
        if factor.type == APP and _fits_app(factor, code, now):
            return str(APP)
        if factor.type == CODES and RecoveryCodes(factor).validate_code(code):
            return str(CODES)
    return ""


def _fits_app(factor: Authenticator, code: str, now: datetime) -> bool:
    """A code is good once, and none that is older than one that was used: its counter stands with the factor, under its lock."""
    counter = counter_of(MfaAdapter().decrypt(factor.data["secret"]), code, now=now)
    if counter is None or counter <= factor.data.get("last_counter", -1):
        return False
    factor.data["last_counter"] = counter
    factor.last_used_at = now
    factor.save(update_fields=["data", "last_used_at"])
    return True


def counter_of(secret: str, code: str, *, now: datetime) -> int | None:
    """Which half minute's code this is, among the present one and its neighbours; None for any other."""
    present = int(now.timestamp()) // STEP_S
    fits = [one for one in (present + drift for drift in DRIFT) if hmac.compare_digest(code_at(secret, one).encode(), code.encode())]
    return fits[-1] if fits else None


def code_at(secret: str, counter: int) -> str:
    """The six digits of that half minute (RFC 6238)."""
    return str(format_hotp_value(hotp_value(secret, counter)))


@atomic
def set_up_app(*, actor: Actor, secret: str, code: str, now: datetime) -> None:
    """The authenticator app that showed this code is the account's second factor; the code is used by that."""
    account = Account.objects.select_for_update().get(pk=actor.account_id or 0)
    if factors_of(account.pk).filter(type=APP).exists():
        raise Refused("factor_already")
    counter = counter_of(secret, "".join(code.split()), now=now)
    if counter is None:
        raise Refused("factor_code_wrong")
    made = TOTP.activate(account, secret).instance
    made.data["last_counter"] = counter
    made.save(update_fields=["data"])
    _note(actor, "entrance.app_added", made, now)


@atomic
def add_passkey(*, actor: Actor, name: str, credential: dict[str, Any], now: datetime) -> None:
    """The passkey, whose answer was checked, is a second factor of the account."""
    account = Account.objects.select_for_update().get(pk=actor.account_id or 0)
    _note(actor, "entrance.passkey_added", WebAuthn.add(account, name[:40], credential).instance, now)


@atomic
def new_codes(*, actor: Actor, now: datetime) -> list[str]:
    """Ten new recovery codes, to be shown once; the earlier ones open nothing any more."""
    account = Account.objects.select_for_update().get(pk=actor.account_id or 0)
    if not has_factor(account.pk):
        raise Refused("factor_none")
    for earlier in factors_of(account.pk).filter(type=CODES):
        _drop(earlier)
    made = RecoveryCodes.activate(account)
    _note(actor, "entrance.codes_made", made.instance, now)
    codes: list[str] = made.generate_codes()
    return codes


@atomic
def remove_factor(*, actor: Actor, factor_id: int, is_needed: bool, now: datetime) -> None:
    """The own factor opens nothing any more; the last one stays where the role needs one. `NotInScope` for another's."""
    Account.objects.select_for_update().get(pk=actor.account_id or 0)
    factor = factors_of(actor.account_id or 0).filter(pk=factor_id).first()
    if factor is None:
        raise NotInScope
    others = factors_of(actor.account_id or 0).filter(type__in=[APP, PASSKEY]).exclude(pk=factor_id)
    is_last = factor.type != CODES and not others.exists()
    if is_last and is_needed:
        raise Refused("factor_last")
    _note(actor, "entrance.factor_removed", factor, now)
    if is_last:
        drop_all(actor.account_id or 0)
    else:
        _drop(factor)


def drop_all(account_id: int) -> None:
    """The account has no second factor any more, nor their secrets. Who may do so was decided by whoever calls."""
    for factor in factors_of(account_id):
        _drop(factor)


def _drop(factor: Authenticator) -> None:
    sealed = [factor.data[name] for name in ("secret", "seed") if name in factor.data]
    factor.delete()
    Sealed.objects.filter(pk__in=[int(one) for one in sealed]).delete()


def _note(actor: Actor, act: str, factor: Authenticator, now: datetime) -> None:
    record(actor, act, "account", [actor.account_id or 0], now=now, detail={"kind": str(factor.type)})
    tell(
        [actor.account_id or 0], "factor_changed", source=f"{act}:{factor.pk}:{int(now.timestamp())}", params={}, link="/security/", now=now
    )
