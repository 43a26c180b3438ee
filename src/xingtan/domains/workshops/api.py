"""The door of the room `workshops`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from django.utils.functional import Promise

from .access import ARRANGE_COHORTS, LEAD_WORKSHOP, SEE_WORKSHOPS, TAKE_PART
from .actions import (
    add_activity,
    add_cohort,
    confirm_participations,
    hand_in_activity,
    record_attendance,
    return_participations,
)
from .forming.actions import Named as NamedClass
from .forming.actions import drop_forming, move_people, name_class, propose
from .forming.arranging import arrange, follow_admitted, follow_ended
from .forming.people import unseated
from .forming.queries import Drafted, draft_of, drafted, hosts_of, people_named, seated_in
from .forming.rules import Rule
from .forming.states import Key
from .forming.words import KEYS
from .forming.words import MESSAGES as FORMING_MESSAGES
from .forming.words import REFUSALS as FORMING_REFUSALS
from .models import Activity, Cohort, Forming, FormingSeat, Participation, Workshop, WorkshopMember
from .queries import (
    activities_of,
    activity_of_member,
    attended_on,
    cohort_of,
    cohort_sizes,
    cohorts_in,
    cohorts_of,
    cohorts_of_tutor,
    counts_by_activity,
    led_activity,
    led_workshop,
    led_workshops,
    may_read_file,
    member_counts,
    member_keys,
    members_of,
    offered_hours,
    own_parts,
    part_counts,
    part_ids,
    parts_by_id,
    parts_in,
    seats_of_tutor,
    states_in,
    tutor_grants,
    waiting_count,
    waiting_parts,
    work_products_of,
    workshops_of_teacher,
)
from .rules import Named, find_named, standing
from .states import Standing, State
from .tasks import open_workshops, seat_members
from .words import MESSAGES as WORKSHOP_MESSAGES
from .words import REFUSALS as WORKSHOP_REFUSALS
from .words import STANDINGS, STATES

MESSAGES: dict[str, str | Promise] = {**WORKSHOP_MESSAGES, **FORMING_MESSAGES}
REFUSALS: dict[str, str | Promise] = {**{str(code): said for code, said in WORKSHOP_REFUSALS.items()}, **FORMING_REFUSALS}

__all__ = [
    "ARRANGE_COHORTS",
    "KEYS",
    "LEAD_WORKSHOP",
    "MESSAGES",
    "REFUSALS",
    "SEE_WORKSHOPS",
    "STANDINGS",
    "STATES",
    "TAKE_PART",
    "Activity",
    "Cohort",
    "Drafted",
    "Forming",
    "FormingSeat",
    "Key",
    "Named",
    "NamedClass",
    "Participation",
    "Rule",
    "Standing",
    "State",
    "Workshop",
    "WorkshopMember",
    "activities_of",
    "activity_of_member",
    "add_activity",
    "add_cohort",
    "arrange",
    "attended_on",
    "cohort_of",
    "cohort_sizes",
    "cohorts_in",
    "cohorts_of",
    "cohorts_of_tutor",
    "confirm_participations",
    "counts_by_activity",
    "draft_of",
    "drafted",
    "drop_forming",
    "find_named",
    "follow_admitted",
    "follow_ended",
    "hand_in_activity",
    "hosts_of",
    "led_activity",
    "led_workshop",
    "led_workshops",
    "may_read_file",
    "member_counts",
    "member_keys",
    "members_of",
    "move_people",
    "name_class",
    "offered_hours",
    "open_workshops",
    "own_parts",
    "part_counts",
    "part_ids",
    "parts_by_id",
    "parts_in",
    "people_named",
    "propose",
    "record_attendance",
    "return_participations",
    "seat_members",
    "seated_in",
    "seats_of_tutor",
    "standing",
    "states_in",
    "tutor_grants",
    "unseated",
    "waiting_count",
    "waiting_parts",
    "work_products_of",
    "workshops_of_teacher",
]
