"""Where an account is signed in: one row a browser, ended by its holder, by a new password, or by signing out."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor

from .models import Visit

SYSTEMS = (
    ("MicroMessenger", "WeChat"), ("HarmonyOS", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("QQBrowser", "QQ"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SHOWN = 50


def device_of(agent: str) -> str:
    """What the browser says of itself, as two words at most; the rest of it is not kept."""
    names = [next((name for mark, name in known if mark in agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in names if name)[:60]


def coarse(address: str) -> str:
    """The address without the part that names one machine: two of four numbers, or the first 32 bits."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:
        return "localhost"
    return f"{ipaddress.ip_network(f'{address}/{16 if found.version == 4 else 32}', strict=False).network_address}/{16 if found.version == 4 else 32}"


@atomic
def open_visit(*, account_id: int, session_key: str, device: str, place: str, by: str, now: datetime) -> Visit:
    """The browser stands in the account's list."""
    values = {"account_id": account_id, "device": device, "place": place, "by": by, "since_at": now, "used_at": now, "ended_at": None}
    visit, _made = Visit.objects.update_or_create(session_key=session_key, defaults=values)
    return visit


def note_use(session_key: str, *, now: datetime) -> None:
    """The browser was used now."""
    Visit.objects.filter(session_key=session_key, ended_at=None).update(used_at=now)


def visits_of(account_id: int, *, now: datetime) -> QuerySet[Visit]:
    """The browsers in which the account is signed in, the one used last first."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return Visit.objects.filter(Exists(alive), account_id=account_id, ended_at=None).order_by("-used_at", "-pk")[:SHOWN]


@atomic
def end_visits(*, actor: Actor, account_id: int, but: str = "", only: Collection[str] | None = None, now: datetime) -> int:
    """The account is signed in nowhere but in the session `but`, or no more in the visits `only`; returns how many ended."""
    going = Visit.objects.filter(account_id=account_id, ended_at=None).exclude(session_key=but)
    if only is not None:
        going = going.filter(public_id__in=only)
    keys = list(going.values_list("session_key", flat=True))
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        Visit.objects.filter(session_key__in=keys).update(ended_at=now)
        record(actor, "entrance.visits_ended", "account", [account_id], now=now, detail={"count": len(keys)})
    return len(keys)


def close_visit(session_key: str, *, now: datetime) -> None:
    """The browser was signed out."""
    Visit.objects.filter(session_key=session_key, ended_at=None).update(ended_at=now)


def follow_key(old: str, new: str) -> None:
    """The visit whose session was given a new key is still the same visit."""
    Visit.objects.filter(session_key=old).update(session_key=new)
