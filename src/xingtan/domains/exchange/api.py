"""The door of the room `exchange`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations
