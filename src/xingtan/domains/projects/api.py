"""The door of the room `projects`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import PUBLISH, SEE_PROJECTS
from .actions import cancel_project, change_project, close_project, draft_project, publish
from .copying import copy_project, copy_proposed
from .facts import Category, More, category_of, seats_planned
from .from_template import draft_from_template
from .held import days_of
from .models import Offer, Project, Segment
from .offering import add_offer, remove_offer
from .opening import set_categories, set_conditions
from .passing import Passing
from .queries import (
    course_ids_of,
    most_centi,
    offers_by_id,
    offers_of,
    open_for_seats,
    open_projects,
    project_in,
    projects_by_id,
    projects_for,
    projects_of_year,
    providers_for,
    public_project,
    public_projects,
    running_projects,
    search_public,
    segments_of,
    workshop_leads,
)
from .rules import TIERS
from .segments import add_segment, bounds_of, change_segment, order_segments, remove_segment
from .states import MOVES, OfferKind, ProjectKind, ProjectState, SegmentKind, Tier, Way
from .templates import templates
from .words import (
    KIND_LABELS,
    OFFER_KIND_LABELS,
    PASSING_SENTENCES,
    REFUSALS,
    SEGMENT_LABELS,
    STATE_LABELS,
    STEPS_LABELS,
    TIER_LABELS,
    WAY_LABELS,
)

__all__ = [
    "KIND_LABELS", "MOVES", "OFFER_KIND_LABELS", "PASSING_SENTENCES", "PUBLISH", "REFUSALS", "SEE_PROJECTS", "SEGMENT_LABELS", "STATE_LABELS", "STEPS_LABELS", "TIERS",
    "TIER_LABELS", "WAY_LABELS", "Category", "More", "Offer", "OfferKind", "Passing", "Project", "ProjectKind", "ProjectState", "Segment",
    "SegmentKind", "Tier", "Way", "add_offer", "add_segment", "bounds_of", "cancel_project", "category_of", "change_project",
    "change_segment", "close_project", "copy_project", "copy_proposed", "course_ids_of", "days_of", "draft_from_template", "draft_project",
    "most_centi", "offers_by_id", "offers_of", "open_for_seats", "open_projects", "order_segments", "project_in", "projects_by_id",
    "projects_for", "projects_of_year", "providers_for", "public_project", "public_projects", "publish", "remove_offer", "remove_segment",
    "running_projects", "search_public", "seats_planned", "segments_of", "set_categories", "set_conditions", "templates",
    "workshop_leads",
]  # fmt: skip
