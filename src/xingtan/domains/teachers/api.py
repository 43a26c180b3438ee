"""The door of the room `teachers`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ADD_SCHOOLS, IMPORT_ROSTER, PRINT_SLIPS, SEE_TEACHERS, UNMASK
from .actions import Slip, activation_slips, add_schools, set_standings, unmask
from .models import CLOSED_COLUMNS, Teacher
from .queries import (
    facts_known,
    facts_of,
    facts_on,
    masked_number,
    masked_phone_of,
    posts_of,
    schools_in,
    search,
    standings_of,
    subjects_related,
    teacher_id_of,
    teacher_ids_of,
    teacher_in,
    teachers_by_id,
    teachers_by_number,
    teachers_in,
    teachers_in_post,
)
from .roster.columns import COLUMNS as ROSTER_COLUMNS
from .roster.columns import ROSTER_HEADINGS
from .roster.columns import word_for as roster_word
from .roster.command import import_roster_command
from .roster.handin import Imported, RosterRefused, import_roster, preview_roster
from .roster.reading import open_roster
from .roster.report import error_lines, remedy, sentence, write_template
from .rules import check_digit as identity_check_digit
from .rules import normal_name, normal_number
from .states import FactKind, Gender, Honour, IdentityKind, Position, RowState, Stage, Status, Subject, Title
from .tasks import IMPORT as IMPORT_JOB
from .tasks import PREVIEW as PREVIEW_JOB
from .tasks import preview_shown
from .words import (
    GENDERS,
    HONOURS,
    IDENTITY_KINDS,
    JOB_WORDS,
    POSITIONS,
    PROBLEMS,
    REFUSALS,
    REMEDIES,
    ROW_STATES,
    STAGES,
    STATUSES,
    SUBJECTS,
    TITLES,
)

__all__ = [
    "ADD_SCHOOLS",
    "CLOSED_COLUMNS",
    "GENDERS",
    "HONOURS",
    "IDENTITY_KINDS",
    "IMPORT_JOB",
    "IMPORT_ROSTER",
    "JOB_WORDS",
    "POSITIONS",
    "PREVIEW_JOB",
    "PRINT_SLIPS",
    "PROBLEMS",
    "REFUSALS",
    "REMEDIES",
    "ROSTER_COLUMNS",
    "ROSTER_HEADINGS",
    "ROW_STATES",
    "SEE_TEACHERS",
    "STAGES",
    "STATUSES",
    "SUBJECTS",
    "TITLES",
    "UNMASK",
    "FactKind",
    "Gender",
    "Honour",
    "IdentityKind",
    "Imported",
    "Position",
    "RosterRefused",
    "RowState",
    "Slip",
    "Stage",
    "Status",
    "Subject",
    "Teacher",
    "Title",
    "activation_slips",
    "add_schools",
    "error_lines",
    "facts_known",
    "facts_of",
    "facts_on",
    "identity_check_digit",
    "import_roster",
    "import_roster_command",
    "masked_number",
    "masked_phone_of",
    "normal_name",
    "normal_number",
    "open_roster",
    "posts_of",
    "preview_roster",
    "preview_shown",
    "remedy",
    "roster_word",
    "schools_in",
    "search",
    "sentence",
    "set_standings",
    "standings_of",
    "subjects_related",
    "teacher_id_of",
    "teacher_ids_of",
    "teacher_in",
    "teachers_by_id",
    "teachers_by_number",
    "teachers_in",
    "teachers_in_post",
    "unmask",
    "write_template",
]
