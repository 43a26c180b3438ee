"""What the numbers of a batch say: verdict, route and codes of reasons, told once for each combination of numbers that occurs."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from xingtan.core.determination.columns import Frame, whole
from xingtan.core.policy import DecisionRow, Policy
from xingtan.core.policy.cycle_formulas import CYCLE_ALSO, IMPLIED
from xingtan.core.policy.formulas import also_tests
from xingtan.core.verdicts import ReasonCode, Verdict

MAKE_UP_ROUTE = 4
UNCLEAR = ((4, ReasonCode.FACTS_CONTRADICT), (2, ReasonCode.FACT_MISSING), (1, ReasonCode.ITEM_UNKNOWN))
Said = tuple[ReasonCode, nw.Expr]


def year_sayings(policy: Policy, rows: Frame) -> Frame:
    """Verdict, route and reasons for every combination of row, also, unclear and made_up in these rows."""
    row, made_up = nw.col("row"), nw.col("made_up") == 1
    is_clear = row >= 0
    own = [(code, is_clear & ~made_up & _is_one_of(numbers)) for code, numbers in _by_reason(policy.decide)]
    also = [
        (code, is_clear & _bit("also", 1 << index) & ~_said_by_row(policy.decide, code))
        for index, (code, _) in enumerate(also_tests(policy))
    ]
    unclear = [(code, ~is_clear & (_bit("unclear", bit) | _nothing_else(bit))) for bit, code in UNCLEAR]
    said = [(ReasonCode.MADE_UP, made_up), *own, *also, *unclear]
    verdict = _chosen([(Verdict.QUALIFIED.value, made_up), *((one.value, _is_one_of(rows_)) for one, rows_ in _by_verdict(policy.decide))])
    route = whole(0)
    for number, one in enumerate(policy.decide):
        route = nw.when(row == number).then(whole(one.route)).otherwise(route)
    combinations = rows.select("row", "also", "unclear", "made_up").unique()
    return combinations.with_columns(
        verdict.alias("verdict"),
        nw.when(made_up).then(whole(MAKE_UP_ROUTE)).otherwise(route).alias("route"),
        _joined(said).alias("reasons"),
    )


def cycle_sayings(policy: Policy, rows: Frame) -> Frame:
    """Verdict and reasons for every combination of row and also in these rows."""
    decide = policy.cycle.decide
    own = []
    for code, numbers in _by_reason(decide):
        bit = next((1 << index for index, (other, _) in enumerate(CYCLE_ALSO) if other is code), 0)
        alone = nw.col("also") == 0 if code in IMPLIED else ~_bit("also", bit) if bit else whole(0) == whole(0)
        own.append((code, _is_one_of(numbers) & alone))
    also = [(code, _bit("also", 1 << index)) for index, (code, _) in enumerate(CYCLE_ALSO)]
    verdict = _chosen([(one.value, _is_one_of(numbers)) for one, numbers in _by_verdict(decide)])
    return rows.select("row", "also").unique().with_columns(verdict.alias("verdict"), _joined([*own, *also]).alias("reasons"))


def _by_reason(rows: Sequence[DecisionRow]) -> list[tuple[ReasonCode, list[int]]]:
    codes = dict.fromkeys(row.reason for row in rows)
    return [(code, [number for number, row in enumerate(rows) if row.reason is code]) for code in codes]


def _by_verdict(rows: Sequence[DecisionRow]) -> list[tuple[Verdict, list[int]]]:
    verdicts = dict.fromkeys(row.verdict for row in rows)
    return [(one, [number for number, row in enumerate(rows) if row.verdict is one]) for one in verdicts]


def _is_one_of(numbers: Sequence[int]) -> nw.Expr:
    return nw.col("row").is_in(numbers)


def _said_by_row(rows: Sequence[DecisionRow], code: ReasonCode) -> nw.Expr:
    """Whether the decisive row itself says this reason."""
    numbers = [number for number, row in enumerate(rows) if row.reason is code]
    return _is_one_of(numbers) if numbers else whole(0) == whole(1)


def _nothing_else(bit: int) -> nw.Expr:
    """A row that contradicts itself where all facts are clear."""
    return (nw.col("unclear") == 0) if bit == UNCLEAR[0][0] else whole(0) == whole(1)


def _bit(name: str, bit: int) -> nw.Expr:
    """Whether the bit is set in a column of whole numbers below 2 to the power of 53."""
    return (nw.col(name) // bit) % 2 == 1


def _chosen(ways: Sequence[tuple[str, nw.Expr]]) -> nw.Expr:
    chosen: nw.Expr = nw.lit(Verdict.UNDETERMINED.value)
    for text, test in reversed(ways):
        chosen = nw.when(test).then(nw.lit(text)).otherwise(chosen)
    return chosen


def _joined(said: Sequence[Said]) -> nw.Expr:
    """The codes that hold, in order, joined by `;`."""
    return nw.concat_str([nw.when(test).then(nw.lit(code.value)) for code, test in said], separator=";", ignore_nulls=True)
