"""The one way in: an already parsed request is checked, made into drafts, stored with what arrived together, and answered after the commit."""

from __future__ import annotations

from typing import NamedTuple

from xingtan.core.xapi import NotTaken, Version, check_signatures, id_of_put, read
from xingtan.foundation.db import BEATS
from xingtan.foundation.recording import GroupCommit

from .accounts import teacher_ids
from .drafts import Draft, drafts, own_account
from .states import Sender
from .storing import Post, Settled, settle

# At most 32 requests a commit: as many as wait in a process, and no more statements than a commit of seconds.
COMMITTER: GroupCommit[Post, Settled] = GroupCommit(settle, name="statements", using=BEATS, most=32)


class Received(NamedTuple):
    """A request that stores statements, whatever syntax it came in; `statement_id` is PUT's parameter as it was written."""

    sender: Sender
    version: Version
    method: str
    statement_id: str | None
    content_type: str
    body: bytes


class Accepted(NamedTuple):
    """What is now stored: 200 with the ids in their order for POST, 204 for PUT."""

    status: int
    ids: tuple[str, ...]


def receive(given: Received, committer: GroupCommit[Post, Settled] = COMMITTER) -> Accepted:
    """All statements of the request are stored and committed; raises `NotTaken` (then none is), or `NotKept` (try again)."""
    if not given.sender.may_write:
        raise NotTaken(403, "may_not_write", "this credential may not store statements")
    is_put = given.method == "PUT"
    brought = read(given.version, given.content_type, given.body, single=is_put)
    if is_put:
        id_of_put(brought.statements[0], given.statement_id)
    check_signatures(brought)
    if not brought.statements:
        return Accepted(200, ())
    found = teacher_ids(own_account(one["actor"]) for one in brought.statements)
    made = drafts(brought.statements, given.sender, found)
    _refuse_of_token(given.sender, made)
    answer = committer.submit(Post(given.sender.provider_id, made, brought.attachments))
    if isinstance(answer, NotTaken):
        raise answer
    return Accepted(204 if is_put else 200, answer)


def _refuse_of_token(sender: Sender, made: tuple[Draft, ...]) -> None:
    """A run-time's token speaks of its own teacher only, and voids nothing (cmi5 6.3)."""
    if sender.teacher_id is None:
        return
    registration = sender.registration.hex if sender.registration else None
    for place, one in enumerate(made):
        if registration and one.registration != registration:
            raise NotTaken(403, "not_yours", "this token speaks of its own registration only", f"$[{place}].context.registration")
        if one.teacher_id != sender.teacher_id:
            raise NotTaken(403, "not_yours", "this token speaks of its own teacher only", f"$[{place}].actor")
        if one.voids:
            raise NotTaken(403, "may_not_void", "this token may not void statements", f"$[{place}].verb")
