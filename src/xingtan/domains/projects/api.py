"""The door of the room `projects`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import PUBLISH, SEE_PROJECTS
from .actions import add_offer, change_project, close_project, draft_project, publish, remove_offer
from .models import Offer, Project, Segment
from .queries import (
    course_ids_of,
    most_centi,
    offers_by_id,
    offers_of,
    open_projects,
    project_in,
    projects_by_id,
    projects_for,
    projects_of_year,
    providers_for,
    public_project,
    public_projects,
    workshop_leads,
)
from .rules import TIERS
from .states import MOVES, OfferKind, ProjectKind, ProjectState, SegmentKind, Tier, Way
from .words import KIND_LABELS, OFFER_KIND_LABELS, REFUSALS, SEGMENT_LABELS, STATE_LABELS, TIER_LABELS, WAY_LABELS

__all__ = [
    "KIND_LABELS",
    "MOVES",
    "OFFER_KIND_LABELS",
    "PUBLISH",
    "REFUSALS",
    "SEE_PROJECTS",
    "SEGMENT_LABELS",
    "STATE_LABELS",
    "TIERS",
    "TIER_LABELS",
    "WAY_LABELS",
    "Offer",
    "OfferKind",
    "Project",
    "ProjectKind",
    "ProjectState",
    "Segment",
    "SegmentKind",
    "Tier",
    "Way",
    "add_offer",
    "change_project",
    "close_project",
    "course_ids_of",
    "draft_project",
    "most_centi",
    "offers_by_id",
    "offers_of",
    "open_projects",
    "project_in",
    "projects_by_id",
    "projects_for",
    "projects_of_year",
    "providers_for",
    "public_project",
    "public_projects",
    "publish",
    "remove_offer",
    "workshop_leads",
]
