"""Counting: a fixed number of questions to the database, however large the branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from django.db.models import CharField, Count, F, Q, QuerySet
from django.db.models.functions import Length, Substr

from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.models import Kind, Organisation

from .counts import SevenCounts, summed

IN_SERVICE = (teachers.Status.IN_POST, teachers.Status.ON_LEAVE)
NOT_SELECTED = (enrolment.State.RETURNED, enrolment.State.WITHDRAWN)
PAID = (enrolment.State.PAID, enrolment.State.REGISTERED)
ASSESSED = (Verdict.QUALIFIED, Verdict.EXAM_REQUIRED, Verdict.MAKE_UP_REQUIRED, Verdict.NOT_QUALIFIED)


Counted: TypeAlias = Iterable[dict[str, Any]]


class Branch(NamedTuple):
    """A part of the branch that was asked about, and its counts."""

    organisation: Organisation
    counts: SevenCounts


def counts_by_branch(scope: Scope, training_year_id: int, depth: int = 1) -> list[Branch]:
    """The seven counts of every branch `depth` levels below the scope's root, in the tree's order; teachers who hang higher stand under the root."""
    year = policies.year_by_id(scope, training_year_id)
    length = len(scope.first) + depth * STEP
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(scope, year, length):
        branch = str(row.pop("branch"))
        found[branch] |= row
    return [Branch(node, SevenCounts(**found.get(node.path, {}))) for node in _branches(scope, length, set(found))]


def seven_counts(scope: Scope, training_year_id: int) -> SevenCounts:
    """The seven counts of the whole branch."""
    year = policies.year_by_id(scope, training_year_id)
    rows: list[dict[str, int]] = [{key: value for key, value in row.items() if key != "branch"} for row in _rows(scope, year, STEP)]
    return summed(SevenCounts(**row) for row in rows)


def entries_waiting(scope: Scope, training_year_id: int) -> dict[str, int]:
    """How many entries of hours stand in each state of the review chain."""
    found = credits_room.EntryState.objects.within(scope).filter(training_year=training_year_id).order_by()
    return dict(found.values("state").annotate(n=Count("pk")).values_list("state", "n"))


def _rows(scope: Scope, year: policies.TrainingYear, length: int) -> Iterator[dict[str, Any]]:
    """Each count in groups; every later count is of the planned and stands where they stand, so that none can exceed them."""
    who = Due.of(scope, year)
    yield from _grouped(who.rows, length, planned=Count("pk"))
    for name, found in _found(year.pk, who.ids):
        yield from _grouped(who.among(found), length, **{name: Count("pk")})


@dataclass(frozen=True)
class Due:
    """The planned of a year: in an open one the register of today, in a closed one everybody who has a verdict of it, at the school of then."""

    rows: QuerySet[Any]
    teacher: str

    @classmethod
    def of(cls, scope: Scope, year: policies.TrainingYear) -> Due:
        """Those of the branch for whom the year is due."""
        if year.state == policies.YearState.CLOSED:
            return cls(_verdicts(year.pk, determination_room.Determination.objects.within(scope)), "teacher")
        return cls(teachers.teachers_in(scope).filter(status__in=IN_SERVICE, hired_on__lte=year.last_on), "pk")

    @property
    def ids(self) -> QuerySet[Any]:
        """Their ids, as a part of another question."""
        return self.rows.order_by().values(self.teacher)

    def among(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Those of them whom the other question found."""
        return self.rows.filter(**{f"{self.teacher}__in": found})


def _verdicts(year_id: int, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(training_year=year_id, span="year", is_current=True)


def _found(year_id: int, ids: QuerySet[Any]) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Whom each later count finds, by the ids of teachers."""

    def people(rows: QuerySet[Any], **wanted: Any) -> QuerySet[Any]:  # noqa: ANN401 -- Django's own
        return rows.filter(training_year=year_id, teacher__in=ids, **wanted).order_by().values("teacher")

    selections: QuerySet[Any] = enrolment.CourseSelection.everywhere.get_queryset()
    evidence: QuerySet[Any] = credits_room.Evidence.everywhere.get_queryset()
    entries: QuerySet[Any] = credits_room.EntryState.everywhere.get_queryset()
    verdicts = determination_room.Determination.everywhere.filter(span="year", is_current=True)
    active = teachers.Teacher.everywhere.filter(pk__in=ids, account__activated_at__isnull=False).order_by().values("pk")
    yield "registered", active.union(people(selections, registered_at__isnull=False))
    yield "selected", people(selections.exclude(state__in=NOT_SELECTED))
    yield "paid", people(selections, state__in=PAID)
    yield "studying", people(evidence, learned_centi__gt=0).union(people(entries, learned_centi__gt=0))
    yield "assessed", people(verdicts, verdict__in=ASSESSED)
    yield "qualified", people(verdicts, verdict=Verdict.QUALIFIED)


def _grouped(rows: QuerySet[Any], length: int, **counts: Count) -> Counted:
    """Counted in groups by the first characters of the school's path, where the rows lie."""
    branch = Substr(F("school__path"), 1, length, output_field=CharField())
    found: Counted = rows.order_by().annotate(branch=branch).values("branch").annotate(**counts)
    return found


def _branches(scope: Scope, length: int, counted: set[str]) -> list[Organisation]:
    inside = Organisation.objects.within(scope).annotate(depth=Length("path"))
    listed = Q(depth=length) & ~Q(kind=Kind.PROVIDER)
    return list(inside.filter(listed | Q(path__in=counted)).order_by("path"))
