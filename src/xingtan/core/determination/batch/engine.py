"""The determination of any number of teachers over columns: the same formulas as for one, on Polars in slices or on Spark.

Every row of evidence is touched once, by `fold`; all that follows works on one row per teacher. Years are judged in order, each under
its own policy, and hand on what the next one begins with; when the last is known, debts settle. `checkpoint` is called between the
stages: an engine that plans lazily writes the frame down there, so that its plans stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
import polars as pl

from xingtan.core.determination.batch.columns import Api, Expr, Frame, Plan, compute, whole
from xingtan.core.determination.batch.fold import Slot, fold
from xingtan.core.determination.batch.judging import DECIDED, TOLD, Known, cycle_plan, kept_of_cycle, kept_of_year, told_of_year, year_plan
from xingtan.core.determination.batch.saying import cycle_sayings, year_sayings
from xingtan.core.determination.holding import Flag, days_of, flags_of
from xingtan.core.policy import Policy
from xingtan.core.policy.handing_on import states
from xingtan.core.policy.kinds import How, Over
from xingtan.core.policy.slots import Kind, ResultKind, result_shares_of, shares_of, slots_of

Rows: TypeAlias = pl.DataFrame | pl.LazyFrame | nw.LazyFrame[Any]
Checkpoint = Callable[[Frame], Frame]
# Columns of the roster, and the names of the formulas for them.
PERSON = {"item": "item_of_person", **{name: name for name in ("hired_day", "arrived_day", "retires_day", "left_day")}}
# Begins the columns of years that are judged already: no formula's name has a capital.
OF_YEAR = "Y"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of some teachers: rows of whole numbers, and what their kinds mean.

    `roster`: teacher, item, hired_day, retires_day, left_day, arrived_day. `activities`: teacher, year, kind, amount (and source, where a
    policy caps what one source gives). `results`: teacher, year, kind, score. `facts`: teacher, kind, from_day, to_day. Days are ordinals
    and 0 for none, amounts and scores hundredths; a kind is the place in the list of its table. All four are
    Polars' (the roster in memory, the others perhaps not read yet), or all four narwhals' lazy ones.
    """

    roster: Rows
    activities: Rows
    results: Rows
    facts: Rows
    kinds: Sequence[Kind]
    result_kinds: Sequence[ResultKind]
    fact_kinds: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A row per teacher and year that is owed, and a row per teacher for the cycle of the years: hundredths, codes of reasons joined by `;`.

    Both have teacher, verdict, reasons, required, recognised, carried and each bucket by its code; years also have year, route, credited.
    """

    years: Frame
    cycle: Frame


def determine_columns(policies: Mapping[int, Policy], evidence: Evidence, *, on: date, checkpoint: Checkpoint | None = None) -> Verdicts:
    """The verdicts of these years, judged on a day, of every teacher on the roster; the cycle's rule is that of the last year."""
    api: Api = pl if isinstance(evidence.roster, pl.DataFrame) else nw
    folded, kept = (checkpoint, checkpoint) if checkpoint else (_streamed, _in_memory) if api is pl else (_as_it_is, _as_it_is)
    plans = _plans(api, policies, evidence, on)
    slots: dict[Policy, list[Frame]] = {}
    for policy in dict.fromkeys(policies.values()):
        years = [year for year, one in policies.items() if one is policy]
        asked = frozenset().union(*(plans[year].asked for year in years))
        only = years if len(years) < len(policies) else None
        slots[policy] = [folded(frame) for frame in _folded(api, policy, evidence, asked, only)]
    frame = evidence.roster.lazy().select("teacher", *(api.col(name).cast(api.Int64).alias(as_) for name, as_ in PERSON.items()))
    for year, policy in sorted(policies.items()):
        for part in slots[policy]:
            frame = frame.join(part.filter(api.col("year") == year).drop("year"), on="teacher", how="left")
        flags = tuple(flag for flag in flags_of(policy) if flag.name in plans[year].asked)
        if flags:
            frame = frame.join(_held(api, policy, year, evidence, flags), on="teacher", how="left")
        frame = kept(_judged(api, policies, year, frame, plans[year]))
    return _settled(api, policies, frame, _known_of_years(plans), kept)


def _streamed(frame: pl.LazyFrame) -> pl.LazyFrame:
    # Were the rows' reading shared between the two sums over them, it would be kept in memory.
    return frame.collect(engine="streaming", optimizations=pl.QueryOptFlags(comm_subplan_elim=False)).lazy()


