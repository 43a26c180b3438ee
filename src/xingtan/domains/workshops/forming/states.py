"""The life of a project's forming of classes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class FormingState(StrEnum):
    """Classes of a project while they are formed: a draft that may be changed, arranged for good, or dropped."""

    DRAFTED = "drafted"
    ARRANGED = "arranged"
    DROPPED = "dropped"


class FormingAct(StrEnum):
    """What an office does with the draft."""

    PROPOSE = "propose"
    ADJUST = "adjust"
    ARRANGE = "arrange"
    DROP = "drop"


FORMING_MOVES: Mapping[FormingState, Mapping[FormingAct, FormingState]] = {
    FormingState.DRAFTED: {
        FormingAct.PROPOSE: FormingState.DRAFTED,
        FormingAct.ADJUST: FormingState.DRAFTED,
        FormingAct.ARRANGE: FormingState.ARRANGED,
        FormingAct.DROP: FormingState.DROPPED,
    },
    FormingState.ARRANGED: {},
    FormingState.DROPPED: {},
}


class Key(StrEnum):
    """By what trainees are put together, the strongest first."""

    CITY = "city"
    COUNTY = "county"
    STAGE = "stage"
    SUBJECT = "subject"


class Refusal(StrEnum):
    """Why classes cannot be formed so."""

    FORMING_DONE = "forming_done"
    FORMING_NOBODY = "forming_nobody"
    FORMING_SIZES = "forming_sizes"
    FORMING_TUTOR_MISSING = "forming_tutor_missing"
    FORMING_OVERFULL = "forming_overfull"
    FORMING_TITLE_TWICE = "forming_title_twice"
    FORMING_LOAD = "forming_load"
