"""The door of the room `rosters`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import IMPORT_ROSTER
from .actions.headings import remember_headings
from .actions.undoing import undo_batch
from .bundles import EXPORT as EXPORT_JOB
from .bundles import ORG_TYPES, PRINCIPALS, export_bundle
from .columns import COLUMNS as ROSTER_COLUMNS
from .columns import ROSTER_HEADINGS
from .columns import word_for as roster_word
from .command import import_roster_command, undo_roster_command
from .handin import Imported, RosterRefused, Work, import_roster, preview_roster
from .layout import heading_key
from .models import RosterBatch
from .queries import batch_in, batches_in, headings_proposed, headings_told, obstacles, written_of
from .reading import open_roster
from .report import error_lines, remedy, sentence, write_template
from .states import BatchState, RowState
from .tasks import IMPORT as IMPORT_JOB
from .tasks import PREVIEW as PREVIEW_JOB
from .tasks import UNDO as UNDO_JOB
from .tasks import preview_shown
from .words import BATCH_STATES, JOB_WORDS, OBSTACLES, PROBLEMS, REFUSALS, REMEDIES, ROW_STATES

__all__ = [
    "BATCH_STATES",
    "EXPORT_JOB",
    "IMPORT_JOB",
    "IMPORT_ROSTER",
    "JOB_WORDS",
    "OBSTACLES",
    "ORG_TYPES",
    "PREVIEW_JOB",
    "PRINCIPALS",
    "PROBLEMS",
    "REFUSALS",
    "REMEDIES",
    "ROSTER_COLUMNS",
    "ROSTER_HEADINGS",
    "ROW_STATES",
    "UNDO_JOB",
    "BatchState",
    "Imported",
    "RosterBatch",
    "RosterRefused",
    "RowState",
    "Work",
    "batch_in",
    "batches_in",
    "error_lines",
    "export_bundle",
    "heading_key",
    "headings_proposed",
    "headings_told",
    "import_roster",
    "import_roster_command",
    "obstacles",
    "open_roster",
    "preview_roster",
    "preview_shown",
    "remedy",
    "remember_headings",
    "roster_word",
    "sentence",
    "undo_batch",
    "undo_roster_command",
    "write_template",
    "written_of",
]
