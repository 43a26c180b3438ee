"""The door of the room `nominations`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .handin import Book, BookRefused, hand_in_nominations, preview_nominations
from .reading import HEADINGS
from .showing import sentences
from .tasks import PREVIEW, UNDO, WRITE
from .undoing import undo_nominations
from .words import REFUSALS

__all__ = [
    "HEADINGS",
    "PREVIEW",
    "REFUSALS",
    "UNDO",
    "WRITE",
    "Book",
    "BookRefused",
    "hand_in_nominations",
    "preview_nominations",
    "sentences",
    "undo_nominations",
]
