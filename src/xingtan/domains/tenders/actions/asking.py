"""Questions of providers and the office's answers, which everybody reads without the asker's name."""

from __future__ import annotations

from datetime import datetime

from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import Question
from xingtan.domains.tenders.rules import refuse_submission
from xingtan.domains.tenders.states import TenderState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_anywhere, held_tender, said
from .telling import officers_of, staff_of

LEAST = 5


@atomic
def ask(*, actor: Actor, pid: str, text: str, now: datetime) -> Question:
    """The question waits for the office's answer; taken from the publication to the end of the window."""
    require(actor, access.BID)
    tender = held_anywhere(pid)
    if why := refuse_submission(TenderState(tender.state), now, tender.closes_at, now=now):
        raise Refused(why, at=said(tender.closes_at))
    if len(text.strip()) < LEAST:
        raise Refused("question_says_nothing")
    made = Question.objects.create(
        tender=tender, provider_id=actor.organisation_id or 0, text=text.strip(), asked_at=now, asked_by_id=actor.account_id
    )
    record(actor, "tenders.asked", "question", [made.pk], now=now, detail={"tender": tender.pk})
    told = {"title": tender.title}
    tell(
        officers_of(tender.organiser_id, now), "tender_asked", source=f"ask:{made.pk}", params=told, link=f"/bureau/tenders/{pid}/", now=now
    )
    return made


@atomic
def answer(*, actor: Actor, pid: str, question: str, words: str, now: datetime) -> Question:
    """Everybody reads question and answer, and the asker is told; an answer stays as it is."""
    require(actor, access.KEEP_TENDERS)
    tender = held_tender(actor, pid)
    found = Question.objects.select_for_update().filter(tender=tender, public_id=question).first()
    if found is None:
        raise NotInScope
    if found.answered_at is not None:
        raise Refused("question_is_answered")
    if not words.strip():
        raise Refused("question_says_nothing")
    found.answer, found.answered_at, found.answered_by_id = words.strip(), now, actor.account_id
    found.save(update_fields=["answer", "answered_at", "answered_by_id"])
    record(actor, "tenders.answered", "question", [found.pk], now=now, detail={"tender": tender.pk})
    told = {"title": tender.title}
    link = f"/tenders/{pid}/"
    tell(staff_of([found.provider_id], now), "tender_answered", source=f"answer:{found.pk}", params=told, link=link, now=now)
    return found
