"""The door of the room `suiting`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .candidates import candidates_of
from .past import Seated
from .words import AGAINST, TERMS, finding_sentence, term_sentence

__all__ = ["AGAINST", "TERMS", "Seated", "candidates_of", "finding_sentence", "term_sentence"]
