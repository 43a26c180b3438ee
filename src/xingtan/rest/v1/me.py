"""Who the token acts as, and what it may call."""

from __future__ import annotations

from ninja import Router, Schema

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.models import Organisation

from .http import Request
from .operations import PERMISSIONS, reads
from .shapes import OrganisationOut, organisation

router = Router(tags=["me"])


class MeOut(Schema):
    """The person, role and branch behind the token."""

    name: str
    role: str
    organisation: OrganisationOut | None
    teacher: str | None
    operations: list[str]


@reads(router, "", "me", MeOut)
def me(request: Request) -> MeOut:
    """Name, role, branch and the operations that this role may call."""
    actor = request.actor
    place = Organisation.everywhere.filter(pk=actor.organisation_id or 0).first()
    own = teachers.teachers_by_id([actor.teacher_id]) if actor.teacher_id else {}
    return MeOut(
        name=actor.name,
        role=actor.role.value,
        organisation=organisation(place) if place else None,
        teacher=own[actor.teacher_id].public_id if actor.teacher_id in own else None,
        operations=sorted(name for name, permission in PERMISSIONS.items() if actor.may(permission)),
    )
