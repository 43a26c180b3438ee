"""What is due to be entered: the difference between what the policy recognises of the evidence and what stands in the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery, Sum, prefetch_related_objects
from django.db.models.functions import Coalesce

from xingtan.core.determination import HourFact, recognise
from xingtan.core.policy import Policy
from xingtan.domains.credits.models import EntryState, Evidence
from xingtan.domains.credits.states import STANDING
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers

from .once import counted_once
from .people import Person, people_of
from .standing import NOTHING, WITH_HOURS, Opening, Stand, evidence_of, openings_of, stands_of


class Due(NamedTuple):
    """Hundredths of an hour to enter of one piece of evidence; `number` counts the lines it will then have."""

    evidence: Evidence
    learned: int
    recognised: int
    number: int


def dues_of(training_year: policies.TrainingYear, teacher_ids: Collection[int]) -> list[Due]:
    """Everything that is due for these teachers, whoever ran the training, in a fixed number of queries; none is ever negative."""
    policy = policies.policy_of(training_year)
    persons = teachers.whose(set(teachers.heads_of(teacher_ids).values()))
    people = people_of(set(persons.values()), training_year.pk, policy)
    hours = evidence_of(persons, training_year.pk).filter(kind__in=WITH_HOURS, learned_centi__gt=0)
    evidence = defaultdict(list)
    for one in hours:
        evidence[persons[one.teacher_id]].append(one)
    openings = defaultdict(list)
    for opening in openings_of(persons, training_year.pk):
        openings[persons[opening.teacher_id]].append(opening)
    stands = stands_of(persons, training_year.pk)
    found: list[Due] = []
    for pk, rows in evidence.items():
        found += _dues(policy, training_year.year, people[pk], counted_once(rows), stands, openings[pk])
    return found


def _dues(
    policy: Policy, year: int, person: Person, evidence: Sequence[Evidence], stands: dict[int, Stand], openings: Sequence[Opening]
) -> Iterator[Due]:
    """What stands keeps its recognition first; the rest takes what the caps leave, by day."""
    facts = [HourFact(f"o{place}", one.component, one.recognised, one.on, verified=True) for place, one in enumerate(openings)]
    for one in evidence:
        stand = stands.get(one.pk, NOTHING)
        place = (one.component, one.detail.get("conversion", ""))
        facts.append(HourFact(f"s{one.pk}", place[0], stand.recognised, one.happened_on, verified=True, conversion=place[1]))
        facts.append(HourFact(f"e{one.pk}", place[0], max(one.learned_centi - stand.recognised, 0), one.happened_on, conversion=place[1]))
    counted = recognise(
        policy, person.item, facts, is_new_hire=person.is_new_hire(policy, year), first_year=person.is_first_year(year)
    ).by_fact
    for one in evidence:
        stand = stands.get(one.pk, NOTHING)
        if more := counted[f"e{one.pk}"]:
            yield Due(one, max(one.learned_centi - stand.learned, 0), more, stand.lines + 1)


def enterable(provider_id: int, training_year: policies.TrainingYear) -> list[Due]:
    """What an organisation that ran training may enter now for its own trainees, with their teachers, schools and provider."""
    own = Evidence.everywhere.filter(provider_id=provider_id, training_year=training_year, kind__in=WITH_HOURS, withdrawn_at=None)
    standing = EntryState.everywhere.filter(entry__evidence=OuterRef("pk"), state__in=STANDING).order_by().values("entry__evidence")
    sums = Coalesce(Subquery(standing.annotate(centi=Sum("recognised_centi")).values("centi")), 0)
    teacher_ids = set(own.annotate(stands=sums).filter(learned_centi__gt=F("stands")).values_list("teacher_id", flat=True))
    found = [due for due in dues_of(training_year, teacher_ids) if due.evidence.provider_id == provider_id]
    prefetch_related_objects([due.evidence for due in found], "provider", "teacher", "school")
    return found
