"""Reading statements and runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from xingtan.domains.eligibility.content import content_of
from xingtan.domains.eligibility.models import Statement, StatementRun
from xingtan.domains.eligibility.states import Finding
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.models import Organisation

from .evidence import known_of

SHOWN = ("teacher", "school", "run")


def answers_of(teacher_ids: Collection[int], on: date, known_at: datetime) -> dict[int, dict[str, Any]]:
    """For each of these teachers what a statement for that day would say with what was known by that moment; nothing is written."""
    return {known.teacher.pk: content_of(known, on, known_at) for known in known_of(teacher_ids, on, known_at)}


def agrees(statement: Statement) -> bool:
    """True when the facts, asked again as they were known then, give the very content that was issued."""
    run = statement.run
    again = answers_of([statement.teacher_id], run.on, run.known_at)[statement.teacher_id]
    return bool(again == statement.frozen["content"])


def runs_in(scope: Scope) -> ScopedQuerySet[StatementRun]:
    """The branch's runs, the newest first."""
    return StatementRun.objects.within(scope).select_related("organisation").order_by("-issued_at", "-pk")


def run_in(scope: Scope, public_id: str) -> StatementRun:
    """The run with this public id whose organisation lies in the branch; `NotInScope` where there is none."""
    found: StatementRun | None = StatementRun.objects.within(scope).select_related("organisation").filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def statements_in(
    scope: Scope, *, run: StatementRun | None = None, finding: str = "", school: str = "", q: str = "", effect: str = ""
) -> ScopedQuerySet[Statement]:
    """The branch's statements, filtered by run, finding, school, consequence in force, and number, code or name."""
    found = Statement.objects.within(scope).select_related(*SHOWN)
    if run is not None:
        found = found.filter(run=run)
    if finding in {one.value for one in Finding}:
        found = found.filter(finding=finding)
    if effect:
        found = found.filter(in_force__contains=f" {effect} ")
    if school:
        found = found.filter(school__public_id=school)
    if text := " ".join(q.split()):
        found = found.filter(_named(text))
    return found


def _named(text: str) -> Q:
    plain = text.replace(" ", "")
    where = Q(teacher__name__contains=text) | Q(number=plain.upper()) | Q(check_code=plain.upper()) | Q(teacher__staff_number=text)
    if plain.isascii() and plain.isalpha():
        where |= Q(teacher__name_pinyin__startswith=plain.lower()) | Q(teacher__name_initials__startswith=plain.lower())
    return where


def statement_in(scope: Scope, public_id: str) -> Statement:
    """The statement with this public id inside the branch; `NotInScope` where there is none."""
    found: Statement | None = Statement.objects.within(scope).select_related(*SHOWN).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def own_statement(teacher_id: int, public_id: str) -> Statement:
    """The teacher's own statement with this public id; `NotInScope` where there is none."""
    found = Statement.everywhere.filter(teacher_id=teacher_id, public_id=public_id).select_related(*SHOWN).first()
    if found is None:
        raise NotInScope
    return found


def statements_of(teacher_id: int) -> list[Statement]:
    """The teacher's statements, the newest first."""
    return list(Statement.everywhere.filter(teacher_id=teacher_id).select_related(*SHOWN).order_by("-run__issued_at", "-pk"))


def statement_by_code(code: str) -> Statement | None:
    """The statement with this check code, or None."""
    return Statement.everywhere.filter(check_code=code).select_related(*SHOWN, "run__organisation").first()


def finding_counts(scope: Scope, run: StatementRun) -> Mapping[str, int]:
    """How many of the run's people in the branch have each finding; every finding is there."""
    rows = Statement.objects.within(scope).filter(run=run).order_by().values("finding").annotate(n=Count("pk"))
    return {one.value: 0 for one in Finding} | {row["finding"]: row["n"] for row in rows}


def schools_of(scope: Scope, run: StatementRun) -> ScopedQuerySet[Organisation]:
    """The branch's schools that the run has statements of, in the tree's order."""
    rows = Statement.objects.within(scope).filter(run=run).values("school_id")
    return Organisation.objects.within(scope).filter(pk__in=rows).order_by("path")


def branch_count(scope: Scope) -> int:
    """How many teachers of the branch are in post."""
    return teachers.teachers_in_post(scope).count()


def branch_ids(scope: Scope) -> list[int]:
    """Every teacher of the branch who is in post, for a run over all of it."""
    return list(teachers.teachers_in_post(scope).order_by("pk").values_list("pk", flat=True))
