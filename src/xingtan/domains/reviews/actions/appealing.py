"""Appeals: a teacher says that a decision is wrong, an office answers by a day, and each step of it stands in a trail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from xingtan.core.calendar import local_day
from xingtan.domains.credits.api import EntryState, ReviewDecision
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.access import APPEAL
from xingtan.domains.reviews.models import Appeal, AppealStep, LateEntry
from xingtan.domains.reviews.offices import office_above
from xingtan.domains.reviews.states import AppealAct, AppealState, LateState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

MOST_WORDS = 1000


@atomic
def file_appeal(*, actor: Actor, words: str, entry_id: int | None = None, late_id: int | None = None, now: datetime) -> Appeal:
    """The teacher's appeal about an own entry, or about a refused late entry, waits for its office until the day of its answer.

    Refused without words, after the pack's days, and while one about the same is open.
    """
    require(actor, APPEAL)
    if why := refuse_said(words):
        raise Refused(why)
    values = _about_entry(actor, entry_id) if entry_id is not None else _about_late(actor, late_id)
    clock = policies.policy_of(values["training_year"]).review_clock
    if values.pop("since") < now - timedelta(days=clock.appeal_days):
        raise Refused("appeal_too_late", days=clock.appeal_days)
    about = {name: values[name] for name in ("entry_id", "late_entry_id")}
    if Appeal.everywhere.filter(state=AppealState.FILED, **about).exists():
        raise Refused("appeal_is_open")
    answer_by = local_day(now) + timedelta(days=clock.answer_days)
    one = Appeal.everywhere.create(**values, teacher_id=actor.teacher_id or 0, words=words.strip(), filed_at=now, answer_by=answer_by)
    add_step(one, AppealAct.FILED, actor, words, now)
    record(actor, "reviews.appealed", "appeal", [one.pk], now=now)
    return one


def refuse_said(words: str) -> str:
    """Why the words of an appeal or of its answer will not do, or nothing."""
    return "appeal_needs_words" if not words.strip() else ("appeal_too_long" if len(words) > MOST_WORDS else "")


def _about_entry(actor: Actor, entry_id: int) -> dict[str, Any]:
    """What an appeal about an entry is filed with: it goes to the office that decided last, from a school to its county."""
    row = EntryState.everywhere.select_related("training_year__pack").filter(pk=entry_id, teacher_id__among=_persons(actor)).first()
    if row is None or actor.teacher_id is None:
        raise NotInScope
    last = ReviewDecision.objects.filter(entry_id=entry_id).order_by("-pk").first()
    office = last.organisation_id if last and last.organisation_id not in (None, row.school_id) else row.county_id
    return {
        "training_year": row.training_year, "school_id": row.school_id, "office_id": office, "entry_id": row.pk,
        "late_entry_id": None, "since": row.changed_at,
    }  # fmt: skip


def _about_late(actor: Actor, late_id: int | None) -> dict[str, Any]:
    found = LateEntry.everywhere.select_related("training_year__pack").filter(
        pk=late_id or 0, teacher_id__among=_persons(actor), state=LateState.REFUSED
    )
    one = found.first()
    if one is None or actor.teacher_id is None or one.decided_at is None:
        raise NotInScope
    return {
        "training_year": one.training_year, "school_id": one.school_id, "office_id": one.office_id, "entry_id": None,
        "late_entry_id": one.pk, "since": one.decided_at,
    }  # fmt: skip


def _persons(actor: Actor) -> list[int]:
    """Every id under which lines of the acting teacher may stand."""
    return list(teachers.whose([actor.teacher_id])) if actor.teacher_id else []


def add_step(one: Appeal, act: AppealAct, actor: Actor, words: str, now: datetime) -> None:
    """The appeal's trail has one more step."""
    AppealStep.objects.create(
        appeal=one, act=act.value, at=now, account_id=actor.account_id, organisation_id=actor.organisation_id, words=words.strip()
    )


@atomic
def withdraw_appeal(*, actor: Actor, appeal_id: int, now: datetime) -> None:
    """The teacher's own appeal waits no more."""
    one = _own(actor, appeal_id)
    if one.state == AppealState.WITHDRAWN:
        return
    if one.state != AppealState.FILED:
        raise Refused("stale")
    one.state, one.decided_at = AppealState.WITHDRAWN.value, now
    one.save(update_fields=["state", "decided_at"])
    add_step(one, AppealAct.WITHDRAWN, actor, "", now)
    record(actor, "reviews.appeal_withdrawn", "appeal", [one.pk], now=now)


@atomic
def carry_up(*, actor: Actor, appeal_id: int, words: str, now: datetime) -> Appeal:
    """The teacher's rejected appeal waits for the office above, once, with a new day for its answer."""
    one = _own(actor, appeal_id)
    if why := refuse_said(words):
        raise Refused(why)
    above = office_above(one.office_id)
    if one.state != AppealState.REJECTED or one.is_carried_up or above == one.office_id:
        raise Refused("stale")
    clock = policies.policy_of(one.training_year).review_clock
    if one.decided_at is None or one.decided_at < now - timedelta(days=clock.appeal_days):
        raise Refused("appeal_too_late", days=clock.appeal_days)
    one.state, one.decided_at, one.is_carried_up, one.office_id = AppealState.FILED.value, None, True, above
    one.answer_by = local_day(now) + timedelta(days=clock.answer_days)
    one.save()
    add_step(one, AppealAct.CARRIED_UP, actor, words, now)
    record(actor, "reviews.appeal_carried_up", "appeal", [one.pk], now=now)
    return one


def _own(actor: Actor, appeal_id: int) -> Appeal:
    require(actor, APPEAL)
    found = Appeal.everywhere.select_for_update(of=("self",)).select_related("training_year__pack")
    one = found.filter(pk=appeal_id, teacher_id__among=_persons(actor)).first()
    if one is None or actor.teacher_id is None:
        raise NotInScope
    return one
