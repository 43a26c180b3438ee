"""Runs of a year and what lies between two of them: who changed, from which verdict to which, and for which reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from xingtan.core.verdicts import Verdict
from xingtan.domains.determination.models import Determination, DeterminationRun
from xingtan.domains.determination.states import Change
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

from .determinations import YEAR, verdict_counts

# Rows carry what they were besides their own fields, so their type is left open.
Rows: TypeAlias = ScopedQuerySet[Any]
SIDE_BY_SIDE = ("verdict", "recognised_centi", "verified_centi", "reasons", "route", "required_centi")


def trials_for(scope: Scope, training_year_id: int) -> QuerySet[DeterminationRun]:
    """The numbered runs that cover the whole branch: its own and those of the offices above, the newest first."""
    above = [scope.first[:end] for end in range(STEP, len(scope.first) + 1, STEP)]
    runs = DeterminationRun.everywhere.filter(training_year_id=training_year_id, number__isnull=False)
    covering = Q(organisation__path__in=above) if scope.first else Q(organisation__path=F("training_year__organisation__path"))
    return runs.filter(covering).select_related("organisation", "training_year").order_by("-pk")


def run_named(scope: Scope, training_year_id: int, public_id: str) -> DeterminationRun:
    """The covering run with this public id; `NotInScope` where there is none."""
    found = trials_for(scope, training_year_id).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def held_at(run: DeterminationRun) -> Q:
    """Which rows held once this run was done, whichever run of the year had made them."""
    return Q(run_id__lte=run.pk) & (Q(is_current=True) | Q(until_run_id__gt=run.pk))


def snapshot(scope: Scope, run: DeterminationRun) -> ScopedQuerySet[Determination]:
    """The branch's year verdicts as they were after this run."""
    rows = Determination.objects.within(scope).filter(training_year_id=run.training_year_id, span=YEAR)
    return rows.filter(held_at(run))


def counts_at(scope: Scope, run: DeterminationRun) -> dict[Verdict, int]:
    """How many teachers of the branch had each verdict after this run; every verdict is there."""
    rows = snapshot(scope, run).order_by().values("verdict").annotate(n=Count("pk"))
    return dict.fromkeys(Verdict, 0) | {Verdict(row["verdict"]): row["n"] for row in rows}


def _made(before: DeterminationRun, after: DeterminationRun) -> Q:
    """Which year rows hold after the later run and did not before: only what a run between them made."""
    is_there = Q(is_current=True) | Q(until_run_id__gt=after.pk)
    return Q(run_id__gt=before.pk, run_id__lte=after.pk, training_year_id=after.training_year_id, span=YEAR) & is_there


def _ended(before: DeterminationRun, after: DeterminationRun) -> Q:
    """Which year rows held after the earlier run and no more after the later."""
    when = Q(run_id__lte=before.pk, until_run_id__gt=before.pk, until_run_id__lte=after.pk)
    return when & Q(training_year_id=after.training_year_id, span=YEAR)


class Wanted(NamedTuple):
    """Which changes are wanted: of a kind, from one verdict, to one verdict, of a teacher or school with these words; "" is any."""

    kind: str = ""
    old: str = ""
    new: str = ""
    q: str = ""


EVERYONE = Wanted()


