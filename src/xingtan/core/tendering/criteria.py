"""What bids are judged by: criteria with weights that add up, and marks that fit them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

MOST = 1000


class CriterionKind(StrEnum):
    """What a criterion looks at; the match with the project weighs most (S3), a price is reckoned and not judged."""

    MATCH = "match"
    PLAN = "plan"
    COURSES = "courses"
    TEAM = "team"
    RECORD = "record"
    PRICE = "price"
    DEFENCE = "defence"


ONCE = (CriterionKind.MATCH, CriterionKind.PRICE, CriterionKind.DEFENCE)


class Weighing(NamedTuple):
    """A criterion's kind and its weight in whole per cent."""

    kind: CriterionKind
    weight: int


def refuse_criteria(rows: Sequence[Weighing]) -> str | None:
    """Why bids may not be judged so: weights are not 100 together, or the match with the project does not weigh most (S3)."""
    if any(not 1 <= one.weight <= 100 for one in rows) or sum(one.weight for one in rows) != 100:
        return "tender_weights_not_100"
    if any(sum(one.kind is kind for one in rows) > 1 for kind in ONCE):
        return "tender_criterion_twice"
    match = [one.weight for one in rows if one.kind is CriterionKind.MATCH]
    if not match:
        return "tender_match_missing"
    others = [one.weight for one in rows if one.kind is not CriterionKind.MATCH]
    return "tender_match_not_most" if others and max(others) >= match[0] else None


def refuse_marks(marks: Mapping[int, int], criteria: Collection[int], *, is_final: bool) -> str | None:
    """Why these marks (criterion → tenths) may not stand: of something else, out of range, or given while one is missing."""
    if not set(marks) <= set(criteria):
        return "review_of_something_else"
    if any(not 0 <= tenths <= MOST for tenths in marks.values()):
        return "review_out_of_range"
    return "review_incomplete" if is_final and set(marks) != set(criteria) else None
