"""Hours claimed otherwise, for programs: what a branch has, and deciding on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.recognition import api as recognition

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, TeacherRef, YearQuery, all_of, organisation, teacher_ref, year_named
from .trainings import Changed

router = Router(tags=["claims"])
decisions = Router(tags=["claims"])


class ClaimOut(Schema):
    """Hours that a teacher claims, or was given, by a way of the pack."""

    id: str
    teacher: TeacherRef
    school: OrganisationOut
    way: str = Field(description="the code of the pack's way to earn")
    title: str
    happened_on: date
    amount_centi: int = Field(description="hundredths of the way's own unit")
    worth_centi: int = Field(description="hundredths of an hour before caps; 0 until it is recognised")
    state: str
    reason: str


class ClaimQuery(YearQuery):
    """Which claims are meant."""

    state: str = Field(default="", max_length=20)
    way: str = Field(default="", max_length=40)


class ClaimDecisionIn(In):
    """What is decided on claims; a return needs its reason."""

    claims: list[str] = Field(min_length=1, max_length=500)
    is_recognised: bool
    reason: str = Field(default="", max_length=300)


def _out(rows: Sequence[recognition.Claim]) -> list[ClaimOut]:
    names = ("way", "title", "happened_on", "amount_centi", "worth_centi", "state", "reason")
    return [
        ClaimOut.model_validate(
            {
                "id": one.public_id,
                "teacher": teacher_ref(one.teacher),
                "school": organisation(one.school),
                **{name: getattr(one, name) for name in names},
            }
        )
        for one in rows
    ]


@reads(router, "", "claims_list", Page[ClaimOut], permission=recognition.SEE_TRAININGS)
def claims_list(request: Request, paging: Query[Paging], asked: Query[ClaimQuery]) -> Page[ClaimOut]:
    """The branch's claims of the year, the newest first."""
    wanted = recognition.Wanted(state=asked.state, way=asked.way)
    return page_of(recognition.claims_in(request.actor.scope, year_named(request.actor, asked.year), wanted), paging, _out)


@writes(decisions, "", "claims_decide", Changed, permission=recognition.DECIDE_CLAIMS)
def claims_decide(request: Request, wanted: ClaimDecisionIn) -> Changed:
    """The claims are recognised or returned; all of them or none."""
    rows = recognition.Claim.objects.within(request.actor.scope).filter(public_id__in=wanted.claims)
    ids = all_of(dict(rows.values_list("public_id", "pk")), wanted.claims)
    done = recognition.decide_claims(
        actor=request.actor, ids=ids, is_recognised=wanted.is_recognised, reason=wanted.reason, now=request.now
    )
    return Changed(changed=done)
