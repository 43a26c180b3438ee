"""Rounds: planned, trimmed by rule or by hand, thin classes cancelled, decided; then the second one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from xingtan.domains.admissions import access
from xingtan.domains.admissions.around import moment
from xingtan.domains.admissions.holding import hold_project
from xingtan.domains.admissions.models import Application, Round
from xingtan.domains.admissions.moving import Deed, move, note
from xingtan.domains.admissions.rules import Span
from xingtan.domains.admissions.states import ROUND_MOVES, Act, RoundAct, RoundState, State
from xingtan.domains.admissions.telling import tell_them
from xingtan.domains.projects import api as projects
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .seating import seat_approved

TRIMMED = "=trimmed"


class Planned(NamedTuple):
    """A round as it is to be: its times, and whether seats are given at once (capped) or after trimming."""

    span: Span
    is_capped: bool = False


@atomic
def plan_round(*, actor: Actor, project_id: int, planned: Planned, now: datetime) -> Round:
    """The project has one more round; refused where its times are the wrong way round or meet another round's."""
    require(actor, access.DECIDE)
    project = own_project(actor, project_id)
    hold_project(project_id, now)
    opens_at, closes_at, first_until = planned.span
    if opens_at >= closes_at or closes_at <= now:
        raise Refused("round_backwards")
    if first_until is not None and not opens_at <= first_until <= closes_at:
        raise Refused("round_first_outside")
    others = Round.everywhere.filter(project=project)
    if others.exclude(state=RoundState.DROPPED).filter(opens_at__lt=closes_at, closes_at__gt=opens_at).exists():
        raise Refused("round_overlaps")
    made: Round = Round.everywhere.create(
        project=project,
        number=others.count() + 1,
        opens_at=opens_at,
        closes_at=closes_at,
        first_until=first_until,
        is_capped=planned.is_capped,
    )
    record(actor, "admissions.round_planned", "round", [made.pk], now=now, detail={"project": project_id, "number": made.number})
    return made


@atomic
def drop_round(*, actor: Actor, public_id: str, now: datetime) -> Round:
    """The round will not take place; refused once somebody applied in it."""
    found = _held(actor, public_id, now)
    if Application.everywhere.filter(round=found).exists():
        raise Refused("round_in_use")
    return _move(actor, found, RoundAct.DROP, now)


@atomic
def trim(*, actor: Actor, public_id: str, ids: Collection[int], now: datetime) -> int:
    """Those named do not find room in their class: declined as trimmed, first to choose in the next round. The page proposes them by the rule."""
    found = _held(actor, public_id, now)
    _refuse_open(found, now)
    rows = Application.everywhere.filter(round=found, pk__among=list(ids)).order_by("pk")
    held = list(rows.select_for_update(no_key=True, of=("self",)).select_related("teacher", "school"))
    if len(held) != len(set(ids)):
        raise NotInScope
    held = [row for row in held if row.state == State.COUNTY_APPROVED]
    deed = Deed(actor, now, TRIMMED)
    move(held, Act.DECLINE, deed, reason=TRIMMED, decided_at=now, decided_by_id=actor.account_id)
    tell_them(held, "application_trimmed", found.project, deed)
    note(deed, "trimmed", held, project=found.project_id, round=found.number)
    _move(actor, found, RoundAct.TRIM, now)
    return len(held)


@atomic
def decide_round(*, actor: Actor, public_id: str, now: datetime) -> int:
    """Everybody approved in the round has a seat or waits, in the order of arrival; whoever nobody decided on lapsed. Answers how many have seats."""
    found = _held(actor, public_id, now)
    _refuse_open(found, now)
    around = hold_project(found.project_id, now)
    rows = Application.everywhere.filter(round=found).order_by("pk").select_for_update(no_key=True, of=("self",))
    held = list(rows.select_related("teacher", "school"))
    admitted = seat_approved(around, [row for row in held if row.state == State.COUNTY_APPROVED], Deed(actor, now))
    late = [row for row in held if row.state in (State.DRAFTED, State.APPLIED, State.SCHOOL_APPROVED)]
    move(late, Act.LAPSE, Deed(None, now, "=round_over"), reason="=round_over", decided_at=now)
    _move(actor, found, RoundAct.DECIDE, now)
    return admitted


def own_project(actor: Actor, project_id: int) -> projects.Project:
    """The project, where the actor's branch holds its organiser; `NotInScope` elsewhere."""
    project = projects.projects_by_id([project_id]).get(project_id)
    if project is None or not actor.scope.holds(project.organiser.path):
        raise NotInScope
    return project


def _held(actor: Actor, public_id: str, now: datetime) -> Round:
    require(actor, access.DECIDE)
    known = Round.objects.within(actor.scope).filter(public_id=public_id).values_list("project_id", flat=True).first()
    if known is None:
        raise NotInScope
    hold_project(known, now)
    found: Round = Round.everywhere.select_for_update(of=("self",)).select_related("project").get(public_id=public_id)
    return found


def _refuse_open(found: Round, now: datetime) -> None:
    if now < found.closes_at:
        raise Refused("round_still_open", until=moment(found.closes_at))


def _move(actor: Actor, found: Round, act: RoundAct, now: datetime) -> Round:
    target = ROUND_MOVES[RoundState(found.state)].get(act)
    if target is None:
        raise Refused("round_wrong_state")
    found.state, found.decided_at, found.decided_by_id = target.value, now, actor.account_id
    found.save(update_fields=["state", "decided_at", "decided_by_id"])
    record(actor, f"admissions.round_{target.value}", "round", [found.pk], now=now, detail={"project": found.project_id})
    return found
