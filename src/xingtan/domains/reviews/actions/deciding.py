"""One step of the review chain, for one entry or for twenty thousand, as one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.core.policy import Level
from xingtan.domains.credits.api import Outcome, Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.access import DECIDE
from xingtan.domains.reviews.queries.checks import checks_in, clean_of
from xingtan.domains.reviews.queries.portions import sample_due
from xingtan.domains.reviews.steps import is_done, refuse_return
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from .opening import weigh_one
from .posting import Said, locked, move, post_decisions, state_after, tell_return
from .refusing import Standing, refuse_step


class Decided(NamedTuple):
    """How many entries a decision moved, and how many already stood where it would have put them."""

    moved: int
    already: int


@atomic
def decide(  # noqa: PLR0913 -- a decision is these facts
    *,
    actor: Actor,
    step: Step,
    entry_ids: Collection[int],
    outcome: Outcome,
    reason_code: str = "",
    reason: str = "",
    now: datetime,
) -> Decided:
    """Every entry has this step's decision as a row of the ledger and stands accordingly; all of them or none.

    Raises `NotInScope` for an entry elsewhere, `Refused`: `stale` (moved on meanwhile), `entry_locked`, `same_person`, `not_your_level`,
    `own_hours`, a closed window, `flagged_in_batch`, `sample_first` (so many, with the portions before, pass an office as a sampled batch),
    `look_first` (one by itself whose evidence was never opened, after as many).
    """
    require(actor, DECIDE)
    if why := refuse_return(outcome, reason_code, reason):
        raise Refused(why)
    held = locked(actor, entry_ids)
    if len(held) != len(set(entry_ids)):
        raise NotInScope
    return take_step(actor, Said(step, outcome, reason_code, reason.strip()), held, now)


def take_step(actor: Actor, said: Said, held: Sequence[Standing], now: datetime, *, is_sampled: bool = False) -> Decided:
    """Those of the locked entries that do not stand there yet have the decision."""
    rows = [row for row in held if not is_done(row.state, said.step, said.outcome)]
    if not rows:
        return Decided(0, len(held))
    levels = refuse_step(actor, said.step, said.outcome, rows, now)
    if said.outcome is Outcome.PASSED and levels != {Level.SCHOOL} and actor.role is not Role.OPERATOR:
        _refuse_unseen(actor, said.step, rows, now, is_sampled=is_sampled)
    post_decisions(actor, rows, said, now)
    ids = [row.pk for row in rows]
    move(actor, ids, state_after(said), now)
    if said.outcome is Outcome.RETURNED:
        tell_return(rows, said.reason_code, now)
    # The audit log is one chain for the whole house: its head is taken last, and held for one line.
    record(actor, f"credits.{said.step.value}.{said.outcome.value}", "credit_entry", ids, now=now)
    return Decided(len(ids), len(held) - len(ids))


def _refuse_unseen(actor: Actor, step: Step, rows: Sequence[Standing], now: datetime, *, is_sampled: bool) -> None:
    """Many, at once, in portions or one by one unopened, pass an office only as a batch whose sample was opened; nothing flagged is ever among many."""
    if actor.organisation_id is None:
        return
    if len(rows) == 1:
        if not is_sampled:
            weigh_one(actor, step, rows[0], now)
        return
    if not is_sampled:  # two portions at once see each other
        list(Organisation.everywhere.select_for_update(no_key=True).filter(pk=actor.organisation_id).values_list("pk"))
    for pk in {row.training_year_id for row in rows}:
        ids = [row.pk for row in rows if row.training_year_id == pk]
        year = policies.TrainingYear.everywhere.select_related("pack").get(pk=pk)
        if not is_sampled and sample_due(actor.organisation_id, year, step, len(ids)):
            raise Refused("sample_first", count=policies.policy_of(year).review_clock.sample_from)
        if flagged := len(ids) - len(clean_of(ids, checks_in(actor.scope, pk))):
            raise Refused("flagged_in_batch", count=flagged)
