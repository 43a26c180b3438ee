"""Approved applications find their seats; the line moves up when one becomes free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from xingtan.domains.admissions import seats
from xingtan.domains.admissions.around import Around
from xingtan.domains.admissions.holding import hold_project, is_begun
from xingtan.domains.admissions.models import Application
from xingtan.domains.admissions.moving import Deed, move, note
from xingtan.domains.admissions.states import SEATED, Act, State
from xingtan.domains.admissions.telling import tell_rooms, tell_them
from xingtan.domains.projects import api as projects
from xingtan.foundation.db import atomic

FULL = "=full"  # a reason that a rule gives, said by words.py


def seat_approved(found: Around, rows: Sequence[Application], deed: Deed) -> int:
    """Those approved have a seat, or wait in line, or are declined where the project keeps no line; answers how many were admitted."""
    advance(found, deed.now)  # nobody passes those who wait already
    seated, without = seats.seat(sorted(rows, key=lambda row: (row.arrived or 0, row.pk)), deed.now)
    keep_quotas(rows)
    decided = {"decided_at": deed.now, "decided_by_id": deed.actor.account_id if deed.actor else None}
    move(seated, Act.ADMIT, deed, **decided)
    if found.terms.keeps_line:
        move(without, Act.LINE_UP, deed)
    else:
        move(without, Act.DECLINE, deed._replace(reason=FULL), reason=FULL, **decided)
    after_seating(found.project, seated, without, deed)
    return len(seated)


def after_seating(project: projects.Project, seated: Sequence[Application], without: Sequence[Application], deed: Deed) -> None:
    """Everybody and the later rooms know who was admitted and who waits."""
    tell_rooms("admitted", seated, deed.now)
    tell_them([row for row in without if row.state == State.WAITING], "application_waiting", project, deed)
    note(deed, "admitted", seated, project=project.pk)


def keep_quotas(rows: Iterable[Application]) -> None:
    """Each application's quota, as set on the row, stands in the table."""
    by_quota: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        by_quota[row.quota_id].append(row.pk)
    for quota_id, ids in by_quota.items():
        Application.everywhere.filter(pk__among=ids).update(quota_id=quota_id)


def release(found: Around, rows: Sequence[Application], act: Act, deed: Deed) -> None:
    """The applications ended by the act, their seats are free, and whoever is next in line has an offer."""
    was_seated = [row for row in rows if row.state in SEATED]
    move(rows, act, deed, reason=deed.reason[:200], decided_at=deed.now, decided_by_id=deed.actor.account_id if deed.actor else None)
    seats.unseat(was_seated, reason=act.value, now=deed.now)
    tell_rooms("ended", was_seated, deed.now)
    if was_seated:
        advance(found, deed.now)


@atomic
def move_line(*, project_id: int, now: datetime) -> int:
    """Offers whose time is over lapsed, and every free seat is offered to who is next in line; answers how many were offered or admitted."""
    found = hold_project(project_id, now)
    over = Application.everywhere.filter(project_id=project_id, state=State.OFFERED, answer_by__lte=now).order_by("pk")
    lapsed = list(over.select_for_update(no_key=True, of=("self",)).select_related("teacher", "school"))
    if lapsed:
        move(lapsed, Act.LAPSE, Deed(None, now, "=no_answer"), reason="=no_answer", decided_at=now)
        seats.unseat(lapsed, reason=Act.LAPSE.value, now=now)
        tell_rooms("ended", lapsed, now)
        tell_them(lapsed, "application_lapsed", found.project, Deed(None, now))
    return advance(found, now)


def advance(found: Around, now: datetime) -> int:
    """Every free seat is offered to who is next in line, until the training begins; without an answer's time they are admitted at once."""
    project, terms = found.project, found.terms
    if project.state != projects.ProjectState.PUBLISHED or is_begun(project, now):
        return 0
    rows = _next_in_line(project.pk)
    seated, _without = seats.seat(rows, now)
    if not seated:
        return 0
    keep_quotas(seated)
    deed = Deed(None, now)
    if terms.offer_hours:
        until = now + timedelta(hours=terms.offer_hours)
        move(seated, Act.OFFER, deed, answer_by=until)
        tell_them(seated, "application_offered", project, deed)
    else:
        move(seated, Act.ADMIT, deed, decided_at=now)
        after_seating(project, seated, [], deed)
    return len(seated)


def _next_in_line(project_id: int) -> list[Application]:
    """Who may sit on the free seats, first in line first; held."""
    free, reserved = seats.free_places(project_id)
    waiting = Application.everywhere.filter(project_id=project_id, state=State.WAITING).order_by("place_in_line", "pk")
    chosen: list[int] = []
    for pk, path, category in waiting.values_list("pk", "school__path", "category") if free else ():
        place = next((one for one in seats.places_of(path, category, reserved) if free.get(one)), None)
        if place is not None:
            free[place] -= 1
            chosen.append(pk)
    held = Application.everywhere.filter(pk__among=chosen, state=State.WAITING).order_by("place_in_line", "pk")
    return list(held.select_for_update(no_key=True, of=("self",)).select_related("teacher", "school"))
