"""The determination of a cycle: its years folded into one verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xingtan.core.determination.facts import Reason
from xingtan.core.determination.findings import CycleVerdict, YearStanding
from xingtan.core.determination.rules import rules_of
from xingtan.core.policy import Policy
from xingtan.core.policy.cycle_formulas import CYCLE_ALSO, IMPLIED, cycle_inputs
from xingtan.core.verdicts import ReasonCode, Verdict


def cycle_required(policy: Policy, *, is_new_hire: bool, years_on_roster: int | None = None) -> int:
    """Hundredths of an hour the cycle asks for; who joins inside it owes the years on the roster only."""
    cycle = policy.cycle
    whole = (cycle.new_hire_required_centi or cycle.required_centi) if is_new_hire else cycle.required_centi
    absent = 0 if years_on_roster is None else max(cycle.years - years_on_roster, 0)
    return max(whole - absent * (cycle.required_centi // cycle.years), 0)


def determine_cycle(
    policy: Policy,
    years: Iterable[YearStanding],
    is_new_hire: bool,  # noqa: FBT001 -- the one fact of the person that the cycle's hours need
    *,
    years_on_roster: int | None = None,
    retires_in_cycle: bool = False,
    sums: Mapping[str, int] | None = None,
) -> CycleVerdict:
    """The verdict of a cycle from the verdicts of its years; credited are verified hours and hours by exam.

    `sums` are credited amounts by name (`<bucket>_credited`, `<earmark>_credited`) where the pack asks for them.
    """
    standings = list(years)
    counts = Counter(standing.verdict for standing in standings)
    required = cycle_required(policy, is_new_hire=is_new_hire, years_on_roster=years_on_roster)
    credited = sum(standing.verified_centi + standing.by_exam_centi for standing in standings)
    expected = policy.cycle.years if years_on_roster is None else min(years_on_roster, policy.cycle.years)
    given = {
        "years": expected,
        "years_known": len(standings),
        "required": required,
        "credited": credited,
        "debts": counts[Verdict.MAKE_UP_REQUIRED] + counts[Verdict.NOT_QUALIFIED],
        "retires_in_cycle": int(retires_in_cycle),
        **{f"n_{verdict.value}": counts[verdict] for verdict in Verdict},
        **(sums or {}),
    }
    return cycle_verdict(policy, given, counts)


def cycle_verdict(policy: Policy, given: Mapping[str, int], counts: Mapping[Verdict, int]) -> CycleVerdict:
    """The verdict of a cycle whose sums are known; sums that are not given are nothing."""
    numbers = rules_of(policy).judge_cycle(*(given.get(name, 0) for name in cycle_inputs(policy)))
    row = policy.cycle.decide[numbers["row"]]
    reasons = _reasons(policy, numbers)
    return CycleVerdict(row.verdict, row.clause, numbers["row"], given["required"], given["credited"], counts, reasons, numbers)


def _reasons(policy: Policy, numbers: Mapping[str, int]) -> tuple[Reason, ...]:
    """The decisive row's own reason where it says more than the others do; then what keeps the cycle from being qualified."""
    found = [
        Reason(code, params)
        for index, (code, _) in enumerate(CYCLE_ALSO)
        if numbers["also"] >> index & 1
        for params in _params(code, policy, numbers)
    ]
    own = policy.cycle.decide[numbers["row"]].reason
    if own not in {reason.code for reason in found} and (own not in IMPLIED or not found):
        found.insert(0, Reason(own, {}))
    return tuple(found)


def _params(code: ReasonCode, policy: Policy, numbers: Mapping[str, int]) -> Iterator[Mapping[str, int | str]]:
    match code:
        case ReasonCode.YEARS_OPEN:
            unsettled = numbers["n_in_progress"] + numbers["n_exam_required"] + numbers["n_undetermined"]
            yield {"count": unsettled + max(numbers["years"] - numbers["years_known"], 0)}
        case ReasonCode.YEARS_OWED:
            yield {"count": numbers["n_make_up_required"] + numbers["n_not_qualified"]}
        case ReasonCode.CYCLE_SHORT:
            yield {"short_centi": numbers["short"]}
        case ReasonCode.FLOOR_SHORT:
            yield from _shorts("bucket", [(one.code, f"{one.code}_cycle_short") for one in policy.all_buckets], numbers)
        case ReasonCode.EARMARK_SHORT:
            yield from _shorts("earmark", [(one.code, f"{one.code}_short") for one in policy.earmarks], numbers)
        case _:
            yield from _shorts("target", [(one.code, f"{one.code}_short") for one in policy.targets], numbers)


def _shorts(what: str, names: Sequence[tuple[str, str]], numbers: Mapping[str, int]) -> Iterator[Mapping[str, int | str]]:
    for code, name in names:
        if short := numbers.get(name, 0):
            yield {what: code, "short_centi": short}
