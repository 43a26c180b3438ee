"""`xingtan live-view` and `xingtan anomalies`: what the night does, now."""

from __future__ import annotations

import argparse

from django.utils import timezone

from xingtan.config.watching import settle
from xingtan.domains.anomalies import api as anomalies
from xingtan.domains.projects import api as projects
from xingtan.domains.supervision import api as supervision

from .screen import say


def run(chosen: argparse.Namespace) -> int:
    """The command's exit code: 0 when all is well or mended, 1 when the live view differs and was left as it is."""
    return _anomalies() if chosen.command == "anomalies" else _live_view(mends=chosen.mend)


def _live_view(*, mends: bool) -> int:
    now = timezone.now()
    settle(now)
    found = supervision.compare_all(now, mends=mends, settle=lambda: settle(now))
    titles = projects.projects_by_id(found)
    for project_id, one in found.items():
        say(f"{titles[project_id].title}: {one.rows} trainees, {one.differing} rows differ by {one.difference_s} seconds")
    differing = sum(one.differing for one in found.values())
    say(
        "mended"
        if differing and mends
        else "differs: `xingtan live-view --mend` makes it anew"
        if differing
        else "equal to the last second"
    )
    return 1 if differing and not mends else 0


def _anomalies() -> int:
    found = anomalies.look(timezone.now(), lambda done, total: say(f"{done} of {total} looks") if done % 20 == 0 or done == total else None)
    say(f"{found} new cases")
    return 0
