"""Printing: the papers stand with number, code and content, for one teacher, for many, or for a school's list."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from xingtan.domains.papers.access import PRINT_OWN_PAPER, PRINT_PAPERS
from xingtan.domains.papers.models import Paper, PaperState, PaperStep, Printing
from xingtan.domains.papers.queries.asking import Asked
from xingtan.domains.papers.queries.content import contents_of, roll_of
from xingtan.domains.papers.states import Kind, State, Step
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import tell_progress
from xingtan.foundation.ledger.digests import line_digest
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from .numbering import fresh_codes, fresh_numbers

PORTION = 200


class Drawn(NamedTuple):
    """A paper before it has its number; a school's list has no teacher."""

    teacher_id: int | None
    school_id: int
    content: dict[str, Any]


@atomic
def print_papers(*, actor: Actor, asked: Asked, teacher_ids: Collection[int], job: Job | None = None, now: datetime) -> Printing:
    """Each of these teachers has the paper, by name; all of them or none. `NotInScope` for a teacher elsewhere, `Refused` for nobody."""
    require(actor, PRINT_PAPERS)
    people = list(teachers.teachers_in(actor.scope).filter(pk__among=set(teacher_ids)).order_by("name_pinyin", "pk"))
    if len(people) != len(set(teacher_ids)):
        raise NotInScope
    return _printed(actor, asked, _drawn(asked, people, job), now)


@atomic
def print_own(*, actor: Actor, asked: Asked, now: datetime) -> Paper:
    """The teacher has the paper of the own hours."""
    require(actor, PRINT_OWN_PAPER)
    if actor.teacher_id is None or asked.kind is Kind.ROLL:
        raise NotInScope
    [person] = teachers.teachers_by_id([actor.teacher_id]).values()
    return Paper.everywhere.get(printing=_printed(actor, asked, _drawn(asked, [person], None), now))


@atomic
def print_roll(*, actor: Actor, asked: Asked, school: Organisation, now: datetime) -> Paper:
    """The school's list for title review stands as one paper; refused when nobody is in post."""
    require(actor, PRINT_PAPERS)
    if not Organisation.objects.within(actor.scope).filter(pk=school.pk).exists() or asked.kind is not Kind.ROLL:
        raise NotInScope
    people = list(teachers.teachers_in_post(school.scope).order_by("name_pinyin", "pk"))
    drawn = [Drawn(None, school.pk, roll_of(asked, people, school))] if people else []
    return Paper.everywhere.get(printing=_printed(actor, asked, drawn, now))


def _drawn(asked: Asked, people: Sequence[teachers.Teacher], job: Job | None) -> list[Drawn]:
    """The contents in the people's order; a school's worth is read at a time."""
    found: list[Drawn] = []
    for start in range(0, len(people), PORTION):
        portion = people[start : start + PORTION]
        contents = contents_of(asked, portion, portion[0].school)
        found += [Drawn(one.pk, one.school_id, contents[one.pk]) for one in portion]
        if job is not None:
            tell_progress(job, len(found), len(people))
    return found


def _printed(actor: Actor, asked: Asked, drawn: Sequence[Drawn], now: datetime) -> Printing:
    if not drawn:
        raise Refused("paper_nobody")
    printing = Printing.everywhere.create(
        organisation_id=actor.organisation_id or drawn[0].school_id,
        account_id=actor.account_id,
        kind=asked.kind,
        purpose=asked.purpose,
        from_on=asked.from_on,
        to_on=asked.to_on,
        training_year=asked.training_year,
        paper_count=len(drawn),
        printed_at=now,
    )
    numbers, codes = fresh_numbers([one.school_id for one in drawn], now), fresh_codes(len(drawn))
    rows = [_paper(printing, one, number, code) for one, number, code in zip(drawn, numbers, codes, strict=True)]
    papers = Paper.everywhere.bulk_create(rows, batch_size=200)
    step = {"step": Step.PRINTED, "at": now, "account_id": actor.account_id, "organisation_id": actor.organisation_id}
    PaperStep.objects.bulk_create([PaperStep(paper=one, **step) for one in papers], batch_size=200)
    PaperState.everywhere.bulk_create([_state(one, asked.kind, now) for one in papers], batch_size=200)
    record(actor, "papers.printed", "printing", [printing.pk], now=now, detail={"papers": len(papers), "kind": asked.kind.value})
    return printing


def _paper(printing: Printing, drawn: Drawn, number: str, code: str) -> Paper:
    """The salt makes the digest say nothing about the person once the content is gone."""
    content = drawn.content | {"salt": secrets.token_hex(8), "number": number, "code": code, "printed": printing.printed_at.isoformat()}
    names = {"teacher_id": drawn.teacher_id, "school_id": drawn.school_id}
    return Paper(printing=printing, number=number, check_code=code, content=content, digest=line_digest(content), **names)


def _state(paper: Paper, kind: Kind, now: datetime) -> PaperState:
    whose = {"teacher_id": paper.teacher_id, "school_id": paper.school_id}
    return PaperState(paper=paper, state=State.PRINTED, kind=kind, changed_at=now, **whose)
