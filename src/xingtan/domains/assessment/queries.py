"""Reading attempts and submissions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope

from .models import QuizAttempt, Submission
from .states import State


def best_attempts(teacher_id: int, unit_ids: Iterable[int]) -> dict[int, QuizAttempt]:
    """The teacher's best attempt per quiz, the earliest of equal ones."""
    best: dict[int, QuizAttempt] = {}
    for attempt in QuizAttempt.everywhere.filter(teacher_id=teacher_id, unit_id__in=list(unit_ids)).order_by("pk"):
        if attempt.unit_id not in best or attempt.score > best[attempt.unit_id].score:
            best[attempt.unit_id] = attempt
    return best


def last_submissions(teacher_id: int, unit_ids: Iterable[int]) -> dict[int, Submission]:
    """The teacher's newest submission per assignment."""
    found = Submission.everywhere.filter(teacher_id=teacher_id, unit_id__in=list(unit_ids)).order_by("version")
    return {submission.unit_id: submission for submission in found}


def history(teacher_id: int, unit_id: int) -> QuerySet[Submission]:
    """Every version of the teacher's work for an assignment, the newest first."""
    return Submission.everywhere.filter(teacher_id=teacher_id, unit_id=unit_id).select_related("file").order_by("-version")


def marking_queue(actor: Actor) -> QuerySet[Submission]:
    """What waits for the acting tutor and what they marked, those that wait the longest first."""
    return (
        Submission.everywhere.filter(cohort__tutor_id=actor.account_id)
        .select_related("teacher", "school", "unit__course", "cohort")
        .order_by("handed_in_at", "pk")
    )


def submission_of_tutor(actor: Actor, public_id: str) -> Submission:
    """One submission in a cohort of the acting tutor; `NotInScope` for any other."""
    found = marking_queue(actor).select_related("file").filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def next_waiting(actor: Actor, *, after: Submission | None = None) -> Submission | None:
    """The submission that has waited the longest, other than the one at hand."""
    waiting = marking_queue(actor).filter(state=State.HANDED_IN)
    return waiting.exclude(pk=after.pk).first() if after else waiting.first()


def attempts_by_id(ids: Iterable[int]) -> list[QuizAttempt]:
    """The attempts with these ids."""
    return list(QuizAttempt.everywhere.filter(pk__in=list(ids)).select_related("unit__course"))


def submissions_by_id(ids: Iterable[int]) -> list[Submission]:
    """The submissions with these ids."""
    return list(Submission.everywhere.filter(pk__in=list(ids)).select_related("unit__course"))


def newest_version(teacher_id: int, unit_id: int) -> int:
    """The number of the newest version, 0 when there is none."""
    found = Submission.everywhere.filter(teacher_id=teacher_id, unit_id=unit_id).aggregate(newest=Max("version"))
    return int(found["newest"] or 0)


def waiting_submissions(teacher_ids: Iterable[int], unit_ids: Iterable[int]) -> list[tuple[int, int]]:
    """The (teacher, unit) whose work was handed in and is not marked."""
    rows = Submission.everywhere.filter(unit_id__among=list(unit_ids), teacher_id__among=list(teacher_ids), state=State.HANDED_IN)
    return list(rows.values_list("teacher_id", "unit_id"))
