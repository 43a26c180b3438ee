"""Tables of the room."""

from .awards import Contract, ProviderStanding, RankLine
from .bids import Bid, BidFile, BidSeal
from .panels import DefenceLine, Expert, PanelMember, Review
from .tender import Criterion, Keyholder, Question, Tender

__all__ = [
    "Bid",
    "BidFile",
    "BidSeal",
    "Contract",
    "Criterion",
    "DefenceLine",
    "Expert",
    "Keyholder",
    "PanelMember",
    "ProviderStanding",
    "Question",
    "RankLine",
    "Review",
    "Tender",
]
