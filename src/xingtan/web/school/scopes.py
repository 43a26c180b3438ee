"""What the school's pages ask first: which year, and which day closes what."""

from __future__ import annotations

from datetime import date

from xingtan.core.calendar import WindowKind
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.web.http import Request


def year_wanted(request: Request) -> policies.TrainingYear | None:
    """The year that the address names, else the latest open one, else the latest; None where no year was opened."""
    wanted = request.GET.get("year", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) == 4:
        return policies.year_for(request.actor, int(wanted))
    return policies.current_year_for(request.actor) or policies.years_for(request.actor).first()


def closing_days(year: policies.TrainingYear) -> dict[WindowKind, date]:
    """The last day of every window of the year."""
    return {kind: window.closes_on for kind, window in enrolment.year_rules(year).windows.items()}
