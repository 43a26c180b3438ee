"""The only writer of a book, and its checker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

from django.db import models

from xingtan.foundation.db import insert_objects, writing

from .digests import EMPTY, block_digest, line_digest, merkle_root
from .models import Block, Chain, LedgerLine

L = TypeVar("L", bound=LedgerLine)


def _fresh(book: type[L], lines: Sequence[L]) -> list[L]:
    known = set(book._base_manager.filter(source__among=[line.source for line in lines]).values_list("source", flat=True))
    return [line for line in lines if line.source not in known]


def post(chain_name: str, lines: Iterable[L], *, account_id: int | None, now: datetime) -> list[L]:
    """The lines whose source was not yet known stand in one new block at the chain's head; returns just these, with keys."""
    once = list({line.source: line for line in lines}.values())
    if not once:
        return []
    for line in once:
        line.digest = line_digest(line.content())
    Chain.objects.get_or_create(name=chain_name)
    with writing():
        chain = Chain.objects.select_for_update().get(name=chain_name)
        fresh = _fresh(type(once[0]), once)
        return _add_block(chain, fresh, account_id=account_id, now=now) if fresh else []


def _add_block(chain: Chain, lines: list[L], *, account_id: int | None, now: datetime) -> list[L]:
    book = type(lines[0])
    block = Block(
        chain=chain,
        height=chain.height + 1,
        book=book._meta.db_table,
        previous=chain.head,
        root=merkle_root([line.digest for line in lines]),
        line_count=len(lines),
        posted_at=now,
        account_id=account_id,
    )
    block.digest = block_digest(block.content(chain.name))
    block.save(force_insert=True)
    for place, line in enumerate(lines):
        line.block, line.place = block, place
    _insert(book, block, lines)
    Chain.objects.filter(pk=chain.pk).update(height=block.height, head=block.digest)
    return lines


def _insert(book: type[L], block: Block, lines: Sequence[L]) -> None:
    """The lines stand in their book and know their keys."""
    insert_objects(lines)
    keys = dict(book._base_manager.filter(block=block).values_list("place", "pk"))
    for line in lines:
        line.pk = keys[line.place]
        line._state.adding, line._state.db = False, block._state.db


@dataclass(frozen=True)
class Fault:
    """A place where a book does not say what was posted."""

    chain: str
    height: int
    what: str


def _block_faults(chain: Chain, block: Block, previous: str, lines: Sequence[LedgerLine]) -> Iterator[str]:
    if block.previous != previous:
        yield "does not follow the block before it"
    if block.digest != block_digest(block.content(chain.name)):
        yield "its head was altered"
    if len(lines) != block.line_count:
        yield f"holds {len(lines)} of {block.line_count} lines"
    if any(line.digest != line_digest(line.content()) for line in lines):
        yield "a line was altered"
    if lines and merkle_root([line.digest for line in lines]) != block.root:
        yield "its lines do not give its root"


def check_chain(chain: Chain, books: dict[str, type[models.Model]]) -> Iterator[Fault]:
    """Every fault of the chain, from its first block to its head; nothing when the book is as it was posted."""
    previous, height = EMPTY, 0
    for block in Block.objects.filter(chain=chain).order_by("height").iterator(chunk_size=200):
        height += 1
        lines = cast("list[LedgerLine]", list(books[block.book]._base_manager.filter(block=block).order_by("place")))
        if block.height != height:
            yield Fault(chain.name, height, "a block is missing")
            height = block.height
        for what in _block_faults(chain, block, previous, lines):
            yield Fault(chain.name, block.height, what)
        previous = block.digest
    if (chain.height, chain.head) != (height, previous):
        yield Fault(chain.name, height, "the head does not name the last block")


def books() -> dict[str, type[models.Model]]:
    """Every concrete table of lines, by its name."""
    found: dict[str, type[models.Model]] = {}
    waiting: list[type[models.Model]] = list(LedgerLine.__subclasses__())
    while waiting:
        book = waiting.pop()
        waiting.extend(book.__subclasses__())
        if not book._meta.abstract:
            found[book._meta.db_table] = book
    return found
