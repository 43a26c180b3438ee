"""The door of the room `suiting`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

__all__: list[str] = []
