"""The door of the room `anomalies`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ANSWER, DECIDE, DECIDE_APPEAL, LOOK, SEE_ANOMALIES
from .actions.answering import answer, appeal, decide_appeal
from .actions.deciding import Decision, decide
from .actions.keeping import keep_findings
from .detectors import Finding
from .models import Aside, Case, Concern, Deed, Trace
from .queries import (
    TABS,
    Filters,
    asides_of,
    case_seen,
    cases_seen,
    concerns_seen,
    deeds_of,
    facets,
    limits,
    own_concern,
    own_concerns,
    tab_counts,
    traces_of,
    waiting_cases,
    with_concerns,
)
from .rules import Limits
from .states import ASIDE, MOVES, OPEN, REASONS, Act, Kind, Reason, State, Sureness
from .tasks import LOOK_JOB, look, looked_through, start_look
from .words import (
    ACTS,
    JOB_WORDS,
    KINDS,
    MESSAGES,
    OWN_SENTENCES,
    OWN_STATES,
    REASON_WORDS,
    REFUSALS,
    SENTENCES,
    STATES,
    SURENESS,
    WHAT_WORDS,
)

__all__ = [
    "ACTS", "ANSWER", "ASIDE", "DECIDE", "DECIDE_APPEAL", "JOB_WORDS", "KINDS", "LOOK", "LOOK_JOB", "MESSAGES", "MOVES", "OPEN",
    "OWN_SENTENCES", "OWN_STATES", "REASONS", "REASON_WORDS", "REFUSALS", "SEE_ANOMALIES", "SENTENCES", "STATES", "SURENESS", "TABS", "WHAT_WORDS",
    "Act", "Aside", "Case", "Concern", "Decision", "Deed", "Filters", "Finding", "Kind", "Limits", "Reason", "State", "Sureness", "Trace",
    "answer", "appeal", "asides_of", "case_seen", "cases_seen", "concerns_seen", "decide", "decide_appeal", "deeds_of", "facets",
    "keep_findings", "limits", "look", "looked_through", "own_concern", "own_concerns", "start_look", "tab_counts", "traces_of",
    "waiting_cases", "with_concerns",
]  # fmt: skip
