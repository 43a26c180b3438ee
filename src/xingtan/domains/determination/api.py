"""The door of the room `determination`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import CLOSE_YEAR, DETERMINE, EXAMINE, SEE_DETERMINATIONS
from .actions.determining import close_year, determine, examine
from .models import Determination, DeterminationRun
from .queries.determinations import UNSETTLED, determination_of, determinations_in, runs_in, verdict_counts, verdict_of
from .queries.known import KnownVerdict, verdicts_known
from .queries.pages import PageFacts, PageLine, PastVerdict, facts_for_pages
from .queries.record import ChainStep, EntryView, Record, Row, Section, record_of
from .tasks import DETERMINE_JOB
from .words import JOB_WORDS, NODES, REASONS, REFUSALS, VERDICT_CHIPS, VERDICTS, reason_sentence

__all__ = [
    "CLOSE_YEAR",
    "DETERMINE",
    "DETERMINE_JOB",
    "EXAMINE",
    "JOB_WORDS",
    "NODES",
    "REASONS",
    "REFUSALS",
    "SEE_DETERMINATIONS",
    "UNSETTLED",
    "VERDICTS",
    "VERDICT_CHIPS",
    "ChainStep",
    "Determination",
    "DeterminationRun",
    "EntryView",
    "KnownVerdict",
    "PageFacts",
    "PageLine",
    "PastVerdict",
    "Record",
    "Row",
    "Section",
    "close_year",
    "determination_of",
    "determinations_in",
    "determine",
    "examine",
    "facts_for_pages",
    "reason_sentence",
    "record_of",
    "runs_in",
    "verdict_counts",
    "verdict_of",
    "verdicts_known",
]
