"""Reading attempts and submissions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.db import Prepared
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope

from . import access
from .models import QuizAttempt, Submission
from .states import State


def chosen_offers_of_course(teacher_id: int, course_id: int) -> list[int]:
    """The offers of this course that the teacher chose and did not give up, the latest choice first."""
    found = enrolment.ChosenOffer.objects.filter(selection__teacher_id__among=teachers.whose([teacher_id]), offer__course_id=course_id)
    found = found.exclude(selection__state=enrolment.State.WITHDRAWN)
    return list(found.order_by("-selection_id", "offer_id").values_list("offer_id", flat=True))


def attempts_of(teacher_id: int, unit_id: int) -> list[QuizAttempt]:
    """The teacher's attempts at a quiz, the first one first."""
    return list(QuizAttempt.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), unit_id=unit_id).order_by("pk"))


def best_of(attempts: Iterable[QuizAttempt]) -> QuizAttempt | None:
    """The attempt that counts: the best, the earliest of equal ones."""
    return max(attempts, key=lambda attempt: (attempt.score, -attempt.pk), default=None)


def best_attempts(teacher_id: int, unit_ids: Iterable[int]) -> dict[int, QuizAttempt]:
    """The teacher's best attempt per quiz, the earliest of equal ones."""
    best: dict[int, QuizAttempt] = {}
    found = QuizAttempt.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), unit_id__in=list(unit_ids))
    for attempt in found.order_by("pk"):
        if attempt.unit_id not in best or attempt.score > best[attempt.unit_id].score:
            best[attempt.unit_id] = attempt
    return best


def last_submissions(teacher_id: int, unit_ids: Iterable[int]) -> dict[int, Submission]:
    """The teacher's newest submission per assignment."""
    found = Submission.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), unit_id__in=list(unit_ids)).order_by(
        "version", "pk"
    )
    return {submission.unit_id: submission for submission in found}


def history(teacher_id: int, unit_id: int) -> QuerySet[Submission]:
    """Every version of the teacher's work for an assignment, the newest first."""
    found = Submission.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), unit_id=unit_id)
    return found.select_related("file", "cohort__tutor").order_by("-version", "-pk")


def versions_locked(teacher_id: int, unit_id: int) -> list[Submission]:
    """Every version, the first one first, held until the transaction ends."""
    persons = teachers.whose([teacher_id])
    found = Submission.everywhere.select_for_update(of=("self",)).filter(teacher_id__among=persons, unit_id=unit_id)
    return list(found.select_related("file").order_by("version", "pk"))


def of_tutor(actor: Actor) -> QuerySet[Submission]:
    """The work of the acting tutor's cohorts; what was handed in before a cohort had a tutor belongs to whoever tutors its teacher now."""
    own = workshops.seats_of_tutor(actor)
    return Submission.everywhere.filter(Q(cohort__tutor_id=actor.account_id or 0) | Q(cohort=None, teacher_id__in=own))


def marking_queue(actor: Actor, *, state: str = "", cohort: str = "", q: str = "") -> QuerySet[Submission]:
    """The newest version of each work of the acting tutor's cohorts, those that wait the longest first; narrowed by what is given."""
    newer = Submission.everywhere.filter(teacher_id=OuterRef("teacher_id"), unit_id=OuterRef("unit_id"), version__gt=OuterRef("version"))
    found = of_tutor(actor).filter(~Exists(newer))
    wanted = {"state": state, "cohort__public_id": cohort}
    found = found.filter(**{field: value for field, value in wanted.items() if value})
    if q:
        found = found.filter(_named(q))
    return found.select_related("teacher", "school", "unit__course", "cohort").order_by("handed_in_at", "pk")


def _named(q: str) -> Q:
    pinyin = q.lower().replace(" ", "")
    found = Q(teacher__name__icontains=q) | Q(school__name__icontains=q) | Q(unit__title__icontains=q) | Q(unit__title_en__icontains=q)
    return found | Q(teacher__name_pinyin__startswith=pinyin) | Q(teacher__name_initials__startswith=pinyin)


def queue_counts(actor: Actor) -> dict[State, int]:
    """How many works of the acting tutor's cohorts stand in each state; every state is there."""
    rows = marking_queue(actor).order_by().values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}


def counts_by_cohort(actor: Actor) -> dict[int, dict[str, int]]:
    """The same for each of the acting tutor's cohorts; states without any are absent."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = marking_queue(actor).exclude(cohort=None).order_by().values_list("cohort_id", "state").annotate(count=Count("pk"))
    for cohort_id, state, count in rows:
        found[cohort_id or 0][state] = count
    return dict(found)


def submission_of_tutor(actor: Actor, public_id: str) -> Submission:
    """One submission in a cohort of the acting tutor; `NotInScope` for any other."""
    related = ("teacher", "school", "unit__course", "cohort", "file")
    found = of_tutor(actor).filter(public_id=public_id).select_related(*related).first()
    if found is None:
        raise NotInScope
    return found


def next_waiting(actor: Actor, *, after: Submission | None = None) -> Submission | None:
    """The submission that waits behind the one at hand, round to the one that has waited the longest; None when no other waits."""
    waiting = marking_queue(actor, state=State.HANDED_IN)
    if after is None:
        return waiting.first()
    behind = Q(handed_in_at__gt=after.handed_in_at) | Q(handed_in_at=after.handed_in_at, pk__gt=after.pk)
    in_turn = waiting.exclude(pk=after.pk).annotate(turn=Case(When(behind, then=0), default=1))
    return in_turn.order_by("turn", "handed_in_at", "pk").first()


def attempts_by_id(ids: Iterable[int]) -> list[QuizAttempt]:
    """The attempts with these ids."""
    return list(QuizAttempt.everywhere.filter(pk__among=list(ids)).select_related("unit__course"))


def submissions_by_id(ids: Iterable[int]) -> list[Submission]:
    """The submissions with these ids."""
    return list(Submission.everywhere.filter(pk__among=list(ids)).select_related("unit__course"))


_waiting: Prepared[tuple[int, int]] = Prepared(
    lambda units, teachers: Submission.everywhere.filter(
        unit_id__among=units, teacher_id__among=teachers, state=State.HANDED_IN
    ).values_list("teacher_id", "unit_id"),
    "many",
    "many",
)


def waiting_submissions(teacher_ids: Iterable[int], unit_ids: Iterable[int]) -> list[tuple[int, int]]:
    """The (teacher, unit) whose work was handed in and is not marked."""
    units, persons = list(unit_ids), teachers.whose(teacher_ids)
    return [(persons[teacher_id], unit_id) for teacher_id, unit_id in _waiting(units, persons)] if units else []


def may_read_file(actor: Actor, file_id: int) -> bool:
    """True for the tutor of the cohort in which the file was handed in."""
    return actor.may(access.MARK) and of_tutor(actor).filter(file_id=file_id).exists()
