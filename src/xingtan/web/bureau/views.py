"""Years as the bureau's pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from xingtan.core.calendar import Position, Window, WindowKind
from xingtan.domains.policies import api as policies
from xingtan.web.parts.figures import Span

CHIPS = {Position.BEFORE: "plain", Position.OPEN: "act", Position.AFTER: "ok"}


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window with its word and where today lies to it."""

    kind: WindowKind
    label: Promise
    opens_on: date
    closes_on: date
    chip: str
    position: Promise
    is_open: bool


@dataclass(frozen=True, slots=True)
class YearView:
    """A year with its windows in order."""

    row: policies.TrainingYear
    state: Promise
    windows: list[WindowRow]

    @property
    def spans(self) -> list[Span]:
        """The windows for the axis."""
        return [Span(str(window.label), window.opens_on, window.closes_on) for window in self.windows]

    @property
    def open_now(self) -> list[WindowRow]:
        """The windows that are open today."""
        return [window for window in self.windows if window.is_open]


def year_view(year: policies.TrainingYear, windows: Mapping[WindowKind, Window], today: date) -> YearView:
    """The year with its windows as they stand today; of a closed year none is open."""
    is_closed = year.state == policies.YearState.CLOSED
    rows = []
    for kind, window in windows.items():
        at = Position.AFTER if is_closed else window.position(today)
        word = policies.POSITION_LABELS[at]
        rows.append(WindowRow(kind, policies.WINDOW_LABELS[kind], window.opens_on, window.closes_on, CHIPS[at], word, at is Position.OPEN))
    return YearView(year, policies.YEAR_STATE_LABELS[policies.YearState(year.state)], rows)
