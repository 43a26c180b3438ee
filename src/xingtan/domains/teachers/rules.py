"""Identity numbers, names, days and phones: why a value may not enter the register, or None. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TypeAlias

from xingtan.core.verdicts import Verdict

from .states import Gender, IdentityKind, Subject

Why: TypeAlias = str | None

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
RESIDENT = re.compile(r"[1-9][0-9]{5}(?P<born>[0-9]{8})(?P<order>[0-9]{3})[0-9X]")
# First two digits of every number: the provinces' codes (GB/T 2260), Hong Kong, Macau and Taiwan residence permits (81, 82, 83) included.
PROVINCES = frozenset(re.findall("..", "111213141521222331323334353637414243444546505152535461626364657181828391"))
OLDEST = 1900
PERMITS: dict[IdentityKind, re.Pattern[str]] = {
    IdentityKind.HK_MACAU: re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    IdentityKind.TAIWAN: re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?"),
    IdentityKind.PASSPORT: re.compile(r"[A-Z0-9]{5,17}"),
}
PHONE = re.compile(r"1[3-9][0-9]{9}")
NAME = re.compile(r"[^\W\d_]+(?:[·'. -][^\W\d_]+)*[.]?")
DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･．●", "·"))
PASSED = frozenset({Verdict.QUALIFIED.value, Verdict.EXEMPT.value})
LONGEST_NAME = 60
WORKING_AGE = 16
KIN: tuple[frozenset[Subject], ...] = (
    frozenset({Subject.CHINESE, Subject.ETHICS_LAW, Subject.HISTORY}),
    frozenset({Subject.MATHEMATICS, Subject.PHYSICS, Subject.INFORMATION}),
    frozenset({Subject.PHYSICS, Subject.CHEMISTRY, Subject.BIOLOGY, Subject.SCIENCE}),
    frozenset({Subject.GEOGRAPHY, Subject.HISTORY, Subject.BIOLOGY, Subject.ETHICS_LAW}),
    frozenset({Subject.INFORMATION, Subject.GENERAL_TECHNOLOGY, Subject.SCIENCE, Subject.LABOUR}),
    frozenset({Subject.MUSIC, Subject.ART, Subject.SPORTS, Subject.PRESCHOOL}),
    frozenset({Subject.PSYCHOLOGY, Subject.ETHICS_LAW, Subject.SPECIAL, Subject.PRESCHOOL}),
)


def normal_number(typed: str) -> str:
    """The number as it is kept: half-width, upper case, without blanks, brackets and hyphens."""
    text = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[\s()\-]", "", text)


def normal_name(typed: str) -> str:
    """The name as it is kept: NFC, one kind of middle dot, no blank between Han characters, single blanks elsewhere."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", typed).translate(DOTS).replace("\u3000", " ")).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", re.sub(r" ?· ?", "·", text))


def check_digit(first17: str) -> str:
    """The eighteenth character that belongs to these seventeen digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def birth_of(number: str) -> date | None:
    """The birthday inside a resident's number, or None where its digits are no day."""
    text = number[6:14]
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def gender_of(number: str) -> Gender:
    """The gender inside a resident's number: odd order numbers are men."""
    return Gender.MALE if int(number[16]) % 2 else Gender.FEMALE


def refuse_resident(number: str, *, today: date) -> Why:
    """Why this is not a resident identity number, or None if it is; the check digit is looked at last."""
    if len(number) == 15 and number.isascii() and number.isdigit():
        return "number_first_generation"
    if RESIDENT.fullmatch(number) is None:
        return "number_shape"
    if number[:2] not in PROVINCES:
        return "number_province"
    born = birth_of(number)
    if born is None or not date(OLDEST, 1, 1) <= born <= today:
        return "number_birthday"
    return None if check_digit(number[:17]) == number[17] else "number_check_digit"


def refuse_number(kind: IdentityKind, number: str, *, today: date) -> Why:
    """Why this number may not stand for this kind of document, or None if it may."""
    if not number:
        return "missing"
    if kind is IdentityKind.RESIDENT:
        return refuse_resident(number, today=today)
    return None if PERMITS[kind].fullmatch(number) else "permit_shape"


def refuse_name(name: str) -> Why:
    """Why this may not be a person's name, or None: letters of any script, `·`, two characters at least."""
    if not name:
        return "missing"
    if len(name) > LONGEST_NAME:
        return "name_long"
    return None if len(name) > 1 and NAME.fullmatch(name) else "name_shape"


def refuse_gender(kind: IdentityKind, number: str, gender: Gender) -> Why:
    """Why the gender does not go with a (valid) number, or None."""
    return "gender_differs" if kind is IdentityKind.RESIDENT and gender_of(number) is not gender else None


def refuse_hire(hired_on: date, *, born: date | None, today: date) -> Why:
    """Why nobody can have been hired on that day, or None: not in the future, not before the sixteenth birthday."""
    if hired_on > today:
        return "hired_in_future"
    return "hired_too_young" if born and hired_on.year - born.year < WORKING_AGE else None


def refuse_phone(phone: str) -> Why:
    """Why this is no mobile number of the mainland, or None; none at all is allowed."""
    return None if not phone or PHONE.fullmatch(phone) else "phone_shape"


def masked(number: str) -> str:
    """The number with only its first six and last four characters for a resident's, else the first and the last two."""
    head, tail = (6, 4) if len(number) >= 15 else (1, 2)
    return number[:head] + "*" * max(0, len(number) - head - tail) + number[-tail:] if number else ""


def masked_phone(phone: str) -> str:
    """The phone with its middle four digits hidden."""
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""


def related(subject: Subject) -> frozenset[Subject]:
    """The subject itself and its neighbours, among which a teacher may choose a workshop (B3; which are related is our reading)."""
    return frozenset({subject}).union(*(group for group in KIN if subject in group))


def better(held: str | None, other: str) -> str:
    """Of the verdicts that two merged records have for one year, the one that stands: who passed under one of them has passed (our reading)."""
    return other if held is None or (held not in PASSED and other in PASSED) else held
