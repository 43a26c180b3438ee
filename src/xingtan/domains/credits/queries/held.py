"""What was found of a teacher's year: evidence and openings, and the hours in them as facts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from xingtan.core.determination import HourFact
from xingtan.domains.credits.models import Evidence

from .standing import NOTHING, WITH_HOURS, Opening, Stand, evidence_held, openings_of


@dataclass
class Held:
    """What was found of one teacher's year."""

    evidence: list[Evidence] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)


def held_of(training_year_id: int, teacher_ids: Collection[int]) -> dict[int, Held]:
    """Evidence and openings of each teacher, in two queries."""
    found = {pk: Held() for pk in teacher_ids}
    for one in evidence_held(teacher_ids, training_year_id):
        found[one.teacher_id].evidence.append(one)
    for opening in openings_of(teacher_ids, training_year_id):
        found[opening.teacher_id].openings.append(opening)
    return found


def hour_facts(held: Held, stands: Mapping[int, Stand]) -> tuple[HourFact, ...]:
    """The hours as facts; what of an activity is verified and what is not are two of them."""
    facts = [HourFact(f"o{place}", one.component, one.learned, one.on, one.is_verified, True) for place, one in enumerate(held.openings)]
    for one in held.evidence:
        if one.kind not in WITH_HOURS:
            continue
        stand = stands.get(one.pk, NOTHING)
        done = min(stand.verified, one.learned_centi)
        if done:
            facts.append(HourFact(f"v{one.pk}", one.component, done, one.happened_on, True, True, one.part))
        if rest := one.learned_centi - done:
            facts.append(HourFact(f"e{one.pk}", one.component, rest, one.happened_on, False, stand.learned > done, one.part))
    return tuple(facts)
