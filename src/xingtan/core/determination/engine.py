"""The determination of any number of teachers over columns: the same formulas as for one, on Polars in slices or on Spark.

Every row of evidence is touched once, by `fold`; all that follows works on one row per teacher. Years are judged in order, each under
its own policy, and hand on what the next one begins with; when the last is known, debts settle. `checkpoint` is called between the
stages: an engine that plans lazily writes the frame down there, so that its plans stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
import polars as pl

from xingtan.core.determination.columns import Api, Expr, Frame, compute, expressions_for, whole
from xingtan.core.determination.fold import Slot, fold
from xingtan.core.determination.holding import CATEGORY, days_of, flags_of
from xingtan.core.determination.saying import cycle_sayings, year_sayings
from xingtan.core.policy import Policy
from xingtan.core.policy.cycle_formulas import (
    PERSON_INPUTS,
    cycle_formulas,
    person_formulas,
    settling_formulas,
    verdict_of_row,
)
from xingtan.core.policy.formulas import year_formulas
from xingtan.core.policy.handing_on import states
from xingtan.core.policy.kinds import How, Over
from xingtan.core.policy.slots import Kind, ResultKind, result_shares_of, shares_of, slots_of
from xingtan.core.policy.text import total

Rows: TypeAlias = pl.DataFrame | nw.LazyFrame[Any]
Checkpoint = Callable[[Frame], Frame]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of some teachers: rows of whole numbers, and what their kinds mean.

    `roster`: teacher, item, hired_day, retires_day, left_day, arrived_day. `activities`: teacher, year, kind, amount (and source, where a
    policy caps what one source gives). `results`: teacher, year, kind, score. `facts`: teacher, kind, from_day, to_day. Days are ordinals
    and 0 for none, amounts and scores hundredths; a kind is the place in the list of its table. All four are Polars' in memory, or all
    four narwhals' lazy ones.
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
    kept = checkpoint or (_in_memory if api is pl else _as_it_is)
    activities, results = {}, {}
    for policy in dict.fromkeys(policies.values()):
        years = [year for year, one in policies.items() if one is policy]
        activities[policy] = kept(_activities(api, policy, evidence, years))
        results[policy] = kept(_results(api, policy, evidence, years))
    handed: Frame | None = None
    judged: dict[int, Frame] = {}
    for year, policy in sorted(policies.items()):
        frame = evidence.roster.lazy()
        for folded in (activities[policy], results[policy]):
            frame = frame.join(folded.filter(api.col("year") == year).drop("year"), on="teacher", how="left")
        frame = frame.join(_held(api, policy, year, evidence), on="teacher", how="left")
        frame = frame if handed is None else frame.join(handed, on="teacher", how="left")
        judged[year] = kept(_judged(api, policy, year, frame, on))
        following = states(policies.get(year + 1, policy))
        known = [name for name in states(policy) if name in following]
        handed = judged[year].select("teacher", *(api.col(f"next_{name}").alias(name) for name in known))
    return _settled(api, policies, judged, kept)


def _in_memory(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.collect(engine="streaming").lazy()


def _as_it_is(frame: Frame) -> Frame:
    return frame


def _folded(api: Api, rows: Frame, slots: Sequence[Slot], keys: tuple[str, ...] = ("teacher", "year"), value: str = "amount") -> Frame:
    folded = fold(nw.from_native(rows) if api is pl else rows, slots, keys=keys, value=value)
    return folded.to_native() if api is pl else folded


def _activities(api: Api, policy: Policy, evidence: Evidence, years: Sequence[int]) -> Frame:
    rows = evidence.activities.filter(api.col("year").is_in(years))
    shares = [dict(shares_of(policy, kind)) for kind in evidence.kinds]
    slots = [slot for slot in slots_of(policy).all if slot.over is Over.ACTIVITIES]
    folded = _folded(api, rows, [_slot(slot.name, slot.how, shares) for slot in slots if slot.source_cap is None])
    for slot in slots:
        if slot.source_cap is not None:
            one = _slot(slot.name, slot.how, shares)
            capped = rows.lazy().filter(api.col("kind").is_in(list(one.kinds)))
            by_source = _folded(api, capped, [one], ("teacher", "year", "source"))
            bounded = by_source.with_columns(api.min_horizontal(api.col(slot.name), whole(api, slot.source_cap)).alias(slot.name))
            folded = folded.join(bounded.group_by("teacher", "year").agg(api.col(slot.name).sum()), on=["teacher", "year"], how="left")
    return folded


def _results(api: Api, policy: Policy, evidence: Evidence, years: Sequence[int]) -> Frame:
    rows = evidence.results.filter(api.col("year").is_in(years))
    shares = [dict.fromkeys(result_shares_of(policy, kind), 1) for kind in evidence.result_kinds]
    slots = [_slot(slot.name, slot.how, shares) for slot in slots_of(policy).all if slot.over is Over.RESULTS]
    return _folded(api, rows, slots, value="score")


def _slot(name: str, how: How, shares: Sequence[Mapping[str, int]]) -> Slot:
    return Slot(name, how.value, {kind: share[name] for kind, share in enumerate(shares) if name in share})


def _held(api: Api, policy: Policy, year: int, evidence: Evidence) -> Frame:
    """A column per flag: 1 where a fact that sets it holds in the year."""
    return evidence.facts.lazy().group_by("teacher").agg(*_flagged(api, policy, year, tuple(evidence.fact_kinds)))


@lru_cache(maxsize=256)
def _flagged(api: Api, policy: Policy, year: int, fact_kinds: Sequence[tuple[str, str]]) -> tuple[Expr, ...]:
    days = days_of(policy, year)
    asked = []
    for flag in flags_of(policy):
        kinds = [index for index, (name, value) in enumerate(fact_kinds) if name == flag.fact and value in flag.values]
        first, last, is_whole = days.span(flag.holds)
        begun, ended = (first, last) if is_whole else (last, first)
        holds = api.col("kind").is_in(kinds or [-9]) & (api.col("from_day") <= begun) & (api.col("to_day") >= ended)
        asked.append(api.when(holds).then(whole(api, 1)).otherwise(whole(api, 0)).max().alias(flag.name))
    return tuple(asked)


def _judged(api: Api, policy: Policy, year: int, frame: Frame, on: date) -> Frame:
    """The year's numbers per teacher: the decisive row, what counts, what is handed on."""
    present = frame.collect_schema().names()
    begins = tuple(name for name in states(policy) if name in present)
    given, layers = _year_layers(api, policy, year, on, begins)
    return compute(frame.rename({"item": "item_of_person"}).with_columns(*given), layers).select("teacher", *_kept(policy))


