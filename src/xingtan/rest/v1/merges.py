"""Two records that are one person: candidates, the dry run, merging, and ending a merge."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.words import refusal_sentence

from .http import Request
from .operations import reads, writes
from .shapes import In, OrganisationOut, TeacherRef, organisation, teacher_ids, teacher_ref

router = Router(tags=["merges"])


class RecordOut(TeacherRef):
    """A record, and where it stands."""

    school: OrganisationOut


class CandidateOut(Schema):
    """Two records that may be one person, and what they share."""

    merged: RecordOut
    into: RecordOut
    shared: list[str] = Field(description="of name, similar_name, school, phone, last4, birthday")


class PairQuery(Schema):
    """The record that would become an alias, and the one that stays."""

    merged: str = Field(max_length=12)
    into: str = Field(max_length=12)


class WeighedOut(Schema):
    """What one part of the house holds of the two."""

    label: str
    merged: str
    into: str


class LookOut(Schema):
    """What merging would do, and what stands against it; nothing is written."""

    weighed: list[WeighedOut]
    conflicts: list[str]


class MergeIn(In):
    """Which record becomes an alias of which, and why."""

    merged: str = Field(max_length=12)
    into: str = Field(max_length=12)
    reason: str = Field(min_length=1, max_length=200)


class MergeKept(Schema):
    """The merge, and when it was made and ended."""

    id: str
    merged_at: datetime
    ended_at: datetime | None


def _record(one: teachers.Teacher) -> RecordOut:
    return RecordOut(**teacher_ref(one).model_dump(), school=organisation(one.school))


def _kept(one: teachers.Merge) -> MergeKept:
    return MergeKept(id=one.public_id, merged_at=one.merged_at, ended_at=one.ended_at)


@reads(router, "/candidates", "merges_candidates", list[CandidateOut], permission=teachers.MERGE)
def merges_candidates(request: Request) -> list[CandidateOut]:
    """The branch's pairs that may be one person, the surest first, two hundred at most."""
    found = teachers.candidates(request.actor.scope)
    return [CandidateOut(merged=_record(one.merged), into=_record(one.into), shared=sorted(one.shared)) for one in found]


@reads(router, "/look", "merges_look", LookOut, permission=teachers.MERGE)
def merges_look(request: Request, wanted: Query[PairQuery]) -> LookOut:
    """The dry run."""
    merged, into = teacher_ids(request.actor, [wanted.merged, wanted.into]) if wanted.merged != wanted.into else (0, 0)
    seen = teachers.look_at_merge(actor=request.actor, merged_id=merged, into_id=into)
    weighed = [WeighedOut(label=str(one.label), merged=one.merged, into=one.into) for one in seen.weighed]
    return LookOut(weighed=weighed, conflicts=[refusal_sentence(one) for one in seen.conflicts])


@writes(router, "", "merges_make", MergeKept, permission=teachers.MERGE, status=HTTPStatus.CREATED)
def merges_make(request: Request, body: MergeIn) -> MergeKept:
    """The first record is an alias of the second until the merge is ended."""
    [merged], [into] = teacher_ids(request.actor, [body.merged]), teacher_ids(request.actor, [body.into])
    return _kept(teachers.merge(actor=request.actor, merged_id=merged, into_id=into, reason=body.reason, now=request.now))


@writes(router, "/{merge}/end", "merges_end", MergeKept, permission=teachers.MERGE)
def merges_end(request: Request, merge: str) -> MergeKept:
    """Both records are people of their own again."""
    return _kept(teachers.end_merge(actor=request.actor, public_id=merge, now=request.now))
