"""Determining a branch's verdicts, making them final, and closing a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from xingtan.core.calendar import local_day
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.access import CLOSE_YEAR, DETERMINE, EXAMINE
from xingtan.domains.determination.models import Determination, DeterminationRun
from xingtan.domains.determination.queries.determinations import CYCLE, UNSETTLED, YEAR, Found, determinations_in, node_as_data, verdicts_of
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_objects
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import tell_progress
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

BATCH = 1_000
TELLING = ("item", "verdict", "route", "required_centi", "learned_centi", "recognised_centi", "verified_centi", "reasons", "pack_digest")


def determine(
    *,
    actor: Actor,
    training_year_id: int,
    organisation_id: int | None = None,
    teacher_ids: Collection[int] | None = None,
    job: Job | None = None,
    now: datetime,
) -> DeterminationRun:
    """Every teacher of the branch (or every one named) has a current verdict of the year and the cycle; examined ones stay as they are."""
    require(actor, DETERMINE)
    training_year = policies.year_by_id(actor, training_year_id)
    organisation = _branch(actor, organisation_id)
    people = _people(actor, training_year, organisation, teacher_ids)
    return _determine(actor, training_year, organisation, people, job=job, now=now)


def _branch(actor: Actor, organisation_id: int | None) -> Organisation:
    wanted = organisation_id if organisation_id is not None else actor.organisation_id
    found = Organisation.objects.within(actor.scope)
    organisation = found.filter(pk=wanted).first() if wanted is not None else found.order_by("path").first()
    if organisation is None:
        raise NotInScope
    return organisation


def _people(
    actor: Actor, training_year: policies.TrainingYear, organisation: Organisation, teacher_ids: Collection[int] | None
) -> dict[int, credits_room.Person]:
    policy = policies.policy_of(training_year)
    if teacher_ids is None:
        return credits_room.people_in(organisation.scope, training_year.pk, policy)
    known = set(teachers.teachers_in(actor.scope).filter(pk__among=teacher_ids).values_list("pk", flat=True))
    if known != set(teacher_ids):
        raise NotInScope
    return credits_room.people_of(teacher_ids, training_year.pk, policy)


@atomic
def _determine(
    actor: Actor,
    training_year: policies.TrainingYear,
    organisation: Organisation,
    people: Mapping[int, credits_room.Person],
    *,
    job: Job | None = None,
    now: datetime,
) -> DeterminationRun:
    run = DeterminationRun.everywhere.create(
        training_year=training_year,
        organisation=organisation,
        account_id=actor.account_id,
        ran_at=now,
        pack_digest=training_year.pack.digest,
    )
    fresh: list[Determination] = []
    for done, found in enumerate(verdicts_of(training_year, people, local_day(now)), start=1):
        fresh += [_year_row(run, found, now), _cycle_row(run, found, now)]
        if job is not None and done % BATCH == 0:
            tell_progress(job, done, len(people))
    counts = Counter(row.verdict for row in fresh if row.span == YEAR)
    _replace(fresh, training_year, people)
    DeterminationRun.everywhere.filter(pk=run.pk).update(counts=dict(counts))
    run.counts = dict(counts)
    record(actor, "determination.determined", "determination_run", [run.pk], now=now, detail={"teachers": len(people)})
    return run


def _year_row(run: DeterminationRun, found: Found, now: datetime) -> Determination:
    verdict = found.year
    learned = _learned_centi(verdict.numbers)
    return Determination(
        run=run,
        teacher_id=found.person.teacher_id,
        training_year_id=run.training_year_id,
        school_id=found.person.school_id,
        span=YEAR,
        item=found.person.item or 0,
        verdict=verdict.verdict.value,
        route=verdict.route,
        required_centi=verdict.required_centi,
        learned_centi=learned,
        recognised_centi=verdict.recognised_centi,
        verified_centi=verdict.verified_centi,
        reasons=_reasons(verdict.reasons),
        tree=node_as_data(verdict.tree),
        numbers={**verdict.numbers, "by_exam": verdict.by_exam_centi},
        pack_digest=run.pack_digest,
        determined_at=now,
    )


def _learned_centi(numbers: Mapping[str, int]) -> int:
    """The components' learned hours among a verdict's numbers; a part's are within its component's."""
    return sum(numbers.get(f"{name.removesuffix('_required')}_learned", 0) for name in numbers if name.endswith("_required"))


def _cycle_row(run: DeterminationRun, found: Found, now: datetime) -> Determination:
    verdict = found.cycle
    return Determination(
        run=run,
        teacher_id=found.person.teacher_id,
        training_year_id=run.training_year_id,
        school_id=found.person.school_id,
        span=CYCLE,
        item=0,
        verdict=verdict.verdict.value,
        required_centi=verdict.required_centi,
        learned_centi=verdict.credited_centi,
        recognised_centi=verdict.credited_centi,
        verified_centi=verdict.credited_centi,
        reasons=_reasons(verdict.reasons),
        numbers=dict(verdict.numbers),
        pack_digest=run.pack_digest,
        determined_at=now,
    )


def _reasons(reasons: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"code": reason.code.value, "params": dict(reason.params)} for reason in reasons]


def _replace(fresh: Sequence[Determination], training_year: policies.TrainingYear, teacher_ids: Collection[int]) -> None:
    """What says something new takes the place of the current row; examined rows and rows that say the same stay."""
    rows = Determination.everywhere.select_for_update().filter(teacher_id__among=teacher_ids, training_year=training_year, is_current=True)
    current = {(row.teacher_id, row.span): row for row in rows.order_by("pk")}
    new, gone = [], []
    for row in fresh:
        old = current.get((row.teacher_id, row.span))
        if old is not None and (old.examined_at is not None or _says(old) == _says(row)):
            continue
        new.append(row)
        gone += [old.pk] if old is not None else []
    Determination.everywhere.filter(pk__among=gone).update(is_current=False)
    insert_objects(new)


def _says(row: Determination) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in TELLING)


@atomic
def examine(
    *,
    actor: Actor,
    training_year_id: int,
    organisation_id: int | None = None,
    teacher_ids: Collection[int] | None = None,
    now: datetime,
) -> int:
    """Verdicts that are settled are final, the teachers' standings say so, and certificates may follow; returns how many became final.

    They are determined anew first, so that no fact of the last minute is missed.
    """
    require(actor, EXAMINE)
    run = determine(actor=actor, training_year_id=training_year_id, organisation_id=organisation_id, teacher_ids=teacher_ids, now=now)
    training_year = policies.year_by_id(actor, training_year_id)
    if training_year.state == policies.YearState.CLOSED:
        raise Refused("year_closed", year=training_year.year)
    found = determinations_in(run.organisation.scope, training_year_id, examined=False).exclude(verdict__in=UNSETTLED)
    if teacher_ids is not None:
        found = found.filter(teacher_id__among=teacher_ids)
    rows = list(found.order_by("pk").values_list("pk", "teacher_id", "verdict"))
    if not rows:
        return 0
    ids = [pk for pk, _, _ in rows]
    Determination.everywhere.filter(pk__among=ids).update(examined_at=now, examined_by_id=actor.account_id)
    teachers.set_standings([(teacher_id, training_year.year, Verdict(verdict)) for _, teacher_id, verdict in rows], now)
    emit("determination.examined", {"run": run.pk, "determinations": ids}, now=now)
    record(actor, "determination.examined", "determination", ids, now=now)
    return len(ids)


@atomic
def close_year(*, actor: Actor, training_year_id: int, now: datetime) -> policies.TrainingYear:
    """The year is closed for good; refused while a teacher in post has no final verdict."""
    require(actor, CLOSE_YEAR)
    training_year = policies.year_by_id(actor, training_year_id)
    if training_year.state == policies.YearState.CLOSED:
        return training_year
    scope = training_year.organisation.scope
    final = determinations_in(scope, training_year_id, examined=True).order_by().values("teacher_id")
    waiting = teachers.teachers_in_post(scope).exclude(pk__in=final).count()
    if waiting:
        raise Refused("year_not_ready", count=waiting)
    closed = policies.close_year_row(actor=actor, training_year_id=training_year_id, now=now)
    record(actor, "determination.year_closed", "training_year", [training_year_id], now=now)
    return closed
