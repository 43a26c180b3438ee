"""Codes of the review chain: automatic checks, batches, late entries, appeals."""

from __future__ import annotations

from enum import StrEnum


class Check(StrEnum):
    """What the automatic check finds wrong with an entry; `clean` when it finds nothing."""

    CLEAN = "clean"
    EVIDENCE_MISSING = "evidence_missing"
    OVER_CAP = "over_cap"
    OUTSIDE_YEAR = "outside_year"
    TWO_PLACES = "two_places"
    UNUSUAL = "unusual"


class BatchState(StrEnum):
    """Where a batch stands: drawn with its sample, passed as a whole, or dropped."""

    DRAWN = "drawn"
    PASSED = "passed"
    DROPPED = "dropped"


class LateState(StrEnum):
    """Where a request for a late entry stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LateReason(StrEnum):
    """Why hours come late; `other` needs words."""

    PROVIDER_LATE = "provider_late"
    MOVED = "moved"
    MISTAKE = "mistake"
    OFFLINE = "offline"
    OTHER = "other"


class AppealState(StrEnum):
    """Where an appeal stands."""

    FILED = "filed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class AppealAct(StrEnum):
    """One step of an appeal's trail."""

    FILED = "filed"
    CARRIED_UP = "carried_up"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
