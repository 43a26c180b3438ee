"""The registers to read: trainers and their ratios, cadres, providers' standings, offices beside the tree, members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ninja import Query, Router, Schema

from xingtan.domains.registers import api as door

from .http import Request
from .operations import reads
from .paging import Page, Paging, page_of
from .shapes import OrganisationOut, TeacherRef, organisation, teacher_ref

router = Router(tags=["registers"])


class RegisterQuery(Paging):
    """Which rows are wanted."""

    q: str = ""
    state: str = ""


class PoolMemberOut(Schema):
    """A person nominated for a team of an office's trainer pool."""

    id: str
    office: OrganisationOut
    name: str
    workplace: str
    team: door.Team
    duties: str
    competence: str
    from_on: date
    to_on: date | None
    state: door.PoolState


class RatioOut(Schema):
    """Trainees of an office, one expert for so many, experts asked for, in the pool and missing, and everybody in it by team."""

    office: OrganisationOut
    trainees: int
    per: int
    needed: int
    held: int
    missing: int
    teams: dict[str, int]


class CadreOut(Schema):
    """A cadre's post and the training needed next."""

    id: str
    teacher: TeacherRef
    school: OrganisationOut
    duty: door.Duty
    need: str
    from_on: date
    to_on: date | None


class StandingOut(Schema):
    """What an office holds of a provider."""

    office: OrganisationOut
    provider: OrganisationOut
    licence: str
    fields: str
    standing: door.Standing
    reason: str
    until_on: date | None


class SeatOut(Schema):
    """A person of an office beside the tree."""

    name: str
    post: str
    duty: door.OfficeDuty
    from_on: date
    to_on: date | None


class SideOfficeOut(Schema):
    """An office beside the tree with its people."""

    id: str
    beside: OrganisationOut
    kind: door.OfficeKind
    name: str
    project: str
    from_on: date
    to_on: date | None
    people: list[SeatOut]


class MemberOut(Schema):
    """A member, or who asked to become one."""

    id: str
    county: OrganisationOut
    kind: door.MemberKind
    name: str
    state: door.MemberState
    applied_at: datetime
    decided_at: datetime | None
    reason: str


def _facts(one: object, shape: type[Schema], *but: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in shape.model_fields if name not in ("id", *but)}


def _narrowed(rows: Any, wanted: RegisterQuery) -> Any:  # noqa: ANN401 -- any register's rows
    return rows.filter(state=wanted.state) if wanted.state else rows


@reads(router, "/pool", "pool_list", Page[PoolMemberOut], permission=door.SEE_REGISTERS)
def pool_list(request: Request, wanted: Query[RegisterQuery]) -> Page[PoolMemberOut]:
    """The branch's pools, and whom the branch nominated to those above."""

    def shape(rows: Sequence[door.PoolMember]) -> list[PoolMemberOut]:
        return [PoolMemberOut(id=one.public_id, office=organisation(one.office), **_facts(one, PoolMemberOut, "office")) for one in rows]

    return page_of(_narrowed(door.pool_in(request.actor.scope, wanted.q), wanted), wanted, shape)


@reads(router, "/ratios", "ratios_list", list[RatioOut], permission=door.SEE_REGISTERS)
def ratios_list(request: Request) -> list[RatioOut]:
    """What 1 : 500 and 1 : 30 ask for, office by office."""
    return [
        RatioOut(office=organisation(row.office), teams=row.teams, **_facts(row.ratio, RatioOut, "office", "teams"))
        for row in door.ratios_in(request.actor.scope, request.today)
    ]


@reads(router, "/cadres", "cadres_list", Page[CadreOut], permission=door.SEE_REGISTERS)
def cadres_list(request: Request, wanted: Query[RegisterQuery]) -> Page[CadreOut]:
    """The branch's cadres, past and present."""

    def shape(rows: Sequence[door.Cadre]) -> list[CadreOut]:
        return [
            CadreOut(
                id=one.public_id,
                teacher=teacher_ref(one.teacher),
                school=organisation(one.school),
                **_facts(one, CadreOut, "teacher", "school"),
            )
            for one in rows
        ]

    return page_of(door.cadres_in(request.actor.scope, wanted.q), wanted, shape)


@reads(router, "/providers", "standings_list", Page[StandingOut], permission=door.SEE_REGISTERS)
def standings_list(request: Request, wanted: Query[RegisterQuery]) -> Page[StandingOut]:
    """What the branch's offices hold of training providers."""

    def shape(rows: Sequence[door.ProviderRecord]) -> list[StandingOut]:
        return [
            StandingOut(
                office=organisation(one.office), provider=organisation(one.provider), **_facts(one, StandingOut, "office", "provider")
            )
            for one in rows
        ]

    return page_of(door.provider_records_in(request.actor.scope, wanted.q), wanted, shape)


@reads(router, "/offices", "side_offices_list", Page[SideOfficeOut], permission=door.SEE_REGISTERS)
def side_offices_list(request: Request, wanted: Query[RegisterQuery]) -> Page[SideOfficeOut]:
    """The branch's offices beside the tree, with head and members."""

    def shape(rows: Sequence[door.SideOffice]) -> list[SideOfficeOut]:
        return [
            SideOfficeOut(
                id=one.public_id,
                beside=organisation(one.organisation),
                people=[SeatOut(**_facts(person, SeatOut)) for person in door.members_of(one)],
                **_facts(one, SideOfficeOut, "beside", "people"),
            )
            for one in rows
        ]

    return page_of(door.side_offices_in(request.actor.scope, wanted.q), wanted, shape)


@reads(router, "/members", "members_list", Page[MemberOut], permission=door.SEE_MEMBERS)
def members_list(request: Request, wanted: Query[RegisterQuery]) -> Page[MemberOut]:
    """Members of the branch's counties, and who asked; contacts and phones stay on the pages."""

    def shape(rows: Sequence[door.Membership]) -> list[MemberOut]:
        return [MemberOut(id=one.public_id, county=organisation(one.county), **_facts(one, MemberOut, "county")) for one in rows]

    return page_of(_narrowed(door.memberships_in(request.actor.scope, wanted.q), wanted), wanted, shape)
