"""A year's evaluation of providers becomes their standing, by rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xingtan.core.tendering import MOST, Evaluated, EvaluationWeights, standings
from xingtan.domains.registers import api as registers
from xingtan.domains.tenders import access
from xingtan.domains.tenders.models import ProviderStanding
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused


@atomic
def conclude_standings(
    *, actor: Actor, year: int, rows: Sequence[Evaluated], weights: EvaluationWeights, now: datetime
) -> list[ProviderStanding]:
    """The own office's standings of that year are these rows' and no others: ranked, the last out, the better with the larger share."""
    require(actor, access.KEEP_STANDINGS)
    known = set(registers.providers_for(actor).values_list("pk", flat=True))
    if not {one.provider for one in rows} <= known or len({one.provider for one in rows}) != len(rows):
        raise NotInScope
    if sum(weights) != 100 or weights.national != max(weights):
        raise Refused("standing_weights")
    if not rows or any(tenths is not None and not 0 <= tenths <= MOST for one in rows for tenths in one[1:]):
        raise Refused("standing_marks")
    office_id = actor.organisation_id or 0
    ProviderStanding.everywhere.select_for_update(of=("self",)).filter(office_id=office_id, year=year).delete()
    told = {one.provider: one for one in rows}
    made = ProviderStanding.everywhere.bulk_create(
        [
            ProviderStanding(
                office_id=office_id,
                provider_id=one.provider,
                year=year,
                **dict(zip(("national", "trainees", "third_party"), told[one.provider][1:], strict=True)),
                total=one.total,
                rank=one.rank,
                is_out=one.is_out,
                share_percent=one.share_percent,
                detail={"weights": list(weights), "of": len(rows), "weight": one.weight},
                concluded_at=now,
                concluded_by_id=actor.account_id,
            )
            for one in standings(rows, weights)
        ]
    )
    record(actor, "tenders.standings_concluded", "provider_standing", [one.pk for one in made], now=now, detail={"year": year})
    return made
