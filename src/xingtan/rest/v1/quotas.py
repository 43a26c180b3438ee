"""Seats of projects: what the branch holds, sharing out, giving back."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from ninja import Router, Schema
from pydantic import Field

from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as room
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation

from .http import Request
from .operations import reads, writes
from .shapes import In, OrganisationOut, organisation

router = Router(tags=["quotas"])
MOST = 1_000_000


class QuotaOut(Schema):
    """Seats that an office or school holds; `from_id` is the quota they came from."""

    id: str
    holder: OrganisationOut
    category: str
    held: int
    passed_down: int
    given: int
    free: int
    is_reserved: bool
    return_by: date | None
    from_id: str | None


class QuotasOut(Schema):
    """Quotas, from the top down."""

    rows: list[QuotaOut]


class GrantIn(In):
    """How many seats of a category one's own project has."""

    project: str
    category: str = Field(default="", max_length=32)
    seats: int = Field(ge=0, le=MOST)


class ShareIn(In):
    """What offices directly below shall hold, by their ids; the others stay."""

    targets: dict[str, int] = Field(min_length=1, max_length=2_000)
    return_by: date | None = None
    reason: str = Field(default="", max_length=200)


class ReturnIn(In):
    """How many free seats go back up."""

    seats: int = Field(ge=1, le=MOST)
    reason: str = Field(default="", max_length=200)


def _out(one: room.Quota) -> QuotaOut:
    names = ("category", "held", "passed_down", "given", "free", "is_reserved", "return_by")
    above = one.parent.public_id if one.parent else None
    return QuotaOut(id=one.public_id, holder=organisation(one.organisation), from_id=above, **{name: getattr(one, name) for name in names})


def _own(request: Request, public_id: str) -> room.Quota:
    found = room.quota_in(request.actor.scope, public_id)
    if found.organisation_id != request.actor.organisation_id:
        raise NotInScope
    return found


@reads(router, "/{project}", "quotas_list", QuotasOut, permission=room.SEE_QUOTAS)
def quotas_list(request: Request, project: str) -> QuotasOut:
    """The project's seats in the branch, from the top down."""
    found = projects.project_in(request.actor.scope, project)
    return QuotasOut(rows=[_out(one) for one in room.quotas_in(request.actor.scope, found.pk)])


@writes(router, "", "quotas_grant", QuotaOut, permission=room.GRANT, status=HTTPStatus.OK)
def quotas_grant(request: Request, body: GrantIn) -> QuotaOut:
    """Set the seats of one's own project."""
    found = projects.project_in(request.actor.scope, body.project)
    made = room.grant(actor=request.actor, project_id=found.pk, category=body.category, seats=body.seats, now=request.now)
    return _out(room.quota_in(request.actor.scope, made.public_id))


@writes(router, "/{quota}/shares", "quotas_share", QuotasOut, permission=room.PASS_DOWN, status=HTTPStatus.OK)
def quotas_share(request: Request, quota: str, body: ShareIn) -> QuotasOut:
    """Share out one's own seats; all of it or nothing."""
    own = _own(request, quota)
    known = dict(Organisation.objects.within(request.actor.scope).filter(public_id__in=list(body.targets)).values_list("public_id", "pk"))
    if set(known) != set(body.targets):
        raise NotInScope
    targets = {known[public_id]: seats for public_id, seats in body.targets.items()}
    room.share_out(actor=request.actor, quota_id=own.pk, targets=targets, return_by=body.return_by, reason=body.reason, now=request.now)
    return QuotasOut(rows=[_out(one) for one in room.below([own.pk]).select_related("organisation", "parent")])


@writes(router, "/{quota}/returns", "quotas_return", QuotaOut, permission=room.GIVE_BACK, status=HTTPStatus.OK)
def quotas_return(request: Request, quota: str, body: ReturnIn) -> QuotaOut:
    """Give free seats back to the office they came from."""
    own = _own(request, quota)
    room.give_back(actor=request.actor, seats={own.pk: body.seats}, reason=body.reason, now=request.now)
    return _out(room.quota_in(request.actor.scope, quota))
