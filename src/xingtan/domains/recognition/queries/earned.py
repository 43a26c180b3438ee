"""What the ledger takes from here: recognised claims as rows of evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from xingtan.core.determination.facts import OFFSET
from xingtan.core.policy import conversion_for, row_of, way_of
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.models import Claim


class Earned(NamedTuple):
    """Hours of one teacher that are not measured by a clock: under `source` they replace what was said before, be it more or less."""

    source: str
    teacher_id: int
    school_id: int
    provider_id: int
    training_year_id: int
    component: str
    part: str
    title: str
    title_en: str
    centi: int
    is_required: bool
    on: date
    detail: Mapping[str, Any]
    offer_id: int | None = None


def earned(claim_ids: Collection[int]) -> list[Earned]:
    """These claims as the ledger takes them; one that was withdrawn is worth nothing."""
    rows = Claim.everywhere.filter(pk__among=claim_ids).select_related("training_year__pack").order_by("pk")
    return [_earned(one) for one in rows]


def _earned(one: Claim) -> Earned:
    component, part, detail = _place(one)
    return Earned(
        f"recognised:{one.pk}",
        one.teacher_id,
        one.school_id,
        one.school_id,
        one.training_year_id,
        component,
        part,
        one.title,
        "",
        one.worth_centi,
        False,
        one.happened_on,
        {"claim": one.public_id, "way": one.way, **detail},
    )


def _place(one: Claim) -> tuple[str, str, dict[str, Any]]:
    """Component and part, and what the formulas of the year ask of a row: its kind, its amount, its conversion."""
    policy = policies.policy_of(one.training_year)
    if one.circumstance_id is not None:
        activity = policy.offset.activity if policy.offset else OFFSET
        return OFFSET, "", {"kind": {"component": "", "activity": activity, "unit": policy.unit.value}, "amount": one.worth_centi}
    way = way_of(policy, one.way)
    if way is None:
        raise LookupError(one.way)
    parts = {part.code for component in policy.components if component.code == way.component for part in component.parts}
    kind = {name: value for name, value in row_of(way)._asdict().items() if name != "status"}
    detail = {"kind": kind, "amount": one.amount_centi if one.worth_centi else 0, "conversion": conversion_for(policy, way).code}
    return way.component, way.topic if way.topic in parts else "", detail
