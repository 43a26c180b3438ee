"""The door of the room `papers`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import PRINT_OWN_PAPER, PRINT_PAPERS, SEAL_PAPERS, SEE_OWN_PAPERS, SEE_PAPERS, SUBMIT_PAPERS
from .actions.keeping import archive, archived_file
from .actions.moving import submit, take_back
from .actions.printing import print_own, print_papers, print_roll
from .actions.sealing import Why, refuse, revoke, seal
from .checking import broken_proofs, check_paper
from .differing import Difference, differences_of
from .models import Paper, PaperState, PaperStep, Printing
from .printing import papers_pdf
from .queries.asking import Asked, asked_for
from .queries.comparing import compared
from .queries.papers import own_paper, own_papers, paper_ids_in, paper_in, papers_in, papers_of, printings_in, state_counts, steps_of
from .rules import OFFICE_DAYS
from .states import Kind, Reason, State, Step
from .tasks import ARCHIVE_JOB, JOB_WORDS, PRINT_JOB
from .words import CHIPS, KINDS, MESSAGES, PURPOSES, REASONS, REFUSALS, STATES, STEPS

__all__ = [
    "ARCHIVE_JOB",
    "CHIPS",
    "JOB_WORDS",
    "KINDS",
    "MESSAGES",
    "OFFICE_DAYS",
    "PRINT_JOB",
    "PRINT_OWN_PAPER",
    "PRINT_PAPERS",
    "PURPOSES",
    "REASONS",
    "REFUSALS",
    "SEAL_PAPERS",
    "SEE_OWN_PAPERS",
    "SEE_PAPERS",
    "STATES",
    "STEPS",
    "SUBMIT_PAPERS",
    "Asked",
    "Difference",
    "Kind",
    "Paper",
    "PaperState",
    "PaperStep",
    "Printing",
    "Reason",
    "State",
    "Step",
    "Why",
    "archive",
    "archived_file",
    "asked_for",
    "broken_proofs",
    "check_paper",
    "compared",
    "differences_of",
    "own_paper",
    "own_papers",
    "paper_ids_in",
    "paper_in",
    "papers_in",
    "papers_of",
    "papers_pdf",
    "print_own",
    "print_papers",
    "print_roll",
    "printings_in",
    "refuse",
    "revoke",
    "seal",
    "state_counts",
    "steps_of",
    "submit",
    "take_back",
]
