"""What teachers choose for a year, the school's confirmation, and the bills that follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.finance import api as finance
from xingtan.domains.projects import api as projects
from xingtan.foundation.people.roles import Role

from .http import Request
from .operations import either, reads, writes
from .paging import Page, Paging, page_of
from .projects import project_named
from .shapes import MANY, In, OrganisationOut, TeacherRef, all_of, organisation, teacher_ref, year_named

router = Router(tags=["selections"])
bills = Router(tags=["bills"])


class SelectionOut(Schema):
    """A teacher's choice for a year; `version` counts its changes."""

    id: str
    teacher: TeacherRef
    school: OrganisationOut
    project: str
    offers: list[str]
    item: int
    hours_centi: int
    state: enrolment.State
    version: int
    chosen_at: datetime
    confirmed_at: datetime | None
    registered_at: datetime | None
    reason: str


class SelectionQuery(Paging):
    """Which choices are wanted."""

    year: int = Field(ge=2000, le=2200)
    state: enrolment.State | None = None


class SelectionIn(In):
    """A choice for oneself; with the version that was seen, a change meanwhile is refused."""

    project: str
    item: int = Field(ge=1, le=12)
    offers: list[str] = Field(min_length=1, max_length=100)
    version: int | None = None


class SelectionMade(Schema):
    """A choice as it stands after the act."""

    id: str
    state: enrolment.State
    version: int


class SelectionSeen(In):
    """A choice to confirm; with the version that was seen, a change meanwhile is refused."""

    id: str
    version: int | None = None


class ConfirmationIn(In):
    """Choices to confirm, all or none."""

    selections: list[SelectionSeen] = Field(min_length=1, max_length=MANY)


class Confirmed(Schema):
    """How many choices are confirmed that were not before."""

    confirmed: int


class BillOut(Schema):
    """What a school owes for a set of teachers, in fen."""

    id: str
    number: str
    school: OrganisationOut
    state: finance.State
    amount_fen: int
    teacher_count: int
    made_at: datetime
    due_on: date
    paid_at: datetime | None
    transfer_reference: str


class BillQuery(Paging):
    """Which bills are wanted."""

    year: int = Field(ge=2000, le=2200)
    state: finance.State | None = None


class PaymentIn(In):
    """Bills that were paid by one transfer."""

    bills: list[str] = Field(min_length=1, max_length=MANY)
    transfer_reference: str = Field(min_length=1, max_length=60)


class Paid(Schema):
    """How many bills are paid that were not before."""

    paid: int


def _rows(found: Sequence[enrolment.CourseSelection]) -> list[SelectionOut]:
    chosen = enrolment.chosen_offers(one.pk for one in found)
    ids = {pk: offer.public_id for pk, offer in projects.offers_by_id(pk for some in chosen.values() for pk in some).items()}
    names = ("item", "hours_centi", "state", "version", "chosen_at", "confirmed_at", "registered_at", "reason")
    return [
        SelectionOut(
            id=one.public_id,
            teacher=teacher_ref(one.teacher),
            school=organisation(one.school),
            project=one.project.public_id,
            offers=[ids[pk] for pk in chosen.get(one.pk, ())],
            **{name: getattr(one, name) for name in names},
        )
        for one in found
    ]


@reads(router, "", "selections_list", Page[SelectionOut], permission=either(enrolment.SEE_SELECTIONS, enrolment.CHOOSE))
def selections_list(request: Request, wanted: Query[SelectionQuery]) -> Page[SelectionOut]:
    """The branch's choices of the year; a teacher's own."""
    found = enrolment.selections_in(request.actor.scope, year_named(request.actor, wanted.year).pk)
    if request.actor.role is Role.TEACHER:
        found = found.filter(teacher_id=request.actor.teacher_id or 0)
    if wanted.state:
        found = found.filter(state=wanted.state)
    return page_of(found, wanted, _rows)


@writes(router, "", "selections_choose", SelectionMade, permission=enrolment.CHOOSE, status=HTTPStatus.CREATED)
def selections_choose(request: Request, body: SelectionIn) -> SelectionMade:
    """Choose for oneself; choosing again changes the choice while it may be changed."""
    project = project_named(request.actor, body.project)
    known = {offer.public_id: offer.pk for offer in projects.offers_of([project.pk])[project.pk]}
    made = enrolment.choose(
        actor=request.actor,
        project_id=project.pk,
        item=body.item,
        offer_ids=all_of(known, body.offers),
        now=request.now,
        version=body.version,
    )
    return SelectionMade(id=made.public_id, state=enrolment.State(made.state), version=made.version)


@writes(router, "/confirmations", "selections_confirm", Confirmed, permission=enrolment.CONFIRM)
def selections_confirm(request: Request, body: ConfirmationIn) -> Confirmed:
    """Confirm choices of the own school; bills follow."""
    ids = enrolment.selection_ids(request.actor.scope, [one.id for one in body.selections])
    versions = {ids[one.id]: one.version for one in body.selections if one.version is not None}
    count = enrolment.confirm(actor=request.actor, selection_ids=ids.values(), versions=versions or None, now=request.now)
    return Confirmed(confirmed=count)


@reads(bills, "", "bills_list", Page[BillOut], permission=finance.SEE_BILLS)
def bills_list(request: Request, wanted: Query[BillQuery]) -> Page[BillOut]:
    """The branch's bills of the year."""
    found = finance.bills_in(request.actor.scope, year_named(request.actor, wanted.year).pk)
    return page_of(found.filter(state=wanted.state) if wanted.state else found, wanted, _bills)


def _bills(found: Sequence[finance.Bill]) -> list[BillOut]:
    counts = finance.teacher_counts(one.pk for one in found)
    names = ("number", "state", "amount_fen", "made_at", "due_on", "paid_at", "transfer_reference")
    return [
        BillOut(
            id=one.public_id,
            school=organisation(one.school),
            teacher_count=counts.get(one.pk, 0),
            **{name: getattr(one, name) for name in names},
        )
        for one in found
    ]


@writes(bills, "/payments", "bills_pay", Paid, permission=finance.PAY)
def bills_pay(request: Request, body: PaymentIn) -> Paid:
    """Mark bills as paid; their teachers are registered and get their cards."""
    found = finance.Bill.objects.within(request.actor.scope).filter(public_id__among=body.bills)
    ids = all_of(dict(found.values_list("public_id", "pk")), body.bills)
    count = finance.mark_bill_paid(actor=request.actor, bill_ids=ids, transfer_reference=body.transfer_reference, now=request.now)
    return Paid(paid=count)
