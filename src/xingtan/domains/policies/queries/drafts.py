"""Reading drafts: the list, one, what is wrong with it, its saves, its reviews, its trials."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from django.db.models import QuerySet

from xingtan.core.policy import Policy, Problem
from xingtan.domains.policies.checking import FILE, Checked, check_text, value_at
from xingtan.domains.policies.models import DraftReview, DraftSave, DraftTrial, PolicyDraft, PolicyPack
from xingtan.domains.policies.states import DraftState, ReviewOutcome
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.gate import ScopedQuerySet


def drafts_in(actor: Actor) -> ScopedQuerySet[PolicyDraft]:
    """The branch's drafts, the latest changed first; those put aside included."""
    return PolicyDraft.objects.within(actor.scope).select_related("base", "pack").order_by("-changed_at", "-pk")


def draft_by_id(actor: Actor, pid: str) -> PolicyDraft:
    """The draft of this public id; `NotInScope` outside the branch."""
    found = drafts_in(actor).filter(public_id=pid).first()
    if found is None:
        raise NotInScope
    return found


def checked_draft(draft: PolicyDraft) -> Checked:
    """What the draft's text says and what is wrong with it, a version that is taken included."""
    return checked_for(draft, draft.text)


def checked_for(draft: PolicyDraft, text: str) -> Checked:
    """What this text says and what is wrong with it as the text of this draft."""
    checked = check_text(text)
    if checked.policy is None or draft.state == DraftState.PUBLISHED or not is_version_taken(checked.policy):
        return checked
    line = checked.line_of(("version",))
    problem = Problem(FILE, line, "version", repr(checked.policy.version), "a version that is new", "version_taken")
    return checked._replace(problems=(problem,))


def is_version_taken(policy: Policy) -> bool:
    """True when the pack's code and version are adopted with other words."""
    return PolicyPack.objects.filter(code=policy.code, version=policy.version).exclude(digest=policy.digest).exists()


def versions_of(code: str) -> list[str]:
    """The versions of this pack that are adopted, in their order of adoption."""
    return list(PolicyPack.objects.filter(code=code).order_by("adopted_at", "pk").values_list("version", flat=True))


def base_of(draft: PolicyDraft) -> Checked:
    """The text that the draft began with, read."""
    return _read_base(draft.base_text)


@lru_cache(maxsize=16)
def _read_base(text: str) -> Checked:
    return check_text(text)


def saves_of(draft: PolicyDraft) -> QuerySet[DraftSave]:
    """The draft's saved texts, the latest first."""
    return DraftSave.objects.filter(draft=draft).order_by("-revision")


def save_of(draft: PolicyDraft, revision: int) -> DraftSave:
    """The text that was saved under this number; `NotInScope` where there is none."""
    found = saves_of(draft).filter(revision=revision).first()
    if found is None:
        raise NotInScope
    return found


def reviews_of(draft: PolicyDraft) -> QuerySet[DraftReview]:
    """The requests for a second look, the latest first."""
    return DraftReview.objects.filter(draft=draft).order_by("-pk")


def open_review(draft: PolicyDraft) -> DraftReview | None:
    """The request that waits, or None."""
    return reviews_of(draft).filter(outcome=ReviewOutcome.WAITING).first()


def writers_of(draft: PolicyDraft) -> set[int]:
    """The accounts that wrote in the draft or asked for its review: none of them reviews it."""
    saved = DraftSave.objects.filter(draft=draft, saved_by_id__isnull=False).values_list("saved_by_id", flat=True)
    review = open_review(draft)
    asked = {review.asked_by_id} if review is not None and review.asked_by_id is not None else set()
    return {pk for pk in saved if pk is not None} | asked


def trials_of(draft: PolicyDraft) -> QuerySet[DraftTrial]:
    """The draft's trials, the latest first."""
    return DraftTrial.objects.filter(draft=draft).select_related("training_year").order_by("-pk")


def trial_by_id(actor: Actor, pid: str) -> DraftTrial:
    """The trial of this public id; `NotInScope` when its draft is outside the branch."""
    found = DraftTrial.objects.select_related("draft", "training_year").filter(public_id=pid, draft__in=drafts_in(actor).order_by()).first()
    if found is None:
        raise NotInScope
    return found


def names_of_accounts(ids: Collection[int | None]) -> dict[int, str]:
    """The names behind these accounts."""
    return dict(Account.objects.filter(pk__in=[pk for pk in ids if pk is not None]).values_list("pk", "name"))


def titles_of(checked: Checked, fallback: str) -> tuple[str, str]:
    """What a text calls itself in Chinese (else the given name) and in English; each at most 200 characters."""
    zh, en = (value_at(checked.data, ("title", language)) for language in ("zh", "en"))
    return str(zh or en or fallback)[:200], str(en or "")[:200]
