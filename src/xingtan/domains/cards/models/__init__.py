"""The room's tables."""

from .cards import Card, CardBatch, CardStep
from .consignments import Consignment
from .reports import CardReport, HoursPurchase, ReportedName

__all__ = ["Card", "CardBatch", "CardReport", "CardStep", "Consignment", "HoursPurchase", "ReportedName"]
