"""Papers: printed, handed to the office for check and seal, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.papers import api as door

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, TeacherRef, organisation, teacher_ids, teacher_ref, year_named
from .trainings import Changed

router = Router(tags=["papers"])
MOST = 200


class PaperOut(Schema):
    """A paper; a school's list for title review has no teacher."""

    id: str
    number: str
    kind: door.Kind
    state: door.State
    teacher: TeacherRef | None
    school: OrganisationOut
    purpose: str
    changed_at: datetime
    due_on: date | None = Field(description="by when the office answers")


class StepOut(Schema):
    """A step of a paper."""

    step: door.Step
    at: datetime
    office: OrganisationOut | None
    reason: str
    words: str


class PaperWhole(PaperOut):
    """A paper with its steps."""

    steps: list[StepOut]


class PaperQuery(Paging):
    """Which papers are wanted; `q` is a number, a code or a name."""

    state: str = ""
    kind: str = ""
    q: str = Field(default="", max_length=60)


class PrintIn(In):
    """Which paper for whom: days for a statement of hours, a training year for all others."""

    kind: door.Kind
    teachers: list[str] = Field(min_length=1, max_length=MOST)
    from_on: date
    to_on: date
    year: int | None = None
    purpose: str = Field(min_length=1, max_length=80)


class Printed(Schema):
    """The papers that stand now."""

    papers: list[str]


class SubmissionIn(In):
    """Papers that go to the office, or come back from it unanswered."""

    papers: list[str] = Field(min_length=1, max_length=MOST)
    takes_back: bool = False


def _rows(found: Sequence[door.PaperState]) -> list[PaperOut]:
    return [PaperOut(**_values(one)) for one in found]


def _values(one: door.PaperState) -> dict[str, Any]:
    return {
        "id": one.paper.public_id,
        "number": one.paper.number,
        "kind": door.Kind(one.kind),
        "state": door.State(one.state),
        "teacher": teacher_ref(one.teacher) if one.teacher else None,
        "school": organisation(one.school),
        "purpose": one.paper.printing.purpose,
        "changed_at": one.changed_at,
        "due_on": one.due_on,
    }


@reads(router, "", "papers_list", Page[PaperOut], permission=door.SEE_PAPERS)
def papers_list(request: Request, wanted: Query[PaperQuery]) -> Page[PaperOut]:
    """Papers of the branch."""
    return page_of(door.papers_in(request.actor.scope, state=wanted.state, kind=wanted.kind, q=wanted.q), wanted, _rows)


@writes(router, "", "papers_print", Printed, permission=door.PRINT_PAPERS, status=HTTPStatus.CREATED)
def papers_print(request: Request, body: PrintIn) -> Printed:
    """Print a paper for each of these teachers, all or none."""
    year = year_named(request.actor, body.year) if body.year else None
    days = (body.from_on, body.to_on)
    asked = door.asked_for(body.kind, days=days, training_year=year, purpose=body.purpose, today=request.today)
    ids = teacher_ids(request.actor, body.teachers)
    made = door.print_papers(actor=request.actor, asked=asked, teacher_ids=ids, now=request.now)
    return Printed(papers=[one.public_id for one in door.papers_of(request.actor.scope, made.public_id)])


@writes(router, "/submissions", "papers_submit", Changed, permission=door.SUBMIT_PAPERS)
def papers_submit(request: Request, body: SubmissionIn) -> Changed:
    """Hand papers to the office for check and seal, or take them back."""
    act = door.take_back if body.takes_back else door.submit
    return Changed(changed=act(actor=request.actor, paper_ids=door.paper_ids_in(request.actor.scope, body.papers), now=request.now))


@reads(router, "/{paper}", "papers_get", PaperWhole, permission=door.SEE_PAPERS)
def papers_get(request: Request, paper: str) -> PaperWhole:
    """Where a paper stands, and every step before."""
    one = door.paper_in(request.actor.scope, paper)
    steps = [
        StepOut(
            step=door.Step(step.step), at=step.at, reason=step.reason, words=step.words,
            office=organisation(step.organisation) if step.organisation else None,
        )
        for step, _name in door.steps_of(one.paper)
    ]  # fmt: skip
    return PaperWhole(**_values(one), steps=steps)
