"""A rubric as pages show it, with the points that were given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xingtan.domains.assessment import api as assessment

from .wording import worded


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A criterion, its most points, and the points given, None before."""

    key: str
    label: str
    most: int
    given: int | None


def mark_lines(rubric: Sequence[assessment.Criterion], marks: Mapping[str, int]) -> list[MarkLine]:
    """The rubric's lines in order."""
    return [MarkLine(line.key, worded(line.label, line.label_en), line.most, marks.get(line.key)) for line in rubric]
