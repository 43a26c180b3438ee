"""What changes attempts and submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from xingtan.core.calendar import local_day
from xingtan.domains.courses import api as courses
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
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
from .rules import Refusal, least_characters, refuse_answers, refuse_mark, refuse_submission, rubric_of, score, score_of
from .states import State

if TYPE_CHECKING:
    from xingtan.domains.courses.models import Unit
    from xingtan.domains.projects.models import Offer
    from xingtan.domains.teachers.models import Teacher


def at_desk(actor: Actor, permission: Permission, unit_id: int, kind: courses.UnitKind, now: datetime) -> tuple[Teacher, Unit, Offer]:
    """The acting teacher, the unit and the chosen offer of its course that is open today; refused or not there otherwise."""
    require(actor, permission)
    teacher = teachers.teachers_by_id([actor.teacher_id or 0]).get(actor.teacher_id or 0)
    unit = courses.units_by_id([unit_id]).get(unit_id)
    if teacher is None or unit is None or unit.kind != kind:
        raise NotInScope
    chosen = queries.chosen_offers_of_course(teacher.pk, unit.course_id)
    if not chosen:
        raise NotInScope
    refusals = enrolment.study_refusals(teacher.pk, chosen, local_day(now))
    is_open = [offer_id for offer_id in chosen if refusals[offer_id] is None]
    if not is_open:
        raise refusals[chosen[0]] or NotInScope
    return teacher, unit, projects.offers_by_id(is_open[:1])[is_open[0]]


@atomic
def take_quiz(*, actor: Actor, unit_id: int, answers: Mapping[str, Sequence[str]], source: str, now: datetime) -> QuizAttempt:
    """The attempt is scored and kept; the same form sent twice is one attempt."""
    teacher, unit, _offer = at_desk(actor, access.TAKE_QUIZ, unit_id, courses.UnitKind.QUIZ, now)
    questions = unit.body["questions"]
    if why := refuse_answers(questions, answers):
        raise Refused(why)
    reached = score(questions, answers).score
    attempt, made = QuizAttempt.everywhere.get_or_create(
        source=f"{teacher.pk}:{unit.pk}:{source}",
        defaults={
            "teacher_id": teacher.pk,
            "school_id": teacher.school_id,
            "unit_id": unit.pk,
            "answers": {str(question["key"]): sorted(answers[str(question["key"])]) for question in questions},
            "score": reached,
            "is_passed": reached >= unit.pass_score,
            "handed_in_at": now,
        },
    )
    if made:
        emit("assessment.marked", {"attempts": [attempt.pk], "submissions": []}, now=now)
    return attempt


class Elsewhere(NamedTuple):
    """A quiz that was taken without a line: its source (once), who, which unit, the answers, when (epoch seconds)."""

    source: str
    teacher_id: int
    unit_id: int
    answers: Mapping[str, Sequence[str]]
    at: int


@atomic
def keep_attempts(rows: Sequence[Elsewhere], *, now: datetime) -> int:
    """Each of these quizzes is an attempt once, scored here; answers that do not fit the quiz are left out. Returns how many are new."""
    people, units = teachers.teachers_by_id({one.teacher_id for one in rows}), courses.units_by_id({one.unit_id for one in rows})
    sources = {f"kit:{one.source}": one for one in rows}
    known = set(QuizAttempt.everywhere.filter(source__among=list(sources)).values_list("source", flat=True))
    made = [
        _attempt(source, people[one.teacher_id], units[one.unit_id], one)
        for source, one in sorted(sources.items())
        if source not in known and one.teacher_id in people and _fits(units.get(one.unit_id), one.answers)
    ]
    kept = QuizAttempt.everywhere.bulk_create(made, batch_size=200)
    if kept:
        ids = list(QuizAttempt.everywhere.filter(source__among=[one.source for one in kept]).values_list("pk", flat=True))
        emit("assessment.marked", {"attempts": ids, "submissions": []}, now=now)
    return len(kept)


def _fits(unit: Unit | None, answers: Mapping[str, Sequence[str]]) -> bool:
    return unit is not None and unit.kind == courses.UnitKind.QUIZ and refuse_answers(unit.body["questions"], answers) is None


def _attempt(source: str, teacher: Teacher, unit: Unit, one: Elsewhere) -> QuizAttempt:
    questions = unit.body["questions"]
    reached = score(questions, one.answers).score
    return QuizAttempt(
        source=source,
        teacher=teacher,
        school_id=teacher.school_id,
        unit=unit,
        answers={str(question["key"]): sorted(one.answers[str(question["key"])]) for question in questions},
        score=reached,
        is_passed=reached >= unit.pass_score,
        handed_in_at=datetime.fromtimestamp(one.at, UTC),
    )


@atomic
def hand_in(*, actor: Actor, unit_id: int, text: str, file: StoredFile | None = None, now: datetime) -> Submission:
    """A new version of the work waits for the tutor of the teacher's cohort; the same form sent twice is one version."""
    teacher, unit, offer = at_desk(actor, access.HAND_IN, unit_id, courses.UnitKind.ASSIGNMENT, now)
    versions = queries.versions_locked(teacher.pk, unit.pk)
    last = versions[-1] if versions else None
    if last and last.state == State.HANDED_IN and _is_same(last, text, file):
        return last
    least = least_characters(unit.body)
    if why := refuse_submission(State(last.state) if last else None, length=len(text.strip()), has_file=file is not None, least=least):
        raise Refused(why, least=least)
    work, made = Submission.everywhere.get_or_create(
        teacher_id=teacher.pk,
        unit_id=unit.pk,
        version=last.version + 1 if last else 1,
        defaults={
            "school_id": teacher.school_id,
            "cohort": workshops.cohort_of(teacher.pk, offer.project_id),
            "text": text.strip(),
            "file": file,
            "state": State.HANDED_IN,
            "handed_in_at": now,
        },
    )
    if not made and not _is_same(work, text, file):
        raise Refused(Refusal.WAITS)
    return work


