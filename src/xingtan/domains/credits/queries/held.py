"""What was found of a teacher's year: evidence and openings, and the hours in them as facts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from xingtan.core.determination import HourFact
from xingtan.core.determination.facts import ActivityFact
from xingtan.core.policy.slots import VERIFIED, Kind
from xingtan.domains.credits.models import Evidence
from xingtan.domains.teachers import api as teachers

from .once import counted_once
from .standing import NOTHING, WITH_HOURS, Opening, Stand, evidence_held, openings_of

LEARNED = "learned"


@dataclass
class Held:
    """What was found of one teacher's year."""

    evidence: list[Evidence] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)


def held_of(training_year_id: int, teacher_ids: Collection[int]) -> dict[int, Held]:
    """Evidence and openings of each teacher, in two queries."""
    persons = teachers.whose(teacher_ids)
    found = {pk: Held() for pk in teacher_ids}
    for one in evidence_held(persons, training_year_id):
        found[persons[one.teacher_id]].evidence.append(one)
    for opening in openings_of(persons, training_year_id):
        found[persons[opening.teacher_id]].openings.append(opening)
    if len(persons) > len(found):
        for held in found.values():
            held.evidence = counted_once(held.evidence)
    return found


def hour_facts(held: Held, stands: Mapping[int, Stand], *, with_ways: bool = True) -> tuple[HourFact, ...]:
    """The hours as facts; what of an activity is verified and what is not are two of them. Without ways: `way_facts` tells those."""
    facts = [HourFact(f"o{place}", one.component, one.learned, one.on, one.is_verified, True) for place, one in enumerate(held.openings)]
    for one in held.evidence:
        if one.kind not in WITH_HOURS or (not with_ways and "kind" in one.detail):
            continue
        stand = stands.get(one.pk, NOTHING)
        done = min(stand.verified, one.learned_centi)
        if done:
            facts.append(HourFact(f"v{one.pk}", one.component, done, one.happened_on, True, True, *_counted_by(one)))
        if rest := one.learned_centi - done:
            facts.append(HourFact(f"e{one.pk}", one.component, rest, one.happened_on, False, stand.learned > done, *_counted_by(one)))
    return tuple(facts)


def _counted_by(one: Evidence) -> tuple[str, str]:
    """The component's part that the hours belong to, and the conversion whose cap bounds them."""
    return one.part, one.detail.get("conversion", "")


def way_facts(held: Held, stands: Mapping[int, Stand]) -> tuple[ActivityFact, ...]:
    """What was earned otherwise, as rows that the formulas convert and cap themselves; verified when all of it is."""
    found = []
    for one in held.evidence:
        if one.learned_centi and "kind" in one.detail:
            is_verified = stands.get(one.pk, NOTHING).verified >= one.learned_centi
            kind = Kind(**one.detail["kind"], status=VERIFIED if is_verified else LEARNED)
            found.append(ActivityFact(kind, one.detail["amount"], one.pk))
    return tuple(found)
