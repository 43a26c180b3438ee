"""The door of the room `teachers`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .queries import teacher_id_of

__all__ = ["teacher_id_of"]
