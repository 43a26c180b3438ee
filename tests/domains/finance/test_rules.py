from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.policy import bundled, read_policy
from xingtan.domains.finance.rules import Due, bill_number, charges, receipt_number, refuse_payment, refuse_void, total, yuan_in_characters
from xingtan.domains.finance.states import Charge, Refusal, State

POLICY = read_policy(bundled()["jiangxi-2011"], "jiangxi-2011.toml")


@pytest.mark.parametrize(
    ("hours_centi", "is_starting_year", "has_paid", "yuan"),
    [(72_00, False, False, 72), (122_00, False, False, 122), (72_00, True, False, 77), (122_00, True, False, 127), (72_00, True, True, 72)],
)
def test_a_school_pays_one_yuan_an_hour_and_five_for_the_certificate_in_the_starting_year(hours_centi, is_starting_year, has_paid, yuan):
    """每位教师每学年支出72元(新入职教师当年122元)培训课时费和五年一周期每人《继续教育证书》费5元(起始年收)。"""
    dues = charges(POLICY, hours_centi, is_starting_year=is_starting_year, has_paid_certificate=has_paid)
    assert total(dues) == yuan * 100
    assert dues[0] == Due(Charge.HOURS, hours_centi, hours_centi)


@given(st.integers(0, 200_00), st.booleans(), st.booleans())
def test_charges_are_whole_fen_and_add_up(hours_centi, is_starting_year, has_paid):
    dues = charges(POLICY, hours_centi, is_starting_year=is_starting_year, has_paid_certificate=has_paid)
    assert total(dues) == hours_centi + (5_00 if is_starting_year and not has_paid else 0)


@pytest.mark.parametrize(
    ("state", "reference", "why"),
    [(State.DUE, "T1", None), (State.DUE, " ", Refusal.BILL_REFERENCE_MISSING), (State.VOID, "T1", Refusal.BILL_VOID)],
)
def test_payment_is_refused_for_exactly_one_reason(state, reference, why):
    assert refuse_payment(state, reference) is why


@pytest.mark.parametrize(
    ("state", "reason", "why"),
    [(State.DUE, "抬头", None), (State.DUE, "", Refusal.BILL_REASON_MISSING), (State.PAID, "抬头", Refusal.BILL_PAID)],
)
def test_making_void_is_refused_for_exactly_one_reason(state, reason, why):
    assert refuse_void(state, reason) is why


def test_a_receipt_follows_its_bill():
    assert receipt_number(bill_number(2026, 6, 2)) == "R2026-000006-002"


@pytest.mark.parametrize(
    ("fen", "characters"),
    [
        (0, "零元整"),
        (77_00, "柒拾柒元整"),
        (77_05, "柒拾柒元零伍分"),
        (77_50, "柒拾柒元伍角整"),
        (77_55, "柒拾柒元伍角伍分"),
        (5, "伍分"),
        (50, "伍角整"),
        (10_00, "壹拾元整"),
        (1_001_00, "壹仟零壹元整"),
        (1_010_00, "壹仟零壹拾元整"),
        (10_000_00, "壹万元整"),
        (10_001_00, "壹万零壹元整"),
        (11_550_00, "壹万壹仟伍佰伍拾元整"),
        (100_200_00, "壹拾万零贰佰元整"),
        (1_000_0000_00, "壹仟万元整"),
        (32_000_000_00, "叁仟贰佰万元整"),
        (100_000_000_00, "壹亿元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (1_0001_0000_00, "壹亿零壹万元整"),
        (1020_3040_00, "壹仟零贰拾万叁仟零肆拾元整"),
    ],
)
def test_amounts_in_characters(fen, characters):
    assert yuan_in_characters(fen) == characters


def read_back(characters):
    """Fen of an amount in characters, read from left to right."""
    total = group = digit = 0
    for sign in characters.removesuffix("整"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "拾佰仟":
            group, digit = group + digit * 10 ** ("拾佰仟".index(sign) + 1), 0
        elif sign in "万亿":
            total, group, digit = total + (group + digit) * 10 ** (4 if sign == "万" else 8), 0, 0
        elif sign == "元":
            total, group, digit = (total + group + digit) * 100, 0, 0
        else:
            total, digit = total + digit * (10 if sign == "角" else 1), 0
    return total


@given(st.integers(0, 10**14 - 1))
def test_every_amount_in_characters_reads_back(fen):
    characters = yuan_in_characters(fen)
    assert read_back(characters) == fen
    assert "零零" not in characters
    assert not characters.endswith("零")
