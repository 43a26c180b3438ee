"""Coming in again through the school: asked for at the door, confirmed in person, redeemed once with a code on paper."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db.models import QuerySet

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.people.sign_in import account_named, new_activation_code
from xingtan.foundation.people.throttle import RECOVERY, forget_attempt, refuse_while_locked, tried
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import Scope

from .access import CONFIRM_RECOVERY
from .factors import drop_all
from .models import RECOVERY_BOX, Asked, Recovery
from .passwords import set_password
from .ranks import confirmers_of, may_confirm, still_confirmed

DAYS = 7
OPEN = (Asked.WAITING.value, Asked.CONFIRMED.value)
SHOWN = 200


def ask(*, identity: str, address: str, place: str, now: datetime) -> None:
    """Whoever may confirm the person is told once a day; a name that nobody has leaves a row too, and nobody hears of it.

    Raises `Refused("locked")` after too many from one address, whatever names were typed.
    """
    refuse_while_locked(tried(identity, address, RECOVERY), now=now)
    _keep_request(account_named(identity), place, now)


@atomic
def _keep_request(account: Account | None, place: str, now: datetime) -> None:
    if account is None or account.activated_at is None:
        Recovery.objects.create(account=None, state=Asked.UNKNOWN.value, asked_at=now, place=place)
        return
    values = {"state": Asked.WAITING.value, "asked_at": now, "place": place}
    made, _is_new = Recovery.objects.get_or_create(account=account, state__in=OPEN, defaults=values)
    day = local_day(now)
    source = f"recovery:{made.pk}:{day}"
    tell(confirmers_of(account, day), "recovery_asked", source=source, params={"name": account.name}, link="/recoveries/", now=now)


def requests_for(actor: Actor, *, now: datetime) -> list[Recovery]:
    """The open requests that this actor may confirm, those that wait first, the oldest before the newer."""
    require(actor, CONFIRM_RECOVERY)
    day = local_day(now)
    return [one for one in _open_in(actor.scope, now)[:SHOWN] if one.account and may_confirm(actor, one.account, day)]


def _open_in(scope: Scope, now: datetime) -> QuerySet[Recovery]:
    held = Grant.objects.filter(organisation__path__gte=scope.first, organisation__path__lt=scope.beyond).values("account_id")
    found = Recovery.objects.filter(state__in=OPEN, account_id__in=held).select_related("account", "decided_by")
    return found.exclude(ends_at__lt=now).order_by("-state", "asked_at", "pk")


@atomic
def confirm(*, actor: Actor, public_id: str, is_seen: bool, without_factor: bool, now: datetime) -> Recovery:
    """The person was seen: a code on paper opens the account once within seven days, without its second factor where that is lost."""
    found = _held(actor, public_id, now)
    if not is_seen:
        raise Refused("recovery_not_seen")
    if found.state != Asked.WAITING:
        raise Refused("recovery_over")
    found.state, found.decided_at, found.decided_by_id = Asked.CONFIRMED.value, now, actor.account_id
    found.code_closed = RECOVERY_BOX.close(new_activation_code())
    found.ends_at, found.without_factor = now + timedelta(days=DAYS), without_factor
    found.save()
    detail = {"without_factor": without_factor}
    record(actor, "entrance.recovery_confirmed", "account", [found.account_id or 0], now=now, detail=detail)
    return found


@atomic
def decline(*, actor: Actor, public_id: str, now: datetime) -> Recovery:
    """The request is closed and its code, if any, opens nothing."""
    found = _held(actor, public_id, now)
    found.state, found.decided_at, found.decided_by_id, found.code_closed = Asked.DECLINED.value, now, actor.account_id, ""
    found.save()
    record(actor, "entrance.recovery_declined", "account", [found.account_id or 0], now=now)
    return found


@atomic
def slip_code(*, actor: Actor, public_id: str, now: datetime) -> tuple[Recovery, str]:
    """The request and the code of its slip, while it can still be used; that it was printed stands in the audit log."""
    found = _held(actor, public_id, now)
    if found.state != Asked.CONFIRMED or not found.ends_at or found.ends_at < now:
        raise Refused("recovery_over")
    record(actor, "entrance.recovery_printed", "account", [found.account_id or 0], now=now)
    return found, RECOVERY_BOX.open(found.code_closed)


def _held(actor: Actor, public_id: str, now: datetime) -> Recovery:
    require(actor, CONFIRM_RECOVERY)
    found = Recovery.objects.select_for_update(of=("self",)).select_related("account").filter(public_id=public_id, state__in=OPEN).first()
    if found is None or found.account is None or not may_confirm(actor, found.account, local_day(now)):
        raise NotInScope
    return found


@atomic
def open_for(*, actor: Actor, login: str, without_factor: bool, now: datetime) -> tuple[Recovery, str]:
    """The operator's way, for whom no office stands above: a request made and confirmed at once, with its code."""
    account = account_named(login)
    if account is None:
        raise Refused("account_unknown")
    Recovery.objects.filter(account=account, state__in=OPEN).update(state=Asked.DECLINED.value, decided_at=now, code_closed="")
    made = Recovery.objects.create(account=account, state=Asked.WAITING.value, asked_at=now, place="")
    confirm(actor=actor, public_id=made.public_id, is_seen=True, without_factor=without_factor, now=now)
    return slip_code(actor=actor, public_id=made.public_id, now=now)


def redeem(*, identity: str, code: str, password: str, address: str = "", now: datetime) -> Account:
    """The account has the new password, is signed in nowhere, and the code is used; refused alike for whatever does not fit."""
    what = tried(identity, address)
    refuse_while_locked(what, now=now)
    account = _redeemed(identity, code, password, now)
    forget_attempt(what)
    return account


@atomic
def _redeemed(identity: str, code: str, password: str, now: datetime) -> Account:
    account = account_named(identity)
    open_ones = Recovery.objects.select_for_update(of=("self",)).select_related("decided_by")
    found = open_ones.filter(account=account, state=Asked.CONFIRMED.value, ends_at__gt=now).first() if account else None
    typed = code.strip().lower().replace("-", "")
    if account is None or found is None or not hmac.compare_digest(RECOVERY_BOX.open(found.code_closed).encode(), typed.encode()):
        raise Refused("recovery_unknown")
    if found.decided_at is None or not still_confirmed(found.decided_by_id, found.decided_at, account, local_day(now)):
        raise Refused("recovery_unknown")  # since then the person was given a role that the confirmer does not stand above
    found.state, found.used_at, found.code_closed = Asked.USED.value, now, ""
    found.save()
    actor = Actor(account_id=account.pk, role=Role.TEACHER, organisation_id=None, scope=Scope.nothing(), name=account.name)
    if found.without_factor:
        drop_all(account.pk)
    record(actor, "entrance.recovery_used", "account", [account.pk], now=now)
    by = found.decided_by.name if found.decided_by else "operator"
    tell([account.pk], "recovery_done", source=f"recovery:{found.pk}:used", params={"by": by}, link="/security/", now=now)
    return set_password(actor=actor, account_id=account.pk, new=password, now=now)
