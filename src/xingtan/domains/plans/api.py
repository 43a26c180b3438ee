"""The door of the room `plans`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ANSWER_PLANS, ISSUE_CIRCULARS, REPLY_CIRCULARS, SEE_PLANS, SUBMIT_PLANS, WRITE_PLANS
from .actions.calling import Call, call_for_plans, extend
from .actions.circulars import Issued, issue_circular, read_circular, reply_to_circular, withdraw_circular
from .actions.deciding import Answer, accept, adopt, reopen, return_plan, submit, take_back
from .actions.gathering import Became, gather, make_projects
from .actions.writing import Wanted, copy_last_year, save_lines, start_plan
from .models import Circular, CircularReceipt, Plan, PlanCall, PlanLine, PlanStep, accepted_sum, asked_sum
from .needs import REMIND_JOB, asked_of, traits_of
from .queries.below import LEVELS, Heard, heard, totals, units_below
from .queries.circulars import circular_in, circulars_for, reading_of, receipt_of, receipts_of
from .queries.due import calls_of, dues_of
from .queries.grounds import Ground, grounds_for, grounds_of, head_counts
from .queries.plans import lines_of, plan_before, plan_in, plan_of, plans_above, plans_in, trail_of
from .rules import MOST_FEN, MOST_HEADS, MOST_HOURS_CENTI, MOST_LINES, Sum, lacking
from .states import MOVES, PEOPLE, WRITABLE, Area, Category, Level, PlanAct, PlanState, Term, Way
from .words import (
    ACT_LABELS,
    AREA_LABELS,
    CATEGORY_LABELS,
    JOB_WORDS,
    LEVEL_LABELS,
    MESSAGES,
    REFUSALS,
    STATE_CHIPS,
    STATE_LABELS,
    TERM_LABELS,
    WAY_LABELS,
)

__all__ = [
    "ACT_LABELS",
    "ANSWER_PLANS",
    "AREA_LABELS",
    "CATEGORY_LABELS",
    "ISSUE_CIRCULARS",
    "JOB_WORDS",
    "LEVELS",
    "LEVEL_LABELS",
    "MESSAGES",
    "MOST_FEN",
    "MOST_HEADS",
    "MOST_HOURS_CENTI",
    "MOST_LINES",
    "MOVES",
    "PEOPLE",
    "REFUSALS",
    "REMIND_JOB",
    "REPLY_CIRCULARS",
    "SEE_PLANS",
    "STATE_CHIPS",
    "STATE_LABELS",
    "SUBMIT_PLANS",
    "TERM_LABELS",
    "WAY_LABELS",
    "WRITABLE",
    "WRITE_PLANS",
    "Answer",
    "Area",
    "Became",
    "Call",
    "Category",
    "Circular",
    "CircularReceipt",
    "Ground",
    "Heard",
    "Issued",
    "Level",
    "Plan",
    "PlanAct",
    "PlanCall",
    "PlanLine",
    "PlanState",
    "PlanStep",
    "Sum",
    "Term",
    "Wanted",
    "Way",
    "accept",
    "accepted_sum",
    "adopt",
    "asked_of",
    "asked_sum",
    "call_for_plans",
    "calls_of",
    "circular_in",
    "circulars_for",
    "copy_last_year",
    "dues_of",
    "extend",
    "gather",
    "grounds_for",
    "grounds_of",
    "head_counts",
    "heard",
    "issue_circular",
    "lacking",
    "lines_of",
    "make_projects",
    "plan_before",
    "plan_in",
    "plan_of",
    "plans_above",
    "plans_in",
    "read_circular",
    "reading_of",
    "receipt_of",
    "receipts_of",
    "reopen",
    "reply_to_circular",
    "return_plan",
    "save_lines",
    "start_plan",
    "submit",
    "take_back",
    "totals",
    "trail_of",
    "traits_of",
    "units_below",
    "withdraw_circular",
]
