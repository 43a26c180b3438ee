"""Transfers between schools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.moves import api as door
from xingtan.domains.teachers import api as teachers

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, TeacherRef, organisation, teacher_ref

router = Router(tags=["moves"])


class TransferOut(Schema):
    """A move; where somebody comes from is told once it is done, or to those who look after that school."""

    id: str
    teacher: TeacherRef
    from_school: OrganisationOut | None
    to_school: OrganisationOut
    effective_on: date
    state: door.TransferState
    waits_for_me: bool


class TransferKept(Schema):
    """The move that now stands."""

    id: str
    state: door.TransferState


class TransferIn(In):
    """Who is offered to which school (its code or whole name), from when, and why."""

    teacher: str
    to_school: str = Field(max_length=120)
    since: date
    reason: str = Field(max_length=200)


class WordIn(In):
    """The caller's word: agreed, or off, with why (only who asked may leave it empty)."""

    agrees: bool
    answer: str = Field(default="", max_length=200)


class TransferQuery(Paging):
    """Which moves are wanted."""

    state: str = ""


def _rows(request: Request, found: Sequence[door.Transfer]) -> list[TransferOut]:
    scope = request.actor.scope
    return [
        TransferOut(
            id=one.public_id,
            teacher=teacher_ref(one.teacher),
            from_school=organisation(one.from_school) if one.state == "done" or scope.holds(one.from_school.path) else None,
            to_school=organisation(one.to_school),
            effective_on=one.effective_on,
            state=door.TransferState(one.state),
            waits_for_me=door.waits_for(request.actor, one),
        )
        for one in found
    ]


def _kept(one: door.Transfer) -> TransferKept:
    return TransferKept(id=one.public_id, state=door.TransferState(one.state))


@reads(router, "", "transfers_list", Page[TransferOut], permission=teachers.SEE_TEACHERS)
def transfers_list(request: Request, wanted: Query[TransferQuery]) -> Page[TransferOut]:
    """Moves from and to schools of the branch."""
    found = door.transfers_in(request.actor.scope)
    found = found.filter(state=wanted.state) if wanted.state else found
    return page_of(found, wanted, lambda rows: _rows(request, rows))


@writes(router, "", "transfers_offer", TransferKept, permission=door.MOVE)
def transfers_offer(request: Request, body: TransferIn) -> TransferKept:
    """Offer a teacher of the branch to another school; carried out at once where the caller looks after both."""
    teacher = teachers.teacher_in(request.actor.scope, body.teacher)
    terms = door.Terms(body.since, body.reason)
    asked = door.offer_transfer(actor=request.actor, teacher_id=teacher.pk, to_school=body.to_school, terms=terms, now=request.now)
    return _kept(asked)


@writes(router, "/{transfer}/word", "transfers_word", TransferKept, permission=door.MOVE)
def transfers_word(request: Request, transfer: str, body: WordIn) -> TransferKept:
    """Agree for the caller's side, or refuse or withdraw the move."""
    actor, now = request.actor, request.now
    if body.agrees:
        asked = door.agree_to_transfer(actor=actor, public_id=transfer, now=now)
    else:
        asked = door.end_transfer(actor=actor, public_id=transfer, answer=body.answer, now=now)
    return _kept(asked)
