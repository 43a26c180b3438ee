"""A call is drafted, changed, published with its lock, cancelled with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.core.tendering import CriterionKind, Weighing, refuse_criteria
from xingtan.domains.projects import api as projects
from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Bid, Criterion, Keyholder, Tender
from xingtan.domains.tenders.rules import refuse_ready, refuse_window
from xingtan.domains.tenders.states import Side, TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.keys import locks
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_tender, move, refuse_unless
from .telling import staff_of


class CriterionRow(NamedTuple):
    """What bids are judged by, and how much it counts."""

    kind: CriterionKind
    title: str
    weight: int
    hint: str = ""


class Call(NamedTuple):
    """What a tender says."""

    title: str
    content: str
    requirements: str
    opens_at: datetime
    closes_at: datetime
    places: int
    panel_size: int
    criteria: Sequence[CriterionRow]
    pass_tenths: int = 600
    far_tenths: int = 150
    is_trimmed: bool = False
    ceiling_fen: int | None = None


def _refuse_call(call: Call) -> None:
    if call.opens_at >= call.closes_at:
        raise Refused("tender_window_backwards")
    if why := refuse_criteria([Weighing(one.kind, one.weight) for one in call.criteria]):
        raise Refused(why, sum=sum(one.weight for one in call.criteria))


def _write(tender: Tender, call: Call, *, now: datetime) -> Tender:
    for field, value in call._asdict().items():
        if field != "criteria":
            setattr(tender, field, value)
    tender.changed_at = now
    same = Tender.everywhere.filter(project_id=tender.project_id, title=call.title).exclude(pk=tender.pk)
    if same.exists():
        raise Refused("tender_title_taken")
    tender.save()
    Criterion.objects.filter(tender=tender).delete()
    rows = [
        Criterion(tender=tender, place=place, kind=one.kind.value, title=one.title, weight=one.weight, hint=one.hint)
        for place, one in enumerate(call.criteria, start=1)
    ]
    Criterion.objects.bulk_create(rows)
    return tender


@atomic
def draft_tender(*, actor: Actor, project: str, call: Call, now: datetime) -> Tender:
    """A draft stands for a project of the actor's branch, seen by offices only."""
    require(actor, access.KEEP_TENDERS)
    _refuse_call(call)
    found = projects.project_in(actor.scope, project)
    if not actor.scope.holds(found.organiser.path):
        raise NotInScope
    made = _write(Tender(project=found, organiser=found.organiser, made_at=now), call, now=now)
    record(actor, "tenders.drafted", "tender", [made.pk], now=now)
    return made


@atomic
def change_tender(*, actor: Actor, pid: str, call: Call, now: datetime) -> Tender:
    """The draft says these things; what was published stays as it is."""
    require(actor, access.KEEP_TENDERS)
    _refuse_call(call)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.DRAFT)
    _write(tender, call, now=now)
    record(actor, "tenders.changed", "tender", [tender.pk], now=now)
    return tender


@atomic
def publish_tender(*, actor: Actor, pid: str, now: datetime) -> Tender:
    """Everybody reads the call; its lock is made, and each side's half is with that side's key holders only."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    refuse_unless(tender, TenderState.DRAFT)
    holders = list(Keyholder.objects.select_for_update().filter(tender=tender, ready_at__isnull=False))
    why = refuse_window(tender.opens_at, tender.closes_at, now=now) or refuse_ready({Side(one.side) for one in holders})
    if why:
        raise Refused(why)
    lock = locks.new_lock(tender.public_id)
    halves = dict(zip((Side.OFFICE, Side.WITNESS), lock.halves, strict=True))
    for one in holders:
        one.half = locks.seal_half(one.public_key, halves[Side(one.side)], f"{tender.public_id}/{one.account_id}")
        one.save(update_fields=["half"])
    Keyholder.objects.filter(tender=tender, ready_at=None).delete()
    move(tender, "publish", now=now, public_key=lock.public, key_version=lock.version, published_at=now)
    detail = {"key": lock.public[:16], "holders": [one.public_key[:16] for one in holders]}
    record(actor, "tenders.published", "tender", [tender.pk], now=now, detail=detail)
    return tender


@atomic
def cancel_tender(*, actor: Actor, pid: str, reason: str, now: datetime) -> Tender:
    """The tender is over without a choice, for the reason, which bidders are told; what is sealed stays sealed for good."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    if not reason.strip():
        raise Refused("tender_needs_reason")
    move(tender, "cancel", now=now, reason=reason.strip()[:500])
    Keyholder.objects.filter(tender=tender).update(half="", turned="")
    record(actor, "tenders.cancelled", "tender", [tender.pk], now=now)
    bidders = Bid.everywhere.filter(tender=tender).values_list("provider_id", flat=True)
    tell(staff_of(bidders, now), "tender_cancelled", source=f"tender_cancelled:{tender.pk}", params={"title": tender.title}, now=now)
    return tender
