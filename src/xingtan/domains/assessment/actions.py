"""What changes attempts and submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from xingtan.domains.courses import api as courses
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, Permission, require
from xingtan.foundation.refusal import NotInScope, Refused

from . import access, queries
from .models import QuizAttempt, Submission
from .rules import LEAST_WORDS, refuse_answers, refuse_mark, refuse_submission, score
from .states import State


def _school_of(actor: Actor, permission: Permission) -> tuple[int, int]:
    """The acting teacher's id and school."""
    require(actor, permission)
    teacher = teachers.teachers_by_id([actor.teacher_id or 0]).get(actor.teacher_id or 0)
    if teacher is None:
        raise NotInScope
    return teacher.pk, teacher.school_id


@atomic
def take_quiz(*, actor: Actor, unit_id: int, answers: Mapping[str, Sequence[str]], source: str, now: datetime) -> QuizAttempt:
    """The attempt is scored and kept; the same form sent twice is one attempt."""
    teacher_id, school_id = _school_of(actor, access.TAKE_QUIZ)
    unit = courses.units_by_id([unit_id])[unit_id]
    if why := refuse_answers(unit.body["questions"], answers):
        raise Refused(why)
    scored = score(unit.body["questions"], answers)
    attempt, made = QuizAttempt.everywhere.get_or_create(
        source=f"{teacher_id}:{source}",
        defaults={
            "teacher_id": teacher_id,
            "school_id": school_id,
            "unit_id": unit_id,
            "answers": {key: list(given) for key, given in answers.items()},
            "score": scored.score,
            "is_passed": scored.score >= unit.pass_score,
            "handed_in_at": now,
        },
    )
    if made:
        emit("assessment.marked", {"attempts": [attempt.pk], "submissions": []}, now=now)
    return attempt


@atomic
def hand_in(*, actor: Actor, unit_id: int, project_id: int, text: str, file: StoredFile | None = None, now: datetime) -> Submission:  # noqa: PLR0913 -- a submission is these facts
    """A new version of the work waits for the tutor of the teacher's cohort."""
    teacher_id, school_id = _school_of(actor, access.HAND_IN)
    last = queries.last_submissions(teacher_id, [unit_id]).get(unit_id)
    if why := refuse_submission(State(last.state) if last else None, length=len(text.strip()), has_file=file is not None):
        raise Refused(why, least=LEAST_WORDS)
    return Submission.everywhere.create(
        teacher_id=teacher_id,
        school_id=school_id,
        unit_id=unit_id,
        cohort=workshops.cohort_of(teacher_id, project_id),
        version=queries.newest_version(teacher_id, unit_id) + 1,
        text=text.strip(),
        file=file,
        state=State.HANDED_IN,
        handed_in_at=now,
    )


@atomic
def mark(*, actor: Actor, submission_id: int, outcome: State, marks: Mapping[str, int], comment: str, now: datetime) -> Submission:  # noqa: PLR0913 -- a mark is these facts
    """The work has passed or goes back, with points per criterion and the tutor's words; the teacher is told."""
    require(actor, access.MARK)
    found = Submission.everywhere.select_for_update(of=("self",)).filter(pk=submission_id, cohort__tutor_id=actor.account_id)
    work = found.select_related("unit", "teacher").first()
    if work is None:
        raise NotInScope
    rubric = work.unit.body.get("rubric", [])
    if why := refuse_mark(State(work.state), outcome, rubric=rubric, marks=marks, comment=comment):
        raise Refused(why)
    work.state, work.comment, work.marks = outcome, comment.strip(), dict(marks)
    work.score = sum(marks.values()) * 100 // max(1, sum(criterion["most"] for criterion in rubric)) if rubric else None
    work.marked_by_id, work.marked_at = actor.account_id, now
    work.save()
    record(actor, f"assessment.{outcome.value}", "submission", [work.pk], now=now)
    emit("assessment.marked", {"attempts": [], "submissions": [work.pk]}, now=now)
    _tell(work, outcome, now)
    return work


def _tell(work: Submission, outcome: State, now: datetime) -> None:
    tell(
        [work.teacher.account_id],
        f"submission_{outcome.value}",
        source=f"submission:{work.pk}:{outcome.value}",
        params={"title": work.unit.title, "score": work.score or 0},
        link=f"/my/study/{work.unit.public_id}/hand-in/",
        now=now,
    )
