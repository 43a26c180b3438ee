"""The door of the room `suiting`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .candidates import candidates_of
from .matching import Mismatch, Wanted, mismatches
from .past import Seated
from .planned import without_ground
from .words import AGAINST, BRIEF, MISMATCHES, TERMS, finding_sentence, term_sentence

__all__ = [
    "AGAINST", "BRIEF", "MISMATCHES", "TERMS", "Mismatch", "Seated", "Wanted", "candidates_of", "finding_sentence", "mismatches", "term_sentence",
    "without_ground",
]  # fmt: skip
