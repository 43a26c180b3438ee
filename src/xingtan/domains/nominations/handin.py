"""Handing a workbook in: all of it is looked at first, then all of it or nothing is written, in portions that survive a cut."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from xingtan.domains.admissions.api import RIGHTS, BatchState, NominationBatch, Way, around, refuse_closed
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .batches import HandedIn, begin_batch, finish_batch, write_portion
from .plan import Plan, Planner
from .reading import open_nominations

PORTION = 2_000
One = TypeVar("One")
Tell = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody asked how far it is."""


class Book(NamedTuple):
    """A workbook and what it is for."""

    project_id: int
    way: Way
    path: Path
    file: StoredFile | None = None
    name: str = ""


class BookRefused(Refused):
    """Nothing was written; the plan says why, row by row."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("nominations_have_problems", count=plan.refused)
        self.plan = plan


def preview_nominations(*, actor: Actor, book: Book, now: datetime, tell: Tell = silent) -> Plan:
    """What handing the workbook in would do; nothing is changed."""
    require(actor, RIGHTS[book.way])
    found = around(book.project_id)
    refuse_closed(found, book.way, now)
    cut_off = _cut_off(actor, book)
    planner, done = Planner(actor, found, book.way, now, cut_off.pk if cut_off else None), 0
    with open_nominations(book.path) as rows:
        for part in _portions(rows):
            planner.take(part)
            done += len(part)
            tell(done, 0)
    if not planner.plan.tally.total():
        raise Refused("nominations_without_rows")
    return planner.plan


def hand_in_nominations(
    *, actor: Actor, book: Book, good_only: bool = False, now: datetime, tell: Tell = silent
) -> tuple[Plan, NominationBatch | None]:
    """Every row has its application, or with `good_only` every one that is not refused, else none. Again after a cut: only what was missing."""
    plan = preview_nominations(actor=actor, book=book, now=now, tell=tell)
    if plan.refused and not good_only:
        raise BookRefused(plan)
    if not plan.good:
        cut_off = _cut_off(actor, book)
        return plan, finish_batch(batch=cut_off, now=now) if cut_off else None
    handed = HandedIn(book, digest(book.path), len(plan.good), plan.refused, good_only)
    batch = begin_batch(actor=actor, handed=handed, now=now)
    total, done = plan.tally.total(), 0
    for part in _portions(iter(plan.good)):
        write_portion(actor=actor, batch=batch, rows=part, now=now)
        done += len(part)
        tell(total + done, 2 * total)
    return plan, finish_batch(batch=batch, now=now)


def _cut_off(actor: Actor, book: Book) -> NominationBatch | None:
    known = NominationBatch.everywhere.filter(organisation=actor.organisation_id, project=book.project_id, state=BatchState.WRITING)
    found: NominationBatch | None = known.filter(digest=digest(book.path)).first() if known.exists() else None
    return found


def digest(path: Path) -> str:
    """The SHA-256 of the file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _portions(rows: Iterator[One]) -> Iterator[list[One]]:
    while part := list(islice(rows, PORTION)):
        yield part
