"""Group commit: what arrives together is written in one transaction, and nobody is answered before it is kept."""

from __future__ import annotations

from .commit import GroupCommit, Load, NotKept

__all__ = ["GroupCommit", "Load", "NotKept"]
