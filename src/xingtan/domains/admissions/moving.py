"""The one place where applications are born and move: state, version and trail in the same statements, for any number."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F

from xingtan.foundation.audit.log import record
from xingtan.foundation.db.bulk import insert_objects, insert_rows, reserve_keys
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from .models import Application, ApplicationStep
from .rules import after
from .states import BIRTHS, Act, State

SUBJECT = "application"
FIELDS = tuple(field.name for field in Application._meta.concrete_fields)
NAMES = tuple(str(field.attname) for field in Application._meta.concrete_fields)


class Deed(NamedTuple):
    """Who does something, when and why; nobody (None) where time or a rule does."""

    actor: Actor | None
    now: datetime
    reason: str = ""


def bear(rows: Sequence[Application], act: Act, deed: Deed) -> list[Application]:
    """The applications stand, each with the first step of its trail; refused when a teacher has one for the project by now."""
    for row in rows:
        if State(row.state) not in BIRTHS[act]:
            raise Refused("admission_wrong_state")
    if not rows:
        return []
    for row, key in zip(rows, reserve_keys(Application, len(rows)), strict=True):
        row.pk = key
    try:
        with transaction.atomic():
            insert_rows(Application, FIELDS, (_values(row) for row in rows))
    except IntegrityError as twice:
        raise Refused("admission_stands", count=len(rows)) from twice
    _trail([(row, "", row.state) for row in rows], act, deed)
    return list(rows)


def move(rows: Sequence[Application], act: Act, deed: Deed, **values: object) -> int:
    """The applications, held by the caller, went where the act leads, each one version later; refused, all of them, where one may not."""
    by_target: dict[State, list[Application]] = defaultdict(list)
    for row in rows:
        target = after(State(row.state), act)
        if target is None:
            raise Refused("admission_wrong_state")
        by_target[target].append(row)
    told: dict[str, Any] = {"answer_by": None, **values} if act is not Act.CHANGE else values
    if act is Act.LINE_UP:
        told["place_in_line"] = F("arrived")
    steps = [(row, row.state, target.value) for target, some in by_target.items() for row in some]
    for target, some in by_target.items():
        ids = [row.pk for row in some]
        Application.everywhere.filter(pk__among=ids).update(state=target.value, version=F("version") + 1, **told)
        for row in some:
            row.state, row.version = target.value, row.version + 1
            for name, value in told.items():
                setattr(row, name, row.arrived if isinstance(value, F) else value)
    _trail(steps, act, deed)
    return len(rows)


def _values(row: Application) -> list[Any]:
    return [json.dumps(getattr(row, name)) if name == "warnings" else getattr(row, name) for name in NAMES]


def _trail(steps: Sequence[tuple[Application, str, str]], act: Act, deed: Deed) -> None:
    actor = deed.actor
    who: Mapping[str, Any] = {
        "account_id": actor.account_id if actor else None,
        "role": actor.role.value if actor else "",
        "organisation_id": actor.organisation_id if actor else None,
        "at": deed.now,
        "reason": deed.reason[:200],
        "act": act.value,
    }
    insert_objects([ApplicationStep(application_id=row.pk, was=was, became=became, **who) for row, was, became in steps])


def note(deed: Deed, act: str, rows: Sequence[Application], **detail: object) -> None:
    """The act stands in the audit log, where somebody did it."""
    if deed.actor is not None and rows:
        record(deed.actor, f"admissions.{act}", SUBJECT, [row.pk for row in rows], now=deed.now, detail=detail)
