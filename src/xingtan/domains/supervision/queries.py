"""Counting: a fixed number of questions to the database, however large the branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
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
    yield from _register(scope, year.pk, year.last_on, length)
    yield from _selections(scope, year.pk, length)
    yield from _studying(scope, year.pk, length)
    yield from _verdicts(scope, year.pk, length)


def _register(scope: Scope, year_id: int, last_on: date, length: int) -> Counted:
    in_bulk = enrolment.CourseSelection.objects.within(scope).filter(training_year=year_id, registered_at__isnull=False)
    planned = teachers.teachers_in(scope).filter(status__in=IN_SERVICE, hired_on__lte=last_on)
    is_registered = Q(account__activated_at__isnull=False) | Q(pk__in=in_bulk.order_by().values("teacher"))
    return _grouped(planned, length, planned=Count("pk"), registered=Count("pk", filter=is_registered))


def _selections(scope: Scope, year_id: int, length: int) -> Counted:
    rows = enrolment.CourseSelection.objects.within(scope).filter(training_year=year_id).exclude(state__in=NOT_SELECTED)
    return _grouped(rows, length, selected=Count("pk"), paid=Count("pk", filter=Q(state__in=PAID)))


def _studying(scope: Scope, year_id: int, length: int) -> Counted:
    # A set of ids is made once; asking for each teacher anew (EXISTS) took seconds for one county on SQLite.
    learned = credits_room.Evidence.objects.within(scope).filter(training_year=year_id, learned_centi__gt=0)
    entered = credits_room.EntryState.objects.within(scope).filter(training_year=year_id, learned_centi__gt=0)
    found = learned.order_by().values("teacher").union(entered.order_by().values("teacher"))
    rows = teachers.teachers_in(scope).filter(pk__in=found)
    return _grouped(rows, length, studying=Count("pk"))


def _verdicts(scope: Scope, year_id: int, length: int) -> Counted:
    rows = determination_room.Determination.objects.within(scope).filter(
        training_year=year_id, span="year", is_current=True, verdict__in=ASSESSED
    )
    return _grouped(rows, length, assessed=Count("pk"), qualified=Count("pk", filter=Q(verdict=Verdict.QUALIFIED)))


def _grouped(rows: QuerySet[Any], length: int, **counts: Count) -> Counted:
    """Counted in groups by the first characters of the school's path, where the rows lie."""
    branch = Substr(F("school__path"), 1, length, output_field=CharField())
    found: Counted = rows.order_by().annotate(branch=branch).values("branch").annotate(**counts)
    return found


def _branches(scope: Scope, length: int, counted: set[str]) -> list[Organisation]:
    inside = Organisation.objects.within(scope).annotate(depth=Length("path"))
    listed = Q(depth=length) & ~Q(kind=Kind.PROVIDER)
    return list(inside.filter(listed | Q(path__in=counted)).order_by("path"))
