"""Batches of a branch, answers of a batch and of a school, and a teacher's own earlier hours."""

from __future__ import annotations

from collections import Counter
from datetime import date

from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers.models import OpeningAnswer, OpeningBatch
from xingtan.domains.papers.states import Answer, BatchState
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

from .lines import lines_of


def batches_in(scope: Scope) -> ScopedQuerySet[OpeningBatch]:
    """The batches that offices of the branch handed in, the newest first."""
    return OpeningBatch.objects.within(scope).select_related("organisation", "scan").order_by("-handed_in_at", "-pk")


def batch_in(scope: Scope, public_id: str) -> OpeningBatch:
    """The batch of the branch with this public id; `NotInScope` where there is none."""
    found: OpeningBatch | None = batches_in(scope).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def answers_of(batch: OpeningBatch, scope: Scope, *, state: str = "", q: str = "") -> ScopedQuerySet[OpeningAnswer]:
    """The answers of the batch that the branch may see, objections that wait first."""
    rows = OpeningAnswer.objects.within(scope).filter(batch=batch).select_related("teacher", "school", "file")
    if state in {one.value for one in Answer}:
        rows = rows.filter(state=state)
    if text := q.strip():
        rows = rows.filter(teacher__name__contains=text)
    return rows.order_by("due_on", "school__path", "teacher__name_pinyin", "pk")


def answer_counts(batch: OpeningBatch, scope: Scope) -> Counter[Answer]:
    """How many teachers said what."""
    return Counter(Answer(one) for one in OpeningAnswer.objects.within(scope).filter(batch=batch).values_list("state", flat=True))


def answer_in(scope: Scope, public_id: str) -> OpeningAnswer:
    """The answer of the branch with this public id; `NotInScope` where there is none."""
    found: OpeningAnswer | None = OpeningAnswer.objects.within(scope).select_related("batch").filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def answers_in(scope: Scope, *, state: str = "", q: str = "") -> ScopedQuerySet[OpeningAnswer]:
    """What the branch's teachers said to batches that stand, those who have not answered first."""
    rows = OpeningAnswer.objects.within(scope).filter(batch__state=BatchState.STANDS).select_related("teacher", "batch", "school")
    if state in {one.value for one in Answer}:
        rows = rows.filter(state=state)
    if text := q.strip():
        rows = rows.filter(teacher__name__contains=text)
    return rows.order_by("said_at", "teacher__name_pinyin", "pk")


def own_openings(teacher_id: int) -> list[tuple[OpeningAnswer, list[credits_room.EntryState]]]:
    """The teacher's earlier hours by batch, each with its lines and what was said."""
    rows = OpeningAnswer.everywhere.filter(teacher_id=teacher_id).select_related("batch__organisation").order_by("-batch__handed_in_at")
    return [(one, list(lines_of(one.batch, [teacher_id]))) for one in rows]


def has_lapsed(one: OpeningAnswer, today: date) -> bool:
    """True when the days went by without a word: the hours count as not objected to (reading)."""
    return one.state == Answer.WAITING and today > one.batch.answer_by
