"""A batch of requests stored in one transaction: each of them wholly or not at all, in the order of their commits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from django.db import connections

from xingtan.core.xapi import DECODER, NotTaken, Part, same_meaning, stamp
from xingtan.foundation.db import BEATS, writing

from .activities import keep_definitions, remember
from .drafts import Draft, dashed
from .keys import VOIDED_KEY
from .rows import Known, Taken, open_order, write_attachments, write_statements, write_voidings


class Post(NamedTuple):
    """What one request brought."""

    provider_id: int
    drafts: tuple[Draft, ...]
    attachments: dict[str, Part]


Settled: TypeAlias = tuple[str, ...] | NotTaken


@dataclass(slots=True)
class _Desk:
    """What is stored, what this batch stores, and the id that was given last."""

    stored: dict[str, Known]
    last: int
    own: dict[str, Draft] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    attachments: dict[tuple[str, int], Part] = field(default_factory=dict)


def settle(batch: Sequence[Post]) -> list[Settled]:
    """Every request's ids, or why it was refused; what was taken is committed. Raises `DatabaseError`, then nothing is kept."""
    with writing(BEATS), connections[BEATS].cursor() as cursor:
        last, stored = open_order(cursor, _asked(batch))
        desk = _Desk(stored, max(last, time.time_ns() // 1_000 - 1))
        answers = [_take(desk, post) for post in batch]
        if desk.taken:
            write_statements(cursor, desk.taken)
            if voidings := [(draft.voids, draft.provider_id, seq) for seq, draft, _content in desk.taken if draft.voids]:
                write_voidings(cursor, voidings)
            if desk.attachments:
                write_attachments(cursor, [(*key, *part) for key, part in desk.attachments.items()])
        kept = keep_definitions(cursor, (draft for _seq, draft, _content in desk.taken))
    remember(kept)
    return answers


def _asked(batch: Sequence[Post]) -> set[str]:
    """The ids that must be known: those that senders chose, and those to be voided."""
    drafts = [draft for post in batch for draft in post.drafts]
    return {draft.statement_id for draft in drafts if draft.is_named} | {draft.voids for draft in drafts if draft.voids}


def _take(desk: _Desk, post: Post) -> Settled:
    """The post's statements with their places, or the first reason against one of them."""
    new = []
    for place, draft in enumerate(post.drafts):
        if draft.statement_id not in desk.stored and draft.statement_id not in desk.own:
            new.append(draft)
        elif not _is_same(desk, draft):
            return NotTaken(409, "conflict", "another statement with this id is stored", _path(post, place, "id"))
    own = {draft.statement_id: draft for draft in new}
    for place, draft in enumerate(new):
        if draft.voids and (refused := _refuse_voiding(desk, draft, own.get(draft.voids), _path(post, place, "object.id"))):
            return refused
    for draft in new:
        desk.last += 1
        desk.taken.append((desk.last, draft, draft.content(stamp(desk.last))))
    desk.own |= own
    if new:
        desk.attachments |= {(sha2, post.provider_id): part for sha2, part in post.attachments.items()}
    return tuple([draft.given_id for draft in post.drafts])


def _path(post: Post, place: int, field_name: str) -> str:
    return f"$[{place}].{field_name}" if len(post.drafts) > 1 else f"$.{field_name}"


def _is_same(desk: _Desk, draft: Draft) -> bool:
    """True when the statement that has the id already is this provider's, and means the same (2.3.1)."""
    before = desk.stored.get(draft.statement_id) or desk.own[draft.statement_id]
    text = before.content if isinstance(before, Known) else before.head + b"}"
    return before.provider_id == draft.provider_id and same_meaning(DECODER.decode(text), DECODER.decode(draft.head + b"}"))


def _refuse_voiding(desk: _Desk, draft: Draft, beside: Draft | None, path: str) -> NotTaken | None:
    """Why the draft may not void its target: another's, or one that itself voids (2.3.2). A target that is not here yet is no reason."""
    target = desk.stored.get(str(draft.voids)) or desk.own.get(str(draft.voids)) or beside
    if target is not None and target.provider_id != draft.provider_id:
        return NotTaken(403, "not_yours", "the statement to be voided is another's", path)
    if target is not None and target.verb_key == VOIDED_KEY:
        return NotTaken(400, "voids_voiding", f"the statement {dashed(str(draft.voids))} itself voids one", path)
    return None
