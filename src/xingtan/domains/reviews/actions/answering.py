"""Answering appeals: upheld, and the decision is taken back where it can be; or rejected, with words."""

from __future__ import annotations

from datetime import datetime

from xingtan.domains.credits.api import EntryState, ReviewDecision, State
from xingtan.domains.reviews.access import ANSWER_APPEAL
from xingtan.domains.reviews.models import Appeal, AppealStep, LateEntry
from xingtan.domains.reviews.states import AppealAct, AppealState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused

from .appealing import add_step, refuse_said
from .posting import locked
from .reopening import entered_anew, take_back


@atomic
def answer_appeal(*, actor: Actor, appeal_id: int, is_upheld: bool, words: str, now: datetime) -> Appeal:
    """The appeal has its answer, and the teacher is told.

    Upheld, a return or a verification that it is about is taken back in the same act, so that the step is decided anew.
    Refused `appeal_same_person` for who decided what it is about, or answered it at the office below.
    """
    require(actor, ANSWER_APPEAL)
    if why := refuse_said(words):
        raise Refused(why)
    found = Appeal.objects.within(actor.scope).select_for_update(of=("self",))
    one = found.select_related("teacher").filter(pk=appeal_id).first()
    if one is None:
        raise NotInScope
    wanted = AppealState.UPHELD if is_upheld else AppealState.REJECTED
    if one.state != AppealState.FILED:
        if one.state == wanted:
            return one
        raise Refused("stale")
    if one.office_id != actor.organisation_id and actor.role is not Role.OPERATOR:
        raise Refused("not_your_level")
    _refuse_partial(actor, one)
    one.state, one.decided_at = wanted.value, now
    one.save(update_fields=["state", "decided_at"])
    if is_upheld and one.entry_id is not None:
        _take_back(actor, one.entry_id, words, now)
    add_step(one, AppealAct.UPHELD if is_upheld else AppealAct.REJECTED, actor, words, now)
    record(actor, f"reviews.appeal_{wanted.value}", "appeal", [one.pk], now=now)
    tell(teachers_accounts(one), f"appeal_{wanted.value}", source=f"appeal:{one.pk}:{one.is_carried_up}", params={}, now=now)
    return one


def _refuse_partial(actor: Actor, one: Appeal) -> None:
    """Nobody answers an appeal about the own hours or an own decision, nor once more what they answered below."""
    teachers.refuse_own(actor, [one.teacher_id])
    if actor.account_id is None:
        return
    did = ReviewDecision.objects.filter(entry_id=one.entry_id or 0, account_id=actor.account_id)
    late = LateEntry.everywhere.filter(pk=one.late_entry_id or 0, decided_by_id=actor.account_id)
    said = AppealStep.objects.filter(appeal=one, act=AppealAct.REJECTED, account_id=actor.account_id)
    if did.exists() or late.exists() or said.exists():
        raise Refused("appeal_same_person")


def teachers_accounts(one: Appeal) -> list[int]:
    """The account of the teacher who appealed."""
    teacher: teachers.Teacher = one.teacher
    return [teacher.account_id] if teacher.account_id else []


def _take_back(actor: Actor, entry_id: int, words: str, now: datetime) -> None:
    state = EntryState.everywhere.get(pk=entry_id).state
    if state not in (State.RETURNED, State.VERIFIED):
        return
    held = locked(actor, [entry_id])
    if not entered_anew(held):
        take_back(actor, held, "appeal", words.strip()[:400], now)
