"""The door of the room `plans`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ANSWER_PLANS, SEE_PLANS, SUBMIT_PLANS, WRITE_PLANS
from .actions.calling import Call, call_for_plans, extend
from .actions.deciding import Answer, accept, adopt, reopen, return_plan, submit, take_back
from .actions.gathering import Became, gather, make_projects
from .actions.writing import Wanted, copy_last_year, save_lines, start_plan
from .models import Plan, PlanCall, PlanLine, PlanStep, accepted_sum, asked_sum
from .needs import REMIND_JOB, asked_of, traits_of
from .queries.below import LEVELS, Heard, heard, totals, units_below
from .queries.due import calls_of, dues_of
from .queries.grounds import Ground, grounds_for, head_counts
from .queries.plans import lines_of, plan_before, plan_in, plan_of, plans_above, plans_in, trail_of
from .rules import MOST_FEN, MOST_HEADS, MOST_HOURS_CENTI, MOST_LINES, Sum, lacking
from .states import MOVES, WRITABLE, Area, Category, Level, PlanAct, PlanState, Term, Way
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
    "JOB_WORDS",
    "LEVELS",
    "LEVEL_LABELS",
    "MESSAGES",
    "MOST_FEN",
    "MOST_HEADS",
    "MOST_HOURS_CENTI",
    "MOST_LINES",
    "MOVES",
    "REFUSALS",
    "REMIND_JOB",
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
    "Ground",
    "Heard",
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
    "copy_last_year",
    "dues_of",
    "extend",
    "gather",
    "grounds_for",
    "head_counts",
    "heard",
    "lacking",
    "lines_of",
    "make_projects",
    "plan_before",
    "plan_in",
    "plan_of",
    "plans_above",
    "plans_in",
    "reopen",
    "return_plan",
    "save_lines",
    "start_plan",
    "submit",
    "take_back",
    "totals",
    "trail_of",
    "traits_of",
    "units_below",
]
