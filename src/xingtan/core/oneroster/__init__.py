"""OneRoster 1.2 (1EdTech): the CSV bundle read as a roster of ours and written from one. No database, no Django."""

from __future__ import annotations

from .names import family_and_given, whole_name
from .people import HEADINGS, roster_table
from .reading import BadBundle, Bundle, Mode, Problem, is_bundle, open_bundle
from .tables import FILES, METADATA, Role, Table
from .writing import BESIDE, OrgRow, PersonRow, Written, write_bundle, write_tables

__all__ = [
    "BESIDE",
    "FILES",
    "HEADINGS",
    "METADATA",
    "BadBundle",
    "Bundle",
    "Mode",
    "OrgRow",
    "PersonRow",
    "Problem",
    "Role",
    "Table",
    "Written",
    "family_and_given",
    "is_bundle",
    "open_bundle",
    "roster_table",
    "whole_name",
    "write_bundle",
    "write_tables",
]