def changes(scope: Scope, before: DeterminationRun, after: DeterminationRun, wanted: Wanted = EVERYONE) -> Rows:
    """The branch's people of whom the later run says something else, each with `was_…` of the earlier one (None: was not there).

    With kind `left`: who was there before and is not after; their rows are the earlier ones.
    """
    if wanted.kind == Change.LEFT:
        rows = left(scope, before, after)
        return _searched(rows.filter(was_verdict=wanted.old) if wanted.old else rows, wanted.q)
    earlier = Determination.everywhere.filter(_ended(before, after), teacher_id=OuterRef("teacher_id"))
    was = {f"was_{name}": Subquery(earlier.values(name)[:1]) for name in SIDE_BY_SIDE}
    found: Rows = Determination.objects.within(scope).filter(_made(before, after)).annotate(**was)
    chosen = {
        Change.VERDICT: Q(was_verdict__isnull=False) & ~Q(was_verdict=F("verdict")),
        Change.REASONS: Q(was_verdict=F("verdict")),
        Change.CAME: Q(was_verdict__isnull=True),
    }
    found = found.filter(chosen[Change(wanted.kind)]) if wanted.kind in chosen else found
    found = found.filter(was_verdict=wanted.old) if wanted.old else found
    return _searched(found.filter(verdict=wanted.new) if wanted.new else found, wanted.q)


def left(scope: Scope, before: DeterminationRun, after: DeterminationRun) -> Rows:
    """Rows of those who were there after the earlier run and are not after the later."""
    now_there = Determination.objects.within(scope).filter(_made(before, after)).order_by().values("teacher_id")
    rows = Determination.objects.within(scope).filter(_ended(before, after)).exclude(teacher_id__in=now_there)
    return rows.annotate(**{f"was_{name}": F(name) for name in SIDE_BY_SIDE})


def _searched(rows: Rows, q: str) -> Rows:
    if q:
        rows = rows.filter(Q(teacher__name__contains=q) | Q(school__name__contains=q))
    return rows.select_related("teacher", "school__parent")


@dataclass(frozen=True, slots=True)
class Flow:
    """How many people went from one verdict to another."""

    was: Verdict
    now: Verdict
    people: int


class Comparison(NamedTuple):
    """Two runs beside each other: how many changed in which way, where they went, and which reasons came and went with them."""

    kinds: dict[Change, int]
    flows: list[Flow]
    fell_away: list[tuple[str, int]]
    came_up: list[tuple[str, int]]

    @property
    def people(self) -> int:
        """How many have another verdict."""
        return self.kinds[Change.VERDICT]


def compare(scope: Scope, before: DeterminationRun, after: DeterminationRun) -> Comparison:
    """What lies between the two runs for the branch; reads only rows that changed."""
    rows = changes(scope, before, after).order_by().values_list("was_verdict", "verdict", "was_reasons", "reasons")
    kinds: Counter[Change] = Counter()
    flows: Counter[tuple[str, str]] = Counter()
    gone: Counter[str] = Counter()
    come: Counter[str] = Counter()
    for was, now, was_reasons, reasons in rows.iterator(chunk_size=2000):
        kinds[_kind_of(was, now)] += 1
        if was is not None and was != now:
            flows[was, now] += 1
            old, new = _codes(was_reasons), _codes(reasons)
            gone.update(old - new)
            come.update(new - old)
    kinds[Change.LEFT] = left(scope, before, after).count()
    order = [Flow(Verdict(was), Verdict(now), n) for (was, now), n in flows.most_common()]
    return Comparison({one: kinds[one] for one in Change}, order, gone.most_common(), come.most_common())


def _kind_of(was: str | None, now: str) -> Change:
    if was is None:
        return Change.CAME
    return Change.REASONS if was == now else Change.VERDICT


def _codes(reasons: Iterable[dict[str, Any]] | None) -> set[str]:
    return {one["code"] for one in reasons or ()}


def year_before(training_year: policies.TrainingYear) -> policies.TrainingYear | None:
    """The same province's training year before this one, or None."""
    years = policies.TrainingYear.everywhere.filter(organisation_id=training_year.organisation_id, year=training_year.year - 1)
    return years.select_related("pack", "organisation").first()


def counts_last_year(scope: Scope, training_year: policies.TrainingYear) -> dict[Verdict, int] | None:
    """How many teachers of the branch had each verdict in the year before; None without one, or without verdicts of it."""
    before = year_before(training_year)
    counts = verdict_counts(scope, before.pk) if before else {}
    return counts if any(counts.values()) else None
