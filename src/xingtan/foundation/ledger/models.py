"""Chains, blocks, and the shape that every line of a book has."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from .digests import EMPTY, moment


class Chain(models.Model):
    """One book: its height and the digest of its newest block; the row is locked last.  pii: none; kept: forever"""

    name = models.CharField(max_length=64, unique=True)
    height = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default=EMPTY)


class Block(models.Model):
    """Lines that were posted together; append-only by the database.  pii: none; kept: forever"""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="+")
    height = models.PositiveBigIntegerField()
    book = models.CharField(max_length=40, help_text="the table of its lines")
    previous = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    line_count = models.PositiveIntegerField()
    posted_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "height"], name="block_once_per_height"),
            models.CheckConstraint(condition=models.Q(line_count__gt=0), name="block_has_lines"),
        ]

    def content(self, chain_name: str) -> Mapping[str, object]:
        """What the block's digest covers."""
        return {
            "chain": chain_name,
            "height": self.height,
            "book": self.book,
            "previous": self.previous,
            "root": self.root,
            "lines": self.line_count,
            "posted_at": moment(self.posted_at),
            "account": self.account_id,
        }


class LedgerLine(models.Model):
    """The shape of a line: its block, its place there, its source (once only) and its digest.  pii: none (as its book says); kept: forever"""

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    source = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def content(self) -> Mapping[str, object]:
        """What the line's digest covers: surrogate ids and whole numbers, never personal data."""
        raise NotImplementedError
