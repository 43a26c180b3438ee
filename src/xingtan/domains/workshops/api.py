"""The door of the room `workshops`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ARRANGE_COHORTS, LEAD_WORKSHOP, SEE_WORKSHOPS, TAKE_PART
from .actions import (
    add_activity,
    add_cohort,
    confirm_participations,
    hand_in_activity,
    record_attendance,
    return_participations,
)
from .queries import (
    activities_of,
    activity_of_member,
    cohort_of,
    cohort_sizes,
    cohorts_in,
    cohorts_of_tutor,
    led_workshop,
    led_workshops,
    own_parts,
    parts_by_id,
    parts_in,
    waiting_count,
    waiting_parts,
    work_products_of,
    workshops_of_teacher,
)
from .states import State
from .tasks import open_workshops, seat_members
from .words import MESSAGES, REFUSALS, STATES

__all__ = [
    "ARRANGE_COHORTS",
    "LEAD_WORKSHOP",
    "MESSAGES",
    "REFUSALS",
    "SEE_WORKSHOPS",
    "STATES",
    "TAKE_PART",
    "State",
    "activities_of",
    "activity_of_member",
    "add_activity",
    "add_cohort",
    "cohort_of",
    "cohort_sizes",
    "cohorts_in",
    "cohorts_of_tutor",
    "confirm_participations",
    "hand_in_activity",
    "led_workshop",
    "led_workshops",
    "open_workshops",
    "own_parts",
    "parts_by_id",
    "parts_in",
    "record_attendance",
    "return_participations",
    "seat_members",
    "waiting_count",
    "waiting_parts",
    "work_products_of",
    "workshops_of_teacher",
]
