"""One teacher's years, in order: each begins with what the one before handed on, and debts settle when all are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from xingtan.core.determination.cycle import cycle_verdict
from xingtan.core.determination.facts import ActivityFact, Reason, ResultFact, YearFacts
from xingtan.core.determination.findings import CycleVerdict, YearVerdict
from xingtan.core.determination.holding import ARRIVED, DatedFact, standing_in
from xingtan.core.determination.rules import person_of, settling_of
from xingtan.core.determination.year import determine_year
from xingtan.core.policy import Policy
from xingtan.core.policy.cycle_formulas import VERDICTS, settling_inputs
from xingtan.core.policy.formulas import MAKE_UP_ROUTE, OWED
from xingtan.core.policy.handing_on import states
from xingtan.core.policy.slots import shares_of
from xingtan.core.verdicts import ReasonCode, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherFacts:
    """All that is known of one teacher: days are ordinals (0 for none), rows by training year, `item` 0 while none was given."""

    item: int = 0
    hired_day: int = 0
    retires_day: int = 0
    left_day: int = 0
    facts: tuple[DatedFact, ...] = ()
    activities: Mapping[int, tuple[ActivityFact, ...]] = field(default_factory=dict)
    results: Mapping[int, tuple[ResultFact, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TeacherVerdict:
    """The verdicts of a teacher's years that are owed, in order, and of the cycle they make; `facts` are what each year was judged by."""

    years: tuple[YearVerdict, ...]
    cycle: CycleVerdict
    facts: Mapping[int, YearFacts] = field(default_factory=dict, repr=False, compare=False)


def determine_teacher(policies: Mapping[int, Policy], teacher: TeacherFacts, *, on: date) -> TeacherVerdict:
    """The verdicts of these years, each under its own policy, judged on a day; a debt that a later year made good is qualified.

    The cycle's rule is that of its last year.
    """
    judged: list[YearVerdict] = []
    handed: dict[str, int] = {}
    owed: list[tuple[int, Verdict]] = []
    facts_of: dict[int, YearFacts] = {}
    for year in sorted(policies):
        facts_of[year] = replace(_facts(policies[year], year, teacher, on), states=handed, carried=tuple(owed))
        verdict = determine_year(policies[year], facts_of[year])
        judged.append(verdict)
        handed = {name: verdict.numbers[f"next_{name}"] for name in states(policies[year])}
        owed = owed[verdict.numbers["clears"] :]
        if verdict.verdict in OWED:
            owed.append((year, verdict.verdict))
    return _settled(policies, judged, facts_of)


def _facts(policy: Policy, year: int, teacher: TeacherFacts, on: date) -> YearFacts:
    activities = teacher.activities.get(year, ())
    standing = standing_in(policy, year, teacher.facts, teacher.item)
    arrived = min((fact.from_day for fact in teacher.facts if fact.name == ARRIVED), default=0)
    accepted = sum(1 for one in activities if ("activities", 1) in shares_of(policy, one.kind))
    person = person_of(policy, year, on)(standing.item, teacher.hired_day, arrived, teacher.retires_day, teacher.left_day, accepted)
    return YearFacts(
        year=year,
        item=standing.item or None,
        is_new_hire=person["is_new_hire"] == 1,
        first_year=person["first_year"] == 1,
        on_roster=person["on_roster"] == 1,
        retires_in_cycle=person["retires_in_cycle"] == 1,
        study_closed=person["study_closed"] == 1,
        took_part=person["took_part"] == 1,
        leave_ground=standing.leave_ground,
        held=standing.held,
        unclear=standing.unclear,
        activities=activities,
        results=teacher.results.get(year, ()),
    )


def _settled(policies: Mapping[int, Policy], judged: Sequence[YearVerdict], facts_of: Mapping[int, YearFacts]) -> TeacherVerdict:
    years = tuple(sorted(policies))
    policy = policies[years[-1]]
    last = facts_of[years[-1]]
    given: dict[str, int] = {"is_new_hire": int(last.is_new_hire), "debts_cleared": judged[-1].numbers["next_debts_cleared"]}
    for verdict in judged:
        is_owed = facts_of[verdict.year].on_roster
        given |= {
            f"verdict_{verdict.year}": VERDICTS.index(verdict.verdict) if is_owed else -1,
            f"required_{verdict.year}": verdict.required_centi,
            f"credited_{verdict.year}": verdict.credited_centi,
            f"owes_{verdict.year}": verdict.numbers["owes"],
            f"debt_number_{verdict.year}": verdict.numbers["debt_number"],
            f"on_roster_{verdict.year}": int(is_owed),
        }
    numbers = settling_of(policy, years)(*(given[name] for name in ("is_new_hire", *settling_inputs(years))))
    clearing = [verdict.year for verdict in judged if verdict.numbers["clears"]]
    final = tuple(
        _made_up(verdict, clearing[verdict.numbers["debt_number"] - 1]) if numbers[f"made_up_{verdict.year}"] else verdict
        for verdict in judged
        if facts_of[verdict.year].on_roster
    )
    counts = {verdict: numbers[f"n_{verdict.value}"] for verdict in Verdict}
    sums = {
        **{f"{one.code}_credited": _sum(judged, f"{one.code}_verified") for one in policy.all_buckets},
        **{f"{one.code}_credited": _sum(judged, f"{one.code}_checked") for one in policy.earmarks},
        "retires_in_cycle": int(last.retires_in_cycle),
    }
    return TeacherVerdict(final, cycle_verdict(policy, {**numbers, **sums}, counts), facts_of)


def _sum(judged: Sequence[YearVerdict], name: str) -> int:
    return sum(verdict.numbers.get(name, 0) for verdict in judged if verdict.numbers["row"] >= 0)


def _made_up(verdict: YearVerdict, year: int) -> YearVerdict:
    """The year as it stands when a later one made it good."""
    reasons = (Reason(ReasonCode.MADE_UP, {"year": year}), *verdict.reasons[1:])
    credited = max(verdict.required_centi, verdict.credited_centi)
    return replace(verdict, verdict=Verdict.QUALIFIED, route=MAKE_UP_ROUTE, reasons=reasons, credited_centi=credited, made_up_in=year)
