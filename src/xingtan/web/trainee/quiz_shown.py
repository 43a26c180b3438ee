"""A quiz as its pages show it: to be answered, or answered with what was right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xingtan.domains.assessment import api as assessment
from xingtan.web.parts.wording import worded_in

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class OptionShown:
    """An option, whether it was chosen, and whether it is right."""

    key: str
    text: str
    is_chosen: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question with its options; `is_right` says whether exactly its right options were chosen."""

    number: int
    key: str
    kind: str
    text: str
    options: tuple[OptionShown, ...]
    is_right: bool
    is_missing: bool
    explanation: str

    @property
    def is_multiple(self) -> bool:
        """True when several options may be right."""
        return self.kind == "multiple"


def _options(question: Mapping[str, Any], given: frozenset[str]) -> tuple[OptionShown, ...]:
    right = assessment.right_answer(question)
    words = {str(option["key"]): worded_in(option, "text") for option in question.get("options", ())}
    words = words or {"true": _("True"), "false": _("False")}
    return tuple(OptionShown(key, words[key], key in given, key in right) for key in assessment.option_keys(question))


def questions_shown(questions: Sequence[Mapping[str, Any]], answers: Answers, *, missing: Sequence[str] = ()) -> list[QuestionShown]:
    """The questions in order with these answers marked."""
    right = assessment.score(questions, answers).right
    return [
        QuestionShown(
            number=at,
            key=str(question["key"]),
            kind=str(question["kind"]),
            text=worded_in(question, "text"),
            options=_options(question, frozenset(answers.get(str(question["key"]), ()))),
            is_right=right[at - 1],
            is_missing=str(question["key"]) in missing,
            explanation=worded_in(question, "explanation"),
        )
        for at, question in enumerate(questions, start=1)
    ]
