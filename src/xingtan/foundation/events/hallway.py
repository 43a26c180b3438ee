"""Emitting events and delivering them along the wiring that `config/hallway.py` gives."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from django.db import connection
from django.utils import timezone

from xingtan.foundation.db import on_commit, writing

from .models import Delivery, Event

Payload: TypeAlias = Mapping[str, Any]
Handler: TypeAlias = Callable[[Payload, datetime], None]

LOG = logging.getLogger(__name__)
_WIRING: dict[str, tuple[Handler, ...]] = {}
_DISPATCH = threading.Lock()
PG_LOCK = 0x58494E47  # "XING": one dispatcher at a time among all processes


def wire(hallway: Mapping[str, tuple[Handler, ...]]) -> None:
    """Events go to these handlers from now on."""
    _WIRING.clear()
    _WIRING.update(hallway)


def emit(name: str, payload: Payload, *, now: datetime, at_once: bool = True) -> None:
    """The event is kept if and only if the surrounding transaction is, and delivered right after it, or by the next turn of the background."""
    if name not in _WIRING:
        raise LookupError(f"{name} is in no row of the hallway")
    Event.objects.create(name=name, payload=dict(payload), happened_at=now)
    if at_once:
        on_commit(deliver_pending)


def handler_name(handler: Handler) -> str:
    """The name under which a handler's deliveries are kept."""
    return f"{handler.__module__}.{handler.__qualname__}"


def deliver_pending() -> int:
    """Every waiting event was offered to its handlers in order; returns how many remain. A handler that fails is tried again later."""
    if connection.in_atomic_block or not _DISPATCH.acquire(blocking=False):
        return -1
    try:
        return _deliver_all()
    finally:
        _DISPATCH.release()


def _deliver_all() -> int:
    blocked: set[str] = set()
    remaining = 0
    after = 0
    while event := Event.objects.filter(delivered_at=None, pk__gt=after).order_by("pk").first():
        after = event.pk
        remaining += 0 if _deliver(event, blocked) else 1
    return remaining


def _deliver(event: Event, blocked: set[str]) -> bool:
    done = [_offer(event, handler, blocked) for handler in _WIRING.get(event.name, ())]
    if all(done):
        Event.objects.filter(pk=event.pk).update(delivered_at=timezone.now())
    return all(done)


def _offer(event: Event, handler: Handler, blocked: set[str]) -> bool:
    name = handler_name(handler)
    if name in blocked:
        return False
    delivery, _made = Delivery.objects.get_or_create(event=event, handler=name)
    if delivery.done_at:
        return True
    try:
        with writing():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PG_LOCK])
            if Delivery.objects.select_for_update().filter(pk=delivery.pk, done_at=None).exists():
                handler(event.payload, event.happened_at)
                Delivery.objects.filter(pk=delivery.pk).update(done_at=timezone.now(), attempts=delivery.attempts + 1, fault="")
    except Exception as fault:  # a broken handler must not take the sender's answer with it
        LOG.exception("event %s: %s failed", event.pk, name)
        Delivery.objects.filter(pk=delivery.pk).update(attempts=delivery.attempts + 1, fault=type(fault).__name__)
        blocked.add(name)
        return False
    return True


def replay(event_id: int) -> None:
    """The event is offered once more to all its handlers, which are idempotent."""
    event = Event.objects.get(pk=event_id)
    Delivery.objects.filter(event=event).update(done_at=None)
    Event.objects.filter(pk=event.pk).update(delivered_at=None)
    deliver_pending()
