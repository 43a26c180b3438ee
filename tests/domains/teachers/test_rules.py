"""Identity numbers against an independent implementation, names, days: no database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from id_validator import validator

from xingtan.domains.teachers.rules import (
    PROVINCES,
    birth_of,
    check_digit,
    gender_of,
    masked,
    masked_phone,
    normal_name,
    normal_number,
    refuse_gender,
    refuse_hire,
    refuse_name,
    refuse_number,
    refuse_phone,
    related,
)
from xingtan.domains.teachers.states import Gender, IdentityKind, Subject

TODAY = date(2026, 9, 10)
DIVISIONS = st.sampled_from(["360803", "360802", "110105", "440305", "330106", "513436"])
BIRTHDAYS = st.dates(date(1950, 1, 1), date(2006, 12, 31))
ORDERS = st.integers(1, 999)


def of(division, born, order):
    first17 = f"{division}{born:%Y%m%d}{order:03d}"
    return first17 + check_digit(first17)


@given(DIVISIONS, BIRTHDAYS, ORDERS)
def test_a_number_with_our_check_digit_is_sound_to_the_oracle_too(division, born, order):
    number = of(division, born, order)
    assert refuse_number(IdentityKind.RESIDENT, number, today=TODAY) is None
    assert validator.is_valid(number)
    assert birth_of(number) == born
    assert gender_of(number) is (Gender.MALE if order % 2 else Gender.FEMALE)


@given(DIVISIONS, BIRTHDAYS, ORDERS, st.sampled_from("0123456789X"))
def test_one_check_digit_of_eleven_is_right_and_the_oracle_agrees(division, born, order, last):
    number = of(division, born, order)
    changed = number[:17] + last
    assert (refuse_number(IdentityKind.RESIDENT, changed, today=TODAY) is None) == (changed == number) == bool(validator.is_valid(changed))


@given(DIVISIONS, BIRTHDAYS, ORDERS, st.integers(0, 16), st.integers(1, 9))
def test_a_mistyped_digit_is_always_found(division, born, order, place, by):
    number = of(division, born, order)
    typed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert refuse_number(IdentityKind.RESIDENT, typed, today=TODAY) is not None


@given(DIVISIONS, BIRTHDAYS, ORDERS, st.integers(0, 15))
def test_two_neighbours_exchanged_are_always_found(division, born, order, place):
    number = of(division, born, order)
    typed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert typed == number or refuse_number(IdentityKind.RESIDENT, typed, today=TODAY) is not None


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("", "missing"),
        ("360803900412002", "number_first_generation"),
        ("36080319900412002", "number_shape"),
        ("36080319900412002XX", "number_shape"),
        ("X60803199004120022", "number_shape"),
        (of("998803", date(1990, 4, 12), 2), "number_province"),
        ("360803199002300025", "number_birthday"),
        ("360803189904120023", "number_birthday"),
        ("360803203004120023", "number_birthday"),
        (of("360803", date(1990, 4, 12), 2)[:17] + "0", "number_check_digit"),
    ],
)
def test_a_resident_number_is_refused_for_exactly_one_reason(number, why):
    assert refuse_number(IdentityKind.RESIDENT, number, today=TODAY) == why


@pytest.mark.parametrize(
    ("kind", "number", "why"),
    [
        (IdentityKind.HK_MACAU, "H02468135", None),
        (IdentityKind.HK_MACAU, "M0246813501", None),
        (IdentityKind.HK_MACAU, "K02468135", "permit_shape"),
        (IdentityKind.TAIWAN, "08642135", None),
        (IdentityKind.TAIWAN, "0864213501B", None),
        (IdentityKind.TAIWAN, "864213", "permit_shape"),
        (IdentityKind.PASSPORT, "C5XR41K7P", None),
        (IdentityKind.PASSPORT, "中", "permit_shape"),
        (IdentityKind.RESIDENT, of("810000", date(1990, 4, 12), 2), None),
    ],
)
def test_other_documents_have_their_own_shapes(kind, number, why):
    assert refuse_number(kind, number, today=TODAY) == why


def test_every_division_of_the_table_begins_with_a_known_province():
    assert {"36", "81", "82", "83"} <= PROVINCES
    assert "99" not in PROVINCES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("３６０８０３１９９００４１２００２ｘ", "36080319900412002X"),
        (" 360803 19900412 002x ", "36080319900412002X"),
        ("H02468135（01）", "H0246813501"),
    ],
)
def test_a_number_is_kept_in_one_form(typed, kept):
    assert normal_number(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王 芳", "王芳"),
        ("　欧阳　娜娜 ", "欧阳娜娜"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("买买提 ・ 艾力", "买买提·艾力"),
        ("Anna  Maria Keller", "Anna Maria Keller"),
        ("Jose\u0301 Ruiz", "Jos\u00e9 Ruiz"),
        ("王𬭎", "王𬭎"),
    ],
)
def test_a_name_is_kept_in_one_form_and_may_stand(typed, kept):
    assert normal_name(typed) == kept
    assert refuse_name(kept) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "missing"),
        ("林", "name_shape"),
        ("林1", "name_shape"),
        ("·林", "name_shape"),
        ("林知微?", "name_shape"),
        ("林" * 61, "name_long"),
    ],
)
def test_what_is_no_name_is_refused(name, why):
    assert refuse_name(name) == why


@given(st.text(max_size=40))
def test_the_form_of_a_name_is_its_own_form(typed):
    assert normal_name(normal_name(typed)) == normal_name(typed)


@pytest.mark.parametrize(
    ("hired", "born", "why"),
    [
        (TODAY, date(1990, 1, 1), None),
        (date(2026, 9, 11), date(1990, 1, 1), "hired_in_future"),
        (date(2005, 9, 1), date(1990, 1, 1), "hired_too_young"),
        (date(1950, 1, 1), None, None),
    ],
)
def test_nobody_is_hired_tomorrow_or_as_a_child(hired, born, why):
    assert refuse_hire(hired, born=born, today=TODAY) == why


def test_gender_follows_a_residents_number_only():
    number = of("360803", date(1990, 4, 12), 2)
    assert refuse_gender(IdentityKind.RESIDENT, number, Gender.FEMALE) is None
    assert refuse_gender(IdentityKind.RESIDENT, number, Gender.MALE) == "gender_differs"
    assert refuse_gender(IdentityKind.PASSPORT, "C5XR41K7P", Gender.MALE) is None


@pytest.mark.parametrize(
    ("phone", "why"), [("", None), ("19900000001", None), ("12900000001", "phone_shape"), ("1990000000", "phone_shape")]
)
def test_a_phone_is_eleven_digits_or_none(phone, why):
    assert refuse_phone(phone) == why


def test_screens_see_no_whole_number():
    assert masked("36080319900412002X") == "360803********002X"
    assert masked("H02468135") == "H******35"
    assert masked("") == masked_phone("") == ""
    assert masked_phone("19912345678") == "199****5678"


def test_a_workshop_may_be_of_the_own_or_a_neighbouring_subject():
    assert related(Subject.CHINESE) >= {Subject.CHINESE, Subject.HISTORY}
    assert Subject.PHYSICS not in related(Subject.CHINESE)
    assert all(subject in related(subject) for subject in Subject)
