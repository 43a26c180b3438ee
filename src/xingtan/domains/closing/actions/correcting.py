"""Putting a verdict of a closed year right: proposed by one officer with what it will move, done by another exactly as it was seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from xingtan.core.calendar import local_day
from xingtan.core.verdicts import Verdict
from xingtan.domains.closing.access import CORRECT
from xingtan.domains.closing.models import Correction
from xingtan.domains.closing.rules import refuse_decision, refuse_moved, refuse_proposal
from xingtan.domains.closing.states import CorrectionReason, CorrectionState
from xingtan.domains.determination.api import (
    CYCLE,
    UNSETTLED,
    Determination,
    RunKind,
    carry_out,
    determination_of,
    final_of,
    order_for,
    verdict_of,
)
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

AMOUNTS = ("required_centi", "recognised_centi", "verified_centi")


class Done(NamedTuple):
    """The row before and after, and what moved with it, as plain data."""

    before: Determination
    after: Determination
    moves: dict[str, Any]


@atomic
def rehearse(*, actor: Actor, training_year_id: int, teacher_id: int, now: datetime) -> dict[str, Any]:
    """What a correction would move today: verdict, hours, the cycle, later years. Found by doing it and taking everything back."""
    require(actor, CORRECT)
    training_year = policies.year_by_id(actor, training_year_id)
    point = transaction.savepoint()
    try:
        return _correct(actor, training_year, teacher_id, now).moves
    finally:
        transaction.savepoint_rollback(point)


@atomic
def propose_correction(
    *, actor: Actor, training_year_id: int, teacher_id: int, reason: CorrectionReason, words: str, now: datetime
) -> Correction:
    """The correction waits for a second officer, with its reason and what it will move; refused when today's facts move nothing."""
    require(actor, CORRECT)
    training_year = policies.year_by_id(actor, training_year_id)
    before = final_of(teacher_id, training_year_id)
    is_closed = training_year.state == policies.YearState.CLOSED
    if why := refuse_proposal(is_closed=is_closed, is_final=before is not None, words=words):
        raise Refused(why, year=training_year.year)
    if before is None or not actor.scope.holds(before.school.path):
        raise NotInScope
    if Correction.everywhere.filter(training_year=training_year, teacher_id=teacher_id, state=CorrectionState.PROPOSED).exists():
        raise Refused("correction_waits")
    moves = rehearse(actor=actor, training_year_id=training_year_id, teacher_id=teacher_id, now=now)
    made: Correction = Correction.everywhere.create(
        training_year=training_year,
        teacher_id=teacher_id,
        school_id=before.school_id,
        reason=CorrectionReason(reason).value,
        words=words.strip(),
        before=before,
        moves=moves,
        proposed_at=now,
        proposed_by_id=actor.account_id,
    )
    record(actor, "closing.correction_proposed", "correction", [made.pk], now=now, detail={"reason": made.reason})
    return made


@atomic
def carry_correction(*, actor: Actor, correction_id: int, now: datetime) -> Correction:
    """A new final verdict supersedes the old one, the standing follows, and certificates are told; refused when it would move something else."""
    row = _decidable(actor, correction_id, CorrectionState.DONE)
    done = _correct(actor, row.training_year, row.teacher_id, now)
    if why := refuse_moved(row.moves, done.moves):
        raise Refused(why)
    row.after = done.after
    _decide(row, CorrectionState.DONE, actor, now)
    payload = {"determinations": [done.after.pk], "superseded": [done.before.pk]}
    emit("closing.corrected", payload, now=now)
    account_id = teachers.teachers_by_id([row.teacher_id])[row.teacher_id].account_id
    params = {"year": row.training_year.year}
    tell(
        [account_id], "verdict_corrected", source=f"correction:{row.pk}", params=params, link=f"/my/record/?year={params['year']}", now=now
    )
    return row


