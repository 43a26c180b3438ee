"""The door of the room `nominations`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .batches import batches_in
from .handin import Book, BookRefused, hand_in_nominations, preview_nominations
from .reading import HEADINGS
from .showing import sentences
from .tasks import PREVIEW, UNDO, WRITE
from .undoing import undo_nominations
from .words import BATCH_STATES, REFUSALS

__all__ = [
    "BATCH_STATES",
    "HEADINGS",
    "PREVIEW",
    "REFUSALS",
    "UNDO",
    "WRITE",
    "Book",
    "BookRefused",
    "batches_in",
    "hand_in_nominations",
    "preview_nominations",
    "sentences",
    "undo_nominations",
]
