"""The door of the room `eligibility`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ISSUE_OWN_STATEMENT, ISSUE_STATEMENTS, SEE_ELIGIBILITY, SEE_OWN_ELIGIBILITY
from .actions.issuing import issue_own, issue_statements
from .checking import altered_statements, broken_proofs, check_statement
from .explaining import Explained, Explanation, RuleTold, Tried, explanation_of, outlook_of
from .models import Statement, StatementRun
from .printing import statement_sheet
from .queries.matching import Matched, matched
from .queries.statements import (
    agrees,
    answers_of,
    branch_count,
    branch_ids,
    finding_counts,
    own_statement,
    run_in,
    runs_in,
    schools_of,
    statement_in,
    statements_in,
    statements_of,
)
from .remedy_words import OutlookTold, StepTold, outlook_told
from .rules import MOST_LINES, lines_of, refuse_asking
from .states import Effect, Finding, Match, Way
from .tasks import ISSUE_JOB
from .words import (
    EFFECT_CHIPS,
    EFFECTS,
    FINDING_CHIPS,
    FINDING_SENTENCES,
    FINDINGS,
    JOB_WORDS,
    LEVELS,
    MATCHES,
    NEEDS_CODE,
    REFUSALS,
    WAYS,
)

__all__ = [
    "EFFECTS",
    "EFFECT_CHIPS",
    "FINDINGS",
    "FINDING_CHIPS",
    "FINDING_SENTENCES",
    "ISSUE_JOB",
    "ISSUE_OWN_STATEMENT",
    "ISSUE_STATEMENTS",
    "JOB_WORDS",
    "LEVELS",
    "MATCHES",
    "MOST_LINES",
    "NEEDS_CODE",
    "REFUSALS",
    "SEE_ELIGIBILITY",
    "SEE_OWN_ELIGIBILITY",
    "WAYS",
    "Effect",
    "Explained",
    "Explanation",
    "Finding",
    "Match",
    "Matched",
    "OutlookTold",
    "RuleTold",
    "Statement",
    "StatementRun",
    "StepTold",
    "Tried",
    "Way",
    "agrees",
    "altered_statements",
    "answers_of",
    "branch_count",
    "branch_ids",
    "broken_proofs",
    "check_statement",
    "explanation_of",
    "finding_counts",
    "issue_own",
    "issue_statements",
    "lines_of",
    "matched",
    "outlook_of",
    "outlook_told",
    "own_statement",
    "refuse_asking",
    "run_in",
    "runs_in",
    "schools_of",
    "statement_in",
    "statement_sheet",
    "statements_in",
    "statements_of",
]
