"""Eligibility: what a statement would say, statements as they were issued, and issuing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from django.utils.translation import get_language
from ninja import Query, Router, Schema
from ninja.errors import ValidationError
from pydantic import Field

from xingtan.domains.eligibility import api as door
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import Refused
from xingtan.foundation.words import refusal_sentence

from .http import Request
from .jobs import JobStarted
from .operations import either, reads, writes
from .paging import Page, Paging, page_of
from .shapes import MANY, In, OrganisationOut, TeacherRef, organisation, organisation_named, teacher_ids, teacher_ref
from .teachers import teacher_seen

router = Router(tags=["eligibility"])
statements = Router(tags=["eligibility"])
SEE = either(door.SEE_ELIGIBILITY, door.SEE_OWN_ELIGIBILITY)


class AskQuery(Schema):
    """For which day, and with what was known by which moment."""

    on: date | None = Field(default=None, description="today when left out")
    known_at: datetime | None = Field(default=None, description="now when left out")


class WhyOut(Schema):
    """A reason as a code with its numbers, and as a sentence."""

    code: str
    params: dict[str, int | str]
    sentence: str


class WaitingEntry(Schema):
    """A line of hours that was there and not verified."""

    number: str
    title: str
    provider: str
    component: str
    happened_on: date
    recognised_centi: int
    state: str
    since_at: datetime
    reason_code: str


class StandingOut(Schema):
    """A year, or the cycle that begins with it, as it was known; `verdict` is empty before it was determined."""

    year: int
    is_cycle: bool
    verdict: str
    word: str
    is_due: bool = Field(description="it had ended by the day, or was final")
    is_final: bool
    required_centi: int
    recognised_centi: int
    verified_centi: int
    determined_at: datetime | None
    examined_at: datetime | None
    reasons: list[WhyOut]
    entries: list[WaitingEntry]


class GroundOut(Schema):
    """A year, or a cycle, whose verdict brings a consequence."""

    year: int
    is_cycle: bool
    verdict: str


class UntilOut(Schema):
    """What lifts a consequence: the verdict, the way to it and the days on which the policy opens that way."""

    verdict: str
    way: str
    year: int
    opens_on: date | None
    closes_on: date | None


class ConsequenceOut(Schema):
    """A consequence of verdicts and how it stands for the person."""

    code: str
    label: str
    effect: door.Effect
    is_good: bool
    applied_by: list[str]
    because: list[GroundOut]
    until: UntilOut | None
    clause: str


class EligibilityOut(Schema):
    """What was known of a person by a moment, for a day."""

    finding: door.Finding
    word: str
    on: date
    known_at: datetime
    school: str
    years: list[StandingOut]
    cycles: list[StandingOut]
    consequences: list[ConsequenceOut]


class StatementOut(Schema):
    """A statement as it was issued; `digest` covers its whole content."""

    id: str
    run: str
    number: str
    check_code: str
    teacher: TeacherRef
    school: OrganisationOut
    finding: door.Finding
    on: date
    known_at: datetime
    issued_at: datetime
    digest: str


class StatementFull(StatementOut):
    """A statement with what it says; `agrees` when the facts, asked again as known then, give the same."""

    eligibility: EligibilityOut
    is_intact: bool
    agrees: bool


class StatementQuery(Paging):
    """Which statements are wanted."""

    run: str | None = None
    finding: door.Finding | None = None
    q: str = Field(default="", max_length=60, description="name, staff number, statement number or check code")


class IssueIn(In):
    """Whose statements, for which day: the teachers named, or everyone in post of a branch (the own where none is named)."""

    on: date
    known_at: datetime | None = None
    teachers: list[str] | None = Field(default=None, min_length=1, max_length=MANY)
    organisation: str | None = None


def _said(pair: Mapping[str, str]) -> str:
    return pair["en" if (get_language() or "").startswith("en") else "zh"]


def _shaped(content: Mapping[str, Any]) -> EligibilityOut:
    finding = door.Finding(content["finding"])
    return EligibilityOut(
        finding=finding,
        word=str(door.FINDINGS[finding]),
        on=content["on"],
        known_at=content["known_at"],
        school=_said(content["profile"]["school"]),
        years=[_standing(one, one["year"], is_cycle=False) for one in content["years"]],
        cycles=[_standing(one, one["first"], is_cycle=True) for one in content["cycles"]],
        consequences=[_consequence(one) for one in content["effects"]],
    )


def _standing(one: Mapping[str, Any], year: int, *, is_cycle: bool) -> StandingOut:
    return StandingOut(
        year=year,
        is_cycle=is_cycle,
        verdict=one["verdict"],
        word=_said(one["word"]),
        is_due=one["is_due"],
        is_final=one["is_final"],
        required_centi=one.get("required", 0),
        recognised_centi=one.get("recognised", 0),
        verified_centi=one.get("verified", 0),
        determined_at=one.get("determined_at") or None,
        examined_at=one.get("examined_at") or None,
        reasons=[WhyOut(code=reason["code"], params=reason["params"], sentence=_said(reason)) for reason in one["reasons"]],
        entries=[_entry(entry) for entry in one.get("entries", ())],
    )


def _entry(one: Mapping[str, Any]) -> WaitingEntry:
    return WaitingEntry(
        number=one["number"],
        title=_said(one["title"]),
        provider=_said(one["provider"]),
        component=_said(one["component"]),
        happened_on=one["on"],
        recognised_centi=one["hours"],
        state=one["state"],
        since_at=one["since"],
        reason_code=one["reason"],
    )


def _consequence(one: Mapping[str, Any]) -> ConsequenceOut:
    until = one["until"]
    return ConsequenceOut(
        label=_said(one),
        because=[GroundOut(**ground) for ground in one["because"]],
        until=_until(until),
        **{name: one[name] for name in ("code", "effect", "is_good", "applied_by", "clause")},
    )


def _until(until: Mapping[str, Any] | None) -> UntilOut | None:
    if until is None:
        return None
    return UntilOut.model_validate({**until, "opens_on": until["opens_on"] or None, "closes_on": until["closes_on"] or None})


def _rows(found: Sequence[door.Statement]) -> list[StatementOut]:
    return [StatementOut(**_brief(one)) for one in found]


def _brief(one: door.Statement) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "run": one.run.public_id,
        "teacher": teacher_ref(one.teacher),
        "school": organisation(one.school),
        "on": one.run.on,
        "known_at": one.run.known_at,
        "issued_at": one.run.issued_at,
        **{name: getattr(one, name) for name in ("number", "check_code", "finding", "digest")},
    }


@reads(router, "/{teacher}", "eligibility_get", EligibilityOut, permission=SEE)
def eligibility_get(request: Request, teacher: str, wanted: Query[AskQuery]) -> EligibilityOut:
    """What a statement of this teacher of the branch (or of oneself) would say; nothing is issued."""
    found = teacher_seen(request.actor, teacher)
    on, known_at = wanted.on or request.today, wanted.known_at or request.now
    if why := door.refuse_asking(on, known_at, today=request.today, now=request.now):
        place = "on" if "day" in why else "known_at"
        raise ValidationError([{"loc": ("query", place), "type": why, "msg": refusal_sentence(Refused(why))}])
    return _shaped(door.answers_of([found.pk], on, known_at)[found.pk])


@reads(statements, "", "eligibility_statements_list", Page[StatementOut], permission=SEE)
def eligibility_statements_list(request: Request, wanted: Query[StatementQuery]) -> Page[StatementOut]:
    """The branch's statements; a teacher's own, the newest first."""
    if request.actor.role is Role.TEACHER:
        return Page(rows=_rows(door.statements_of(request.actor.teacher_id or 0)))
    run = door.run_in(request.actor.scope, wanted.run) if wanted.run else None
    finding = wanted.finding.value if wanted.finding else ""
    return page_of(door.statements_in(request.actor.scope, run=run, finding=finding, q=wanted.q), wanted, _rows)


@reads(statements, "/{statement}", "eligibility_statements_get", StatementFull, permission=SEE)
def eligibility_statements_get(request: Request, statement: str) -> StatementFull:
    """One statement of the branch, or of one's own, with everything it says."""
    one = _seen(request.actor, statement)
    is_intact = not door.broken_proofs(one)
    agrees = is_intact and door.agrees(one)
    return StatementFull(**_brief(one), eligibility=_shaped(one.frozen["content"]), is_intact=is_intact, agrees=agrees)


