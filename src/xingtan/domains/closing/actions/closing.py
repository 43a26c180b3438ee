"""Closing a year: once everything that must be so is so, by someone who did not run the trial."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import OuterRef, Subquery

from xingtan.core.calendar import local_day
from xingtan.domains.closing.access import CLOSE_YEAR
from xingtan.domains.closing.models import YearClosing
from xingtan.domains.closing.queries.closing import Condition, conditions, notice_of
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.determination.api import Determination, DeterminationRun, RunKind, verdict_counts
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

ARCHIVE_JOB = "closing.archive"


@atomic
def close_year(*, actor: Actor, training_year_id: int, now: datetime) -> policies.TrainingYear:
    """The year is closed for good, its verdicts are final and its archive is being written; refused while a condition is not met.

    Everyone is determined once more: should a verdict be another than the last run said, the year stays open and a trial comes first.
    Closing it again changes nothing.
    """
    require(actor, CLOSE_YEAR)
    training_year = _held(actor, training_year_id)
    if training_year.state == policies.YearState.CLOSED:
        return training_year
    found = conditions(training_year, actor, local_day(now))
    if lacking := [one for one in found if not one.is_met]:
        raise Refused("year_not_ready", count=len(lacking))
    run = determination_room.carry_out(
        actor, determination_room.order_for(actor, training_year_id, training_year.organisation_id, None, RunKind.FINAL), now=now
    )
    if moved := moved_by(run):
        raise Refused("verdicts_moved", count=moved)
    determination_room.settle(actor, run, None, now=now)
    return _shut(actor, training_year, run, found, now)


def moved_by(run: DeterminationRun) -> int:
    """How many people this run gave another verdict than they had before it, or a first one."""
    earlier = Determination.everywhere.filter(teacher_id=OuterRef("teacher_id"), span=determination_room.YEAR, until_run=run).values(
        "verdict"
    )[:1]
    rows = Determination.everywhere.filter(run=run, span=determination_room.YEAR).annotate(was=Subquery(earlier))
    return sum(1 for was, verdict in rows.values_list("was", "verdict") if was != verdict)


@atomic
def close_past_year(*, actor: Actor, training_year_id: int, now: datetime) -> policies.TrainingYear:
    """A year from before Xingtan, of which only opening hours are kept, is closed; it was posted where it was studied.

    Refused while a teacher who owes the year has no final verdict, or when something of the year was studied here.
    """
    require(actor, CLOSE_YEAR)
    training_year = _held(actor, training_year_id)
    if training_year.state == policies.YearState.CLOSED:
        return training_year
    if credits_room.Evidence.everywhere.filter(training_year=training_year).exists():
        raise Refused("year_needs_notice", year=training_year.year)
    scope = training_year.organisation.scope
    final = determination_room.determinations_in(scope, training_year_id, examined=True).order_by().values("teacher_id")
    waiting = credits_room.owing_in(scope, training_year_id, policies.policy_of(training_year)).exclude(pk__in=final).count()
    if waiting:
        raise Refused("verdicts_not_final", count=waiting)
    return _shut(actor, training_year, None, (), now)


def _held(actor: Actor, training_year_id: int) -> policies.TrainingYear:
    """The year, held until the transaction ends: of two who close it at once the second finds it closed."""
    policies.year_by_id(actor, training_year_id)
    years = policies.TrainingYear.everywhere.select_for_update(of=("self",)).select_related("pack", "organisation")
    return years.get(pk=training_year_id)


def _shut(
    actor: Actor, training_year: policies.TrainingYear, run: DeterminationRun | None, found: Sequence[Condition], now: datetime
) -> policies.TrainingYear:
    scope = training_year.organisation.scope
    closed = policies.close_year_row(actor=actor, training_year_id=training_year.pk, now=now)
    closing = YearClosing.everywhere.create(
        training_year=training_year,
        organisation=training_year.organisation,
        trial=determination_room.trials_for(scope, training_year.pk).first(),
        run=run,
        notice=notice_of(training_year),
        counts={verdict.value: n for verdict, n in verdict_counts(scope, training_year.pk).items() if n},
        conditions=[one.as_data() for one in found],
        pack_digest=training_year.pack.digest,
        closed_at=now,
        closed_by_id=actor.account_id,
    )
    detail = {"closing": closing.pk, "run": run.pk if run else None, "counts": closing.counts}
    record(actor, "closing.year_closed", "training_year", [training_year.pk], now=now, detail=detail)
    start_job(actor=actor, kind=ARCHIVE_JOB, params={"closing": closing.pk}, now=now)
    return closed
