"""Hours that come late, and windows held open for a county."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from xingtan.core.calendar import WindowKind
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.refusal import Refused

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, TeacherRef, organisation, organisation_named, teacher_ids, teacher_ref, year_named

router = Router(tags=["reviews"])
windows = Router(tags=["reviews"])
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


class LateOut(Schema):
    """A request for a late entry."""

    id: str
    teacher: TeacherRef
    office: OrganisationOut = Field(description="who decides: one level higher than usual, in a closed year the province")
    year: int
    title: str
    centi: int
    state: reviews.LateState
    answer: str


class LateQuery(Paging):
    """Which requests are wanted."""

    state: reviews.LateState | None = None
    q: str = Field(default="", max_length=60)


class LateForm(Schema):
    """Of whom, what, how much, when, and why so late; the evidence is the file."""

    teacher: str = Field(max_length=12)
    year: int
    component: str = Field(max_length=40)
    title: str = Field(min_length=1, max_length=200)
    centi: int = Field(gt=0, le=100_000)
    happened_on: date
    reason_code: reviews.LateReason
    reason: str = Field(min_length=1, max_length=400)


class LateKept(Schema):
    """Where the request stands."""

    id: str
    state: reviews.LateState


class WindowIn(In):
    """Which window stays open for which county until when, and why."""

    year: int
    county: str = Field(max_length=12)
    kind: WindowKind
    until_on: date
    reason: str = Field(min_length=1, max_length=400)


class WindowKept(Schema):
    """The window as it stands for the county."""

    kind: WindowKind
    until_on: date


def _rows(found: Sequence[reviews.LateEntry]) -> list[LateOut]:
    return [
        LateOut(
            id=one.public_id, teacher=teacher_ref(one.teacher), office=organisation(one.office), year=one.training_year.year,
            title=one.title, centi=one.centi, state=reviews.LateState(one.state), answer=one.answer,
        )
        for one in found
    ]  # fmt: skip


@reads(router, "", "late_entries_list", Page[LateOut], permission=reviews.SEE_LATE)
def late_entries_list(request: Request, wanted: Query[LateQuery]) -> Page[LateOut]:
    """The branch's requests for late entries."""
    return page_of(reviews.late_entries_in(request.actor.scope, wanted.state, wanted.q), wanted, _rows)


@writes(router, "", "late_entries_ask", LateKept, permission=reviews.ASK_LATE, status=HTTPStatus.CREATED)
def late_entries_ask(request: Request, file: File[UploadedFile], form: Form[LateForm]) -> LateKept:
    """Ask for hours after the year's window; the same again is the same request."""
    actor, now, name = request.actor, request.now, file.name or "evidence.pdf"
    media_type = TYPES.get(name.lower().rpartition(".")[2])
    if media_type is None:
        raise Refused("late_needs_document")
    [teacher_id], year = teacher_ids(actor, [form.teacher]), year_named(actor, form.year)
    kept = keep_file(chunks_of(file.file), kind="late_entry", name=name, media_type=media_type, actor=actor, now=now)  # type: ignore[arg-type]  # -- Django's file is always open here
    told = reviews.Told(form.component, form.title, form.centi, form.happened_on, form.reason_code, form.reason, kept.pk)
    one = reviews.ask_late(actor=actor, teacher_id=teacher_id, training_year_id=year.pk, told=told, now=now)
    return LateKept(id=one.public_id, state=reviews.LateState(one.state))


@writes(windows, "", "windows_extend", WindowKept, permission=reviews.EXTEND)
def windows_extend(request: Request, body: WindowIn) -> WindowKept:
    """Hold a window of the year open for a county of the branch."""
    year, county = year_named(request.actor, body.year), organisation_named(request.actor, body.county)
    made = reviews.extend(
        actor=request.actor, training_year_id=year.pk, county_id=county.pk, kind=body.kind, until_on=body.until_on, reason=body.reason,
        now=request.now,
    )  # fmt: skip
    return WindowKept(kind=body.kind, until_on=made.until_on)
