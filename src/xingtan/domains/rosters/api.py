"""The door of the room `rosters`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import IMPORT_ROSTER
from .bundles import EXPORT as EXPORT_JOB
from .bundles import export_bundle
from .columns import COLUMNS as ROSTER_COLUMNS
from .columns import ROSTER_HEADINGS
from .columns import word_for as roster_word
from .command import import_roster_command
from .handin import Imported, RosterRefused, import_roster, preview_roster
from .reading import open_roster
from .report import error_lines, remedy, sentence, write_template
from .states import RowState
from .tasks import IMPORT as IMPORT_JOB
from .tasks import PREVIEW as PREVIEW_JOB
from .tasks import preview_shown
from .words import JOB_WORDS, PROBLEMS, REFUSALS, REMEDIES, ROW_STATES

__all__ = [
    "EXPORT_JOB",
    "IMPORT_JOB",
    "IMPORT_ROSTER",
    "JOB_WORDS",
    "PREVIEW_JOB",
    "PROBLEMS",
    "REFUSALS",
    "REMEDIES",
    "ROSTER_COLUMNS",
    "ROSTER_HEADINGS",
    "ROW_STATES",
    "Imported",
    "RosterRefused",
    "RowState",
    "error_lines",
    "export_bundle",
    "import_roster",
    "import_roster_command",
    "open_roster",
    "preview_roster",
    "preview_shown",
    "remedy",
    "roster_word",
    "sentence",
    "write_template",
]
