"""The office compares, then confirms or refuses; what it sealed is revoked with a reason, or overtaken by a newer paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xingtan.domains.papers.access import SEAL_PAPERS
from xingtan.domains.papers.models import Paper, PaperState, PaperStep
from xingtan.domains.papers.queries.comparing import compared
from xingtan.domains.papers.rules import refuse_reason, refuse_seal, refuse_step
from xingtan.domains.papers.states import State, Step
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .moving import held, moved


@dataclass(frozen=True, slots=True)
class Why:
    """A reason's code, and words where the code does not say enough."""

    reason: str
    words: str = ""


@atomic
def seal(*, actor: Actor, paper_ids: Collection[int], mark: str, seen: Mapping[int, int] | None = None, now: datetime) -> int:
    """The papers are sealed under this mark; one that differs from the register only when all its differences were `seen` (how many).

    Refused `paper_same_person` for who printed or submitted one of them, `own_hours` for the person whom one is about.
    Older sealed papers of the same kind, days and person are overtaken. Sealing again changes nothing. Returns how many were sealed.
    """
    require(actor, SEAL_PAPERS)
    rows = [row for row in held(actor, paper_ids) if row.state != State.SEALED]
    teachers.refuse_own(actor, [row.teacher_id for row in rows])
    _refuse_same_person(actor, rows)
    for row in rows:
        if why := refuse_step(State(row.state), Step.SEALED):
            raise Refused(why, number=row.paper.number)
        found = compared(row.paper)
        if why := refuse_seal(mark, differences=len(found), are_seen=(seen or {}).get(row.pk) == len(found)):
            raise Refused(why, number=row.paper.number, count=len(found))
        moved(actor, [row], Step.SEALED, now=now, seal_mark=" ".join(mark.split())[:60], differences=[list(one) for one in found])
        _overtake(actor, row.paper, now)
    return len(rows)


def _refuse_same_person(actor: Actor, rows: Sequence[PaperState]) -> None:
    """Two people: who printed or submitted a paper does not seal it."""
    if actor.account_id is None:
        return
    handed = PaperStep.objects.filter(step__in=[Step.PRINTED, Step.SUBMITTED], account_id=actor.account_id)
    count = handed.filter(paper_id__among=[row.pk for row in rows]).values("paper_id").distinct().count()
    if count:
        raise Refused("paper_same_person", count=count)


@atomic
def refuse(*, actor: Actor, paper_ids: Collection[int], why: Why, now: datetime) -> int:
    """The papers went back with the reason and with what differed by then; refusing again changes nothing."""
    require(actor, SEAL_PAPERS)
    _refuse_reason(why)
    rows = [row for row in held(actor, paper_ids) if row.state != State.REFUSED]
    for row in rows:
        found = [list(one) for one in compared(row.paper)]
        moved(actor, [row], Step.REFUSED, now=now, reason=why.reason, words=why.words.strip(), differences=found)
    return len(rows)


@atomic
def revoke(*, actor: Actor, paper_id: int, why: Why, now: datetime) -> None:
    """The seal counts no more, and whoever checks the paper is told so; never undone."""
    require(actor, SEAL_PAPERS)
    _refuse_reason(why)
    [row] = held(actor, [paper_id])
    if row.state != State.REVOKED:
        moved(actor, [row], Step.REVOKED, now=now, reason=why.reason, words=why.words.strip())


def _refuse_reason(why: Why) -> None:
    if code := refuse_reason(why.reason, why.words):
        raise Refused(code)


def _overtake(actor: Actor, paper: Paper, now: datetime) -> None:
    """Sealed papers that say the same of the same days, and are older, point to this one."""
    one = paper.printing
    older = PaperState.everywhere.filter(state=State.SEALED, kind=one.kind, school_id=paper.school_id)
    older = older.filter(teacher_id=paper.teacher_id) if paper.teacher_id else older.filter(teacher=None)
    same = older.filter(paper__printing__from_on=one.from_on, paper__printing__to_on=one.to_on, paper__printing__purpose=one.purpose)
    rows: Sequence[PaperState] = list(same.exclude(pk=paper.pk).select_related("paper__printing").order_by("pk"))
    moved(actor, rows, Step.OVERTAKEN, now=now, replaced_by=paper)
