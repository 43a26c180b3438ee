"""Numbers, codes and masks, without a database."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xingtan.domains.certificates.rules import (
    damm,
    masked_further,
    masked_name,
    number_of,
    number_prefix,
    place_of,
    refuse_reissue,
    refuse_revocation,
    serial_of,
    typed,
)
from xingtan.domains.certificates.states import PageState

NUMBERS = st.builds(
    lambda first, place, serial: number_of(number_prefix(first, f"{place:04d}"), serial),
    st.integers(2000, 2100), st.integers(0, 9999), st.integers(1, 99_999),
)  # fmt: skip
DIGITS = [3, 4, 5, 6, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18]


@given(NUMBERS)
def test_a_number_is_read_as_it_was_written(number):
    assert typed(number).number == number
    assert number_of(number[:13], serial_of(number)) == number


@given(NUMBERS, st.sampled_from(DIGITS), st.integers(1, 9))
def test_every_changed_digit_is_noticed(number, place, more):
    changed = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert typed(changed).why == "check_digit_wrong"


@given(NUMBERS, st.integers(0, len(DIGITS) - 2))
def test_every_swap_of_neighbours_is_noticed(number, at):
    one, other = DIGITS[at], DIGITS[at + 1]
    assume(number[one] != number[other])
    chars = list(number)
    chars[one], chars[other] = chars[other], chars[one]
    assert typed("".join(chars)).why == "check_digit_wrong"


def test_the_check_digit_is_damms():
    assert damm("572") == 4
    assert damm("5724") == 0


@pytest.mark.parametrize("serial", [0, -1, 100_000])
def test_a_county_has_no_more_than_99999_numbers(serial):
    with pytest.raises(ValueError, match="no more numbers"):
        number_of("XT-2026-0803-", serial)


@pytest.mark.parametrize(("division", "place"), [("360803", "0803"), ("360800", "0800"), ("", "0000"), ("36-A", "0036")])
def test_the_place_in_a_number(division, place):
    assert place_of(division) == place


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("XT-2026", "number_malformed"),
        ("12345", "number_malformed"),
        ("ABC0-EFGH", "code_malformed"),
        ("", "code_malformed"),
        ("林", "code_malformed"),
    ],
)
def test_what_cannot_be_read_says_why(text, why):
    assert typed(text) == ("", "", why)


@pytest.mark.parametrize("text", ["7k4m-29qd", "7K4M29QD", "７Ｋ４Ｍ—２９ＱＤ"])
def test_a_code_is_forgiven_its_case_and_dash(text):
    assert typed(text).code == "7K4M-29QD"


@pytest.mark.parametrize(
    ("name", "masked"), [("林知微", "林*微"), ("林微", "林*"), ("欧阳知微", "欧**微"), ("阿不都·热合曼", "阿*****曼"), ("林", "林*")]
)
def test_names_are_masked(name, masked):
    assert masked_name(name) == masked


@pytest.mark.parametrize(("masked", "further"), [("360821********202X", "36**************2X"), ("H******78", "H******78"), ("", "")])
def test_numbers_on_paper_show_less_than_on_screens(masked, further):
    assert masked_further(masked) == further


@pytest.mark.parametrize(
    ("state", "reason", "words", "why"),
    [
        (PageState.VALID, "fraud", "", ""),
        (PageState.VALID, "", "", "revocation_needs_reason"),
        (PageState.VALID, "because", "", "revocation_needs_reason"),
        (PageState.VALID, "other", " ", "revocation_needs_words"),
        (PageState.VALID, "other", "x" * 201, "revocation_too_long"),
        (PageState.SUPERSEDED, "fraud", "", "page_superseded"),
    ],
)
def test_a_revocation_is_refused_for_exactly_one_reason(state, reason, words, why):
    assert refuse_revocation(state, reason, words) == why


@pytest.mark.parametrize(
    ("state", "is_latest", "verified", "why"),
    [
        (PageState.REVOKED, True, 7200, ""),
        (PageState.REVOKED, True, 7199, "hours_no_longer_there"),
        (PageState.REVOKED, False, 7200, "page_not_revoked"),
        (PageState.VALID, True, 7200, "page_not_revoked"),
    ],
)
def test_a_reissue_is_refused_for_exactly_one_reason(state, is_latest, verified, why):
    assert refuse_reissue(state, is_latest=is_latest, verified_centi=verified, required_centi=7200) == why
