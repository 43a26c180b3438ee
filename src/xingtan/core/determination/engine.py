"""The determination of any number of teachers over columns: the same formulas as for one, on Polars in slices or on Spark.

Every row of evidence is touched once, by `fold`; all that follows works on one row per teacher. Years are judged in order, each under
its own policy, and hand on what the next one begins with; when the last is known, debts settle. `checkpoint` is called between the
stages: an engine that plans lazily writes the frame down there, so that its plans stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw

from xingtan.core.determination.columns import Frame, compute, steps_for, whole
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

Rows = nw.DataFrame[Any] | nw.LazyFrame[Any]
Checkpoint = Callable[[Frame], Frame]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of some teachers: rows of whole numbers, and what their kinds mean.

    `roster`: teacher, item, hired_day, retires_day, left_day, arrived_day. `activities`: teacher, year, kind, amount (and source, where a
    policy caps what one source gives). `results`: teacher, year, kind, score. `facts`: teacher, kind, from_day, to_day. Days are ordinals
    and 0 for none, amounts and scores hundredths; a kind is the place in the list of its table.
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


def determine_columns(
    policies: Mapping[int, Policy], evidence: Evidence, *, on: date, checkpoint: Checkpoint = lambda frame: frame
) -> Verdicts:
    """The verdicts of these years, judged on a day, of every teacher on the roster; the cycle's rule is that of the last year."""
    activities, results = {}, {}
    for policy in dict.fromkeys(policies.values()):
        years = [year for year, one in policies.items() if one is policy]
        activities[policy] = checkpoint(_activities(policy, evidence, years))
        results[policy] = checkpoint(_results(policy, evidence, years))
    roster = evidence.roster.lazy()
    handed: Frame | None = None
    judged: dict[int, Frame] = {}
    for year, policy in sorted(policies.items()):
        frame = roster.join(activities[policy].filter(nw.col("year") == year).drop("year"), on="teacher", how="left")
        frame = frame.join(results[policy].filter(nw.col("year") == year).drop("year"), on="teacher", how="left")
        frame = frame.join(_held(policy, year, evidence), on="teacher", how="left")
        frame = frame if handed is None else frame.join(handed, on="teacher", how="left")
        judged[year] = checkpoint(_judged(policy, year, frame, on))
        following = states(policies.get(year + 1, policy))
        known = [name for name in states(policy) if name in following]
        handed = judged[year].select("teacher", *(nw.col(f"next_{name}").alias(name) for name in known))
    return _settled(policies, judged, checkpoint)


def _activities(policy: Policy, evidence: Evidence, years: Sequence[int]) -> Frame:
    rows = evidence.activities.filter(nw.col("year").is_in(years))
    shares = [dict(shares_of(policy, kind)) for kind in evidence.kinds]
    slots = [slot for slot in slots_of(policy).all if slot.over is Over.ACTIVITIES]
    plain = [_slot(slot.name, slot.how, shares) for slot in slots if slot.source_cap is None]
    folded = fold(rows, plain)
    for slot in slots:
        if slot.source_cap is not None:
            one = _slot(slot.name, slot.how, shares)
            by_source = fold(rows.lazy().filter(nw.col("kind").is_in(list(one.kinds))), [one], keys=("teacher", "year", "source"))
            bounded = by_source.with_columns(nw.min_horizontal(nw.col(slot.name), whole(slot.source_cap)).alias(slot.name))
            folded = folded.join(bounded.group_by("teacher", "year").agg(nw.col(slot.name).sum()), on=["teacher", "year"], how="left")
    return folded


def _results(policy: Policy, evidence: Evidence, years: Sequence[int]) -> Frame:
    rows = evidence.results.filter(nw.col("year").is_in(years))
    shares = [dict.fromkeys(result_shares_of(policy, kind), 1) for kind in evidence.result_kinds]
    slots = [_slot(slot.name, slot.how, shares) for slot in slots_of(policy).all if slot.over is Over.RESULTS]
    return fold(rows, slots, value="score")


def _slot(name: str, how: How, shares: Sequence[Mapping[str, int]]) -> Slot:
    return Slot(name, how.value, {kind: share[name] for kind, share in enumerate(shares) if name in share})


def _held(policy: Policy, year: int, evidence: Evidence) -> Frame:
    """A column per flag: 1 where a fact that sets it holds in the year."""
    days = days_of(policy, year)
    asked = []
    for flag in flags_of(policy):
        kinds = [index for index, (name, value) in enumerate(evidence.fact_kinds) if name == flag.fact and value in flag.values]
        first, last, is_whole = days.span(flag.holds)
        begun, ended = (first, last) if is_whole else (last, first)
        holds = nw.col("kind").is_in(kinds) & (nw.col("from_day") <= begun) & (nw.col("to_day") >= ended) if kinds else nw.col("kind") < 0
        asked.append(nw.when(holds).then(whole(1)).otherwise(whole(0)).max().alias(flag.name))
    return evidence.facts.lazy().group_by("teacher").agg(*asked)