@atomic
def drop_correction(*, actor: Actor, correction_id: int, now: datetime) -> Correction:
    """The correction is not carried out: withdrawn by whoever proposed it, or refused by another officer."""
    require(actor, CORRECT)
    own = Correction.everywhere.filter(pk=correction_id, proposed_by_id=actor.account_id).exists()
    to = CorrectionState.WITHDRAWN if own else CorrectionState.REFUSED
    row = _decidable(actor, correction_id, to)
    _decide(row, to, actor, now)
    return row


def _decidable(actor: Actor, correction_id: int, to: CorrectionState) -> Correction:
    require(actor, CORRECT)
    rows = Correction.objects.within(actor.scope).select_for_update(of=("self",))
    row: Correction | None = rows.select_related("training_year__pack", "training_year__organisation").filter(pk=correction_id).first()
    if row is None:
        raise NotInScope
    why = refuse_decision(CorrectionState(row.state), to, proposer_id=row.proposed_by_id, decider_id=actor.account_id)
    if why:
        raise Refused(why)
    return row


def _decide(row: Correction, to: CorrectionState, actor: Actor, now: datetime) -> None:
    row.state, row.decided_at, row.decided_by_id = to.value, now, actor.account_id
    row.save(update_fields=["state", "decided_at", "decided_by_id", "after"])
    detail = {"reason": row.reason, "before": row.before_id, "after": row.after_id}
    record(actor, f"closing.correction_{to.value}", "correction", [row.pk], now=now, detail=detail)


def _correct(actor: Actor, training_year: policies.TrainingYear, teacher_id: int, now: datetime) -> Done:
    """The new row is final in place of the old, and the teacher's open later years are determined anew; inside the caller's transaction."""
    before = final_of(teacher_id, training_year.pk)
    if before is None:
        raise Refused("correction_nothing_final")
    cycle = determination_of(teacher_id, training_year.pk, span=CYCLE)
    carry_out(actor, order_for(actor, training_year.pk, None, [teacher_id], RunKind.CORRECTION), now=now)
    after = determination_of(teacher_id, training_year.pk)
    if after is None or after.pk == before.pk:
        raise Refused("correction_moves_nothing")
    if after.verdict in UNSETTLED:
        raise Refused("correction_unsettled")
    Determination.everywhere.filter(pk=after.pk).update(examined_at=now, examined_by_id=actor.account_id)
    teachers.set_standings([(teacher_id, training_year.year, Verdict(after.verdict))], now)
    new_cycle = determination_of(teacher_id, training_year.pk, span=CYCLE)
    moves = {
        "verdict": [before.verdict, after.verdict],
        **{name: [getattr(before, name), getattr(after, name)] for name in AMOUNTS},
        "reasons": [before.reasons, after.reasons],
        "cycle": [cycle.verdict if cycle else "", new_cycle.verdict if new_cycle else ""],
        "later": [_later(actor, one, teacher_id, now) for one in _later_years(training_year, teacher_id)],
    }
    return Done(before, after, moves)


def _later_years(training_year: policies.TrainingYear, teacher_id: int) -> list[policies.TrainingYear]:
    """The cycle's later years in which the teacher has a verdict."""
    years = policies.TrainingYear.everywhere.filter(
        organisation_id=training_year.organisation_id, year__gt=training_year.year, year__lte=training_year.cycle_last
    )
    found = list(years.select_related("pack", "organisation").order_by("year"))
    return [one for one in found if determination_of(teacher_id, one.pk) is not None]


def _later(actor: Actor, training_year: policies.TrainingYear, teacher_id: int, now: datetime) -> dict[str, Any]:
    """What becomes of a later year: an open one is determined anew, of a closed one it is said what a correction of its own would give."""
    before = determination_of(teacher_id, training_year.pk)
    was = before.verdict if before else ""
    if training_year.state == policies.YearState.OPEN:
        carry_out(actor, order_for(actor, training_year.pk, None, [teacher_id], RunKind.RECHECK), now=now)
        after = determination_of(teacher_id, training_year.pk)
        return {"year": training_year.year, "is_closed": False, "verdict": [was, after.verdict if after else ""]}
    found = verdict_of(teacher_id, training_year, local_day(now))
    return {"year": training_year.year, "is_closed": True, "verdict": [was, found.year.verdict.value]}
