"""Another system's OneRoster 1.2 service, asked for its roster."""

from __future__ import annotations

from .pulling import Pulled, pull
from .service import NotTold, RosterService

__all__ = ["NotTold", "Pulled", "RosterService", "pull"]