@lru_cache(maxsize=256)
def _year_layers(api: Api, policy: Policy, year: int, on: date, begins: tuple[str, ...]) -> tuple[Sequence[Expr], Sequence[Sequence[Expr]]]:
    """What a year's formulas are given, and the formulas."""
    slots = slots_of(policy).all
    names = [*(slot.name for slot in slots), *(flag.name for flag in flags_of(policy)), *begins]
    empty = {slot.name: -1 for slot in slots if slot.how is How.BEST}
    days = ("item_of_person", "hired_day", "arrived_day", "retires_day", "left_day")
    given = [
        *(api.col(name).cast(api.Int64).fill_null(empty.get(name, 0)).alias(name) for name in names),
        *(whole(api, 0).alias(name) for name in states(policy) if name not in begins),
        *(api.col(name).cast(api.Int64).alias(name) for name in days),
    ]
    inputs = {*PERSON_INPUTS, *days, *names, *states(policy)} - {"item_given"}
    text = "\n".join((_standing(policy), person_formulas(policy, year, on), year_formulas(policy), _shown(policy)))
    return given, expressions_for(api, text, frozenset(inputs), tuple(_kept(policy)))


def _standing(policy: Policy) -> str:
    """What the facts of the year say beside their flags: the item, the leave, what contradicts itself or is missing."""
    items = {item.number: f"{CATEGORY}_{item.number}" for item in policy.items}
    leaves = [f"leave_{ground.code}" for ground in policy.leave]
    held = {fact.code: [f"{fact.code}_{value.code}" for value in fact.values] or [fact.code] for fact in policy.facts}
    clashes = [f"({total(items.values())} > 1)", *(f"({total(held[fact.code])} > 1)" for fact in policy.facts if fact.is_single)]
    missing = [f"({total(held[fact.code])} == 0)" for fact in policy.facts if fact.is_required]
    of_year = "".join(f"{number} if {name} == 1 else " for number, name in sorted(items.items(), reverse=True))
    any_of = " or ".join
    return "\n".join(
        (
            f"item_given = {of_year}item_of_person",
            "item_missing = 1 if item_given == 0 else 0",
            f"on_leave = 1 if {total(leaves)} > 0 else 0",
            f"fact_clash = 1 if {any_of(clashes)} else 0",
            f"fact_missing = {f'1 if {any_of(missing)} else 0' if missing else 0}",
        )
    )


def _shown(policy: Policy) -> str:
    """What a verdict shows; nothing where there is none."""
    amounts = {name: name for name in ("required", "recognised", "carried")}
    amounts |= {f"of_{one.code}": f"{one.code}_recognised" for one in policy.all_buckets}
    amounts |= {f"verified_{one.code}": f"{one.code}_verified" for one in policy.all_buckets}
    amounts |= {f"earmarked_{one.code}": f"{one.code}_checked" for one in policy.earmarks}
    return "\n".join(
        (
            "unclear = item_unknown + 2 * fact_missing + 4 * fact_clash",
            *(f"shown_{name} = {of} if row >= 0 else 0" for name, of in amounts.items()),
            f"verdict = {verdict_of_row(policy)}",
        )
    )


