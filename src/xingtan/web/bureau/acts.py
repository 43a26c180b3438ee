"""Acts of the audit log in words; an act without a word here is shown by its name."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

ACTS: Mapping[str, Promise] = {
    "assessment.results_entered": pgettext_lazy("act", "Results of tests entered"),
    "certificates.issued": pgettext_lazy("act", "Certificates issued"),
    "certificates.revoked": pgettext_lazy("act", "Certificate revoked"),
    "circumstances.ended": pgettext_lazy("act", "Circumstance ended early"),
    "circumstances.granted": pgettext_lazy("act", "Circumstances granted"),
    "circumstances.proposed": pgettext_lazy("act", "Circumstances proposed"),
    "circumstances.refused": pgettext_lazy("act", "Circumstances refused"),
    "circumstances.withdrawn": pgettext_lazy("act", "Circumstances withdrawn"),
    "courses.added": pgettext_lazy("act", "Course added"),
    "courses.reviewed": pgettext_lazy("act", "Course reviewed"),
    "determination.determined": pgettext_lazy("act", "Verdicts determined"),
    "credits.entered": pgettext_lazy("act", "Hours entered"),
    "credits.decided": pgettext_lazy("act", "Entries decided"),
    "determination.examined": pgettext_lazy("act", "Verdicts examined"),
    "credits.opened": pgettext_lazy("act", "Opening hours imported"),
    "credits.reversed": pgettext_lazy("act", "Entry reversed"),
    "determination.year_closed": pgettext_lazy("act", "Year's ledger closed"),
    "enrolment.card_activated": pgettext_lazy("act", "Learning card activated"),
    "enrolment.cards_issued": pgettext_lazy("act", "Learning cards issued"),
    "enrolment.chosen": pgettext_lazy("act", "Selection made"),
    "enrolment.confirmed": pgettext_lazy("act", "Selections confirmed"),
    "enrolment.registered": pgettext_lazy("act", "Registered in bulk"),
    "enrolment.sent_back": pgettext_lazy("act", "Selections sent back"),
    "enrolment.withdrawn": pgettext_lazy("act", "Selection withdrawn"),
    "finance.bill_paid": pgettext_lazy("act", "Bill paid"),
    "finance.bill_voided": pgettext_lazy("act", "Bill voided"),
    "finance.billed": pgettext_lazy("act", "Bill made"),
    "finance.bills_amended": pgettext_lazy("act", "Bills amended"),
    "learning.delivered": pgettext_lazy("act", "Records delivered"),
    "people.account_opened": pgettext_lazy("act", "Account opened"),
    "people.activated": pgettext_lazy("act", "Account activated"),
    "people.role_ended": pgettext_lazy("act", "Role ended"),
    "people.role_given": pgettext_lazy("act", "Role given"),
    "people.signed_in": pgettext_lazy("act", "Signed in"),
    "people.token_issued": pgettext_lazy("act", "API key issued"),
    "policies.draft_discarded": pgettext_lazy("act", "Policy draft put aside"),
    "policies.draft_published": pgettext_lazy("act", "Policy draft published"),
    "policies.draft_saved": pgettext_lazy("act", "Policy draft saved"),
    "policies.draft_started": pgettext_lazy("act", "Policy draft begun"),
    "policies.draft_taken_up": pgettext_lazy("act", "Policy draft taken up again"),
    "policies.draft_tried": pgettext_lazy("act", "Policy draft tried on a year"),
    "policies.pack_adopted": pgettext_lazy("act", "Policy pack adopted"),
    "policies.review_approved": pgettext_lazy("act", "Policy draft approved"),
    "policies.review_asked": pgettext_lazy("act", "Review of a policy draft asked for"),
    "policies.review_returned": pgettext_lazy("act", "Policy draft returned"),
    "policies.review_withdrawn": pgettext_lazy("act", "Request for review taken back"),
    "policies.window_set": pgettext_lazy("act", "Window moved"),
    "policies.year_closed": pgettext_lazy("act", "Training year closed"),
    "policies.year_opened": pgettext_lazy("act", "Training year opened"),
    "projects.changed": pgettext_lazy("act", "Project changed"),
    "projects.closed": pgettext_lazy("act", "Project closed"),
    "projects.drafted": pgettext_lazy("act", "Project drafted"),
    "projects.offer_added": pgettext_lazy("act", "Offer added"),
    "projects.offer_removed": pgettext_lazy("act", "Offer removed"),
    "projects.published": pgettext_lazy("act", "Project published"),
    "scope.divisions_loaded": pgettext_lazy("act", "Divisions loaded"),
    "teachers.number_opened": pgettext_lazy("act", "Identity number shown"),
    "teachers.roster_imported": pgettext_lazy("act", "Roster imported"),
    "teachers.schools_added": pgettext_lazy("act", "Schools added"),
    "teachers.slips_read": pgettext_lazy("act", "Activation slips printed"),
    "workshops.activity_added": pgettext_lazy("act", "Activity added"),
    "workshops.cohort_added": pgettext_lazy("act", "Class added"),
}


def act_word(act: str) -> str:
    """The act in words, or its name."""
    return str(ACTS.get(act, act))
