"""Four closed years: hours of the old system as opening entries, determined, examined, certified, closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xingtan.domains.closing import api as closing
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.events.hallway import deliver_pending
from xingtan.foundation.people.roles import Actor

from . import cast
from .clock import Clock

Show = Callable[[str], None]


def open_years(clock: Clock, pack: policies.PolicyPack) -> dict[int, policies.TrainingYear]:
    """The closed-to-be years and the running one are open, each bound to the pack."""
    province = cast.actor("province")
    return {
        year: policies.open_year(
            actor=province, organisation_id=province.organisation_id or 0, year=year, pack_id=pack.pk, now=clock.at(7, 10)
        )
        for year in (*clock.closed, clock.running)
    }


def bring_in(path: Path, clock: Clock, show: Show) -> None:
    """The old system's hours stand in the ledger as opening entries, reconciled per school and year."""
    opened = credits_room.import_rows(
        actor=cast.actor("county"),
        rows=list(credits_room.opening_rows(path)),
        totals=credits_room.opening_totals(path),
        job_id=0,
        now=clock.at(9, 4),
    )
    show(f"  {opened.entered} opening entries of {len(clock.closed)} years, reconciled with {opened.schools} schools")


def close(clock: Clock, years: dict[int, policies.TrainingYear], show: Show) -> None:
    """The closed years have their verdicts and certificate pages; teachers whose hours never came stay to be seen to."""
    province = cast.actor("province")
    for year in clock.closed:
        final = determination_room.examine(actor=province, training_year_id=years[year].pk, now=clock.at(9, 5))
        deliver_pending()
        _shut(province, years[year], clock)
        show(f"  {year}: {final} verdicts examined")


def _shut(province: Actor, year: policies.TrainingYear, clock: Clock) -> None:
    settled = determination_room.determinations_in(province.scope, year.pk, examined=True).count()
    if settled >= teachers.teachers_in_post(province.scope).count():
        closing.close_past_year(actor=province, training_year_id=year.pk, now=clock.at(9, 6))
