"""Moving papers along: every step is kept, and the state of today follows it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from xingtan.core.calendar import local_day
from xingtan.domains.papers.access import SUBMIT_PAPERS
from xingtan.domains.papers.models import Paper, PaperState, PaperStep
from xingtan.domains.papers.rules import answer_by, refuse_step
from xingtan.domains.papers.states import MOVES, State, Step
from xingtan.domains.papers.telling import tell_teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.keys import sign
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused


@atomic
def submit(*, actor: Actor, paper_ids: Collection[int], now: datetime) -> int:
    """The papers wait at the office for its seal, each with the day by which it answers; those that wait already stay. Returns how many moved."""
    require(actor, SUBMIT_PAPERS)
    rows = [one for one in held(actor, paper_ids) if one.state != State.SUBMITTED]
    return moved(actor, rows, Step.SUBMITTED, now=now)


@atomic
def take_back(*, actor: Actor, paper_ids: Collection[int], now: datetime) -> int:
    """The papers wait at the office no longer; those that do not wait there stay. Returns how many moved."""
    require(actor, SUBMIT_PAPERS)
    rows = [one for one in held(actor, paper_ids) if one.state != State.PRINTED]
    return moved(actor, rows, Step.TAKEN_BACK, now=now)


def held(actor: Actor, paper_ids: Collection[int]) -> Sequence[PaperState]:
    """The states of these papers of the actor's branch, locked in one order; `NotInScope` when one is elsewhere."""
    rows = PaperState.objects.within(actor.scope).filter(pk__among=set(paper_ids))
    found = list(rows.select_for_update(of=("self",)).select_related("paper__printing", "paper__school").order_by("pk"))
    if len(found) != len(set(paper_ids)):
        raise NotInScope
    return found


def moved(actor: Actor, rows: Sequence[PaperState], step: Step, *, now: datetime, **said: Any) -> int:  # noqa: ANN401 -- the step's own columns
    """Every row has taken the step, all or none; `Refused` names the first that cannot."""
    for row in rows:
        if why := refuse_step(State(row.state), step):
            raise Refused(why, number=row.paper.number)
    due_on = answer_by(local_day(now)) if step is Step.SUBMITTED else None
    for row in rows:
        row.state, row.changed_at, row.due_on = MOVES[State(row.state)][step], now, due_on
    PaperState.everywhere.bulk_update(rows, ["state", "changed_at", "due_on"], batch_size=200)
    whose = {"step": step, "at": now, "account_id": actor.account_id, "organisation_id": actor.organisation_id}
    steps = [PaperStep(paper=row.paper, **whose, **said) for row in rows]
    _sign(steps, [row.paper for row in rows])
    PaperStep.objects.bulk_create(steps, batch_size=200)
    if rows:
        record(actor, f"papers.{step.value}", "paper", [row.pk for row in rows], now=now)
        tell_teachers(rows, step, now=now)
    return len(rows)


def _sign(steps: Sequence[PaperStep], papers: Sequence[Paper]) -> None:
    for one, paper in zip(steps, papers, strict=True):
        if one.step == Step.SEALED:
            one.signature = sign(one.message(paper))
