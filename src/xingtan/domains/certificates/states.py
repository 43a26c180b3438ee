"""The life of a certificate's page."""

from __future__ import annotations

from enum import StrEnum


class PageState(StrEnum):
    """A page is valid until it is revoked, or superseded by a corrected one; neither is ever undone."""

    VALID = "valid"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


class RevokeReason(StrEnum):
    """Why a page was revoked; `other` needs words."""

    HOURS_REVERSED = "hours_reversed"
    WRONG_PERSON = "wrong_person"
    FRAUD = "fraud"
    OTHER = "other"


class Found(StrEnum):
    """What the public check answers."""

    VALID = "valid"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"
