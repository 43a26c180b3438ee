"""Determining a branch's verdicts, and making them final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils import timezone

from xingtan.core.calendar import local_day
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.access import DETERMINE, EXAMINE
from xingtan.domains.determination.models import Determination, DeterminationRun
from xingtan.domains.determination.queries.determinations import CYCLE, UNSETTLED, YEAR, Found, determinations_in, node_as_data, verdicts_of
from xingtan.domains.determination.states import RunKind
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_objects
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import tell_progress
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Organisation

# Teachers at a time: a province passes through in memory that does not grow with it.
BATCH = 5_000
# Names that one formula, or one year, hands to the next.
PASSED_ON, SUMS = ("next_", "owed_", "used_"), ("_sum", "_best")
# What makes two rows say the same: a school is among it, so that whoever moved is found at the new one.
TELLING = (
    "school_id", "item", "verdict", "route", "required_centi", "learned_centi", "recognised_centi", "verified_centi", "reasons",
    "pack_digest",
)  # fmt: skip


class Order(NamedTuple):
    """What is to be determined: a year, a branch, its people (`is_whole`: all of them), and why."""

    training_year: policies.TrainingYear
    organisation: Organisation
    people: Mapping[int, credits_room.Person]
    kind: RunKind
    is_whole: bool


def determine(
    *,
    actor: Actor,
    training_year_id: int,
    organisation_id: int | None = None,
    teacher_ids: Collection[int] | None = None,
    job: Job | None = None,
    now: datetime,
) -> DeterminationRun:
    """Every teacher of the branch (a numbered trial) or every one named has a current verdict of the year and the cycle; final ones stay."""
    require(actor, DETERMINE)
    kind = RunKind.TRIAL if teacher_ids is None else RunKind.RECHECK
    return carry_out(actor, order_for(actor, training_year_id, organisation_id, teacher_ids, kind), job=job, now=now)


def order_for(
    actor: Actor, training_year_id: int, organisation_id: int | None, teacher_ids: Collection[int] | None, kind: RunKind
) -> Order:
    """The order over this branch, or over these teachers of it; `NotInScope` for what is not the actor's."""
    training_year = policies.year_by_id(actor, training_year_id)
    organisation = _branch(actor, organisation_id)
    return Order(training_year, organisation, _people(actor, training_year, organisation, teacher_ids), kind, teacher_ids is None)


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
    people = credits_room.people_of(teacher_ids, training_year.pk, policy)
    return {pk: person for pk, person in people.items() if person.first_year <= training_year.year}


@atomic
def carry_out(actor: Actor, order: Order, *, job: Job | None = None, now: datetime) -> DeterminationRun:
    """The order is carried out as one run; refused in a closed year, unless it is a correction."""
    run = _open_run(actor, order, now)
    counts: Counter[str] = Counter()
    people = list(order.people.items())
    components = [one.code for one in policies.policy_of(order.training_year).components]
    for start in range(0, len(people), BATCH):
        part = dict(people[start : start + BATCH])
        fresh: list[Determination] = []
        for found in verdicts_of(order.training_year, part, local_day(now)):
            fresh += [_year_row(run, found, components, now), _cycle_row(run, found, now)]
        counts.update(row.verdict for row in fresh if row.span == YEAR)
        _replace(run, fresh, order, part)
        if job is not None:
            tell_progress(job, start + len(part), len(people))
    _end(run, _left_over(order) if order.is_whole else [])
    run.counts, run.finished_at = dict(counts), max(now, timezone.now()) if job is not None else now
    run.save(update_fields=["counts", "finished_at"])
    record(actor, "determination.determined", "determination_run", [run.pk], now=now, detail={"teachers": len(order.people)})
    return run


def _open_run(actor: Actor, order: Order, now: datetime) -> DeterminationRun:
    """The run's row; the year's row is held until the end, so that of one year the later run has the higher id and sees the earlier one's."""
    years = policies.TrainingYear.everywhere.select_for_update(no_key=True)
    state = years.filter(pk=order.training_year.pk).values_list("state", flat=True).get()
    if state == policies.YearState.CLOSED and order.kind is not RunKind.CORRECTION:
        raise Refused("year_closed", year=order.training_year.year)
    same = DeterminationRun.everywhere.filter(training_year=order.training_year, organisation=order.organisation)
    last = same.aggregate(last=Max("number"))["last"] or 0
    run: DeterminationRun = DeterminationRun.everywhere.create(
        training_year=order.training_year,
        organisation=order.organisation,
        kind=order.kind.value,
        number=last + 1 if order.kind is RunKind.TRIAL else None,
        account_id=actor.account_id,
        ran_at=now,
        pack_digest=order.training_year.pack.digest,
    )
    return run


