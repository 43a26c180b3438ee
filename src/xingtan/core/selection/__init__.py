"""Who may take part in a project: conditions and facts in, findings out. Pure; sentences stand with the rooms."""

from __future__ import annotations

from .clashes import clashes
from .conditions import TITLES, Code, Conditions, Pause
from .facts import Candidate, Completed, Engagement, full_years
from .findings import Finding, findings
from .terms import Term, terms

__all__ = [
    "TITLES",
    "Candidate",
    "Code",
    "Completed",
    "Conditions",
    "Engagement",
    "Finding",
    "Pause",
    "Term",
    "clashes",
    "findings",
    "full_years",
    "terms",
]
