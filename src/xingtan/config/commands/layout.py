"""`xingtan layout`: verified hours as a CSV file in the form that another office wants."""

from __future__ import annotations

import argparse
import csv

from django.utils import timezone

from xingtan.core.layouts import Layout, bundled_layouts, read_layout
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.people.roles import Actor

from .branch import operator_within
from .screen import complain, say

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """Write the file, or list the layouts; 2 for a layout or a branch that there is not, and then there is no file."""
    if chosen.code == "list":
        for layout in bundled_layouts().values():
            say(f"{layout.code:28} {layout.label.zh}  {layout.label.en}")
        return 0
    try:
        return _write(chosen, _layout(chosen.code), _actor(chosen.within))
    except (LookupError, OSError, ValueError) as wrong:
        complain(str(wrong))
        return BAD_INPUT


def _layout(code: str) -> Layout:
    if code.endswith(".toml"):
        with open(code, encoding="utf-8") as file:  # noqa: PTH123 -- as it was typed
            return read_layout(file.read())
    if code not in bundled_layouts():
        raise LookupError(f"{code}: there is no such layout; `xingtan layout list` names them")
    return bundled_layouts()[code]


def _actor(within: str) -> Actor:
    actor = operator_within(within)
    if actor is None:
        raise LookupError(f"{within}: there is no such organisation")
    return actor


def _write(chosen: argparse.Namespace, layout: Layout, actor: Actor) -> int:
    if chosen.to is None or not chosen.year:
        raise ValueError("a layout needs --year and --to")
    fresh, count = chosen.to.with_suffix(".part"), 0
    rows = supervision.laid_out(layout, actor=actor, year=chosen.year, number_reason=chosen.with_numbers, now=timezone.now())
    with fresh.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.heading for column in layout.columns)
        for count, row in enumerate(rows, 1):  # noqa: B007 -- how many there were
            writer.writerow(row)
    fresh.replace(chosen.to)
    say(f"{chosen.to}: {count} rows")
    return 0