def _is_same(last: Submission, text: str, file: StoredFile | None) -> bool:
    return last.text == text.strip() and (last.file.sha256 if last.file else "") == (file.sha256 if file else "")


@atomic
def mark(*, actor: Actor, submission_id: int, outcome: State, marks: Mapping[str, int], comment: str, now: datetime) -> Submission:
    """The work has passed or goes back, with points per criterion and the tutor's words; the teacher is told. The same mark sent twice is one."""
    require(actor, access.MARK)
    found = queries.of_tutor(actor).select_for_update(of=("self",)).filter(pk=submission_id)
    work = found.select_related("unit", "teacher").first()
    if work is None:
        raise NotInScope
    given = (outcome, comment.strip(), dict(marks), actor.account_id)
    if (work.state, work.comment, work.marks, work.marked_by_id) == given:
        return work
    teachers.refuse_own(actor, [work.teacher_id])
    rubric, least = rubric_of(work.unit.body), work.unit.pass_score
    if why := refuse_mark(State(work.state), outcome, rubric=rubric, marks=marks, comment=comment, pass_score=least):
        raise Refused(why, least=least)
    work.state, work.comment, work.marks, work.marked_by_id = given
    work.score, work.marked_at = score_of(rubric, marks), now
    work.save()
    record(actor, f"assessment.{outcome.value}", "submission", [work.pk], now=now)
    emit("assessment.marked", {"attempts": [], "submissions": [work.pk]}, now=now)
    _tell(work, outcome, now)
    return work


def _tell(work: Submission, outcome: State, now: datetime) -> None:
    has_points = outcome is State.PASSED and work.score is not None
    tell(
        [work.teacher.account_id],
        "submission_passed_with_points" if has_points else f"submission_{outcome.value}",
        source=f"submission:{work.pk}:{outcome.value}",
        params={"title": work.unit.title, "score": work.score or 0},
        link=f"/my/study/{work.unit.public_id}/hand-in/",
        now=now,
    )
