"""The door of the room `suiting`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .candidates import candidates_of
from .matching import Mismatch, Wanted, mismatches
from .past import Seated
from .planned import without_ground
from .rural import is_for_rural, refuse_not_rural
from .words import AGAINST, BRIEF, MISMATCHES, TERMS, finding_sentence, term_sentence

__all__ = [
    "AGAINST", "BRIEF", "MISMATCHES", "TERMS", "Mismatch", "Seated", "Wanted", "candidates_of", "finding_sentence", "is_for_rural",
    "mismatches", "refuse_not_rural", "term_sentence", "without_ground",
]  # fmt: skip
