"""What the numbers of a batch say: verdict, route and codes of reasons, told once for each combination of numbers that occurs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from xingtan.core.determination.batch.columns import Api, Expr, Frame, whole
from xingtan.core.policy import DecisionRow, Policy
from xingtan.core.policy.cycle_formulas import CYCLE_ALSO, IMPLIED
from xingtan.core.policy.formulas import MAKE_UP_ROUTE, also_tests
from xingtan.core.verdicts import ReasonCode, Verdict

UNCLEAR = ((4, ReasonCode.FACTS_CONTRADICT), (2, ReasonCode.FACT_MISSING), (1, ReasonCode.ITEM_UNKNOWN))
Said = tuple[ReasonCode, Expr]


def year_sayings(api: Api, policy: Policy, rows: Frame) -> Frame:
    """Verdict, route and reasons for every combination of row, also, unclear and made_up in these rows."""
    return rows.select("row", "also", "unclear", "made_up").unique().with_columns(*_year_words(api, policy))


def cycle_sayings(api: Api, policy: Policy, rows: Frame) -> Frame:
    """Verdict and reasons for every combination of row and also in these rows."""
    return rows.select("row", "also").unique().with_columns(*_cycle_words(api, policy))


@lru_cache(maxsize=64)
def _year_words(api: Api, policy: Policy) -> tuple[Expr, ...]:
    row, made_up = api.col("row"), api.col("made_up") == 1
    is_clear = row >= 0
    own = [(code, is_clear & ~made_up & _is_one_of(api, numbers)) for code, numbers in _by_reason(policy.decide)]
    also = [
        (code, is_clear & _bit(api, "also", 1 << index) & ~_said_by_row(api, policy.decide, code))
        for index, (code, _) in enumerate(also_tests(policy))
    ]
    unclear = [(code, ~is_clear & (_bit(api, "unclear", bit) | _nothing_else(api, bit))) for bit, code in UNCLEAR]
    ways = [(one.value, _is_one_of(api, numbers)) for one, numbers in _by_verdict(policy.decide)]
    route = whole(api, 0)
    for number, one in enumerate(policy.decide):
        route = api.when(row == number).then(whole(api, one.route)).otherwise(route)
    return (
        _chosen(api, [(Verdict.QUALIFIED.value, made_up), *ways]).alias("verdict"),
        api.when(made_up).then(whole(api, MAKE_UP_ROUTE)).otherwise(route).alias("route"),
        _joined(api, [(ReasonCode.MADE_UP, made_up), *own, *also, *unclear]).alias("reasons"),
    )


@lru_cache(maxsize=64)
def _cycle_words(api: Api, policy: Policy) -> tuple[Expr, ...]:
    decide = policy.cycle.decide
    bits = {code: 1 << index for index, (code, _) in enumerate(CYCLE_ALSO)}
    own = []
    for code, numbers in _by_reason(decide):
        alone = api.col("also") == 0 if code in IMPLIED else ~_bit(api, "also", bits[code]) if code in bits else api.col("row") >= 0
        own.append((code, _is_one_of(api, numbers) & alone))
    also = [(code, _bit(api, "also", bit)) for code, bit in bits.items()]
    ways = [(one.value, _is_one_of(api, numbers)) for one, numbers in _by_verdict(decide)]
    return _chosen(api, ways).alias("verdict"), _joined(api, [*own, *also]).alias("reasons")


def _by_reason(rows: Sequence[DecisionRow]) -> list[tuple[ReasonCode, list[int]]]:
    codes = dict.fromkeys(row.reason for row in rows)
    return [(code, [number for number, row in enumerate(rows) if row.reason is code]) for code in codes]


def _by_verdict(rows: Sequence[DecisionRow]) -> list[tuple[Verdict, list[int]]]:
    verdicts = dict.fromkeys(row.verdict for row in rows)
    return [(one, [number for number, row in enumerate(rows) if row.verdict is one]) for one in verdicts]


def _is_one_of(api: Api, numbers: Sequence[int]) -> Expr:
    return api.col("row").is_in(numbers)


def _said_by_row(api: Api, rows: Sequence[DecisionRow], code: ReasonCode) -> Expr:
    """Whether the decisive row itself says this reason."""
    return _is_one_of(api, [number for number, row in enumerate(rows) if row.reason is code] or [-9])


def _nothing_else(api: Api, bit: int) -> Expr:
    """A row that contradicts itself where all facts are clear."""
    return api.col("unclear") == (0 if bit == UNCLEAR[0][0] else -9)


def _bit(api: Api, name: str, bit: int) -> Expr:
    """Whether the bit is set in a column of whole numbers below 2 to the power of 53."""
    return (api.col(name) // bit) % 2 == 1


def _chosen(api: Api, ways: Sequence[tuple[str, Expr]]) -> Expr:
    chosen = api.lit(Verdict.UNDETERMINED.value)
    for text, test in reversed(ways):
        chosen = api.when(test).then(api.lit(text)).otherwise(chosen)
    return chosen


def _joined(api: Api, said: Sequence[Said]) -> Expr:
    """The codes that hold, in order, joined by `;`."""
    return api.concat_str([api.when(test).then(api.lit(code.value)) for code, test in said], separator=";", ignore_nulls=True)
