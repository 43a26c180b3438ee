"""School and county decide on what was handed in: approve, decline, send back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from xingtan.domains.admissions import access
from xingtan.domains.admissions.around import Around, level_of
from xingtan.domains.admissions.entering import Wish, refuse_taken
from xingtan.domains.admissions.models import Application, Round
from xingtan.domains.admissions.moving import Deed, move, note
from xingtan.domains.admissions.rules import next_step
from xingtan.domains.admissions.states import Act, State
from xingtan.domains.admissions.telling import tell_them
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.tree import counties_of

from .applying import held_with_project
from .seating import release, seat_approved


@atomic
def approve(*, actor: Actor, ids: Collection[int], now: datetime, versions: Mapping[int, int] | None = None) -> int:
    """Each is one step further; those past the last have a seat or wait, except in a round that is trimmed first. All or none."""
    require(actor, access.APPROVE)
    found, rows = held_with_project(actor, ids, now)
    refuse_stale(rows, versions)
    rows = [row for row in rows if row.state != State.COUNTY_APPROVED]
    acts = _acts(actor, found, rows)
    deed = Deed(actor, now)
    for act in set(acts.values()):
        move([row for row in rows if acts[row.pk] is act], act, deed, decided_at=now, decided_by_id=actor.account_id)
    note(deed, "approved", rows, project=found.project.pk)
    later = set(Round.everywhere.filter(project=found.project, is_capped=False).values_list("pk", flat=True))
    coming = [row for row in rows if row.state == State.COUNTY_APPROVED and row.round_id not in later]
    refuse_taken(found, [Wish(row.teacher_id, row.choice_id) for row in coming])
    seat_approved(found, coming, Deed(None, now))
    return len(rows)


def _acts(actor: Actor, found: Around, rows: Sequence[Application]) -> dict[int, Act]:
    """Which approval of each is this actor's; refused where it is another level's turn."""
    answers = counties_of([row.school_id for row in rows])
    acts: dict[int, Act] = {}
    for row in rows:
        step = next_step(found.steps, State(row.state))
        if step is None:
            raise Refused("admission_wrong_state")
        level, act = step
        is_county = level == "county" and answers.get(row.school_id) == actor.organisation_id
        if level != level_of(actor) and not is_county:
            raise Refused("admission_others_turn")
        acts[row.pk] = act
    return acts


def refuse_stale(rows: Sequence[Application], versions: Mapping[int, int] | None) -> None:
    """Nothing happened; raises when an application is not the version that the page showed."""
    if versions and any(versions.get(row.pk, row.version) != row.version for row in rows):
        raise Refused("stale")


@atomic
def decline(*, actor: Actor, ids: Collection[int], reason: str, now: datetime) -> int:
    """The applications are declined, for the reason that their teachers read; those declined before are left alone."""
    require(actor, access.APPROVE)
    deed = _reasoned(actor, reason, now)
    found, rows = held_with_project(actor, ids, now)
    rows = [row for row in rows if row.state != State.DECLINED]
    _refuse_school_late(actor, found, rows)
    release(found, rows, Act.DECLINE, deed)
    tell_them(rows, "application_declined", found.project, deed)
    note(deed, "declined", rows, project=found.project.pk)
    return len(rows)


@atomic
def send_back(*, actor: Actor, ids: Collection[int], reason: str, now: datetime) -> int:
    """The applications are drafts again, to be mended and handed in once more; the teachers read why."""
    require(actor, access.APPROVE)
    deed = _reasoned(actor, reason, now)
    found, rows = held_with_project(actor, ids, now)
    rows = [row for row in rows if row.state != State.DRAFTED]
    _refuse_school_late(actor, found, rows)
    move(rows, Act.RETURN, deed, reason=deed.reason[:200])
    tell_them(rows, "application_returned", found.project, deed)
    note(deed, "sent_back", rows, project=found.project.pk)
    return len(rows)


def _refuse_school_late(actor: Actor, found: Around, rows: Sequence[Application]) -> None:
    """A school decides only while it is its turn; once the county has it, the county does."""
    if level_of(actor) != "school":
        return
    for row in rows:
        step = next_step(found.steps, State(row.state))
        if step is None or step[0] != "school":
            raise Refused("admission_others_turn")


def _reasoned(actor: Actor, reason: str, now: datetime) -> Deed:
    if not reason.strip():
        raise Refused("admission_needs_reason")
    return Deed(actor, now, reason.strip())
