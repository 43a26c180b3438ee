"""Codes of the exchange: the ways in, the columns of a file, what may be wrong with a row."""

from __future__ import annotations

from enum import StrEnum

from xingtan.core.learned_time.claims import WhyNot

__all__ = ["FIELDS", "NEEDED", "Channel", "Field", "Problem", "Unit", "WhyNot"]


class Channel(StrEnum):
    """How a delivery came."""

    FILE = "file"
    INBOX = "inbox"
    API = "api"
    COMMAND = "command"
    STATEMENTS = "statements"
    CORRECTION = "correction"
    UNDO = "undo"


class Field(StrEnum):
    """What a column of a provider's file may hold."""

    NUMBER = "number"
    IDENTITY = "identity"
    NAME = "name"
    TITLE = "title"
    SECONDS = "seconds"
    DAY = "day"
    MODE = "mode"
    FIRST = "first"
    BEGIN = "begin"
    END = "end"
    MEDIA = "media"
    REPLACES = "replaces"


FIELDS = tuple(Field)
NEEDED = (Field.NUMBER, Field.IDENTITY, Field.NAME, Field.TITLE, Field.SECONDS, Field.DAY)


class Unit(StrEnum):
    """In what a provider's file counts time."""

    SECONDS = "s"
    MINUTES = "min"
    HOURS = "h"


class Problem(StrEnum):
    """What is wrong with a row, so that the file is not taken."""

    NUMBER_MISSING = "number_missing"
    NUMBER_TWICE = "number_twice"
    NOT_A_TRAINEE = "not_a_trainee"
    NAME_DIFFERS = "name_differs"
    OFFER_UNKNOWN = "offer_unknown"
    YEAR_CLOSED = "year_is_closed"
    SECONDS_WRONG = "seconds_wrong"
    DAY_WRONG = "day_wrong"
    TIMES_WRONG = "times_wrong"
    MODE_UNKNOWN = "mode_unknown"
    RECORD_DIFFERS = "record_differs"
    REPLACED_UNKNOWN = "replaced_unknown"
    REPLACED_BEFORE = "replaced_before"
