"""Slower after each failure: a name from an address, an address, and far later a name from anywhere; only as keyed digests.

Whoever guesses slows the own address down, not the person whose name is guessed; a browser that signed in before is counted apart.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from xingtan.foundation.db import atomic
from xingtan.foundation.keys import open_box
from xingtan.foundation.refusal import Refused

from .models import Throttle

LONGEST_LOCK = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures of a kind are free, and after how long without one they are forgotten."""

    kind: str
    free: int
    forgets_after: timedelta


IDENTITY = Limit("id", 4, timedelta(days=1))
# From many addresses at once: a bound on guesses, which a browser that is known never meets.
ANYWHERE = Limit("aw", 100, timedelta(days=1))
# Behind one address sits a whole school: its forgetful must not lock out the others, a program that guesses must not go on.
ADDRESS = Limit("ip", 40, timedelta(hours=1))
FACTOR = Limit("2f", 4, timedelta(days=1))
RECOVERY = Limit("rc", 5, timedelta(days=1))
Tried = tuple[tuple[Limit, str], ...]


def tried(identity: str, address: str = "", limit: Limit = IDENTITY, known: str = "") -> Tried:
    """What an attempt counts against: a known browser by itself; else the name from that address, from anywhere, and the address."""
    if known:
        return ((limit, f"known:{known}"),)
    if not address:
        return ((limit, identity),)
    network = network_of(address)
    return ((ANYWHERE, f"{limit.kind}:{identity}"), (limit, f"{identity}@{network}"), (ADDRESS, network))


def network_of(address: str) -> str:
    """The address itself, of version 6 the network of 64 bits, which is one household's or one machine's."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False).network_address)


def _key(limit: Limit, value: str) -> str:
    return f"{limit.kind}:{open_box('people.throttle').index(value)}"


@atomic
def count_attempt(what: Tried, *, now: datetime) -> int:
    """The attempt is counted before anything is compared, so that a hundred at once are a hundred; minutes still to wait, 0 to go on."""
    rows = [_row(limit, value, now) for limit, value in what]
    waits = [row.locked_until - now for row in rows if row.locked_until and row.locked_until > now]
    if waits:
        return int(max(waits).total_seconds() // 60) + 1
    for (limit, _value), row in zip(what, rows, strict=True):
        _count(limit, row, now)
    return 0


def _row(limit: Limit, value: str, now: datetime) -> Throttle:
    row, _made = Throttle.objects.select_for_update().get_or_create(key=_key(limit, value), defaults={"changed_at": now})
    return row


def _count(limit: Limit, row: Throttle, now: datetime) -> None:
    if now - row.changed_at > limit.forgets_after:
        row.failures = 0
    row.failures += 1
    row.changed_at = now
    over = row.failures - limit.free
    row.locked_until = now + min(LONGEST_LOCK, timedelta(minutes=2 ** min(over - 1, 5))) if over > 0 else None
    row.save(update_fields=["failures", "changed_at", "locked_until"])


@atomic
def forget_attempt(what: Tried) -> None:
    """It went well: the name's failures from there are forgotten, of the address's and of those from anywhere this one is taken back."""
    for limit, value in what:
        rows = Throttle.objects.filter(key=_key(limit, value))
        if limit in (ADDRESS, ANYWHERE):
            rows.update(failures=Greatest(F("failures") - 1, 0), locked_until=None)
        else:
            rows.update(failures=0, locked_until=None)  # not deleted: another attempt may be waiting for the row


def refuse_while_locked(what: Tried, *, now: datetime) -> None:
    """The attempt is counted; raises `Refused("locked", minutes=…)` while there is still to wait."""
    if minutes := count_attempt(what, now=now):
        raise Refused("locked", minutes=minutes)
