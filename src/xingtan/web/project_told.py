"""A project told to whoever looks: its segments in words, its days on a line, its conditions in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from xingtan.core.selection import Conditions, terms
from xingtan.domains.admissions import api as admissions
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.web.parts.figures import Span


class SegmentRow(NamedTuple):
    """A segment with its words."""

    segment: projects.Segment
    kind: str
    component: str
    passing: list[str]


class CategoryRow(NamedTuple):
    """A category of seats with its name in the reader's language."""

    name: str
    seats: int
    is_reserved: bool


def segment_rows(project: projects.Project) -> list[SegmentRow]:
    """The project's segments in their order, in words."""
    is_english = (get_language() or "").startswith("en")
    labels = {one.code: one.label.en if is_english else one.label.zh for one in policies.policy_of(project.training_year).components}
    return [
        SegmentRow(one, str(projects.SEGMENT_LABELS[one.kind]), labels.get(one.component, ""), passing_told(one.passing))
        for one in projects.segments_of([project.pk])[project.pk]
    ]


def passing_told(passing: dict[str, int]) -> list[str]:
    """What must be passed, a sentence each."""
    return [str(projects.PASSING_SENTENCES[name]) % {"n": value} for name, value in passing.items()]


def timeline(project: projects.Project, rows: Sequence[SegmentRow]) -> list[Span]:
    """The project's days on a line: application, then every segment that has its days."""
    spans = [Span(pgettext("project", "Application"), project.opens_on, project.closes_on)]
    dated = [(str(row.segment), row.segment.first_on, row.segment.last_on) for row in rows]
    spans += [Span(name, first, last) for name, first, last in dated if first and last]
    if len(spans) == 1 and project.starts_on and project.ends_on:
        spans.append(Span(_("Training"), project.starts_on, project.ends_on))
    return spans


def conditions_told(project: projects.Project) -> list[tuple[str, bool]]:
    """Each condition to take part as a sentence, and whether it only warns."""
    return [(admissions.term_sentence(term), term.is_advisory) for term in terms(Conditions.model_validate(project.conditions))]


def categories_told(project: projects.Project) -> list[CategoryRow]:
    """The categories of seats in the reader's language."""
    is_english = (get_language() or "").startswith("en")
    found = []
    for one in project.categories:
        name = one["label_en"] if is_english and one["label_en"] else one["label"]
        found.append(CategoryRow(name, one["seats"], one["is_reserved"]))
    return found


def ways_told(project: projects.Project) -> list[str]:
    """How teachers come to its seats; the year's own course selection where it has none."""
    if not project.has_seats:
        return [_("The course selection of the year")]
    return [str(projects.WAY_LABELS[way]) for way in project.ways]
