"""Batches with their samples, deadlines, reopening and appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.reviews import api as reviews
from xingtan.domains.teachers import api as teachers

from .hours import queue
from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import MANY, In, OrganisationOut, TeacherRef, YearQuery, all_of, organisation, teacher_ref, year_named

batches = Router(tags=["reviews"])
deadlines = Router(tags=["reviews"])
reopenings = Router(tags=["reviews"])
appeals = Router(tags=["reviews"])


class BatchIn(In):
    """Every clean entry of a step's queue that the filters find."""

    year: int = Field(ge=2000, le=2200)
    step: credits_room.Step
    q: str = ""
    component: str = ""
    school: str = ""


class SampleOut(Schema):
    """An entry to be opened before the batch passes."""

    entry: str
    opened_at: datetime | None


class UnitOut(Schema):
    """Measured seconds of one unit."""

    title: str
    learned_s: int


class BatchOut(Schema):
    """A batch with its sample; `seed` draws it again."""

    id: str
    step: str
    state: str
    entries: int
    seed: str
    drawn_at: datetime
    sample: list[SampleOut]


class EvidenceOut(Schema):
    """What an entry rests on: the time that was measured in all, and in each unit."""

    title: str
    learned_s: int
    units: list[UnitOut]


class EntryOut(Schema):
    """The evidence of the entry that this answer opens; none where none is attached."""

    teacher: str = Field(description="the teacher's id; an answer to writing names nobody")
    component: str
    title: str
    happened_on: date
    learned_centi: int
    recognised_centi: int
    checks: list[reviews.Check]
    evidence: EvidenceOut | None


class OpenedOut(EntryOut, BatchOut):
    """The batch, and the evidence of the entry that this answer opens; none where none is attached."""


class EntryIn(In):
    """An entry whose evidence is wanted."""

    entry: str


class Passed(Schema):
    """How many entries moved, and how many stood there already."""

    moved: int
    already: int


class DeadlineOut(Schema):
    """What waits for an office or school at one step."""

    step: str
    level: str
    office: OrganisationOut
    count: int
    late: int
    due_on: date | None
    late_days: int


class ReopenIn(In):
    """Verified entries that are to be decided anew, and why."""

    entries: list[str] = Field(min_length=1, max_length=MANY)
    reason: str = Field(min_length=1, max_length=400)


class Reopened(Schema):
    """How many entries are open again."""

    reopened: int


class AppealOut(Schema):
    """An appeal, and until when it is answered."""

    id: str
    teacher: TeacherRef
    office: OrganisationOut
    state: str
    words: str
    filed_at: datetime
    answer_by: date


class AppealAnswered(Schema):
    """Where the appeal stands now."""

    id: str
    state: str


class AnswerIn(In):
    """The answer of the office."""

    upheld: bool
    words: str = Field(min_length=1, max_length=1000)


def _batch(one: reviews.ReviewBatch) -> BatchOut:
    sample = [SampleOut(entry=row.entry.public_id, opened_at=row.opened_at) for row in reviews.samples_of(one)]
    names = ("step", "state", "seed", "drawn_at")
    return BatchOut(id=one.public_id, entries=one.entry_count, sample=sample, **{name: getattr(one, name) for name in names})


@writes(batches, "", "batches_draw", BatchOut, permission=reviews.DRAW, status=HTTPStatus.CREATED)
def batches_draw(request: Request, body: BatchIn) -> BatchOut:
    """Draw a batch; what was drawn before and not passed is dropped."""
    year = year_named(request.actor, body.year)
    said = {"q": body.q, "component": body.component, "school": body.school}
    found = reviews.queue(request.actor.scope, body.step, year.pk, reviews.Filters(**said), now=request.now)
    others = found.exclude(teacher_id__in=teachers.own_ids(request.actor)).values_list("pk", flat=True)
    clean = reviews.clean_of(list(others), reviews.checks_in(request.actor.scope, year.pk))
    made = reviews.draw_batch(actor=request.actor, step=body.step, training_year_id=year.pk, entry_ids=clean, filters=said, now=request.now)
    return _batch(made)


@reads(batches, "/{batch}", "batches_get", BatchOut, permission=reviews.DRAW)
def batches_get(request: Request, batch: str) -> BatchOut:
    """A batch of the own office."""
    return _batch(reviews.batch_named(request.actor, batch))


@writes(batches, "/{batch}/looks", "batches_look", OpenedOut, permission=reviews.DRAW)
def batches_look(request: Request, batch: str, body: EntryIn) -> OpenedOut:
    """Open the evidence of an entry of the sample; it counts as opened because this answer carries it."""
    one = reviews.batch_named(request.actor, batch)
    [entry_id] = all_of(credits_room.entry_ids_in(request.actor.scope, [body.entry]), [body.entry])
    reviews.look(actor=request.actor, batch_id=one.pk, entry_id=entry_id, now=request.now)
    return OpenedOut(**_batch(one).model_dump(), **_opened(request, entry_id).model_dump())


