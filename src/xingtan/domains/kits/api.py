"""The door of the room `kits`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from . import book, carrying, reading
from .access import DECIDE_FORK, GRANT_GROUP, KEY_IN, MAKE_KIT, RECEIVE, SEE_GROUPS, SEE_OWN_GROUP
from .actions.counting import count_anew, follow_learned
from .actions.granting import VILLAGE, Wanted, end_group, grant_group, modes_of
from .actions.making import Made, register_kit, write_folder
from .actions.paper import Shown, There, key_in
from .actions.receiving import FileReceived, Received, count_members, decide_fork, receive, receive_file, withdraw_kit
from .models import PIN_BOX, GroupMember, GroupTime, Kit, KitPerson, PaperSheet, StudyGroup
from .queries.blocks import ForkShown, forks_of, meetings_of, standing_of
from .queries.groups import (
    Figures,
    Hours,
    deliveries_of,
    figures_of,
    group_in,
    groups_in,
    groups_of,
    hours_of,
    kit_in,
    kit_people,
    kits_of,
    may_read_file,
    members_of,
    sheets_of,
    studied_modes,
    times_of,
)
from .states import Doubt, How, KitState, What
from .tasks import MAKE_JOB, forget_zip, zip_folder, zip_place
from .times import Slot, weekly
from .words import DOUBTS, HOWS, JOB_WORDS, KIT_CHIPS, KIT_STATES, MESSAGES, REFUSALS, mode_word

__all__ = [
    "DECIDE_FORK",
    "DOUBTS",
    "GRANT_GROUP",
    "HOWS",
    "JOB_WORDS",
    "KEY_IN",
    "KIT_CHIPS",
    "KIT_STATES",
    "MAKE_JOB",
    "MAKE_KIT",
    "MESSAGES",
    "PIN_BOX",
    "RECEIVE",
    "REFUSALS",
    "SEE_GROUPS",
    "SEE_OWN_GROUP",
    "VILLAGE",
    "Doubt",
    "Figures",
    "FileReceived",
    "ForkShown",
    "GroupMember",
    "GroupTime",
    "Hours",
    "How",
    "Kit",
    "KitPerson",
    "KitState",
    "Made",
    "PaperSheet",
    "Received",
    "Shown",
    "Slot",
    "StudyGroup",
    "There",
    "Wanted",
    "What",
    "book",
    "carrying",
    "count_anew",
    "count_members",
    "decide_fork",
    "deliveries_of",
    "end_group",
    "figures_of",
    "follow_learned",
    "forget_zip",
    "forks_of",
    "grant_group",
    "group_in",
    "groups_in",
    "groups_of",
    "hours_of",
    "key_in",
    "kit_in",
    "kit_people",
    "kits_of",
    "may_read_file",
    "meetings_of",
    "members_of",
    "mode_word",
    "modes_of",
    "reading",
    "receive",
    "receive_file",
    "register_kit",
    "sheets_of",
    "standing_of",
    "studied_modes",
    "times_of",
    "weekly",
    "withdraw_kit",
    "write_folder",
    "zip_folder",
    "zip_place",
]
