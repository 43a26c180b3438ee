"""What newcomers' rows will hold, worked out before anything is locked: encryption, indexes and sounds take longer than the writing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from xingtan.domains.teachers.finding.tokens import tokens_of
from xingtan.domains.teachers.models import LAST4_BOX, NUMBER_BOX, PHONE_BOX
from xingtan.domains.teachers.states import IdentityKind, Position, Status
from xingtan.foundation.db import public_id
from xingtan.foundation.people.models import ACTIVATION_BOX
from xingtan.foundation.people.models import NUMBER_BOX as ACCOUNT_NUMBER_BOX
from xingtan.foundation.people.models import PHONE_BOX as ACCOUNT_PHONE_BOX
from xingtan.foundation.people.sign_in import new_activation_code

from .occasion import Newcomer, Occasion
from .pinyin import shortened, sounds

Values: TypeAlias = tuple[Any, ...]
FIRST_FACTS = ("stage", "subject", "position", "title", "honour", "status")
DEFAULTS = {"identity_kind": IdentityKind.RESIDENT.value, "position": Position.TEACHER.value, "status": Status.IN_POST.value}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A newcomer ready to be written: the rows without the keys that only the database gives."""

    row: Newcomer
    account_index: str
    account: Values
    teacher: Values
    facts: Sequence[Values]
    tokens: frozenset[str]


def prepare(rows: Sequence[Newcomer], occasion: Occasion) -> list[Prepared]:
    """Each row as it will stand; nothing is asked of the database."""
    numbers = NUMBER_BOX.close_all([row.values["number"] for row in rows])
    phones = PHONE_BOX.close_all([row.values.get("phone", "") for row in rows])
    codes = ACTIVATION_BOX.close_all([new_activation_code() for _row in rows])
    closed = zip(numbers, phones, codes, strict=True)
    return [_prepared(row, {**DEFAULTS, **row.values}, told, occasion) for row, told in zip(rows, closed, strict=True)]


def _prepared(row: Newcomer, told: Mapping[str, Any], closed: tuple[str, str, str], occasion: Occasion) -> Prepared:
    name, number, phone = told["name"], told["number"], told.get("phone", "")
    number_closed, phone_closed, code = closed
    index, heard = ACCOUNT_NUMBER_BOX.index(number), sounds(name)
    # The password is unusable as Django writes it: nothing is hashed for people who set their own at activation.
    password = "!" + secrets.token_hex(20)
    account = public_id(), public_id(), name, index, ACCOUNT_PHONE_BOX.index(phone), code, True, "", password, occasion.now
    numbers = number_closed, row.number_index, LAST4_BOX.index(number[-4:]), phone_closed, PHONE_BOX.index(phone)
    who = *shortened(heard), told["identity_kind"], *numbers, told.get("staff_number", ""), told["gender"], row.school_id
    post = told["stage"], told["subject"], told["position"], told.get("title", ""), told.get("honour", ""), told["status"]
    teacher = public_id(), name, *who, *post, told["hired_on"], occasion.now
    return Prepared(row, index, account, teacher, list(_first_facts(row, told, occasion)), frozenset(tokens_of(name, heard)))


def _first_facts(row: Newcomer, told: Mapping[str, Any], occasion: Occasion) -> Iterator[Values]:
    """What is known from the day of registration on; the hire date itself from the day of hiring."""
    since, hired, entered = row.since, told["hired_on"], (None, occasion.now, occasion.account_id, occasion.job_id)
    yield "school", str(row.school_id), since, *entered
    for kind in FIRST_FACTS:
        if value := told.get(kind, ""):
            yield kind, value, since, *entered
    yield "hired_on", str(hired), hired, *entered