def _year_row(run: DeterminationRun, found: Found, components: Sequence[str], now: datetime) -> Determination:
    verdict = found.year
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
        learned_centi=max(sum(verdict.numbers[f"{code}_learned"] for code in components), 0),
        recognised_centi=verdict.recognised_centi,
        verified_centi=verdict.verified_centi,
        reasons=_reasons(verdict.reasons),
        tree=node_as_data(verdict.tree),
        numbers=_kept(verdict.numbers),
        pack_digest=run.pack_digest,
        determined_at=now,
    )


def _kept(numbers: Mapping[str, int]) -> dict[str, int]:
    """The numbers that somebody may ask for later; what is nothing, or only handed from formula to formula, is left out."""
    return {name: value for name, value in numbers.items() if value and not name.endswith(SUMS) and not name.startswith(PASSED_ON)}


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
        numbers=_kept(verdict.numbers),
        pack_digest=run.pack_digest,
        determined_at=now,
    )


def _reasons(reasons: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"code": reason.code.value, "params": dict(reason.params)} for reason in reasons]


def _replace(run: DeterminationRun, fresh: Sequence[Determination], order: Order, teacher_ids: Collection[int]) -> None:
    """What says something new takes the place of the current row, and of a final one only in a correction; rows that say the same stay."""
    rows = Determination.everywhere.select_for_update().filter(
        teacher_id__among=teacher_ids, training_year=order.training_year, is_current=True
    )
    current = {(row.teacher_id, row.span): row for row in rows.order_by("pk")}
    new, gone = [], []
    for row in fresh:
        old = current.get((row.teacher_id, row.span))
        is_kept = old is not None and old.examined_at is not None and order.kind is not RunKind.CORRECTION
        if old is not None and (is_kept or _says(old) == _says(row)):
            continue
        new.append(row)
        gone += [old.pk] if old is not None else []
    _end(run, gone)
    insert_objects(new)


def _end(run: DeterminationRun, ids: Collection[int]) -> None:
    """These rows held until this run."""
    Determination.everywhere.filter(pk__among=ids).update(is_current=False, until_run=run)


def _left_over(order: Order) -> list[int]:
    """The branch's verdicts, not final, of teachers who are nowhere in post any more."""
    rows = Determination.everywhere.within(order.organisation.scope).filter(
        training_year=order.training_year, is_current=True, examined_at=None
    )
    found = {pk: teacher_id for pk, teacher_id in rows.values_list("pk", "teacher_id") if teacher_id not in order.people}
    if not found:
        return []
    in_post = teachers.teachers_in_post(Scope(first="", beyond="~")).filter(pk__among=found.values())
    elsewhere = set(in_post.values_list("pk", flat=True))
    return [pk for pk, teacher_id in found.items() if teacher_id not in elsewhere]


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
    order = order_for(actor, training_year_id, organisation_id, teacher_ids, RunKind.FINAL)
    return len(settle(actor, carry_out(actor, order, now=now), teacher_ids, now=now))


def settle(actor: Actor, run: DeterminationRun, teacher_ids: Collection[int] | None, *, now: datetime) -> list[int]:
    """The settled verdicts of the run's branch (or of these teachers) that were not final are; returns their ids. Inside the caller's transaction."""
    found = determinations_in(run.organisation.scope, run.training_year_id, examined=False).exclude(verdict__in=UNSETTLED)
    if teacher_ids is not None:
        found = found.filter(teacher_id__among=teacher_ids)
    rows = list(found.order_by("pk").values_list("pk", "teacher_id", "verdict"))
    ids = [pk for pk, _, _ in rows]
    if not ids:
        return ids
    Determination.everywhere.filter(pk__among=ids).update(examined_at=now, examined_by_id=actor.account_id)
    teachers.set_standings([(teacher_id, run.training_year.year, Verdict(verdict)) for _, teacher_id, verdict in rows], now)
    emit("determination.examined", {"run": run.pk, "determinations": ids}, now=now)
    record(actor, "determination.examined", "determination", ids, now=now)
    return ids
