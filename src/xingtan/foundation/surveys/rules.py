"""What may be asked and answered, and what of the answers may be shown: plain values in and out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias, TypeVar

from .states import CHOOSING, MOVES, QuestionKind, SurveyAct, SurveyState

K = TypeVar("K", bound=Hashable)
LEAST = 5
MOST_QUESTIONS, MOST_OPTIONS, MOST_NUMBER, MOST_WORDS = 60, 30, 1_000_000, 1000
SCALE = (1, 5)
Value: TypeAlias = int | str | list[int]


class Asked(NamedTuple):
    """A question as it is checked: its kind, how many options it has, whether an answer is needed."""

    kind: str
    options: int
    is_required: bool


def refuse_act(state: SurveyState, act: SurveyAct, *, questions: int) -> str | None:
    """Why this may not be done with the survey now."""
    if act not in MOVES[state]:
        return "survey_wrong_state"
    return "survey_without_questions" if act is SurveyAct.OPEN and not questions else None


def refuse_days(opens_on: date, closes_on: date) -> str | None:
    """Why a survey may not be open in these days."""
    return "survey_days_backwards" if closes_on < opens_on else None


def refuse_question(kind: QuestionKind, options: Sequence[str]) -> str | None:
    """Why a question may not be asked like this: a choice needs two different options at least, others need none."""
    if kind not in CHOOSING:
        return "survey_options_not_needed" if options else None
    if len(options) < 2 or len(set(options)) != len(options):
        return "survey_options_too_few"
    return "survey_options_too_many" if len(options) > MOST_OPTIONS else None


def refuse_value(asked: Asked, value: Value | None) -> str | None:
    """Why this is no answer to the question; None stands for no answer."""
    if value is None or value in ("", []):
        return "survey_answer_missing" if asked.is_required else None
    if asked.kind == QuestionKind.TEXT:
        return None if isinstance(value, str) and len(value) <= MOST_WORDS else "survey_answer_wrong"
    if asked.kind == QuestionKind.MANY:
        is_right = isinstance(value, list) and len(set(value)) == len(value) and all(_is_option(one, asked) for one in value)
        return None if is_right else "survey_answer_wrong"
    return None if isinstance(value, int) and _is_number(value, asked) else "survey_answer_wrong"


def _is_option(value: object, asked: Asked) -> bool:
    return isinstance(value, int) and 0 <= value < asked.options


def _is_number(value: int, asked: Asked) -> bool:
    if asked.kind == QuestionKind.ONE:
        return _is_option(value, asked)
    least, most = SCALE if asked.kind == QuestionKind.SCALE else (0, MOST_NUMBER)
    return least <= value <= most


def shown(counts: Mapping[K, int], least: int = LEAST) -> tuple[dict[K, int], int]:
    """Which parts of the answers may be shown alone, and how many answers stand together in the rest (0 when nothing is hidden).

    Every part shown has at least `least` answers, and so has the rest: nobody finds a small part as the total less the others.
    """
    parts = {key: count for key, count in counts.items() if count}
    kept = {key: count for key, count in parts.items() if count >= least}
    rest = sum(parts.values()) - sum(kept.values())
    for key in sorted(kept, key=lambda one: (kept[one], str(one))):
        if not 0 < rest < least:
            break
        rest += kept.pop(key)
    return kept, rest
