"""Providers' records in, by file or row by row; what counts of them and why the rest does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated

from ninja import File, Form, Query, Router, Schema
from ninja.errors import ValidationError
from ninja.files import UploadedFile
from pydantic import Field

from xingtan.domains.exchange import api as exchange
from xingtan.foundation.files.sheets import media_type_of
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.run import start_job

from .http import Request
from .jobs import JobStarted
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import MANY, In, OrganisationOut, TeacherRef, organisation, teacher_ref

router = Router(tags=["deliveries"])
reconciliations = Router(tags=["reconciliations"])
NO_PROJECT = "-"


class FileForm(Schema):
    """How a file is taken."""

    dry_run: bool = Field(default=False, description="only look: the job's result says what the file would bring and what would not count")


Cell = Annotated[str, Field(max_length=400)]


class ClaimIn(In):
    """A record as a row of a file says it; times with `begin` and `end`, else a sum of the days from `first` to `day`."""

    number: Cell = Field(description="the provider's own number of the record; the same number again changes nothing")
    identity: Cell = Field(description="the trainee's identity number")
    name: Cell
    title: Cell = Field(description="title or code of the course, or title of the offer, that the trainee chose")
    seconds: int | None = Field(default=None, ge=0)
    day: date | None = Field(default=None, description="the last day of a sum")
    first: date | None = Field(default=None, description="the first day of a sum; else the first of the training year")
    begin: datetime | None = None
    end: datetime | None = None
    media: int | None = Field(default=None, ge=0, description="length of the medium in seconds")
    mode: Cell = ""
    replaces: Cell = Field(default="", description="the number of the record that this one corrects; with 0 seconds it takes it back")


class ClaimsIn(In):
    """Records, all or none."""

    rows: list[ClaimIn] = Field(min_length=1, max_length=MANY)
    dry_run: bool = Field(default=False, description="only look: nothing is delivered")


class LossOut(Schema):
    """Seconds that do not count, with the reason as a code and in words."""

    code: str
    sentence: str
    lost_s: int


class DeliveredOut(Schema):
    """What a delivery brought, or would bring."""

    delivery: str | None
    new_count: int
    known_count: int
    said_s: int
    counted_s: int
    losses: list[LossOut]


class DeliveryOut(Schema):
    """A delivery as it stands."""

    id: str
    channel: exchange.Channel
    name: str
    claim_count: int
    said_s: int
    delivered_at: datetime
    undoes: str | None
    undone_by: str | None
    reason: str


class UndoIn(In):
    """Why a delivery is undone."""

    reason: str = Field(min_length=1, max_length=200)


class ReconciliationOut(Schema):
    """What a provider says for a project (null: for none), what counts of it, and why the rest does not; the seconds add up."""

    provider: OrganisationOut
    project: str | None
    said_s: int
    counted_s: int
    losses: list[LossOut]


class ClaimQuery(Paging):
    """Which records are wanted."""

    why: exchange.WhyNot | None = None


class ClaimOut(Schema):
    """One record of a provider, what counts of it and why the rest does not."""

    number: str
    delivery: str
    teacher: TeacherRef | None
    offer: str | None
    activity: str
    first_on: date
    last_on: date
    from_at: datetime | None
    until_at: datetime | None
    said_s: int
    counted_s: int
    losses: list[LossOut]
    replaces: str | None
    judged_at: datetime
    remarks: list[str]


def _losses(lost: Mapping[exchange.WhyNot, int]) -> list[LossOut]:
    return [LossOut(code=why.value, sentence=str(exchange.WHY_NOT[why]), lost_s=seconds) for why, seconds in lost.items() if seconds]


@writes(router, "", "deliveries_start", JobStarted, permission=exchange.DELIVER, status=HTTPStatus.ACCEPTED)
def deliveries_start(request: Request, file: File[UploadedFile], form: Form[FileForm]) -> JobStarted:
    """Hand in a file of records (.xlsx, .csv, .parquet); it is delivered in the background, whole or not at all, and the job's report holds the rows to mend."""
    exchange.provider_of(request.actor)
    name = file.name or "records.csv"
    content = chunks_of(file.file)  # type: ignore[arg-type]  # -- Django's file is always open here
    kept = keep_file(content, kind="learning_records", name=name, media_type=media_type_of(name), actor=request.actor, now=request.now)
    kind = exchange.LOOK_JOB if form.dry_run else exchange.DELIVER_JOB
    job = start_job(actor=request.actor, kind=kind, params={"channel": exchange.Channel.API.value}, file=kept, now=request.now)
    return JobStarted(job=job.public_id)


