"""Hours on their way: what is due of one's training, entering it, the queue of each step, and its decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from http import HTTPStatus

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.credits import api as credits_room
from xingtan.domains.learning import api as learning
from xingtan.domains.reviews import api as reviews

from .http import Request
from .operations import either, reads, writes
from .paging import Page, Paging, cursor_for, page_of, place_of
from .shapes import MANY, In, OrganisationOut, TeacherRef, YearQuery, all_of, organisation, teacher_ref, year_named

evidence = Router(tags=["hours"])
entries = Router(tags=["hours"])
queue = Router(tags=["hours"])
decisions = Router(tags=["hours"])
DECIDE = reviews.DECIDE


class DueQuery(Paging, YearQuery):
    """What of the own training is wanted."""


class DueOut(Schema):
    """Hours of one piece of evidence that may be entered now."""

    evidence: str
    teacher: TeacherRef
    school: OrganisationOut
    component: str
    title: str
    happened_on: date
    learned_centi: int
    recognised_centi: int


class EnterIn(In):
    """What to enter: the evidence named, or everything that is due."""

    year: int = Field(ge=2000, le=2200)
    evidence: list[str] | None = Field(default=None, min_length=1, max_length=MANY)


class EnteredLine(Schema):
    """A new line of the ledger."""

    entry: str
    recognised_centi: int


class Entered(Schema):
    """The new lines; none when nothing was due."""

    entries: list[EnteredLine]


class QueueQuery(Paging, YearQuery):
    """Which step's queue is wanted."""

    step: credits_room.Step
    check: reviews.Check | None = None


class WaitingOut(Schema):
    """An entry that waits for a step; `checks` is empty when the automatic check finds nothing."""

    entry: str
    teacher: TeacherRef
    school: OrganisationOut
    provider: OrganisationOut
    component: str
    title: str
    happened_on: date
    learned_centi: int
    recognised_centi: int
    waits_since: datetime
    checks: list[reviews.Check]


class DecisionIn(In):
    """One step's decision on many entries, all or none; a return gives its reason."""

    step: credits_room.Step
    entries: list[str] = Field(min_length=1, max_length=MANY)
    outcome: credits_room.Outcome
    reason_code: credits_room.ReturnReason | None = None
    reason: str = Field(default="", max_length=400)


class DecidedOut(Schema):
    """How many entries the decision moved, and how many already stood there."""

    moved: int
    already: int


@reads(evidence, "/due", "evidence_due", Page[DueOut], permission=credits_room.ENTER)
def evidence_due(request: Request, wanted: Query[DueQuery]) -> Page[DueOut]:
    """What the own organisation may enter for its trainees."""
    place = place_of(wanted)
    year = year_named(request.actor, wanted.year)
    learning.tell_learned(request.now)  # what was studied up to this second
    found = sorted(credits_room.enterable(request.actor.organisation_id or 0, year), key=lambda due: due.evidence.pk)
    rest = [due for due in found if due.evidence.pk > place]
    shown = rest[: wanted.limit]
    return Page(rows=[_due(due) for due in shown], next=cursor_for(shown[-1].evidence.pk) if len(rest) > wanted.limit else None)


def _due(due: credits_room.Due) -> DueOut:
    one = due.evidence
    return DueOut(
        evidence=one.public_id,
        teacher=teacher_ref(one.teacher),
        school=organisation(one.school),
        component=one.component,
        title=one.title,
        happened_on=one.happened_on,
        learned_centi=due.learned,
        recognised_centi=due.recognised,
    )


@writes(entries, "", "entries_enter", Entered, permission=credits_room.ENTER, status=HTTPStatus.CREATED)
def entries_enter(request: Request, body: EnterIn) -> Entered:
    """Enter what is due of the own training; what was entered is never entered twice."""
    year = year_named(request.actor, body.year)
    ids = None
    if body.evidence is not None:
        own = credits_room.Evidence.everywhere.filter(provider_id=request.actor.organisation_id, public_id__among=body.evidence)
        ids = all_of(dict(own.values_list("public_id", "pk")), body.evidence)
    made = credits_room.enter(actor=request.actor, training_year_id=year.pk, evidence_ids=ids, now=request.now)
    return Entered(entries=[EnteredLine(entry=line.public_id, recognised_centi=line.recognised_centi) for line in made])


@reads(queue, "", "queue_list", Page[WaitingOut], permission=either(credits_room.SEE_ENTRIES, credits_room.SEE_QUEUE))
def queue_list(request: Request, wanted: Query[QueueQuery]) -> Page[WaitingOut]:
    """The branch's entries that wait for a step, the oldest first."""
    year = year_named(request.actor, wanted.year)
    checks = reviews.checks_in(request.actor.scope, year.pk)
    filters = reviews.Filters(check=wanted.check.value if wanted.check else "")
    return page_of(reviews.queue(request.actor.scope, wanted.step, year.pk, filters), wanted, partial(_waiting, checks), oldest_first=True)


def _waiting(checks: reviews.Checks, found: Sequence[credits_room.EntryState]) -> list[WaitingOut]:
    findings = reviews.findings_of([one.pk for one in found], checks)
    names = ("component", "happened_on", "learned_centi", "recognised_centi")
    return [
        WaitingOut(
            entry=one.entry.public_id,
            teacher=teacher_ref(one.teacher),
            school=organisation(one.school),
            provider=organisation(one.provider),
            title=one.entry.title,
            waits_since=one.changed_at,
            checks=list(findings[one.pk]),
            **{name: getattr(one, name) for name in names},
        )
        for one in found
    ]


@writes(decisions, "", "decisions_make", DecidedOut, permission=DECIDE)
def decisions_make(request: Request, body: DecisionIn) -> DecidedOut:
    """Pass or return entries at a step; each step has its role, and entering and reviewing are two people."""
    found = credits_room.entry_ids_in(request.actor.scope, body.entries)
    decided = reviews.decide(
        actor=request.actor,
        step=body.step,
        entry_ids=all_of(found, body.entries),
        outcome=body.outcome,
        reason_code=body.reason_code.value if body.reason_code else "",
        reason=body.reason,
        now=request.now,
    )
    return DecidedOut(moved=decided.moved, already=decided.already)
