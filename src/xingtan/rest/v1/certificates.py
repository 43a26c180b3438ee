"""Pages of certificates, and the check that anyone may ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates import api as certificates
from xingtan.foundation.people.roles import Actor, Role

from .http import Request
from .operations import ANYONE, either, reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, TeacherRef, organisation, teacher_ref

router = Router(tags=["certificates"])
checks = Router(tags=["check"])
SEE = either(certificates.SEE_CERTIFICATES, certificates.SEE_OWN_CERTIFICATES)


class PageOut(Schema):
    """One year on a teacher's certificate."""

    id: str
    number: str
    code: str
    check_address: str
    teacher: TeacherRef
    school: OrganisationOut
    year: int
    version: int
    verdict: Verdict
    required_centi: int
    recognised_centi: int
    state: certificates.PageState
    issued_at: datetime
    ended_at: datetime | None
    end_reason: str


class PageQuery(Paging):
    """Which pages are wanted."""

    year: int | None = None
    state: certificates.PageState | None = None
    q: str = Field(default="", max_length=80, description="number, code or name")


class RevocationIn(In):
    """Why a page is revoked; `other` needs words."""

    reason: certificates.RevokeReason
    words: str = Field(default="", max_length=200)


class Revoked(Schema):
    """The page as it stands after the act."""

    id: str
    state: certificates.PageState
    ended_at: datetime | None


class CheckedYear(Schema):
    """A year of the certificate's cycle; without a page the hours are null."""

    year: int
    hours_centi: int | None
    required_centi: int | None
    word: str
    is_asked: bool


class Proof(Schema):
    """One thing that was proved anew."""

    is_met: bool
    label: str
    value: str


class Revocation(Schema):
    """Since when and why a page proves nothing, and what took its place."""

    at: datetime | None
    by: str
    reason: str
    year: int
    replacement: str


class CheckOut(Schema):
    """What a number or a code is worth at this moment; the holder's name is masked."""

    state: certificates.Found
    why: str
    checked_at: datetime
    title: str = ""
    number: str = ""
    code: str = ""
    holder: str = ""
    school: str = ""
    cycle: str = ""
    issuer: str = ""
    year: int | None = None
    required_centi: int | None = None
    years: list[CheckedYear] = []
    proofs: list[Proof] = []
    revoked: Revocation | None = None


def _rows(found: Sequence[certificates.CertificatePage]) -> list[PageOut]:
    names = ("version", "state", "issued_at", "ended_at", "end_reason")
    return [
        PageOut(
            id=one.public_id,
            number=one.certificate.number,
            code=one.check_code,
            check_address=f"{settings.PUBLIC_URL}/check/{one.check_code}/",
            teacher=teacher_ref(one.certificate.teacher),
            school=organisation(one.certificate.school),
            year=one.training_year.year,
            verdict=Verdict(one.frozen["verdict"]),
            required_centi=one.frozen["required"],
            recognised_centi=one.frozen["recognised"],
            **{name: getattr(one, name) for name in names},
        )
        for one in found
    ]


@reads(router, "", "certificates_list", Page[PageOut], permission=SEE)
def certificates_list(request: Request, wanted: Query[PageQuery]) -> Page[PageOut]:
    """The branch's pages; a teacher's own, the newest cycle first."""
    if request.actor.role is Role.TEACHER:
        own = certificates.own_certificates(request.actor.teacher_id or 0)
        pages = [one.page for _certificate, years in own for one in years if one.page]
        return Page(rows=[_seen(request.actor, page.public_id) for page in pages if wanted.year in (None, page.training_year.year)])
    found = certificates.pages_in(request.actor.scope, q=wanted.q, year=wanted.year, state=wanted.state.value if wanted.state else "")
    return page_of(found, wanted, _rows)


@reads(router, "/{page}", "certificates_get", PageOut, permission=SEE)
def certificates_get(request: Request, page: str) -> PageOut:
    """One page of the branch, or of one's own."""
    return _seen(request.actor, page)


def _seen(actor: Actor, public_id: str) -> PageOut:
    if actor.role is Role.TEACHER:
        return _rows([certificates.own_page(actor.teacher_id or 0, public_id)])[0]
    return _rows([certificates.page_in(actor.scope, public_id)])[0]


@writes(router, "/{page}/revocation", "certificates_revoke", Revoked, permission=certificates.REVOKE)
def certificates_revoke(request: Request, page: str, body: RevocationIn) -> Revoked:
    """Revoke a page; everyone who checks it is told why. Doing it again changes nothing."""
    held = certificates.page_in(request.actor.scope, page)
    done = certificates.revoke(actor=request.actor, page_id=held.pk, reason=body.reason.value, words=body.words, now=request.now)
    return Revoked(id=done.public_id, state=certificates.PageState(done.state), ended_at=done.ended_at)


@reads(checks, "/{text}", "check", CheckOut, permission=ANYONE)
def check(request: Request, text: str) -> CheckOut:
    """Is the certificate with this number or code valid? No token is needed."""
    found: dict[str, Any] = dict(certificates.check_result(text, now=request.now))
    found["years"] = [{**one, "word": str(one["word"])} for one in found.get("years", ())]
    found["proofs"] = [{**one, "label": str(one["label"]), "value": str(one["value"])} for one in found.get("proofs", ())]
    if revoked := found.get("revoked"):
        found["revoked"] = {**revoked, "reason": str(revoked["reason"])}
    return CheckOut.model_validate({name: value for name, value in found.items() if name in CheckOut.model_fields})
