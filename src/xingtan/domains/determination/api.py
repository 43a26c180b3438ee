"""The door of the room `determination`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import DETERMINE, EXAMINE, SEE_DETERMINATIONS
from .actions.determining import carry_out, determine, examine, order_for, settle
from .actions.trying import TRY_JOB, try_draft
from .models import Determination, DeterminationRun
from .queries.determinations import (
    CYCLE,
    UNSETTLED,
    YEAR,
    determination_of,
    determinations_in,
    final_of,
    runs_in,
    verdict_counts,
    verdict_of,
)
from .queries.facts import facts_of_year
from .queries.known import KnownVerdict, verdicts_known
from .queries.pages import PageFacts, PageLine, PastVerdict, facts_for_pages
from .queries.record import ChainStep, EntryView, Record, Row, Section, record_of
from .queries.runs import (
    Comparison,
    Flow,
    Wanted,
    changes,
    compare,
    counts_at,
    counts_last_year,
    run_named,
    snapshot,
    trials_for,
    year_before,
)
from .queries.under import UnderBoth, verdicts_under
from .states import Change, RunKind
from .tasks import DETERMINE_JOB
from .words import CHANGES, JOB_WORDS, NODES, REASONS, VERDICT_CHIPS, VERDICTS, reason_sentence

__all__ = [
    "CHANGES",
    "CYCLE",
    "DETERMINE",
    "DETERMINE_JOB",
    "EXAMINE",
    "JOB_WORDS",
    "NODES",
    "REASONS",
    "SEE_DETERMINATIONS",
    "TRY_JOB",
    "UNSETTLED",
    "VERDICTS",
    "VERDICT_CHIPS",
    "YEAR",
    "ChainStep",
    "Change",
    "Comparison",
    "Determination",
    "DeterminationRun",
    "EntryView",
    "Flow",
    "KnownVerdict",
    "PageFacts",
    "PageLine",
    "PastVerdict",
    "Record",
    "Row",
    "RunKind",
    "Section",
    "UnderBoth",
    "Wanted",
    "carry_out",
    "changes",
    "compare",
    "counts_at",
    "counts_last_year",
    "determination_of",
    "determinations_in",
    "determine",
    "examine",
    "facts_for_pages",
    "facts_of_year",
    "final_of",
    "order_for",
    "reason_sentence",
    "record_of",
    "run_named",
    "runs_in",
    "settle",
    "snapshot",
    "trials_for",
    "try_draft",
    "verdict_counts",
    "verdict_of",
    "verdicts_known",
    "verdicts_under",
    "year_before",
]
