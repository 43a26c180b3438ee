"""How long each kind of data is kept: the one table that `xingtan retain` follows and that a test compares with what the models say.

A model's docstring ends with `kept: …`. Those words stand in `KEPT`; a model whose words name a time has a line in `SWEEPS`
(which date the time runs from), or one in `BY_OTHERS` (who deletes it). The ledger and the audit log are never swept.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Q

DAY, YEAR = timedelta(days=1), timedelta(days=365)
HALF_A_YEAR, TWO_YEARS, TEN_YEARS = timedelta(days=183), 2 * YEAR, timedelta(days=3653)

# The words that models use, and for how long that is; None is not counted in days.
KEPT: dict[str, timedelta | None] = {
    "forever": None,
    "until erased": None,
    "until deleted": None,
    "until judged": None,
    "by kind": None,
    "as the file": None,
    "as long as proofs": None,
    "as long as the provider": None,
    "as long as the factor": None,
    "as long as the site is connected": None,
    "with the laptop": None,
    "60 days, then as a daily file": None,
    "while its year is open": timedelta(0),
    "one day": DAY,
    "thirty days": 30 * DAY,
    "half a year after its end": HALF_A_YEAR,
    "one year": YEAR,
    "one year after its end": YEAR,
    "two years": TWO_YEARS,
    "ten years": TEN_YEARS,
}


class Sweep(NamedTuple):
    """Rows of a model go when this date is older than the model's time; where the condition holds, and nothing else points at them."""

    model: str
    since: str
    where: Q = Q()


CLOSED = Q(project__training_year__state="closed")
# Parts stand before what they are parts of.
SWEEPS: tuple[Sweep, ...] = (
    Sweep("answers.KeptAnswer", "kept_at"),
    Sweep("people.Throttle", "changed_at"),
    Sweep("people.ApiToken", "expires_at"),
    Sweep("people.Handover", "handed_at"),
    Sweep("people.Grant", "to_on"),
    Sweep("entrance.Visit", "ended_at"),
    Sweep("entrance.Recovery", "asked_at"),
    Sweep("events.Delivery", "event__happened_at", ~Q(event__delivered_at=None)),
    Sweep("events.Event", "happened_at", ~Q(delivered_at=None)),
    Sweep("inbox.Message", "sent_at"),
    Sweep("disclosures.Look", "last_at"),
    Sweep("disclosures.Unmasking", "at"),
    Sweep("disclosures.Export", "at"),
    Sweep("notices.NoticeReader", "read_at"),
    Sweep("notices.NoticeSignature", "signed_at"),
    Sweep("notices.ObjectionStep", "objection__decided_at"),
    Sweep("notices.Objection", "decided_at"),
    Sweep("surveys.AnswerDraft", "survey__closes_on"),
    Sweep("surveys.Answered", "on"),
    Sweep("surveys.Reply", "response__survey__closed_at"),
    Sweep("surveys.Response", "survey__closed_at"),
    Sweep("plans.CircularReceipt", "circular__issued_at"),
    Sweep("policies.DraftTrial", "finished_at"),
    Sweep("jobs.Job", "finished_at"),
    Sweep("rosters.RosterPortion", "written_at"),
    Sweep("rosters.RosterBatch", "moved_at"),
    Sweep("registers.PoolMember", "to_on"),
    Sweep("registers.Cadre", "to_on"),
    Sweep("registers.ProviderRecord", "until_on"),
    Sweep("registers.SideOfficeMember", "to_on"),
    Sweep("registers.SideOffice", "to_on"),
    Sweep("registers.Membership", "decided_at", Q(state__in=["refused", "ended"])),
    Sweep("circumstances.CircumstanceStep", "circumstance__changed_at"),
    Sweep("circumstances.Circumstance", "changed_at", ~Q(to_on=None) | Q(state__in=["refused", "withdrawn"])),
    Sweep("assessment.QuizAttempt", "handed_in_at"),
    Sweep("assessment.PackageState", "changed_at"),
    Sweep("assessment.Submission", "handed_in_at"),
    Sweep("workshops.Participation", "decided_at"),
    Sweep("kits.PaperSheet", "keyed_at"),
    Sweep("kits.Delivery", "at"),
    Sweep("kits.KitPerson", "kit__expires_at"),
    Sweep("kits.Kit", "expires_at"),
    Sweep("kits.GroupTime", "on"),
    Sweep("kits.GroupMember", "group__granted_at"),
    Sweep("kits.StudyGroup", "granted_at"),
    Sweep("anomalies.Deed", "concern__changed_at"),
    Sweep("anomalies.Aside", "concern__changed_at"),
    Sweep("anomalies.Trace", "concern__changed_at"),
    Sweep("anomalies.Concern", "changed_at"),
    Sweep("anomalies.Case", "changed_at"),
    Sweep("recognition.Attendance", "recorded_at"),
    Sweep("recognition.Meeting", "on"),
    Sweep("recognition.TrainingMember", "training__changed_at"),
    Sweep("recognition.Document", "added_at"),
    Sweep("recognition.Step", "at"),
    Sweep("recognition.Training", "changed_at"),
    Sweep("reviews.EvidenceLook", "at"),
    Sweep("reviews.PassedUnopened", "at"),
    Sweep("reviews.AppealStep", "appeal__decided_at"),
    Sweep("reviews.Appeal", "decided_at"),
    Sweep("reviews.LateEntry", "decided_at"),
    Sweep("papers.Reminder", "sent_at"),
    Sweep("finance.BillLine", "bill__made_at"),
    Sweep("finance.Bill", "made_at"),
    Sweep("supervision.LiveReminder", "at", CLOSED),
    Sweep("supervision.LiveTrainee", "project__closes_on", CLOSED),
    Sweep("supervision.LiveTally", "project__closes_on", CLOSED),
    Sweep("supervision.LiveProject", "project__closes_on", CLOSED),
)
BY_OTHERS: dict[str, str] = {
    "audit.AuditLine": "append-only; kept at least so long, and never deleted by a program",
}

# Stored files by kind; a kind that is not named is kept as long as what names it.
FILES: dict[str, timedelta] = {
    "roster": YEAR,
    "roster.preview": 30 * DAY,
    "roster.mend": 90 * DAY,
    "exchange.look": 30 * DAY,
    "exchange.mend": 90 * DAY,
    "exam_results": YEAR,
    "nominations": YEAR,
    "nominations.mend": 90 * DAY,
    "credits.opening_report": 90 * DAY,
    "everything": 7 * DAY,
    "research": 30 * DAY,
    "recognition.folder": 90 * DAY,
    "recognition.platform": TEN_YEARS,
    "learning_records": TEN_YEARS,
    "opening": TEN_YEARS,
    "credits.opening": TEN_YEARS,
    "circumstance": TEN_YEARS,
    "group_sheet": TEN_YEARS,
    "hand_in": TEN_YEARS,
}