@writes(router, "/rows", "deliveries_rows", DeliveredOut, permission=exchange.DELIVER)
def deliveries_rows(request: Request, wanted: ClaimsIn) -> DeliveredOut:
    """Deliver records at once, all or none; with 422 each wrong row is named."""
    rows = [_typed(row) for row in wanted.rows]
    parcel = exchange.Parcel(exchange.Channel.API)
    try:
        looked = exchange.deliver_rows(actor=request.actor, rows=rows, parcel=parcel, now=request.now, dry_run=wanted.dry_run)
    except exchange.RowsToMend as refused:
        raise _not_valid(refused.looked.wrong) from None
    if looked.delivered is None:
        raise _not_valid(looked.wrong)
    done = looked.delivered
    return DeliveredOut(
        delivery=done.delivery.public_id if done.delivery and not wanted.dry_run else None,
        new_count=done.new,
        known_count=done.known,
        said_s=done.said_s,
        counted_s=done.counted_s,
        losses=_losses(done.lost),
    )


def _typed(row: ClaimIn) -> dict[str, str]:
    return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in row if value is not None}


def _not_valid(wrong: Sequence[exchange.Line]) -> ValidationError:
    """Every wrong row with its place and what is wrong; what was sent is not repeated."""
    return ValidationError(
        [
            {"loc": ("body", "wanted", "rows", line.typed.place), "type": one.value, "msg": str(exchange.PROBLEMS[one])}
            for line in wrong
            for one in line.problems
        ]
    )


def _shape(rows: Sequence[exchange.Delivery]) -> list[DeliveryOut]:
    undone = exchange.undone([one.pk for one in rows])
    names = ("name", "claim_count", "said_s", "delivered_at", "reason")
    return [
        DeliveryOut(
            id=one.public_id,
            channel=exchange.Channel(one.channel),
            undoes=one.undoes.public_id if one.undoes else None,
            undone_by=undone[one.pk].public_id if one.pk in undone else None,
            **{name: getattr(one, name) for name in names},
        )
        for one in rows
    ]


@reads(router, "", "deliveries_list", Page[DeliveryOut], permission=exchange.DELIVER)
def deliveries_list(request: Request, wanted: Query[Paging]) -> Page[DeliveryOut]:
    """What the own organisation delivered; statements are not among it."""
    return page_of(exchange.deliveries_of(exchange.provider_of(request.actor).pk), wanted, _shape)


@reads(router, "/{delivery}", "deliveries_get", DeliveryOut, permission=exchange.DELIVER)
def deliveries_get(request: Request, delivery: str) -> DeliveryOut:
    """One delivery of the own organisation."""
    return _shape([exchange.delivery_in(exchange.provider_of(request.actor).pk, delivery)])[0]


@writes(router, "/{delivery}/undoing", "deliveries_undo", DeliveryOut, permission=exchange.DELIVER)
def deliveries_undo(request: Request, delivery: str, wanted: UndoIn) -> DeliveryOut:
    """Take back a whole delivery while its training year is open; its records stay visible."""
    found = exchange.delivery_in(exchange.provider_of(request.actor).pk, delivery)
    return _shape([exchange.undo(actor=request.actor, delivery_id=found.pk, reason=wanted.reason, now=request.now)])[0]


@reads(reconciliations, "", "reconciliations_list", list[ReconciliationOut], permission=exchange.SEE_RECONCILIATION)
def reconciliations_list(request: Request) -> list[ReconciliationOut]:
    """Every provider and project of the branch (for a provider its own), the largest difference first."""
    return [
        ReconciliationOut(
            provider=organisation(one.provider),
            project=one.project.public_id if one.project else None,
            said_s=one.said_s,
            counted_s=one.counted_s,
            losses=_losses({why: one.figures[f"lost_{why.value}"] for why in exchange.WhyNot}),
        )
        for one in exchange.summaries(request.actor)
    ]


@reads(reconciliations, "/{provider}/{project}/records", "reconciliations_records", Page[ClaimOut], permission=exchange.SEE_RECONCILIATION)
def reconciliations_records(request: Request, provider: str, project: str, wanted: Query[ClaimQuery]) -> Page[ClaimOut]:
    """The provider's records for a project (`-`: for none), one by one."""
    seen = exchange.seen_by(request.actor, provider)
    named = exchange.project_named(project) if project != NO_PROJECT else None
    return page_of(exchange.lines(seen, named.pk if named else None, why=wanted.why), wanted, _records)


def _records(rows: Sequence[exchange.Judgement]) -> list[ClaimOut]:
    remarks = exchange.remarks_of([one.claim_id for one in rows])
    return [_record(one, [said.text for said in remarks.get(one.claim_id, ())]) for one in rows]


def _record(one: exchange.Judgement, remarks: list[str]) -> ClaimOut:
    claim, times = one.claim, exchange.moments_of(one.claim)
    return ClaimOut(
        number=claim.number,
        delivery=claim.delivery.public_id,
        teacher=teacher_ref(claim.teacher) if claim.teacher else None,
        offer=claim.offer.public_id if claim.offer else None,
        activity=claim.activity,
        first_on=claim.first_on,
        last_on=claim.last_on,
        from_at=times[0] if times else None,
        until_at=times[1] if times else None,
        said_s=one.said_s,
        counted_s=one.counted_s,
        losses=_losses(dict(exchange.reasons_of(one))),
        replaces=claim.replaces.number if claim.replaces else None,
        judged_at=one.judged_at,
        remarks=remarks,
    )