def _judged(policy: Policy, year: int, frame: Frame, on: date) -> Frame:
    """The year's numbers per teacher: the decisive row, what counts, what is handed on."""
    slots = slots_of(policy).all
    begins = [name for name in states(policy) if name in frame.collect_schema().names()]
    given = [*(slot.name for slot in slots), *(flag.name for flag in flags_of(policy)), *begins]
    empty = {slot.name: -1 for slot in slots if slot.how is How.BEST}
    frame = frame.with_columns(
        *(nw.col(name).cast(nw.Int64).fill_null(empty.get(name, 0)).alias(name) for name in given),
        *(whole(0).alias(name) for name in states(policy) if name not in begins),
        *(nw.col(name).cast(nw.Int64).alias(name) for name in ("item", "hired_day", "arrived_day", "retires_day", "left_day")),
    ).rename({"item": "item_of_person"})
    inputs = {*PERSON_INPUTS, "item_of_person", *given, *states(policy)} - {"item_given"}
    text = "\n".join((_standing(policy), person_formulas(policy, year, on), year_formulas(policy), _shown(policy)))
    kept = _kept(policy)
    return compute(frame, steps_for(text, inputs, kept)).select("teacher", *kept)


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


def _settled(policies: Mapping[int, Policy], judged: Mapping[int, Frame], checkpoint: Checkpoint) -> Verdicts:
    """Debts that later years made good, then the years and the cycle as they are told."""
    years = sorted(policies)
    last = policies[years[-1]]
    wide = _wide(judged)
    text = "\n".join((*_cycle_sums(policies, years), settling_formulas(last, years), cycle_formulas(last)))
    buckets = [bucket.code for bucket in last.all_buckets]
    kept = [f"{name}_{year}" for year in years for name in ("settled", "made_up")]
    kept += ["row", "also", "required", "credited", "cycle_carried", *(f"cycle_of_{code}" for code in buckets)]
    steps = steps_for(text, wide.collect_schema().names(), kept)
    settled = checkpoint(compute(wide, steps).select("teacher", *kept))
    codes = list(dict.fromkeys(bucket.code for policy in policies.values() for bucket in policy.all_buckets))
    told = [_with_all(_told(policies[year], year, judged[year], settled), codes) for year in years]
    return Verdicts(nw.concat(told, how="vertical"), _with_all(_told_cycle(last, settled), codes))


def _wide(judged: Mapping[int, Frame]) -> Frame:
    """One row per teacher, the years' columns beside each other with the year at the end of their names."""
    frames = [
        frame.select("teacher", *(nw.col(name).alias(f"{name}_{year}") for name in frame.collect_schema().names() if name != "teacher"))
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


def _told_cycle(policy: Policy, settled: Frame) -> Frame:
    """The cycle's rows with verdict and reasons in words of code."""
    return settled.join(cycle_sayings(policy, settled), on=["row", "also"], how="left").select(
        "teacher",
        "verdict",
        "reasons",
        "required",
        nw.col("credited").alias("recognised"),
        nw.col("cycle_carried").alias("carried"),
        *(nw.col(f"cycle_of_{one.code}").alias(one.code) for one in policy.all_buckets),
    )


def _told(policy: Policy, year: int, judged: Frame, settled: Frame) -> Frame:
    """The year's rows with verdict, route and reasons in words of code."""
    own = settled.select("teacher", nw.col(f"settled_{year}").alias("settled"), nw.col(f"made_up_{year}").alias("made_up"))
    rows = judged.filter(nw.col("on_roster") == 1).drop("verdict").join(own, on="teacher", how="left")
    rows = rows.join(year_sayings(policy, rows), on=["row", "also", "unclear", "made_up"], how="left")
    credited = nw.when(nw.col("made_up") == 1).then(nw.max_horizontal("shown_required", "credited")).otherwise(nw.col("credited"))
    return rows.select(
        "teacher",
        whole(year).alias("year"),
        "verdict",
        "route",
        "reasons",
        nw.col("shown_required").alias("required"),
        nw.col("shown_recognised").alias("recognised"),
        nw.col("shown_carried").alias("carried"),
        credited.alias("credited"),
        *(nw.col(f"shown_of_{one.code}").alias(one.code) for one in policy.all_buckets),
    )


def _with_all(frame: Frame, codes: Sequence[str]) -> Frame:
    """The frame with every bucket of every year's policy; nothing where a policy does not have it."""
    names = frame.collect_schema().names()
    others = [name for name in names if name not in codes]
    return frame.select(*others, *(nw.col(code) if code in names else whole(0).alias(code) for code in codes))
