"""Choosing providers, as far as it is arithmetic: criteria, ranking, drawing, sharing, and what is in a bid's envelope."""

from .criteria import MOST, CriterionKind, Weighing, refuse_criteria, refuse_marks
from .drawing import Facts, conflict_of, draw_order, seed_of
from .envelopes import Attached, Offered, packed, refuse_offered, unpacked
from .ranking import Judged, Outcome, Ranked, chosen, price_tenths, ranking, total_of
from .sharing import Evaluated, EvaluationWeights, Stands, shares, standings

__all__ = [
    "MOST",
    "Attached",
    "CriterionKind",
    "Evaluated",
    "EvaluationWeights",
    "Facts",
    "Judged",
    "Offered",
    "Outcome",
    "Ranked",
    "Stands",
    "Weighing",
    "chosen",
    "conflict_of",
    "draw_order",
    "packed",
    "price_tenths",
    "ranking",
    "refuse_criteria",
    "refuse_marks",
    "refuse_offered",
    "seed_of",
    "shares",
    "standings",
    "total_of",
    "unpacked",
]
