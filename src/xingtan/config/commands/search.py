"""`xingtan search-index`: what people are found by, checked or built anew."""

from __future__ import annotations

import argparse

from xingtan.domains.teachers import api as teachers

from .screen import complain, say


def run(chosen: argparse.Namespace) -> int:
    """0 when everyone is found by today's name and school."""
    if chosen.check:
        faults = teachers.check_search()
        for fault in faults:
            complain(fault)
        say("Out of step: run `xingtan search-index`." if faults else "Everyone is found.")
        return 1 if faults else 0
    count = teachers.rebuild_search(lambda done, total: say(f"{done:,} of {total:,}"))
    say(f"{count:,} teachers are found by name, sound, initials and school.")
    return 0
