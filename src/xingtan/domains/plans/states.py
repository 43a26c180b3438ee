"""What a plan may be, and what its lines are made of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Term(StrEnum):
    """A plan is of the whole training year or of one of its terms (B7)."""

    YEAR = "year"
    FIRST = "first"
    SECOND = "second"


class Level(StrEnum):
    """Whose plans a call is for."""

    SCHOOL = "school"
    COUNTY = "county"
    CITY = "city"


class PlanState(StrEnum):
    """A plan is written, lies with the level above, comes back or is accepted."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class PlanAct(StrEnum):
    """What is done with a plan; saving, copying and gathering leave its state."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    ACCEPT = "accept"
    ADOPT = "adopt"
    REOPEN = "reopen"


MOVES: Mapping[PlanState, Mapping[PlanAct, PlanState]] = {
    PlanState.DRAFT: {PlanAct.SUBMIT: PlanState.SUBMITTED, PlanAct.ADOPT: PlanState.ACCEPTED},
    PlanState.SUBMITTED: {
        PlanAct.TAKE_BACK: PlanState.DRAFT,
        PlanAct.RETURN: PlanState.RETURNED,
        PlanAct.ACCEPT: PlanState.ACCEPTED,
    },
    PlanState.RETURNED: {PlanAct.SUBMIT: PlanState.SUBMITTED, PlanAct.ADOPT: PlanState.ACCEPTED},
    PlanState.ACCEPTED: {PlanAct.REOPEN: PlanState.RETURNED},
}
WRITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED})


class Area(StrEnum):
    """The content areas of B8."""

    ETHICS = "ethics"
    PROFESSIONAL = "professional"
    THEORY = "theory"
    RESEARCH = "research"
    SKILL = "skill"
    HUMANITIES = "humanities"


class Way(StrEnum):
    """The unit runs the training itself, or sends people to what a level above runs."""

    RUN = "run"
    SEND = "send"


class Category(StrEnum):
    """For whom a line is beyond stage and subject; the same codes as the categories of seats."""

    ANY = ""
    SUBJECT = "subject"
    PRINCIPAL = "principal"
    CLASS_HEAD = "class_head"
    TECHNOLOGY = "technology"
    ENGLISH_ABROAD = "english_abroad"
    RURAL_ARTS_SPORTS = "rural_arts_sports"
    PSYCHOLOGY = "psychology"
    RURAL = "rural"


# The category of seats that a line for all teachers becomes.
PEOPLE = "people"
