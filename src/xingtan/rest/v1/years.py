"""Training years and the policy packs that they are bound to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.core.calendar import Window, WindowKind
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, organisation

router = Router(tags=["years"])
packs = Router(tags=["policy packs"])


class WindowOut(Schema):
    """First and last day, both included, on which one kind of act is open."""

    kind: WindowKind
    opens_on: date
    closes_on: date


class PackRef(Schema):
    """One version of a policy pack; the digest names its words exactly."""

    code: str
    version: str
    digest: str


class YearOut(Schema):
    """A training year of the province."""

    year: int
    state: policies.YearState
    theme: str
    first_on: date
    last_on: date
    cycle_first: int
    cycle_last: int
    province: OrganisationOut
    pack: PackRef
    windows: list[WindowOut]


class WindowIn(In):
    """The days of one kind of act."""

    kind: WindowKind
    opens_on: date
    closes_on: date


class YearIn(In):
    """A year to open. Without windows those that the pack proposes."""

    year: int = Field(ge=2000, le=2200)
    pack: str = Field(min_length=64, max_length=64, description="the digest of an adopted pack")
    theme: str = Field(default="", max_length=120)
    windows: list[WindowIn] | None = Field(default=None, max_length=40)


class PackOut(PackRef):
    """An adopted pack."""

    title_zh: str
    title_en: str
    adopted_at: datetime


class PackWhole(PackOut):
    """A pack with its words."""

    text: str


def pack_ref(pack: policies.PolicyPack) -> PackRef:
    """Code, version and digest."""
    return PackRef(code=pack.code, version=pack.version, digest=pack.digest)


def shaped(years: Sequence[policies.TrainingYear]) -> list[YearOut]:
    """The years with their windows, in one query more."""
    windows = policies.windows_by_year([year.pk for year in years])
    return [_year(year, windows[year.pk]) for year in years]


def _year(year: policies.TrainingYear, windows: Mapping[WindowKind, Window]) -> YearOut:
    return YearOut(
        year=year.year,
        state=policies.YearState(year.state),
        theme=year.theme,
        first_on=year.first_on,
        last_on=year.last_on,
        cycle_first=year.cycle_first,
        cycle_last=year.cycle_last,
        province=organisation(year.organisation),
        pack=pack_ref(year.pack),
        windows=[WindowOut(kind=kind, opens_on=one.opens_on, closes_on=one.closes_on) for kind, one in windows.items()],
    )


@reads(router, "", "years_list", Page[YearOut])
def years_list(request: Request, paging: Query[Paging]) -> Page[YearOut]:
    """The training years that hold for the own branch, open and closed."""
    return page_of(policies.years_for(request.actor), paging, shaped)


@writes(router, "", "years_open", YearOut, permission=policies.OPEN_YEAR, status=HTTPStatus.CREATED)
def years_open(request: Request, body: YearIn) -> YearOut:
    """Open a training year, bound for good to the pack; the same twice is one year."""
    days = None if body.windows is None else {one.kind: (one.opens_on, one.closes_on) for one in body.windows}
    opened = policies.open_year(
        actor=request.actor,
        organisation_id=request.actor.organisation_id or 0,
        year=body.year,
        pack_id=_pack(body.pack).pk,
        windows=days,
        theme=body.theme,
        now=request.now,
    )
    return shaped([opened])[0]


@reads(packs, "", "policy_packs_list", Page[PackOut], permission=policies.SEE_POLICIES)
def packs_list(request: Request, paging: Query[Paging]) -> Page[PackOut]:
    """The adopted policy packs."""
    return page_of(policies.packs(), paging, lambda rows: [PackOut(**_facts(pack)) for pack in rows])


@reads(packs, "/{digest}", "policy_packs_get", PackWhole, permission=policies.SEE_POLICIES)
def packs_get(request: Request, digest: str) -> PackWhole:
    """One pack, word for word."""
    pack = _pack(digest)
    return PackWhole(**_facts(pack), text=pack.text)


def _pack(digest: str) -> policies.PolicyPack:
    pack = policies.packs().filter(digest=digest).first()
    if pack is None:
        raise NotInScope
    return pack


def _facts(pack: policies.PolicyPack) -> dict[str, Any]:
    return {**pack_ref(pack).model_dump(), "title_zh": pack.title_zh, "title_en": pack.title_en, "adopted_at": pack.adopted_at}
