"""Publishing and withdrawing a notice, signing for it, noting who read it. Who may is decided by the room whose notice it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_rows
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused

from .models import Notice, NoticeReader, NoticeSignature, Objection
from .rules import Days, refuse_days
from .states import NoticeState, WithdrawalReason


@dataclass(frozen=True, slots=True)
class Posting:
    """What is posted: kind, the row it is about, the row whose state it shows, by which office, and who has to sign for it."""

    kind: str
    subject_id: int
    shown_id: int
    organisation_id: int
    signer_ids: Collection[int] = ()
    params: Mapping[str, Any] = field(default_factory=dict)


@atomic
def publish(*, actor: Actor, posting: Posting, days: Days, now: datetime) -> Notice:
    """The notice stands from its first day on and waits for its signatures; refused while another about the same subject stands."""
    if why := refuse_days(days, today=local_day(now)):
        raise Refused(why)
    same = Notice.everywhere.select_for_update().filter(kind=posting.kind, subject_id=posting.subject_id)
    if same.filter(state=NoticeState.PUBLISHED).exists():
        raise Refused("notice_stands")
    try:
        with transaction.atomic():
            notice = _make(actor, posting, days, edition=(same.aggregate(last=Max("edition"))["last"] or 0) + 1, now=now)
    except IntegrityError:  # two at once: there is no row yet that the second could wait for
        raise Refused("notice_stands") from None
    insert_rows(NoticeSignature, ("notice", "organisation"), ((notice.pk, pk) for pk in sorted(set(posting.signer_ids))))
    detail = {"kind": posting.kind, "subject": posting.subject_id, "shown": posting.shown_id, "signers": len(set(posting.signer_ids))}
    said = {"opens_on": days.opens_on.isoformat(), "closes_on": days.closes_on.isoformat(), "until": days.objections_until.isoformat()}
    record(actor, "notices.published", "notice", [notice.pk], now=now, detail={**detail, **said})
    return notice


def _make(actor: Actor, posting: Posting, days: Days, *, edition: int, now: datetime) -> Notice:
    made: Notice = Notice.everywhere.create(
        kind=posting.kind,
        subject_id=posting.subject_id,
        shown_id=posting.shown_id,
        edition=edition,
        organisation_id=posting.organisation_id,
        opens_on=days.opens_on,
        closes_on=days.closes_on,
        objections_until=days.objections_until,
        answer_days=days.answer_days,
        params=dict(posting.params),
        published_at=now,
        published_by_id=actor.account_id,
    )
    return made


@atomic
def withdraw_notice(*, actor: Actor, notice_id: int, reason: WithdrawalReason, now: datetime) -> Notice:
    """The notice stands no more and another may be published; refused while an objection to it is open. Again changes nothing."""
    notice = held_notice(notice_id)
    if notice.state == NoticeState.WITHDRAWN:
        return notice
    waiting = Objection.everywhere.filter(notice=notice, state__in=["filed", "assigned", "referred"]).count()
    if waiting:
        raise Refused("notice_has_objections", count=waiting)
    notice.state, notice.withdrawal_reason = NoticeState.WITHDRAWN.value, WithdrawalReason(reason).value
    notice.withdrawn_at, notice.withdrawn_by_id = now, actor.account_id
    notice.save(update_fields=["state", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id"])
    record(actor, "notices.withdrawn", "notice", [notice.pk], now=now, detail={"reason": notice.withdrawal_reason})
    return notice


@atomic
def sign(*, actor: Actor, notice_id: int, now: datetime) -> NoticeSignature:
    """The actor's office has signed that it posted the notice; again changes nothing."""
    notice = held_notice(notice_id)
    if notice.state != NoticeState.PUBLISHED:
        raise Refused("notice_withdrawn")
    if local_day(now) < notice.opens_on:
        raise Refused("notice_not_begun", opens_on=notice.opens_on.isoformat())
    place = NoticeSignature.everywhere.select_for_update().filter(notice=notice, organisation_id=actor.organisation_id or 0).first()
    if place is None:
        raise Refused("notice_not_for_you")
    if place.signed_at is None:
        place.signed_at, place.signed_by_id = now, actor.account_id
        place.save(update_fields=["signed_at", "signed_by_id"])
        record(actor, "notices.signed", "notice_signature", [place.pk], now=now, detail={"notice": notice.pk})
    return place


def note_reader(notice: Notice, account_id: int, *, now: datetime) -> None:
    """It is known that this person has opened the notice; the first time counts."""
    NoticeReader.objects.bulk_create([NoticeReader(notice=notice, account_id=account_id, read_at=now)], ignore_conflicts=True)


def held_notice(notice_id: int) -> Notice:
    """The notice, locked until the transaction ends; `NotInScope` where there is none. The caller has checked the scope."""
    notice = Notice.everywhere.select_for_update().filter(pk=notice_id).first()
    if notice is None:
        raise NotInScope
    return notice
