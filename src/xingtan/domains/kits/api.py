"""The door of the room `kits`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import DECIDE_FORK, GRANT_GROUP, KEY_IN, MAKE_KIT, RECEIVE, SEE_GROUPS, SEE_KITS, SEE_OWN_GROUP
from .actions.counting import count_anew, follow_learned
from .actions.granting import Wanted, end_group, grant_group, modes_of
from .actions.making import Made, forget_zip, register_kit, write_folder, zip_place
from .actions.paper import Shown, There, key_in
from .actions.receiving import FileReceived, count_members, decide_fork, receive, receive_file, withdraw_kit
from .book import EARLY_S
from .book import Kit as KitBook
from .carrying import CentreRefused, LineBroken, file_lines, send, sync, write_file
from .chain import Piece, digest_of, parcel
from .home import ready_home
from .models import PIN_BOX, GroupMember, GroupTime, Kit, KitLine, KitPerson, PaperSheet, StudyGroup
from .queries.blocks import ForkShown, forks_of, meetings_of, standing_of
from .queries.groups import (
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
    study_units,
    times_of,
)
from .reading import Arrived, Meeting, Reading, read_lines
from .states import Doubt, How, KitState, What
from .tasks import MAKE_JOB, zip_folder
from .times import Slot, weekly
from .words import DOUBTS, HOWS, JOB_WORDS, KIT_CHIPS, KIT_STATES, MESSAGES, REFUSALS, mode_word

__all__ = [
    "DECIDE_FORK",
    "DOUBTS",
    "EARLY_S",
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
    "SEE_KITS",
    "SEE_OWN_GROUP",
    "Arrived",
    "CentreRefused",
    "Doubt",
    "FileReceived",
    "ForkShown",
    "GroupMember",
    "GroupTime",
    "Hours",
    "How",
    "Kit",
    "KitBook",
    "KitLine",
    "KitPerson",
    "KitState",
    "LineBroken",
    "Made",
    "Meeting",
    "PaperSheet",
    "Piece",
    "Reading",
    "Shown",
    "Slot",
    "StudyGroup",
    "There",
    "Wanted",
    "What",
    "count_anew",
    "count_members",
    "decide_fork",
    "deliveries_of",
    "digest_of",
    "end_group",
    "figures_of",
    "file_lines",
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
    "parcel",
    "read_lines",
    "ready_home",
    "receive",
    "receive_file",
    "register_kit",
    "send",
    "sheets_of",
    "standing_of",
    "studied_modes",
    "study_units",
    "sync",
    "times_of",
    "weekly",
    "withdraw_kit",
    "write_file",
    "write_folder",
    "zip_folder",
    "zip_place",
]
