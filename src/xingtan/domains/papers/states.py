"""The life of a paper between the printer and the office's shelf."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a paper is: hours of any dates, a year for the appraisal form, a cycle's record, a school's list for title review."""

    HOURS = "hours"
    YEAR = "year"
    CYCLE = "cycle"
    ROLL = "roll"


class State(StrEnum):
    """Where a paper stands; sealed ones are never changed, only revoked, or overtaken by a newer sealed one."""

    PRINTED = "printed"
    SUBMITTED = "submitted"
    REFUSED = "refused"
    SEALED = "sealed"
    REVOKED = "revoked"
    OVERTAKEN = "overtaken"


class Step(StrEnum):
    """An act in the life of a paper, kept for ever in their order."""

    PRINTED = "printed"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"
    SEALED = "sealed"
    ARCHIVED = "archived"
    REVOKED = "revoked"
    OVERTAKEN = "overtaken"


class Reason(StrEnum):
    """Why an office refused a paper or revoked its seal; `other` needs words."""

    DIFFERS = "differs"
    NOT_SIGNED = "not_signed"
    UNREADABLE = "unreadable"
    WRONG_PERSON = "wrong_person"
    FRAUD = "fraud"
    OTHER = "other"


MOVES: Mapping[State, Mapping[Step, State]] = {
    State.PRINTED: {Step.SUBMITTED: State.SUBMITTED},
    State.SUBMITTED: {Step.TAKEN_BACK: State.PRINTED, Step.REFUSED: State.REFUSED, Step.SEALED: State.SEALED},
    State.REFUSED: {Step.SUBMITTED: State.SUBMITTED},
    State.SEALED: {Step.REVOKED: State.REVOKED, Step.OVERTAKEN: State.OVERTAKEN},
    State.REVOKED: {},
    State.OVERTAKEN: {},
}


class BatchState(StrEnum):
    """A batch of earlier hours: handed in, refused as a whole with its reasons, or standing in the ledger."""

    HANDED_IN = "handed_in"
    REFUSED = "refused"
    STANDS = "stands"


class Answer(StrEnum):
    """What a teacher said to the own earlier hours, and how an objection ended: hours kept as they are, or mended."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    KEPT = "kept"
    MENDED = "mended"


class Matter(StrEnum):
    """Why a teacher is chased, in the order of the way: each teacher stands under the first that holds."""

    NOT_SIGNED_IN = "not-signed-in"
    NOT_CHOSEN = "not-chosen"
    SENT_BACK = "sent-back"
    TO_CONFIRM = "to-confirm"
    TO_PAY = "to-pay"
    NOT_STARTED = "not-started"
    BEHIND = "behind"
    WORK_MISSING = "work-missing"
    EXAM_DUE = "exam-due"