def _in_memory(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.collect(engine="in-memory").lazy()


def _as_it_is(frame: Frame) -> Frame:
    return frame


def _plans(api: Api, policies: Mapping[int, Policy], evidence: Evidence, on: date) -> dict[int, Plan]:
    """Every year's formulas, with what this evidence cannot tell and what the years before hand on for certain put in."""
    plans: dict[int, Plan] = {}
    facts = frozenset(evidence.fact_kinds)
    handed: dict[str, int] | None = None
    for year, policy in sorted(policies.items()):
        slots = ((slot.name, -1 if slot.how is How.BEST else 0) for slot in slots_of(policy).all if not _kinds(policy, evidence)[slot.name])
        flags = (
            (flag.name, 0) for flag in flags_of(policy) if not any(name == flag.fact and value in flag.values for name, value in facts)
        )
        begins = ((name, 0 if handed is None else handed[name]) for name in states(policy) if handed is None or name in handed)
        plans[year] = year_plan(api, policy, year, on, (*slots, *flags, *begins))
        known = dict(plans[year].known)
        following = states(policies.get(year + 1, policy))
        handed = {name: known[f"next_{name}"] for name in following if f"next_{name}" in known}
        handed |= {name: 0 for name in following if name not in states(policy)}
    return plans


def _known_of_years(plans: Mapping[int, Plan]) -> Known:
    return tuple((f"{name}_{year}", number) for year, plan in plans.items() for name, number in plan.known)


def _kinds(policy: Policy, evidence: Evidence) -> Mapping[str, Mapping[int, int]]:
    return _kinds_of_slots(policy, tuple(evidence.kinds), tuple(evidence.result_kinds))


@lru_cache(maxsize=64)
def _kinds_of_slots(policy: Policy, kinds: Sequence[Kind], result_kinds: Sequence[ResultKind]) -> Mapping[str, Mapping[int, int]]:
    """The kinds of rows that go into each slot, by their numbers, each with its factor."""
    into: dict[str, dict[int, int]] = {slot.name: {} for slot in slots_of(policy).all}
    for number, kind in enumerate(kinds):
        for name, factor in shares_of(policy, kind):
            into[name][number] = factor
    for number, result in enumerate(result_kinds):
        for name in result_shares_of(policy, result):
            into[name][number] = 1
    return into


def _folded(api: Api, policy: Policy, evidence: Evidence, asked: frozenset[str], years: Sequence[int] | None) -> Iterable[Frame]:
    """The slots that are asked for, of activities and of results: one row per teacher and year."""
    tables = {Over.ACTIVITIES: (evidence.activities, "amount"), Over.RESULTS: (evidence.results, "score")}
    kinds = _kinds(policy, evidence)
    for over, (rows, value) in tables.items():
        rows = rows if years is None else rows.filter(api.col("year").is_in(years))  # noqa: PLW2901 -- the same rows, fewer
        slots = [slot for slot in slots_of(policy).all if slot.over is over and slot.name in asked]
        if slots:
            plain = [Slot(slot.name, slot.how.value, kinds[slot.name]) for slot in slots if slot.source_cap is None]
            folded = fold(rows, plain, value=value)
            for slot in slots:
                if slot.source_cap is not None:
                    capped = _capped(api, rows, Slot(slot.name, slot.how.value, kinds[slot.name]), slot.source_cap)
                    folded = folded.join(capped, on=["teacher", "year"], how="left")
            yield folded


def _capped(api: Api, rows: Rows, slot: Slot, cap: int) -> Frame:
    """The slot per teacher and year where no source gives more than the cap."""
    of_kinds = rows.lazy().filter(api.col("kind").is_in(list(slot.kinds)))
    by_source = fold(of_kinds, [slot], keys=("teacher", "year", "source"))
    bounded = by_source.with_columns(api.min_horizontal(api.col(slot.name), whole(api, cap)).alias(slot.name))
    return bounded.group_by("teacher", "year").agg(api.col(slot.name).sum())


def _held(api: Api, policy: Policy, year: int, evidence: Evidence, flags: tuple[Flag, ...]) -> Frame:
    """A column per flag: 1 where a fact that sets it holds in the year."""
    return evidence.facts.lazy().group_by("teacher").agg(*_flagged(api, policy, year, tuple(evidence.fact_kinds), flags))


@lru_cache(maxsize=256)
def _flagged(api: Api, policy: Policy, year: int, fact_kinds: Sequence[tuple[str, str]], flags: tuple[Flag, ...]) -> tuple[Expr, ...]:
    days = days_of(policy, year)
    asked = []
    for flag in flags:
        kinds = [index for index, (name, value) in enumerate(fact_kinds) if name == flag.fact and value in flag.values]
        first, last, is_whole = days.span(flag.holds)
        begun, ended = (first, last) if is_whole else (last, first)
        holds = api.col("kind").is_in(kinds) & (api.col("from_day") <= begun) & (api.col("to_day") >= ended)
        asked.append(api.when(holds).then(whole(api, 1)).otherwise(whole(api, 0)).max().alias(flag.name))
    return tuple(asked)


def _judged(api: Api, policies: Mapping[int, Policy], year: int, frame: Frame, plan: Plan) -> Frame:
    """The people, the years judged before, this year's numbers under its own name, and what is handed on to the next."""
    policy, following = policies[year], states(policies.get(year + 1, policies[year]))
    empty = {slot.name: -1 if slot.how is How.BEST else 0 for slot in slots_of(policy).all} | {flag.name: 0 for flag in flags_of(policy)}
    present = frame.collect_schema().names()
    given = [api.col(name).cast(api.Int64).fill_null(number).alias(name) for name, number in empty.items() if name in present]
    return compute(frame.with_columns(*given) if given else frame, plan).select(
        "teacher",
        *PERSON.values(),
        *(name for name in present if name.startswith(OF_YEAR)),
        *(api.col(name).alias(f"{OF_YEAR}{year}_{name}") for name in kept_of_year(policy)),
        *(api.col(f"next_{name}").alias(name) for name in states(policy) if name in following),
    )


def _settled(api: Api, policies: Mapping[int, Policy], judged: Frame, known: Known, kept: Checkpoint) -> Verdicts:
    """Debts that later years made good, then the years and the cycle as they are told."""
    years = sorted(policies)
    last = policies[years[-1]]
    wide = judged.select(
        "teacher",
        api.col("debts_cleared").alias("debts_cleared_in_all"),
        *(api.col(f"{OF_YEAR}{year}_{name}").alias(f"{name}_{year}") for year in years for name in kept_of_year(policies[year])),
    )
    columns = dict.fromkeys((*kept_of_cycle(last, years), *(f"{name}_{year}" for year in years for name in told_of_year(policies[year]))))
    settled = kept(compute(wide, cycle_plan(api, policies, known)).select("teacher", *columns))
    codes = tuple(dict.fromkeys(bucket.code for policy in policies.values() for bucket in policy.all_buckets))
    told = [
        _told(api, policy, [year for year in years if policies[year] is policy], settled, codes)
        for policy in dict.fromkeys(policies.values())
    ]
    return Verdicts(api.concat(told, how="vertical"), _told_cycle(api, last, settled, codes))


def _told_cycle(api: Api, policy: Policy, settled: Frame, codes: Sequence[str]) -> Frame:
    """The cycle's rows with verdict and reasons in words of code."""
    own = {one.code for one in policy.all_buckets}
    return settled.join(cycle_sayings(api, policy, settled), on=["row", "also"], how="left").select(
        "teacher",
        "verdict",
        "reasons",
        "required",
        api.col("credited").alias("recognised"),
        api.col("cycle_carried").alias("carried"),
        *((api.col(f"cycle_of_{code}") if code in own else whole(api, 0)).alias(code) for code in codes),
    )


def _told(api: Api, policy: Policy, years: Sequence[int], settled: Frame, codes: Sequence[str]) -> Frame:
    """The rows of a policy's years with verdict, route and reasons in words of code; nothing in a bucket that it does not have."""
    own = {one.code for one in policy.all_buckets}
    rows = api.concat(
        [
            settled.filter(api.col(f"on_roster_{year}") == 1).select(
                "teacher",
                whole(api, year).alias("year"),
                *(api.col(f"{name}_{year}").alias(name) for name in DECIDED),
                *(api.col(f"{shown}_{year}").alias(name) for name, shown in TOLD.items()),
                *((api.col(f"shown_of_{code}_{year}") if code in own else whole(api, 0)).alias(code) for code in codes),
            )
            for year in years
        ],
        how="vertical",
    )
    words = rows.join(year_sayings(api, policy, rows), on=list(DECIDED), how="left")
    return words.select("teacher", "year", "verdict", "route", "reasons", *TOLD, *codes)
