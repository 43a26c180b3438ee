"""Random policies and random people: the same facts as rows of a batch and as the facts of one teacher."""

from __future__ import annotations

import random
from datetime import date
from typing import NamedTuple

import polars as pl

from xingtan.core.determination.batch.engine import Evidence, determine_columns
from xingtan.core.determination.facts import ActivityFact, ResultFact
from xingtan.core.determination.holding import NO_END, DatedFact, known_values
from xingtan.core.determination.teacher import TeacherFacts
from xingtan.core.policy import Policy, bundled_policy
from xingtan.core.policy.counting_flaws import known_codes
from xingtan.core.policy.slots import Kind, ResultKind

PACKS = ("jiangxi-2011", "dawa-2008", "zibo-2011", "jiangxi-it-2014", "jiangxi-credit-2018")
ON = date(2021, 1, 1)
AMOUNTS = (1, 50, 99, 100, 11_00, 22_00, 25_00, 49_99, 50_00, 72_00, 100_00, 1_000_00, -1_00)
STATUSES = ("verified", "verified", "verified", "entered", "rejected")


class Person(NamedTuple):
    """One teacher: roster numbers, and rows by the place of their kind."""

    item: int
    hired_day: int
    retires_day: int
    left_day: int
    facts: list[tuple[int, int, int]]
    activities: list[tuple[int, int, int, int]]
    results: list[tuple[int, int, int]]


class Province(NamedTuple):
    """People and the kinds of their rows."""

    people: list[Person]
    kinds: list[Kind]
    result_kinds: list[ResultKind]
    fact_kinds: list[tuple[str, str]]


def policy_at_random(dice: random.Random) -> Policy:
    """A bundled pack with some of its amounts, caps and switches changed."""
    pack = bundled_policy(dice.choice(PACKS))
    data = pack.model_dump(by_alias=True)
    data["surplus"] |= {"carries_over": dice.random() < 0.3, "counts_in_cycle": dice.random() < 0.5}
    _change_conversions(dice, data["conversion"])
    for bucket in data["bucket"]:
        if dice.random() < 0.3:
            bucket["cycle_cap_centi"] = bucket["cycle_floor_centi"] + dice.choice((1_00, 30_00))
        if dice.random() < 0.3:
            bucket["year_cap_centi"] = bucket["year_floor_centi"] + dice.choice((1_00, 10_00))
    for table in ("offset", "make_up"):
        if data[table]:
            data[table]["is_open"] = dice.random() < 0.8
    if data["offset"]:
        data["offset"]["cap_centi"] = dice.choice((0, 10_00, 72_00))
    data["digest"] = f"{pack.digest}-{dice.random()}"
    return Policy.model_validate(data)


def _change_conversions(dice, conversions):
    for conversion in conversions:
        for cap in ("year_cap_centi", "cycle_cap_centi", "source_cap_centi"):
            if dice.random() < 0.15:
                conversion[cap] = dice.choice((1_00, 5_00, 12_50, 40_00))
        if dice.random() < 0.2:
            conversion["per"] = dice.choice((1, 3, 7, 45))


def province_at_random(dice: random.Random, policy: Policy, years: range, count: int) -> Province:
    """That many people with rows that lean towards the edges of what the policy asks for."""
    codes = {name: ["", *known] for name, known in known_codes(policy).items()}
    units = [one.unit.value for one in policy.converting]
    kinds = [_kind(dice, codes, units) for _ in range(40)]
    assessments = [one.code for one in (*policy.tests, *policy.works)]
    result_kinds = [
        ResultKind(one, passed, status)
        for one in assessments
        for passed in (-1, 0, 1)
        for status in ("final", "waiting", "absent", "voided", "contradictory")
        if status != "contradictory" or dice.random() < 0.1
    ]
    fact_kinds = [(name, value) for name, values in known_values(policy).items() if name != "arrived" for value in sorted(values)]
    return Province([_person(dice, policy, years, kinds, result_kinds, fact_kinds) for _ in range(count)], kinds, result_kinds, fact_kinds)


