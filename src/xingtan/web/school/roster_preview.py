"""A preview as its page shows it: tabs with counts, bars, and the rows of the tab that is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from xingtan.domains.rosters import api as rosters
from xingtan.domains.rosters.api import RowState

COLOURS = {RowState.NEW: "#1f5a77", RowState.CHANGED: "#d9a43a", RowState.UNCHANGED: "#d6d0c4", RowState.REFUSED: "#b23a2e"}
LOOK, ALL = "look", "all"


def tabs_of(shown: Mapping[str, Any], wanted: str) -> dict[str, Any]:
    """The preview with its tabs; at first the rows that need a look."""
    counts: Mapping[str, int] = shown["counts"]
    total = max(1, shown["total"])
    tab = wanted if wanted in {LOOK, *RowState} else LOOK
    states = [RowState.REFUSED, RowState.CHANGED, RowState.NEW] if tab == LOOK else [RowState(tab)]
    return {
        "shown": shown,
        "counts": counts,
        "tab": tab,
        "tabs": [(LOOK, pgettext_lazy("preview", "To look at"), shown["total"] - counts[RowState.UNCHANGED]), *_state_tabs(counts)],
        "pieces": [(counts[state] * 100 / total, COLOURS[state]) for state in RowState],
        "groups": [_section(shown, state) for state in states if counts[state]],
        "writes": counts[RowState.NEW] + counts[RowState.CHANGED],
        "refused": counts[RowState.REFUSED],
    }


def _state_tabs(counts: Mapping[str, int]) -> list[tuple[str, Any, int]]:
    return [(state.value, rosters.ROW_STATES[state], counts[state]) for state in RowState]


def _section(shown: Mapping[str, Any], state: RowState) -> dict[str, Any]:
    rows = shown["rows"][state]
    return {
        "state": state.value,
        "label": rosters.ROW_STATES[state],
        "count": shown["counts"][state],
        "rest": shown["counts"][state] - len(rows),
        "rows": [{**row, "problems": [_worded(problem) for problem in row["problems"]]} for row in rows],
    }


def _worded(problem: Mapping[str, Any]) -> dict[str, Any]:
    said = str(rosters.PROBLEMS[problem["code"]]) % problem["params"]
    return {**problem, "sentence": said, "remedy": str(rosters.REMEDIES[problem["code"]]) % problem["params"]}
