"""What the hallway brings."""

from __future__ import annotations

from .actions.duties import follow_duties

__all__ = ["follow_duties"]