def _kind(dice, codes, units):
    component = dice.choice(codes["component"][1:]) if dice.random() < 0.95 else ""
    rest = {name: dice.choice(values) if dice.random() < 0.6 else "" for name, values in codes.items() if name != "component"}
    return Kind(component, unit=dice.choice(units), status=dice.choice(STATUSES), **rest)


def _person(dice, policy, years, kinds, result_kinds, fact_kinds):
    def day(year):
        return date(year, dice.randint(1, 12), dice.randint(1, 28)).toordinal()

    first, last = years[0], years[-1]
    items = [0, 99, *(item.number for item in policy.items for _ in range(4))]
    activities = [
        (year, dice.randrange(len(kinds)), dice.choice(AMOUNTS) if dice.random() < 0.9 else dice.randint(0, 200_00), dice.randint(0, 2))
        for year in years
        for _ in range(dice.choice((0, 1, 3, 6)))
    ]
    results = [
        (year, dice.randrange(len(result_kinds)), dice.choice((0, 59_99, 60_00, 80_00, 100_00)))
        for year in years
        for _ in range(dice.choice((0, 0, 1, 3)))
    ]
    facts = []
    for _ in range(dice.choice((0, 0, 1, 2))):
        begins = day(dice.randint(first, last + 1))
        facts.append((dice.randrange(len(fact_kinds)), begins, dice.choice((begins + 90, begins + 500, NO_END))))
    return Person(
        dice.choice(items),
        dice.choice((0, day(first - 5), day(dice.randint(first, last)))),
        dice.choice((0, 0, 0, day(dice.randint(first, last + 3)))),
        dice.choice((0, 0, 0, 0, day(dice.randint(first, last)))),
        facts,
        activities,
        results,
    )


def as_teacher(province: Province, person: Person) -> TeacherFacts:
    """The person as the single reading takes it."""
    activities: dict[int, list[ActivityFact]] = {}
    for year, kind, amount, source in person.activities:
        activities.setdefault(year, []).append(ActivityFact(province.kinds[kind], amount, source))
    results: dict[int, list[ResultFact]] = {}
    for year, kind, score in person.results:
        one = province.result_kinds[kind]
        results.setdefault(year, []).append(ResultFact(one.assessment, score, one.passed, one.status))
    return TeacherFacts(
        item=person.item,
        hired_day=person.hired_day,
        retires_day=person.retires_day,
        left_day=person.left_day,
        facts=tuple(DatedFact(*province.fact_kinds[kind], begins, ends) for kind, begins, ends in person.facts),
        activities={year: tuple(rows) for year, rows in activities.items()},
        results={year: tuple(rows) for year, rows in results.items()},
    )


def as_evidence(province: Province, people: dict[int, Person], dice: random.Random | None = None) -> Evidence:
    """The people as rows, by their numbers; shuffled when there is a die."""

    def frame(rows, **columns):
        listed = list(rows)
        if dice is not None:
            dice.shuffle(listed)
        return pl.DataFrame(listed, schema={"teacher": pl.Int64} | columns, orient="row")

    small, whole = pl.Int16, pl.Int64
    return Evidence(
        roster=frame(
            ((number, one.item, one.hired_day, one.retires_day, one.left_day, 0) for number, one in people.items()),
            item=small, hired_day=whole, retires_day=whole, left_day=whole, arrived_day=whole,
        ),
        activities=frame(((n, *row) for n, one in people.items() for row in one.activities), year=small, kind=small, amount=pl.Int32, source=whole),
        results=frame(((n, *row) for n, one in people.items() for row in one.results), year=small, kind=small, score=pl.Int32),
        facts=frame(((n, *row) for n, one in people.items() for row in one.facts), kind=small, from_day=whole, to_day=whole),
        kinds=province.kinds,
        result_kinds=province.result_kinds,
        fact_kinds=province.fact_kinds,
    )  # fmt: skip


def determined(policies: dict[int, Policy], evidence: Evidence) -> tuple[dict, dict]:
    """The batch's rows: by teacher and year, and by teacher."""
    found = determine_columns(policies, evidence, on=ON)
    years = found.years.collect().rows(named=True)
    cycle = found.cycle.collect().rows(named=True)
    return {(row["teacher"], row["year"]): row for row in years}, {row["teacher"]: row for row in cycle}
