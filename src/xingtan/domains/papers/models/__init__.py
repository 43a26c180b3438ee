"""Tables of papers, of the openings of earlier years, and of reminders."""

from .opening import OpeningAnswer, OpeningBatch
from .papers import Paper, PaperState, PaperStep, Printing
from .reminders import Reminder

__all__ = ["OpeningAnswer", "OpeningBatch", "Paper", "PaperState", "PaperStep", "Printing", "Reminder"]
