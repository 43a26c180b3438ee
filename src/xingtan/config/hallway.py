"""The hallway: what happened in one room, and what the later rooms do about it. The whole wiring is this table."""

from __future__ import annotations

from xingtan.config.drawing import draw_learned
from xingtan.domains.admissions import api as admissions
from xingtan.domains.assessment import api as assessment
from xingtan.domains.cards import api as cards
from xingtan.domains.certificates import api as certificates
from xingtan.domains.credits import api as credits_room
from xingtan.domains.departures import api as departures
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.exchange import api as exchange
from xingtan.domains.finance import api as finance
from xingtan.domains.kits import api as kits
from xingtan.domains.recognition import api as recognition
from xingtan.domains.supervision import api as supervision
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.events.hallway import Handler, wire

HALLWAY: dict[str, tuple[Handler, ...]] = {
    "projects.published": (workshops.open_workshops,),
    "projects.cancelled": (admissions.follow_cancelled,),
    "enrolment.confirmed": (finance.bill_confirmed, supervision.follow_selections),
    "enrolment.taken_back": (finance.amend_bills, supervision.follow_selections),
    "enrolment.registered": (workshops.seat_members, supervision.follow_selections),
    "enrolment.card_activated": (cards.take_activated,),
    "learning.recognisable": (
        kits.follow_learned,
        credits_room.take_learned,
        exchange.note_learned,
        supervision.follow_learned,
        draw_learned,
    ),
    "workshops.confirmed": (credits_room.take_confirmed,),
    "circumstances.changed": (recognition.follow_duties,),
    "recognition.recognised": (credits_room.take_confirmed,),
    "assessment.marked": (credits_room.take_marked,),
    "assessment.package_reported": (assessment.state_reported,),
    "quotas.freed": (admissions.follow_freed,),
    "admissions.admitted": (workshops.follow_admitted, admissions.follow_admitted),
    "admissions.changed": (),
    "admissions.ended": (workshops.follow_ended,),
    "teachers.moved": (enrolment.follow_moves, departures.follow_moves),
    "teachers.left": (enrolment.follow_leavers, departures.follow_leavers),
    "teachers.merged": (certificates.follow_merge,),
    "teachers.merge_ended": (certificates.follow_parting,),
    "determination.examined": (certificates.issue_due,),
    "closing.corrected": (certificates.follow_corrections,),
}


def wire_hallway() -> None:
    """Events go along the table from now on."""
    wire(HALLWAY)
