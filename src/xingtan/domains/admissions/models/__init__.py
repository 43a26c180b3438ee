"""The room's tables."""

from .applications import Application, ApplicationStep, PlannedOffer
from .batches import NominationBatch, NominationPortion
from .rounds import AdmissionTerms, OfferLimit, Round

__all__ = [
    "AdmissionTerms", "Application", "ApplicationStep", "NominationBatch", "NominationPortion", "OfferLimit", "PlannedOffer", "Round",
]  # fmt: skip
