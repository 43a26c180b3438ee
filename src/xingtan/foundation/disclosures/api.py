"""The door of `foundation.disclosures`."""

from __future__ import annotations

from xingtan.foundation.people.roles import OVERSIGHT, Permission

from .exports import MARK, UNRECORDED, Mark, digest_of, exports_found, mark_for, record_export
from .listed import count_listed
from .looks import looks_at, note_look, write_looks
from .models import Export, Look, Unmasking
from .unmasking import MOST_A_DAY, note_unmasking, unmaskings_of
from .words import KINDS, REFUSALS

SEE_EXPORTS = Permission("disclosures.see_exports", OVERSIGHT)

__all__ = [
    "KINDS",
    "MARK",
    "MOST_A_DAY",
    "REFUSALS",
    "SEE_EXPORTS",
    "UNRECORDED",
    "Export",
    "Look",
    "Mark",
    "Unmasking",
    "count_listed",
    "digest_of",
    "exports_found",
    "looks_at",
    "mark_for",
    "note_look",
    "note_unmasking",
    "record_export",
    "unmaskings_of",
    "write_looks",
]
