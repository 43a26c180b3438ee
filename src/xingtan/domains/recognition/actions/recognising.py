"""What is recognised goes on to the ledger: claims with what they are worth, and one event in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from xingtan.core.policy import Conversion, conversion_for
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.models import Claim
from xingtan.domains.recognition.rules import worth_beside
from xingtan.domains.recognition.states import ClaimState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.events.hallway import emit

from .keeping import known_way

EVENT = "recognition.recognised"


def weigh(claims: Sequence[Claim]) -> None:
    """Every claim knows its worth: all recognised amounts of a teacher, year and conversion are converted as one whole, floored once."""
    whose = teachers.whose({one.teacher_id for one in claims})
    standing: dict[tuple[int, int, str], list[tuple[int, int]]] = defaultdict(list)
    kinds = {(one.training_year_id, one.way): _conversion(one) for one in claims}
    rows = Claim.everywhere.filter(
        teacher_id__among=whose,
        training_year_id__in={one.training_year_id for one in claims},
        state=ClaimState.RECOGNISED,
        circumstance=None,
    ).exclude(pk__in=[one.pk for one in claims if one.pk])
    years = {one.training_year_id: one.training_year for one in claims}
    for row in rows:
        row.training_year = years[row.training_year_id]
        key = (whose[row.teacher_id], row.training_year_id, _conversion(row).code)
        standing[key].append((row.amount_centi, row.worth_centi))
    for one in claims:
        conversion = kinds[one.training_year_id, one.way]
        own = standing[whose[one.teacher_id], one.training_year_id, conversion.code]
        one.worth_centi = worth_beside(conversion, [amount for amount, _ in own], sum(worth for _, worth in own), one.amount_centi)
        own.append((one.amount_centi, one.worth_centi))


def _conversion(claim: Claim) -> Conversion:
    return conversion_for(policies.policy_of(claim.training_year), known_way(claim.training_year, claim.way))


def tell_ledger(claims: Sequence[Claim], now: datetime) -> None:
    """The ledger hears of these claims, recognised or withdrawn."""
    if claims:
        emit(EVENT, {"claims": [one.pk for one in claims]}, now=now)