def _seen(actor: Actor, public_id: str) -> door.Statement:
    if actor.role is Role.TEACHER:
        return door.own_statement(actor.teacher_id or 0, public_id)
    return door.statement_in(actor.scope, public_id)


@writes(statements, "", "eligibility_statements_issue", JobStarted, permission=door.ISSUE_STATEMENTS, status=HTTPStatus.ACCEPTED)
def eligibility_statements_issue(request: Request, body: IssueIn) -> JobStarted:
    """Issue statements in the background; the job's result names the run."""
    known_at = body.known_at or request.now
    if why := door.refuse_asking(body.on, known_at, today=request.today, now=request.now):
        raise Refused(why)
    ids = _people(request.actor, body)
    params = {"teachers": ids, "on": body.on.isoformat(), "known_at": body.known_at.isoformat() if body.known_at else ""}
    return JobStarted(job=start_job(actor=request.actor, kind=door.ISSUE_JOB, params=params, now=request.now).public_id)


def _people(actor: Actor, body: IssueIn) -> list[int]:
    if body.teachers is not None:
        return teacher_ids(actor, body.teachers)
    scope = organisation_named(actor, body.organisation).scope if body.organisation else actor.scope
    if door.branch_count(scope) > door.MOST_LINES:
        raise Refused("eligibility_too_many", most=door.MOST_LINES)
    return door.branch_ids(scope)
