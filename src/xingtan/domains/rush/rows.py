"""What a batch decided, as rows: applications, the first step of each trail, seats, and the quotas' counters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from xingtan.domains.admissions.api import Act, Application, ApplicationStep, State, Way
from xingtan.domains.quotas import api as quotas
from xingtan.foundation.db import insert_rows, public_id, reserve_keys
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Role

from .presses import Press

FIELDS = (
    "id", "public_id", "project", "teacher", "school", "category", "round", "way", "choice", "quota", "state", "arrived", "place_in_line",
    "applied_at", "decided_at", "reason", "warnings", "version",
)  # fmt: skip
STEP_FIELDS = ("application", "act", "was", "became", "at", "account_id", "role", "organisation_id", "reason", "detail")


class Born(NamedTuple):
    """An application that a press made."""

    press: Press
    teacher_id: int
    state: State
    number: int
    quota_id: int


def write_born(born: Sequence[Born], leaves: Mapping[int, quotas.Leaf], now: datetime) -> None:
    """The applications stand with the first step of their trail, whoever was admitted has a seat, and later rooms will know."""
    if not born:
        return
    keys = reserve_keys(Application, len(born))
    insert_rows(Application, FIELDS, _applications(keys, born, now))
    insert_rows(ApplicationStep, STEP_FIELDS, _steps(keys, born))
    seats = [(one.quota_id, one.press.claims.project_id, one.teacher_id, one.number) for one in born if one.state is State.ADMITTED]
    quotas.write_leaves(leaves, seats, now)
    admitted = [key for key, one in zip(keys, born, strict=True) if one.state is State.ADMITTED]
    if admitted:
        emit("admissions.admitted", {"applications": admitted}, now=now, at_once=False)


def _applications(keys: Sequence[int], born: Sequence[Born], now: datetime) -> Iterator[Sequence[Any]]:
    for key, one in zip(keys, born, strict=True):
        claims, waits = one.press.claims, one.state is State.WAITING
        yield (
            key, public_id(), claims.project_id, one.teacher_id, claims.school_id, claims.category, claims.round_id, Way.OWN.value,
            claims.choice_id, one.quota_id, one.state.value, one.number, one.number if waits else None, one.press.at,
            None if waits else now, "", "[]", 1,
        )  # fmt: skip


def _steps(keys: Sequence[int], born: Sequence[Born]) -> Iterator[Sequence[Any]]:
    for key, one in zip(keys, born, strict=True):
        claims = one.press.claims
        yield key, Act.APPLY.value, "", one.state.value, one.press.at, claims.account_id, Role.TEACHER.value, claims.school_id, "", "{}"
