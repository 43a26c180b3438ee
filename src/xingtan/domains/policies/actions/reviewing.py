"""The second person: asking for a look, approving or returning, publishing what was approved."""

from __future__ import annotations

from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.domains.policies.access import ADOPT_PACK, REVIEW_DRAFTS, WRITE_DRAFTS
from xingtan.domains.policies.models import DraftReview, PolicyDraft, PolicyPack
from xingtan.domains.policies.queries.drafts import checked_draft, open_review, writers_of
from xingtan.domains.policies.rules import refuse_move, refuse_request, refuse_reviewer
from xingtan.domains.policies.states import DraftState, ReviewOutcome
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.grants import office_holders
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .drafts import held, refuse
from .years import adopt_pack


@atomic
def ask_for_review(*, actor: Actor, pid: str, link: str = "", now: datetime) -> DraftReview:
    """The draft is closed for writing and waits for somebody who did not write in it; those who may look at it are told."""
    require(actor, WRITE_DRAFTS)
    draft = held(actor, pid)
    refuse(refuse_move(DraftState(draft.state), DraftState.IN_REVIEW) or refuse_request(len(checked_draft(draft).problems)))
    review = DraftReview.objects.create(draft=draft, revision=draft.revision, asked_at=now, asked_by_id=actor.account_id)
    _to(draft, DraftState.IN_REVIEW, now)
    record(actor, "policies.review_asked", "policy_draft", [draft.pk], now=now, detail={"revision": draft.revision})
    others = {grant.account_id for grant in office_holders(draft.organisation.scope, local_day(now)) if grant.role in REVIEW_DRAFTS.roles}
    tell(
        sorted(others - writers_of(draft)),
        "policy_review_asked",
        source=f"policy-review:{review.pk}",
        params={"title": draft.title},
        link=link,
        now=now,
    )
    return review


@atomic
def withdraw_request(*, actor: Actor, pid: str, now: datetime) -> PolicyDraft:
    """The draft can be written again; a request or an approval falls away."""
    require(actor, WRITE_DRAFTS)
    draft = held(actor, pid)
    if draft.state == DraftState.EDITING:
        return draft
    refuse(refuse_move(DraftState(draft.state), DraftState.EDITING))
    review = open_review(draft)
    if review is not None:
        _decided(review, actor, ReviewOutcome.WITHDRAWN, "", now)
    _to(draft, DraftState.EDITING, now)
    record(actor, "policies.review_withdrawn", "policy_draft", [draft.pk], now=now)
    return draft


@atomic
def decide_review(*, actor: Actor, pid: str, approves: bool, remark: str = "", now: datetime) -> PolicyDraft:
    """The draft is approved or returned with a remark; by nobody who wrote in it."""
    require(actor, REVIEW_DRAFTS)
    draft = held(actor, pid)
    review = open_review(draft)
    if review is None:
        raise Refused("draft_not_in_review")
    refuse(refuse_reviewer(actor.account_id, writers_of(draft)))
    if not approves and not remark.strip():
        raise Refused("draft_return_needs_remark")
    outcome = ReviewOutcome.APPROVED if approves else ReviewOutcome.RETURNED
    _decided(review, actor, outcome, remark.strip(), now)
    _to(draft, DraftState.APPROVED if approves else DraftState.EDITING, now)
    record(actor, f"policies.review_{outcome.value}", "policy_draft", [draft.pk], now=now, detail={"revision": review.revision})
    if review.asked_by_id is not None:
        code = "policy_review_approved" if approves else "policy_review_returned"
        tell([review.asked_by_id], code, source=f"policy-review:{review.pk}:{outcome.value}", params={"title": draft.title}, now=now)
    return draft


@atomic
def publish_draft(*, actor: Actor, pid: str, now: datetime) -> PolicyPack:
    """The approved text is an adopted pack, the draft is closed and names it; publishing it again answers the same pack."""
    require(actor, ADOPT_PACK)
    draft = held(actor, pid)
    if draft.pack is not None:
        return draft.pack
    if draft.state != DraftState.APPROVED:
        raise Refused("draft_not_approved")
    draft.pack = adopt_pack(actor=actor, text=draft.text, now=now)
    draft.published_at = now
    draft.state = DraftState.PUBLISHED
    draft.save(update_fields=["pack", "published_at", "state"])
    record(
        actor, "policies.draft_published", "policy_draft", [draft.pk], now=now, detail={"pack": draft.pack.pk, "digest": draft.pack.digest}
    )
    return draft.pack


def _to(draft: PolicyDraft, state: DraftState, now: datetime) -> None:
    draft.state, draft.changed_at = state, now
    draft.save(update_fields=["state", "changed_at"])


def _decided(review: DraftReview, actor: Actor, outcome: ReviewOutcome, remark: str, now: datetime) -> None:
    review.outcome, review.remark, review.decided_at, review.decided_by_id = outcome, remark, now, actor.account_id
    review.save(update_fields=["outcome", "remark", "decided_at", "decided_by_id"])
