"""Taking a decision back: an office reopens what is verified, with a reason; who has just decided undoes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from xingtan.domains.credits.api import TO, CreditEntry, EntryKind, EntryState, Outcome, ReviewDecision, State, Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.access import DECIDE, REOPEN
from xingtan.domains.reviews.offices import ABOVE, offices_of
from xingtan.domains.reviews.rules import UNDO_S, refuse_words
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused

from .posting import Said, locked, move, post_decisions
from .refusing import Standing, chains_of

ABOVE_ALL = (Role.PROVINCE_OFFICER, Role.OPERATOR)


@atomic
def reopen(*, actor: Actor, entry_ids: Collection[int], reason: str, now: datetime) -> int:
    """The verified entries wait for their last step again; returns how many. Those that do not stand verified are left as they are.

    Only the office that verified or one above; in a closed year only the province. Opening entries are corrected by a reversal.
    """
    require(actor, REOPEN)
    if why := refuse_words(reason):
        raise Refused(why)
    held = locked(actor, entry_ids)
    if len(held) != len(set(entry_ids)):
        raise NotInScope
    rows = [row for row in held if row.state is State.VERIFIED]
    if CreditEntry.everywhere.filter(pk__among=[row.pk for row in rows], kind=EntryKind.OPENING).exists():
        raise Refused("opening_not_reopened")
    teachers.refuse_own(actor, [row.teacher_id for row in rows])
    _refuse_reopening(actor, rows)
    return take_back(actor, rows, "reopened", reason.strip(), now)


def _refuse_reopening(actor: Actor, rows: Sequence[Standing]) -> None:
    for pk, chain in chains_of(rows, Step.VERIFY).items():
        if chain.year.state == policies.YearState.CLOSED and actor.role not in ABOVE_ALL:
            raise Refused("year_closed", year=chain.year.year)
        if actor.role is Role.OPERATOR or chain.rule is None:
            continue
        own = [row for row in rows if row.training_year_id == pk]
        for stage in {row.stage for row in own}:
            counties = {row.county_id for row in own if row.stage == stage}
            level, offices = chain.rule.level_for(stage), set[int]()
            while level is not ABOVE[level]:
                offices |= {office for office in offices_of(level, counties).values() if office == actor.organisation_id}
                level = ABOVE[level]
            if not offices and actor.role is not Role.PROVINCE_OFFICER:
                raise Refused("not_your_level")


@atomic
def undo(*, actor: Actor, entry_ids: Collection[int], now: datetime) -> int:
    """The actor's own last decisions on these entries are taken back, within ten minutes; returns how many.

    Refused `too_late_to_undo` when it was longer ago, another's, decided on since, or what was returned has been entered anew.
    """
    require(actor, DECIDE)
    held = locked(actor, entry_ids)
    if len(held) != len(set(entry_ids)):
        raise NotInScope
    ids = [row.pk for row in held]
    last = _last_decisions(ids)
    since = now - timedelta(seconds=UNDO_S)
    if any(row.pk not in last or not _is_own(last[row.pk], actor, since) for row in held) or entered_anew(held):
        raise Refused("too_late_to_undo")
    return take_back(actor, held, "undone", "", now)


def _is_own(one: ReviewDecision, actor: Actor, since: datetime) -> bool:
    return one.outcome != Outcome.REOPENED and one.account_id == actor.account_id is not None and one.decided_at >= since


def _last_decisions(entry_ids: Sequence[int]) -> dict[int, ReviewDecision]:
    return {one.entry_id: one for one in ReviewDecision.objects.filter(entry_id__among=entry_ids).order_by("pk")}


def entered_anew(rows: Sequence[Standing]) -> bool:
    """True when a returned entry's evidence has a later line, so that its hours would stand twice."""
    returned = [row.pk for row in rows if row.state is State.RETURNED]
    pairs = EntryState.everywhere.filter(pk__among=returned).values_list("pk", "entry__evidence_id")
    newest = {evidence: pk for pk, evidence in pairs if evidence is not None}
    later = EntryState.everywhere.filter(entry__evidence_id__among=newest, pk__gt=min(newest.values(), default=0))
    return any(pk > newest[evidence] for pk, evidence in later.values_list("pk", "entry__evidence_id"))


def take_back(actor: Actor, rows: Sequence[Standing], code: str, reason: str, now: datetime) -> int:
    """The last decision of each entry is taken back: a row of the ledger, and the state that stood before it."""
    history: dict[int, list[ReviewDecision]] = defaultdict(list)
    for one in ReviewDecision.objects.filter(entry_id__among=[row.pk for row in rows]).order_by("pk"):
        history[one.entry_id].append(one)
    by_said: dict[tuple[Step, State], list[Standing]] = defaultdict(list)
    rows = [row for row in rows if history[row.pk]]
    for row in rows:
        step, state = _before(history[row.pk])
        by_said[step, state].append(row)
    for (step, state), own in by_said.items():
        post_decisions(actor, own, Said(step, Outcome.REOPENED, code, reason), now)
        move(actor, [row.pk for row in own], state, now)
    if rows:
        record(actor, f"reviews.{code}", "credit_entry", [row.pk for row in rows], now=now)
    return len(rows)


def _before(history: Sequence[ReviewDecision]) -> tuple[Step, State]:
    """The step that stands last, and the state before it."""
    standing: list[ReviewDecision] = []
    for one in history:
        standing = standing[:-1] if one.outcome == Outcome.REOPENED else [*standing, one]
    state = TO[Step(standing[-2].step)] if len(standing) > 1 else State.ENTERED
    return Step(standing[-1].step), state
