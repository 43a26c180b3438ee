"""What other parts of the program find here of the entrance."""

from __future__ import annotations

from .access import ADMINISTRATORS, CONFIRM_RECOVERY, MANAGE_SITES
from .words import MESSAGES, REFUSALS

__all__ = ["ADMINISTRATORS", "CONFIRM_RECOVERY", "MANAGE_SITES", "MESSAGES", "REFUSALS"]
