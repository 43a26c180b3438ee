"""What the front page and a project's page show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xingtan.core.calendar import WindowKind
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Kind, Organisation

from ..parts.figures import Span
from .words import COUNTS, WINDOWS

SHOWN = 4


def facts(today: date) -> dict[str, Any]:
    """The year that is open now with its windows, projects and counts; parts without data are left out."""
    year = _year()
    spans = _spans(year)
    return {
        "year": year,
        "spans": spans,
        "now": next((span for span in spans if span.opens_on <= today <= span.closes_on), None),
        "projects": _open_projects(today)[:SHOWN],
        "counts": _counts(year),
    }


def _province() -> Organisation | None:
    return Organisation.everywhere.filter(kind=Kind.PROVINCE).order_by("path").first()


def _year() -> Any:
    province = _province()
    find = getattr(policies, "current_year_for", None)
    return find(province.pk) if province and find else None


def _spans(year: Any) -> Sequence[Span]:
    windows = getattr(policies, "windows_of", None)
    if year is None or windows is None:
        return []
    return [Span(str(WINDOWS[WindowKind(kind)]), *_days(window)) for kind, window in windows(year).items()]


def _days(window: Any) -> tuple[date, date]:
    if isinstance(window, tuple):
        return window
    return window.opens_on, window.closes_on


def _open_projects(today: date) -> list[Any]:
    province = _province()
    find = getattr(projects, "open_projects", None)
    return list(find(province.path, today)) if province and find else []


def _counts(year: Any) -> list[tuple[str, int]]:
    province = _province()
    ask = getattr(supervision, "seven_counts", None)
    if not (year and province and ask):
        return []
    found = ask(province.scope, year.pk)
    return [(str(word), int(found[key] if isinstance(found, dict) else getattr(found, key))) for key, word in COUNTS.items()]


def project_facts(pid: str, today: date) -> dict[str, Any]:
    """A published project with its offers; `NotInScope` for any other."""
    project = next((row for row in _open_projects(today) if row.public_id == pid), None)
    if project is None:
        raise NotInScope
    return {"project": project, "offers": projects.offers_of([project.pk])}
