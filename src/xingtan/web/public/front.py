"""What the front page shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xingtan.core.calendar import WindowKind
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.web.parts.figures import Span

from .words import COUNTS

SHOWN = 4
OFFICES_OWN = frozenset({WindowKind.PAYMENT, WindowKind.ENTRY, WindowKind.REVIEW, WindowKind.VERIFICATION})


def facts(today: date) -> dict[str, Any]:
    """The year that is open now with its windows, projects and counts; what there is no data for is left out."""
    province = Organisation.everywhere.filter(kind=Kind.PROVINCE).order_by("path").first()
    year = policies.current_year_for(province) if province else None
    spans = spans_of(year)
    now = _now(spans, today)
    is_open = list(projects.public_projects(today)[:SHOWN])
    running = [] if is_open or year is None else list(projects.projects_of_year(year.pk)[:SHOWN])
    return {
        "year": year,
        "spans": spans,
        "now": now,
        "days_left": (now.closes_on - today).days if now else None,
        "projects": _with_words(is_open or running),
        "is_choosing": bool(is_open),
        "gone": _gone(spans, today),
        "counts": _counts(province, year),
    }


def spans_of(year: Any) -> Sequence[Span]:  # noqa: ANN401 -- a room's row, known by its door only
    """The year's windows as spans of the axis, in the order of their first days; without those that only offices work in."""
    if year is None:
        return []
    windows = [window for window in policies.windows_of(year).values() if window.kind not in OFFICES_OWN]
    return [Span(str(policies.WINDOW_LABELS[window.kind]), window.opens_on, window.closes_on) for window in windows]


def _gone(spans: Sequence[Span], today: date) -> int:
    """How much of the axis lies before today, in percent."""
    if not spans:
        return 0
    first, last = min(span.opens_on for span in spans), max(span.closes_on for span in spans)
    return max(0, min(100, 100 * (today - first).days // ((last - first).days + 1)))


def _now(spans: Sequence[Span], today: date) -> Span | None:
    is_open = [span for span in spans if span.opens_on <= today <= span.closes_on]
    study = str(policies.WINDOW_LABELS[WindowKind.STUDY])
    return next((span for span in is_open if span.label == study), is_open[0] if is_open else None)


def _with_words(rows: list[Any]) -> list[Any]:
    for row in rows:
        row.tier_word = projects.TIER_LABELS[row.tier]
    return rows


def _counts(province: Organisation | None, year: Any) -> list[tuple[str, int]]:  # noqa: ANN401 -- a room's row, known by its door only
    if not (year and province):
        return []
    found = supervision.seven_counts(province.scope, year.pk)
    return [(str(word), getattr(found, key)) for key, word in COUNTS.items()]
