"""The versions of the standard, and the one verb that it reserves."""

from __future__ import annotations

from enum import StrEnum

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class Version(StrEnum):
    """The versions of the standard that are spoken; the value is what `X-Experience-API-Version` answers."""

    V1 = "1.0.3"
    V2 = "2.0.0"
