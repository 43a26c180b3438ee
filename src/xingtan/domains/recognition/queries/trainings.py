"""Reading trainings: lists of a branch, one with its members, meetings, attendance, documents and steps."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Q

from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.models import Attendance, Document, Meeting, Step, Training, TrainingMember
from xingtan.domains.recognition.states import RUNNING, TrainingState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet


class StepView(NamedTuple):
    """A step with the name of who took it."""

    step: Step
    person: str


def trainings_in(scope: Scope, year: policies.TrainingYear, *, state: str = "", q: str = "") -> ScopedQuerySet[Training]:
    """The branch's trainings of the year, in a state, with these words in title or school."""
    found = Training.objects.within(scope).filter(training_year=year).select_related("school", "training_year__pack")
    if state:
        found = found.filter(state=state)
    if words := " ".join(q.split())[:60]:
        found = found.filter(Q(title__contains=words) | Q(school__name__contains=words))
    return found


def training_counts(rows: ScopedQuerySet[Training]) -> dict[TrainingState, int]:
    """How many of the rows are in each state; every state is there."""
    counted = rows.order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(TrainingState, 0) | {TrainingState(state): n for state, n in counted}


def training_in(scope: Scope, public_id: str) -> Training:
    """The branch's training with this public id; `NotInScope` where there is none."""
    rows = Training.objects.within(scope).filter(public_id=public_id).select_related("school", "training_year__pack")
    found = rows.first()
    if found is None:
        raise NotInScope
    return found


def members_of(training: Training) -> list[TrainingMember]:
    """Who is to take part, by name."""
    return list(TrainingMember.objects.filter(training=training).select_related("teacher").order_by("teacher__name_pinyin", "teacher_id"))


def member_counts(training_ids: Collection[int]) -> dict[int, int]:
    """How many members each training has."""
    rows = TrainingMember.objects.filter(training_id__in=training_ids).order_by().values_list("training_id")
    return dict(rows.annotate(n=Count("pk")))


def meetings_of(training: Training) -> list[Meeting]:
    """The meetings in their order."""
    return list(Meeting.objects.filter(training=training).order_by("on", "from_minute", "pk"))


def meeting_in(scope: Scope, public_id: str) -> Meeting:
    """The branch's meeting with this public id; `NotInScope` where there is none."""
    found = Meeting.objects.select_related("training__school", "training__training_year__pack").filter(public_id=public_id).first()
    if found is None or not scope.holds(found.training.school.path):
        raise NotInScope
    return found


def attendance_of(training: Training) -> dict[tuple[int, int], Attendance]:
    """Attendance by (meeting, teacher)."""
    return {(one.meeting_id, one.teacher_id): one for one in Attendance.objects.filter(meeting__training=training).order_by("pk")}


def documents_of(training: Training) -> list[Document]:
    """The training's documents in the order they came."""
    return list(Document.objects.filter(training=training).select_related("file").order_by("pk"))


def steps_of(training: Training) -> list[StepView]:
    """The life of the training, the first step first."""
    return with_people(list(Step.objects.filter(training=training).select_related("organisation").order_by("at", "pk")))


def with_people(steps: list[Step]) -> list[StepView]:
    """The steps with the names of who took them."""
    names = dict(Account.objects.filter(pk__in={one.account_id for one in steps if one.account_id}).values_list("pk", "name"))
    return [StepView(one, names.get(one.account_id or 0, "")) for one in steps]


def trainings_of(teacher_id: int) -> list[Training]:
    """The running trainings in which the teacher is to take part, the latest first."""
    own = TrainingMember.objects.filter(teacher_id__among=teachers.whose([teacher_id])).values("training_id")
    rows = Training.everywhere.filter(pk__in=own, state__in=RUNNING).select_related("school", "training_year__pack")
    return list(rows.order_by("-first_on", "-pk"))
