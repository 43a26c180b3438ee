"""The only writer of a book, and its checker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models

from xingtan.foundation.db import writing

from .digests import EMPTY, block_digest, line_digest, merkle_root
from .models import Block, Chain, LedgerLine

L = TypeVar("L", bound=LedgerLine)
CHUNK = 900


def _known_sources(book: type[L], sources: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for start in range(0, len(sources), CHUNK):
        known.update(book._base_manager.filter(source__in=sources[start : start + CHUNK]).values_list("source", flat=True))
    return known


def post(chain_name: str, lines: Sequence[L], *, account_id: int | None, now: datetime) -> list[L]:
    """The lines whose source was not yet known stand in one new block at the chain's head; returns just these, with keys."""
    if not lines:
        return []
    book = type(lines[0])
    Chain.objects.get_or_create(name=chain_name)
    with writing():
        chain = Chain.objects.select_for_update().get(name=chain_name)
        known = _known_sources(book, [line.source for line in lines])
        fresh = [line for line in {line.source: line for line in lines}.values() if line.source not in known]
        if not fresh:
            return []
        block = _add_block(chain, fresh, account_id=account_id, now=now)
        for place, line in enumerate(fresh):
            line.block, line.place = block, place
        made: list[L] = book._base_manager.bulk_create(fresh, batch_size=CHUNK)
        Chain.objects.filter(pk=chain.pk).update(height=block.height, head=block.digest)
        return made


def _add_block(chain: Chain, lines: Sequence[L], *, account_id: int | None, now: datetime) -> Block:
    for line in lines:
        line.digest = line_digest(line.content())
    block = Block(
        chain=chain,
        height=chain.height + 1,
        book=type(lines[0])._meta.db_table,
        previous=chain.head,
        root=merkle_root([line.digest for line in lines]),
        line_count=len(lines),
        posted_at=now,
        account_id=account_id,
    )
    block.digest = block_digest(block.content(chain.name))
    block.save(force_insert=True)
    return block


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
        lines: list[LedgerLine] = list(books[block.book]._base_manager.filter(block=block).order_by("place"))  # type: ignore[arg-type] -- every book is a LedgerLine
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
