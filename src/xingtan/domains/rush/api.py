"""The door of the room `rush`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .opening import Opening, Wished, categories_for, opening_of
from .recorder import Rush
from .words import ANSWERS, REFUSALS

__all__ = ["ANSWERS", "REFUSALS", "Opening", "Rush", "Wished", "categories_for", "opening_of"]
