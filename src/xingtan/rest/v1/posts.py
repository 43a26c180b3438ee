"""Leave, leaving, retirement and return; teaching elsewhere than the post."""

from __future__ import annotations

from datetime import date

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.moves import api as door
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.api import Status
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .operations import reads, writes
from .shapes import In, OrganisationOut, organisation, teacher_ids
from .trainings import Changed

router = Router(tags=["moves"])
statuses = Router(tags=["moves"])
MOST = 500


class PostOut(Schema):
    """Where a teacher teaches as well."""

    id: int
    school: OrganisationOut
    kind: door.SecondPostKind
    from_on: date
    to_on: date | None


class TeacherQuery(Schema):
    """Which teacher is meant."""

    teacher: str = Field(max_length=12)


class PostIn(In):
    """Where (the school's code or whole name), as what, and from when to when a teacher teaches as well."""

    teacher: str = Field(max_length=12)
    school: str = Field(max_length=120)
    kind: door.SecondPostKind
    from_on: date
    to_on: date | None = None


class EndIn(In):
    """The last day."""

    on: date


class StatusIn(In):
    """Whose status changes, into what, from when, and why."""

    teachers: list[str] = Field(min_length=1, max_length=MOST)
    status: Status
    since: date
    reason: str = Field(min_length=1, max_length=200)


def _post(one: door.SecondPost) -> PostOut:
    kind = door.SecondPostKind(one.kind)
    return PostOut(id=one.pk, school=organisation(one.school), kind=kind, from_on=one.from_on, to_on=one.to_on)


@reads(router, "", "posts_list", list[PostOut], permission=teachers.SEE_TEACHERS)
def posts_list(request: Request, wanted: Query[TeacherQuery]) -> list[PostOut]:
    """Where a teacher of the branch taught or teaches as well, the latest first."""
    return [_post(one) for one in door.second_posts_of(teacher_ids(request.actor, [wanted.teacher]))]


@writes(router, "", "posts_give", PostOut, permission=door.CHANGE_POSTS)
def posts_give(request: Request, body: PostIn) -> PostOut:
    """A teacher of the branch teaches at that school as well."""
    [teacher_id] = teacher_ids(request.actor, [body.teacher])
    wanted = door.Elsewhere(door.school_named(body.school).pk, body.kind, body.from_on, body.to_on)
    return _post(door.give_second_post(actor=request.actor, teacher_id=teacher_id, wanted=wanted, now=request.now))


@writes(router, "/{post}/end", "posts_end", PostOut, permission=door.CHANGE_POSTS)
def posts_end(request: Request, post: str, body: EndIn) -> PostOut:
    """The second post ends with that day."""
    if not (post.isascii() and post.isdigit() and len(post) < 19):
        raise NotInScope
    return _post(door.end_second_post(actor=request.actor, post_id=int(post), on=body.on, now=request.now))


@writes(statuses, "", "statuses_change", Changed, permission=door.CHANGE_POSTS)
def statuses_change(request: Request, body: StatusIn) -> Changed:
    """Leave, leaving, retirement or return of these teachers, all or none."""
    ids = teacher_ids(request.actor, body.teachers)
    made = door.change_status(
        actor=request.actor, teacher_ids=ids, status=body.status, since=body.since, reason=body.reason, now=request.now
    )
    return Changed(changed=len(made))
