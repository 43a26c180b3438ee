"""`xingtan determine` over the database: a training year of a branch of the tree, carried out or only tried."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from xingtan.core.calendar import local_day
from xingtan.core.policy import Policy
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import writing
from xingtan.foundation.people.roles import Actor

from .packs import pack_named
from .screen import complain, say

BAD_INPUT = 2
# So many who would change are named; all are counted.
MOST_NAMED = 50
NO_YEAR = "say which training year: --year 2026; over tables also --policy, --teachers, --activities, --results and --out"
ONE_PROCESS = "over the database every row is judged where it is read, in this process; --engine spark is for tables, as a closed year's archive has them"
Line = tuple[str, str, str, str]


def run_year(chosen: argparse.Namespace, actor: Actor) -> int:
    """The year's verdicts stand in the database; with `--dry-run` everything stands as before, and what would change was said."""
    refusal = NO_YEAR if chosen.year is None else ONE_PROCESS if chosen.engine == "spark" else ""
    if refusal:
        complain(refusal)
        return BAD_INPUT
    year = next((one for one in policies.years_for(actor) if one.year == chosen.year), None)
    if year is None:
        raise LookupError(str(chosen.year))
    if not chosen.policy:
        return _by_its_own_rules(chosen, actor, year)
    policy = pack_named(chosen.policy)
    if policy is None:
        return BAD_INPUT
    if policy.digest == policies.policy_of(year).digest:
        return _by_its_own_rules(chosen, actor, year)
    if not chosen.dry_run:
        complain(
            f"the training year {year.year} is bound to {year.pack.code} {year.pack.version}; --dry-run tries it under {chosen.policy}"
        )
        return BAD_INPUT
    return _by_other_rules(actor, year, policy)


def _by_its_own_rules(chosen: argparse.Namespace, actor: Actor, year: policies.TrainingYear) -> int:
    before = determination_room.runs_in(actor.scope, year.pk).order_by("pk").last()
    with writing():
        made = determination_room.determine(
            actor=actor, training_year_id=year.pk, organisation_id=actor.organisation_id, now=timezone.now()
        )
        _say_counts(str(year.year), made.counts)
        if chosen.cycle:
            _say_counts("cycle", determination_room.verdict_counts(actor.scope, year.pk, span=determination_room.CYCLE))
        if chosen.dry_run:
            _say_moves(_changes(actor, before, made) if before else [], sum(made.counts.values()))
        transaction.set_rollback(chosen.dry_run)
    return 0


def _changes(actor: Actor, before: determination_room.DeterminationRun, made: determination_room.DeterminationRun) -> list[Line]:
    wanted = determination_room.Wanted(kind=determination_room.Change.VERDICT.value)
    rows = determination_room.changes(actor.scope, before, made, wanted).order_by("teacher_id")
    return [
        (row.teacher.public_id, row.was_verdict, row.verdict, ";".join(reason["code"] for reason in row.reasons))
        for row in rows.iterator(2000)
    ]


def _by_other_rules(actor: Actor, year: policies.TrainingYear, policy: Policy) -> int:
    """Nothing is written: the same facts under both rules, beside each other."""
    own: Counter[str] = Counter()
    other: Counter[str] = Counter()
    moves: list[tuple[int, Verdict, Verdict, str]] = []
    for one in determination_room.verdicts_under(policy, year, actor.scope, local_day(timezone.now())):
        own[one.own.verdict.value] += 1
        other[one.other.verdict.value] += 1
        if one.own.verdict is not one.other.verdict:
            codes = ";".join(dict.fromkeys(reason.code.value for reason in one.other.reasons))
            moves.append((one.person.teacher_id, one.own.verdict, one.other.verdict, codes))
    _say_counts(f"{year.year} {year.pack.code} {year.pack.version}", own)
    _say_counts(f"{year.year} {policy.code} {policy.version}", other)
    named = teachers.teachers_by_id([pk for pk, *_ in moves[:MOST_NAMED]])
    _say_moves(
        [(named[pk].public_id if pk in named else "", was.value, now.value, codes) for pk, was, now, codes in moves], sum(other.values())
    )
    return 0


def _say_counts(title: str, counts: Mapping[str, int] | Mapping[Verdict, int]) -> None:
    say(title)
    for verdict, count in sorted(counts.items()):
        if count:
            say(f"{verdict:<20}{count:>8}")


def _say_moves(moves: Iterable[Line], people: int) -> None:
    """How many would have another verdict, from which to which, and the first of them by their public number."""
    lines = list(moves)
    say(f"{len(lines)} of {people} would have another verdict; nothing was written.")
    for (was, now), count in Counter((was, now) for _, was, now, _ in lines).most_common():
        say(f"{was:<20}{now:<20}{count:>8}")
    for number, was, now, codes in lines[:MOST_NAMED]:
        say(f"{number:<14}{was:<20}{now:<20}{codes}")
    if len(lines) > MOST_NAMED:
        say(f"… and {len(lines) - MOST_NAMED} more")
