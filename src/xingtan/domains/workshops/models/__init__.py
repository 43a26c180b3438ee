"""The room's tables."""

from .community import Activity, Cohort, CohortMember, Participation, Workshop, WorkshopMember
from .forming import Forming, FormingClass, FormingSeat

__all__ = [
    "Activity",
    "Cohort",
    "CohortMember",
    "Forming",
    "FormingClass",
    "FormingSeat",
    "Participation",
    "Workshop",
    "WorkshopMember",
]
