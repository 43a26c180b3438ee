"""The life of a certificate's page."""

from __future__ import annotations

from enum import StrEnum


class PageState(StrEnum):
    """A page is valid until it is revoked, or superseded by a corrected one."""

    VALID = "valid"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


class RevokeReason(StrEnum):
    """Why a page was revoked."""

    HOURS_REVERSED = "hours_reversed"
    WRONG_PERSON = "wrong_person"
    FRAUD = "fraud"
    OTHER = "other"
