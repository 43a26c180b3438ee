"""The door of the room `departures`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .following import follow_leavers, follow_moves

__all__ = ["follow_leavers", "follow_moves"]