@writes(queue, "/looks", "queue_look", EntryOut, permission=reviews.DRAW)
def queue_look(request: Request, body: EntryIn) -> EntryOut:
    """Open the evidence of an entry that is decided by itself; it counts as opened because this answer carries it."""
    [entry_id] = all_of(credits_room.entry_ids_in(request.actor.scope, [body.entry]), [body.entry])
    reviews.note_evidence(actor=request.actor, entry_id=entry_id, now=request.now)
    return _opened(request, entry_id)


def _opened(request: Request, entry_id: int) -> EntryOut:
    scope = request.actor.scope
    state = credits_room.EntryState.objects.within(scope).select_related("entry__evidence", "teacher").get(pk=entry_id)
    checks = reviews.findings_of([entry_id], reviews.checks_in(scope, state.training_year_id))[entry_id]
    names = ("component", "happened_on", "learned_centi", "recognised_centi")
    return EntryOut(
        teacher=state.teacher.public_id,
        title=state.entry.title,
        checks=list(checks),
        evidence=_evidence(state),
        **{name: getattr(state, name) for name in names},
    )


def _evidence(state: credits_room.EntryState) -> EvidenceOut | None:
    found = state.entry.evidence
    if found is None:
        return None
    record = determination_room.record_of(state.teacher_id, state.training_year_id, state.happened_on)
    rows = (row for section in record.sections for row in section.rows)
    items = next((row.items for row in rows if any(view.entry.pk == state.pk for view in row.entries)), [])
    units = [UnitOut(title=title, learned_s=seconds) for title, _title_en, seconds in items]
    return EvidenceOut(title=found.title, learned_s=found.learned_s, units=units)


@writes(batches, "/{batch}/pass", "batches_pass", Passed, permission=reviews.DRAW)
def batches_pass(request: Request, batch: str) -> Passed:
    """Pass the whole batch, all or none."""
    one = reviews.batch_named(request.actor, batch)
    done = reviews.pass_batch(actor=request.actor, batch_id=one.pk, now=request.now)
    return Passed(moved=done.moved, already=done.already)


@reads(deadlines, "", "deadlines_list", list[DeadlineOut], permission=reviews.SEE_CLOCKS)
def deadlines_list(request: Request, wanted: Query[YearQuery]) -> list[DeadlineOut]:
    """What waits for whom in the branch, the latest first; by county."""
    year = year_named(request.actor, wanted.year)
    rows = reviews.clocks(request.actor.scope, year, request.today, by_school=False)
    names = ("late", "due_on", "late_days")
    return [
        DeadlineOut(
            step=one.step,
            level=one.level,
            office=organisation(one.office),
            count=one.entries,
            **{name: getattr(one, name) for name in names},
        )
        for one in rows
    ]


@writes(reopenings, "", "reopenings_make", Reopened, permission=reviews.REOPEN)
def reopenings_make(request: Request, body: ReopenIn) -> Reopened:
    """Reopen verified entries."""
    ids = all_of(credits_room.entry_ids_in(request.actor.scope, body.entries), body.entries)
    return Reopened(reopened=reviews.reopen(actor=request.actor, entry_ids=ids, reason=body.reason, now=request.now))


@reads(appeals, "", "appeals_list", Page[AppealOut], permission=reviews.SEE_APPEALS)
def appeals_list(request: Request, wanted: Query[Paging]) -> Page[AppealOut]:
    """The branch's appeals, the newest first."""
    return page_of(reviews.appeals_in(request.actor.scope), wanted, _appeals)


def _appeals(found: Sequence[reviews.Appeal]) -> list[AppealOut]:
    names = ("state", "words", "filed_at", "answer_by")
    return [
        AppealOut(
            id=one.public_id,
            teacher=teacher_ref(one.teacher),
            office=organisation(one.office),
            **{name: getattr(one, name) for name in names},
        )
        for one in found
    ]


@writes(appeals, "/{appeal}/answer", "appeals_answer", AppealAnswered, permission=reviews.ANSWER_APPEAL)
def appeals_answer(request: Request, appeal: str, body: AnswerIn) -> AppealAnswered:
    """Answer an appeal; upheld, the decision is taken back."""
    one = reviews.appeal_named(request.actor.scope, appeal)
    reviews.answer_appeal(actor=request.actor, appeal_id=one.pk, is_upheld=body.upheld, words=body.words, now=request.now)
    return AppealAnswered(id=appeal, state=reviews.appeal_named(request.actor.scope, appeal).state)
