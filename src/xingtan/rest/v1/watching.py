"""What looks wrong in learned time, deciding on it, and the live view of a project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.anomalies import api as anomalies
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, TeacherRef, organisation, teacher_ref

router = Router(tags=["watching"])
decisions = Router(tags=["watching"])
live = Router(tags=["watching"])


class ConcernOut(Schema):
    """One teacher in a case, and where the matter stands for this teacher."""

    teacher: TeacherRef
    school: OrganisationOut
    state: str
    reason_code: str
    learned_s: int = Field(description="learned time of this teacher's evidence")
    due_on: date | None


class AnomalyOut(Schema):
    """A case: what looks wrong, how sure it is, on which days, whom it concerns."""

    id: str
    kind: str
    word: str
    sureness: str
    year: int
    first_on: date
    last_on: date
    found_at: datetime
    is_open: bool
    concerns: list[ConcernOut]


class AnomalyQuery(Schema):
    """Which cases are meant."""

    tab: str = Field(default="", description="look, asked, appeal, aside or stands; all when left out")
    kind: str = ""


class DecisionIn(In):
    """What is decided for everybody in these cases whom it can be decided for; all cases are of one kind."""

    cases: list[str] = Field(min_length=1, max_length=200)
    act: anomalies.Act = Field(description="ask, let_stand or set_aside")
    reason_code: str = Field(default="", max_length=16)
    words: str = Field(default="", max_length=1000, description="what is asked, or why the time does not count")


class Decided(Schema):
    """For how many teachers something changed."""

    changed: int


class SumsOut(Schema):
    """Trainees by where they stand, how many study now, and seconds."""

    trainees: int
    now: int
    not_begun: int
    stopped: int
    behind: int
    on_track: int
    done: int
    learned_s: int
    counted_s: int
    required_s: int


class PartOut(Schema):
    """A branch of the tree, and its sums."""

    id: str
    name: str
    sums: SumsOut


class LiveOut(Schema):
    """A project as the actor's branch, or provider, sees it now."""

    total: SumsOut
    parts: list[PartOut]
    as_of_on: date | None
    changed_at: datetime | None
    checked_at: datetime | None
    differing: int = Field(description="rows that did not say what the raw record says when they were last compared")


def _cases(actor: Actor, cases: Sequence[anomalies.Case]) -> list[AnomalyOut]:
    people = anomalies.with_concerns(cases, actor)
    return [
        AnomalyOut(
            id=one.public_id,
            kind=one.kind,
            word=str(anomalies.KINDS[anomalies.Kind(one.kind)]),
            sureness=one.sureness,
            year=one.training_year.year,
            first_on=one.first_on,
            last_on=one.last_on,
            found_at=one.found_at,
            is_open=one.is_open,
            concerns=[_concern(concern) for concern in people[one.pk]],
        )
        for one in cases
    ]


def _concern(one: anomalies.Concern) -> ConcernOut:
    facts: dict[str, Any] = {"state": one.state, "reason_code": one.reason_code, "learned_s": one.seconds, "due_on": one.due_on}
    return ConcernOut(teacher=teacher_ref(one.teacher), school=organisation(one.school), **facts)


@reads(router, "", "anomalies_list", Page[AnomalyOut], permission=anomalies.SEE_ANOMALIES)
def anomalies_list(request: Request, paging: Query[Paging], asked: Query[AnomalyQuery]) -> Page[AnomalyOut]:
    """The branch's cases, those found last first; a school sees what its own teachers were told."""
    rows = anomalies.cases_seen(request.actor, anomalies.Filters(tab=asked.tab, kind=asked.kind))
    return page_of(rows, paging, lambda cases: _cases(request.actor, cases))


@reads(router, "/{anomaly}", "anomalies_get", AnomalyOut, permission=anomalies.SEE_ANOMALIES)
def anomalies_get(request: Request, anomaly: str) -> AnomalyOut:
    """One case."""
    return _cases(request.actor, [anomalies.case_seen(request.actor, anomaly)])[0]


@writes(decisions, "", "anomalies_decide", Decided, permission=anomalies.DECIDE)
def anomalies_decide(request: Request, wanted: DecisionIn) -> Decided:
    """The cases stand as decided; all of them or none."""
    ids = set(wanted.cases)
    cases = list(anomalies.cases_seen(request.actor).filter(public_id__in=ids))
    if len(cases) != len(ids):
        raise NotInScope
    held = [one for own in anomalies.with_concerns(cases, request.actor).values() for one in own]
    able = [one.pk for one in held if wanted.act in anomalies.MOVES[anomalies.State(one.state)]]
    decision = anomalies.Decision(wanted.act, wanted.reason_code, wanted.words)
    return Decided(changed=anomalies.decide(actor=request.actor, concern_ids=able, decision=decision, now=request.now))


@reads(live, "/{project}", "live_get", LiveOut, permission=supervision.SEE_LIVE)
def live_get(request: Request, project: str) -> LiveOut:
    """Who studies now, who is behind, who stopped and who has not begun, by the parts of the actor's branch."""
    found = supervision.watched_project(request.actor, project)
    view = supervision.view_of(found, supervision.eyes_of(request.actor), request.now)
    head = view.head
    return LiveOut(
        total=_sums(view.total),
        parts=[PartOut(id=part.public_id, name=part.name, sums=_sums(part.sums)) for part in view.parts],
        as_of_on=head.as_of_on if head else None,
        changed_at=head.changed_at if head else None,
        checked_at=head.checked_at if head else None,
        differing=head.differing if head else 0,
    )


def _sums(sums: supervision.Sums) -> SumsOut:
    return SumsOut(**{name: getattr(sums, name) for name in SumsOut.model_fields})