def _kept(policy: Policy) -> list[str]:
    """The columns of a judged year that anything later reads."""
    names = ["row", "verdict", "also", "unclear", "contradictions", "owes", "debt_number", "credited", "on_roster", "is_new_hire"]
    names += ["retires_in_cycle", "shown_required", "shown_recognised", "shown_carried"]
    names += [f"{shown}_{one.code}" for one in policy.all_buckets for shown in ("shown_of", "shown_verified")]
    names += [f"shown_earmarked_{one.code}" for one in policy.earmarks]
    return names + [f"next_{name}" for name in states(policy)]


def _settled(api: Api, policies: Mapping[int, Policy], judged: Mapping[int, Frame], kept_down: Checkpoint) -> Verdicts:
    """Debts that later years made good, then the years and the cycle as they are told."""
    years = sorted(policies)
    last = policies[years[-1]]
    wide = _wide(api, judged)
    text = "\n".join((*_cycle_sums(policies, years), settling_formulas(last, years), cycle_formulas(last)))
    buckets = [bucket.code for bucket in last.all_buckets]
    kept = [f"{name}_{year}" for year in years for name in ("settled", "made_up")]
    kept += ["row", "also", "required", "credited", "cycle_carried", *(f"cycle_of_{code}" for code in buckets)]
    layers = expressions_for(api, text, frozenset(wide.collect_schema().names()), tuple(kept))
    settled = kept_down(compute(wide, layers).select("teacher", *kept))
    codes = list(dict.fromkeys(bucket.code for policy in policies.values() for bucket in policy.all_buckets))
    told = [_with_all(api, _told(api, policies[year], year, judged[year], settled), codes) for year in years]
    return Verdicts(api.concat(told, how="vertical"), _with_all(api, _told_cycle(api, last, settled), codes))


def _wide(api: Api, judged: Mapping[int, Frame]) -> Frame:
    """One row per teacher, the years' columns beside each other with the year at the end of their names."""
    frames = [
        frame.select("teacher", *(api.col(name).alias(f"{name}_{year}") for name in frame.collect_schema().names() if name != "teacher"))
        for year, frame in sorted(judged.items())
    ]
    return reduce(lambda left, right: left.join(right, on="teacher", how="left"), frames)


def _cycle_sums(policies: Mapping[int, Policy], years: Sequence[int]) -> list[str]:
    """What the cycle's formulas start from, as formulas of its years."""
    last = policies[years[-1]]

    def summed(shown: str, code: str) -> str:
        return total(f"shown_{shown}_{code}_{year}" for year in years if f"shown_{shown}_{code}" in kept[year])

    kept = {year: frozenset(_kept(policies[year])) for year in years}
    return [
        f"is_new_hire = is_new_hire_{years[-1]}",
        f"retires_in_cycle = retires_in_cycle_{years[-1]}",
        f"debts_cleared = next_debts_cleared_{years[-1]}",
        f"cycle_carried = {total(f'shown_carried_{year}' for year in years)}",
        *(f"required_{year} = shown_required_{year}" for year in years),
        *(f"cycle_of_{one.code} = {summed('of', one.code)}" for one in last.all_buckets),
        *(f"{one.code}_credited = {summed('verified', one.code)}" for one in last.all_buckets),
        *(f"{one.code}_credited = {summed('earmarked', one.code)}" for one in last.earmarks),
    ]


def _told_cycle(api: Api, policy: Policy, settled: Frame) -> Frame:
    """The cycle's rows with verdict and reasons in words of code."""
    return settled.join(cycle_sayings(api, policy, settled), on=["row", "also"], how="left").select(
        "teacher",
        "verdict",
        "reasons",
        "required",
        api.col("credited").alias("recognised"),
        api.col("cycle_carried").alias("carried"),
        *(api.col(f"cycle_of_{one.code}").alias(one.code) for one in policy.all_buckets),
    )


def _told(api: Api, policy: Policy, year: int, judged: Frame, settled: Frame) -> Frame:
    """The year's rows with verdict, route and reasons in words of code."""
    own = settled.select("teacher", api.col(f"settled_{year}").alias("settled"), api.col(f"made_up_{year}").alias("made_up"))
    rows = judged.filter(api.col("on_roster") == 1).drop("verdict").join(own, on="teacher", how="left")
    rows = rows.join(year_sayings(api, policy, rows), on=["row", "also", "unclear", "made_up"], how="left")
    credited = api.when(api.col("made_up") == 1).then(api.max_horizontal("shown_required", "credited")).otherwise(api.col("credited"))
    return rows.select(
        "teacher",
        whole(api, year).alias("year"),
        "verdict",
        "route",
        "reasons",
        api.col("shown_required").alias("required"),
        api.col("shown_recognised").alias("recognised"),
        api.col("shown_carried").alias("carried"),
        credited.alias("credited"),
        *(api.col(f"shown_of_{one.code}").alias(one.code) for one in policy.all_buckets),
    )


def _with_all(api: Api, frame: Frame, codes: Sequence[str]) -> Frame:
    """The frame with every bucket of every year's policy; nothing where a policy does not have it."""
    names = frame.collect_schema().names()
    others = [name for name in names if name not in codes]
    return frame.select(*others, *(api.col(code) if code in names else whole(api, 0).alias(code) for code in codes))
