"""What a study group, its kits and their lines can be."""

from __future__ import annotations

from enum import StrEnum


class KitState(StrEnum):
    """Where a kit is in its life; nothing is taken from one that was withdrawn."""

    MADE = "made"
    IN_USE = "in_use"
    WITHDRAWN = "withdrawn"


class What(StrEnum):
    """What a line of a kit's book says."""

    OPENED = "opened"  # the leader opened a session of the timetable
    CAME = "came"  # a person signed in to it
    LEFT = "left"
    STARTED = "started"  # a player was opened, for the group or for one person
    PLAYED = "played"  # what it played since its line before
    ANSWERED = "answered"  # a quiz
    SIGNED = "signed"  # a person confirms the attendance at the end
    CLOSED = "closed"  # the leader confirms the session


class Doubt(StrEnum):
    """Why a line, or the time that it tells of, does not count."""

    BEFORE_KIT = "before_kit"
    AFTER_RECEIPT = "after_receipt"
    CLOCK_BACK = "clock_back"
    OUTSIDE_TIMES = "outside_times"
    NOT_MEMBER = "not_member"
    NOBODY_THERE = "nobody_there"
    UNKNOWN_UNIT = "unknown_unit"
    NOTHING_PLAYED = "nothing_played"
    COUNTED_ALREADY = "counted_already"
    UNREADABLE = "unreadable"


class How(StrEnum):
    """The way on which blocks came to the centre."""

    LINE = "line"
    STICK = "stick"
