"""A project's conditions as codes with their values, so that a page can say each in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .conditions import Code, Conditions
from .findings import Value


@dataclass(frozen=True, slots=True)
class Term:
    """One condition that a project sets; an advisory one warns only."""

    code: Code
    values: Mapping[str, Value] = field(default_factory=dict)
    is_advisory: bool = False


def terms(conditions: Conditions) -> tuple[Term, ...]:
    """Every condition that is set, in the order of the form; empty when the project asks for nothing."""
    return tuple(
        Term(code, values, is_advisory=code in conditions.advisory) for code in Code if (values := _values(code, conditions)) is not None
    )


def _values(code: Code, conditions: Conditions) -> Mapping[str, Value] | None:
    held = getattr(conditions, code, None)
    if held is None or held == () or (held is False and code is not Code.IS_RURAL):
        return None
    if code is Code.NOT_TRAINED_WITHIN:
        return {"kinds": held.kinds, "years": held.years}
    return {NAMES[code]: held} if code in NAMES else {}


# Under which name a finding of the same code tells what was asked for.
NAMES: dict[Code, str] = {
    Code.STAGES: "any",
    Code.SUBJECTS: "any",
    Code.HONOURS_ANY: "any",
    Code.POSITIONS_ANY: "any",
    Code.TITLE_AT_LEAST: "title",
    Code.TITLE_AT_MOST: "title",
    Code.AGE_AT_MOST: "years",
    Code.SERVICE_YEARS_AT_LEAST: "years",
    Code.SERVICE_YEARS_AT_MOST: "years",
    Code.IS_RURAL: "wanted",
    Code.LADDER: "kinds",
}
