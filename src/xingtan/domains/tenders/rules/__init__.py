"""Pure decisions: why something may not be done, and the arithmetic of ranking, drawing and sharing, in whole numbers."""

from .deciding import (
    Weighing,
    refuse_act,
    refuse_criteria,
    refuse_marks,
    refuse_ready,
    refuse_submission,
    refuse_turn,
    refuse_window,
)
from .drawing import Facts, conflict_of, draw_order, seed_of
from .ranking import Judged, Outcome, Ranked, chosen, price_tenths, ranking, total_of
from .sharing import EvaluationWeights, Evaluated, Stands, shares, standings

__all__ = [
    "Evaluated",
    "EvaluationWeights",
    "Facts",
    "Judged",
    "Outcome",
    "Ranked",
    "Stands",
    "Weighing",
    "chosen",
    "conflict_of",
    "draw_order",
    "price_tenths",
    "ranking",
    "refuse_act",
    "refuse_criteria",
    "refuse_marks",
    "refuse_ready",
    "refuse_submission",
    "refuse_turn",
    "refuse_window",
    "seed_of",
    "shares",
    "standings",
    "total_of",
]
