"""A draft of rules tried on a past year: the verdicts that it would change, by cause and place. Nothing is changed but the trial's own row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from time import monotonic
from typing import Any, NamedTuple

from django.utils import timezone

from xingtan.core.calendar import local_day
from xingtan.core.determination import YearFacts, YearVerdict, determine_many
from xingtan.core.policy import Policy
from xingtan.core.policy.expressions import ExpressionError
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.attributing import Apart, apart
from xingtan.domains.determination.queries.facts import facts_of_year
from xingtan.domains.policies import api as policies
from xingtan.foundation.db import atomic
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind, start_job, tell_progress
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Kind, Organisation

TRY_JOB = "determination.try_draft"
BATCH = 1_000
# So many changed teachers are named; all are counted.
MOST_NAMED = 20_000
# How hard a verdict is on a teacher; verdicts without a number are neither stricter nor milder.
WEIGHT: Mapping[Verdict, int] = {
    Verdict.EXEMPT: 0,
    Verdict.QUALIFIED: 0,
    Verdict.DEFERRED: 1,
    Verdict.IN_PROGRESS: 1,
    Verdict.EXAM_REQUIRED: 2,
    Verdict.MAKE_UP_REQUIRED: 3,
    Verdict.NOT_QUALIFIED: 4,
}


class Move(NamedTuple):
    """What decided before and what decides in the trial: rows of the two decision tables (-1 for none) and their verdicts."""

    row_before: int
    row_after: int
    before: Verdict
    after: Verdict


@dataclass(slots=True)
class Tally:
    """What a trial has counted so far."""

    teachers: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    moves: Counter[Move] = field(default_factory=Counter)
    causes: dict[str, Counter[str]] = field(default_factory=dict)
    schools: Counter[int] = field(default_factory=Counter)
    named: list[tuple[int, Move, int, int]] = field(default_factory=list)


@atomic
def try_draft(*, actor: Actor, pid: str, training_year_id: int, back: str = "", now: datetime) -> policies.DraftTrial:
    """A trial of the draft's latest sound text on this year waits in the queue; its row names the job."""
    training_year = policies.year_by_id(actor, training_year_id)
    trial = policies.keep_trial(actor=actor, pid=pid, training_year=training_year, now=now)
    job = start_job(actor=actor, kind=TRY_JOB, params={"trial": trial.public_id, "back": back}, now=now)
    policies.name_job(trial_id=trial.pk, job=job.public_id)
    trial.job_public_id = job.public_id
    return trial


@job_kind(TRY_JOB)
def _try(job: Job, actor: Actor) -> Mapping[str, Any]:
    trial, began = policies.trial_by_id(actor, job.params["trial"]), monotonic()
    tally = tried(trial, actor, local_day(timezone.now()), job)
    found = {**_said(tally), "places": _places(tally.schools), "seconds": round(monotonic() - began, 1)}
    policies.finish_trial(trial_id=trial.pk, found=found, now=timezone.now())
    return {"trial": trial.public_id, "teachers": tally.teachers, "changed": tally.moves.total()}


def tried(trial: policies.DraftTrial, actor: Actor, day: date, job: Job | None = None) -> Tally:
    """What the trial's rules decide where the year's own rules decide otherwise, for every teacher of the branch in post."""
    year = trial.training_year
    old, new = policies.policy_of(year), policies.check_text(trial.text)
    if new.policy is None:
        raise NotInScope
    base = policies.check_text(year.pack.text)
    alone = apart(base, new, policies.compare(base, new))
    people = credits_room.people_in(actor.scope, year.pk, old)
    tally = Tally(causes={one.table: Counter() for one in alone})
    for batch in _batches(people):
        facts = [one for _pk, one in facts_of_year(year, batch, day)]
        _count(tally, list(batch.values()), facts, old, new.policy, alone)
        if job is not None:
            tell_progress(job, tally.teachers, len(people))
    return tally


def _batches(people: Mapping[int, credits_room.Person]) -> Iterator[dict[int, credits_room.Person]]:
    rows = iter(people.items())
    while batch := dict(islice(rows, BATCH)):
        yield batch


def _count(
    tally: Tally,
    people: Sequence[credits_room.Person],
    facts: Sequence[YearFacts],
    old: Policy,
    new: Policy,
    alone: Sequence[Apart],
) -> None:
    before, after = list(determine_many(old, facts)), list(determine_many(new, facts))
    tally.teachers += len(people)
    for person, one, other in zip(people, before, after, strict=True):
        tally.before[one.verdict.value] += 1
        tally.after[other.verdict.value] += 1
        if one.verdict is not other.verdict:
            _moved(tally, person, one, other)
    for variant in alone:
        for one, other in zip(before, _with(variant, facts), strict=False):
            if one.verdict is not other.verdict:
                tally.causes[variant.table][_side(one.verdict, other.verdict)] += 1


def _with(variant: Apart, facts: Sequence[YearFacts]) -> list[YearVerdict]:
    """The verdicts with one table's changes only; nothing where that table cannot stand without the others."""
    try:
        return list(determine_many(variant.policy, facts))
    except (ExpressionError, KeyError):
        return []


def _moved(tally: Tally, person: credits_room.Person, one: YearVerdict, other: YearVerdict) -> None:
    move = Move(one.row, other.row, one.verdict, other.verdict)
    tally.moves[move] += 1
    tally.schools[person.school_id] += 1
    if len(tally.named) < MOST_NAMED:
        tally.named.append((person.teacher_id, move, one.recognised_centi, other.recognised_centi))


def _side(before: Verdict, after: Verdict) -> str:
    if before not in WEIGHT or after not in WEIGHT or WEIGHT[before] == WEIGHT[after]:
        return "other"
    return "stricter" if WEIGHT[after] > WEIGHT[before] else "milder"


def _said(tally: Tally) -> dict[str, Any]:
    """The counts as they are kept."""
    moves = sorted(tally.moves.items(), key=lambda one: (-one[1], one[0]))
    number = {move: at for at, (move, _n) in enumerate(moves)}
    sides = Counter({"stricter": 0, "milder": 0, "other": 0})
    for move, n in moves:
        sides[_side(move.before, move.after)] += n
    return {
        "teachers": tally.teachers,
        "changed": tally.moves.total(),
        "sides": dict(sides),
        "before": dict(tally.before),
        "after": dict(tally.after),
        "moves": [{**move._asdict(), "n": n, "side": _side(move.before, move.after)} for move, n in moves],
        "causes": [{"table": table, "n": counts.total(), **counts} for table, counts in tally.causes.items() if counts],
        "people": [[teacher, number[move], hours, other] for teacher, move, hours, other in tally.named],
    }


def _places(schools: Counter[int]) -> dict[str, int]:
    """How many verdicts change under each county and city, by the organisation's id."""
    paths = dict(Organisation.everywhere.filter(pk__among=list(schools)).values_list("pk", "path"))
    above = {path[:end] for path in paths.values() for end in range(STEP, len(path), STEP)}
    kinds = (Kind.CITY, Kind.COUNTY, Kind.ZONE)
    places = dict(Organisation.everywhere.filter(path__in=above, kind__in=kinds).values_list("path", "pk"))
    found: Counter[str] = Counter()
    for pk, n in schools.items():
        path = paths[pk]
        for end in range(STEP, len(path), STEP):
            if path[:end] in places:
                found[str(places[path[:end]])] += n
    return dict(found)
