"""After admission: another class, course or workshop, a substitute, a deferral; by one and in bulk, before a date (D7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from xingtan.domains.admissions import access, seats
from xingtan.domains.admissions.around import Around, moment, standing_of
from xingtan.domains.admissions.entering import Wish, check_wishes, entered, refuse_taken
from xingtan.domains.admissions.models import Application
from xingtan.domains.admissions.moving import Deed, bear, move, note
from xingtan.domains.admissions.rules import refuse_late
from xingtan.domains.admissions.states import Act, State, Way
from xingtan.domains.admissions.telling import tell_rooms
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .applying import held_with_project
from .nominating import seen_of
from .seating import release


@atomic
def change(*, actor: Actor, ids: Collection[int], choice_id: int, now: datetime) -> int:
    """All of them are in that class, course or workshop, what they studied is kept; refused when it has no room for all, or the day is over."""
    require(actor, access.to_change(actor))
    found, rows = held_with_project(actor, ids, now)
    if why := refuse_late(found.terms.change_until, now, "change_over"):
        raise Refused(why, until=moment(found.terms.change_until))
    rows = [row for row in rows if row.choice_id != choice_id]
    wishes = [Wish(row.teacher_id, choice_id, row.category) for row in rows]
    check_wishes(found, wishes)
    refuse_taken(found, wishes)
    before = Counter(row.choice_id for row in rows)
    move(rows, Act.CHANGE, Deed(actor, now), choice_id=choice_id)
    note(Deed(actor, now), "changed", rows, project=found.project.pk, to=choice_id, before={str(pk): n for pk, n in before.items()})
    tell_rooms("changed", [row for row in rows if row.state == State.ADMITTED], now)
    return len(rows)


@atomic
def defer(*, actor: Actor, ids: Collection[int], reason: str, now: datetime) -> int:
    """The admitted ones come later: their seats are free now, and next time they go before others where the rule says so."""
    require(actor, access.CHANGE)
    if not reason.strip():
        raise Refused("admission_needs_reason")
    found, rows = held_with_project(actor, ids, now)
    rows = [row for row in rows if row.state != State.DEFERRED]
    deed = Deed(actor, now, reason.strip())
    release(found, rows, Act.DEFER, deed)
    note(deed, "deferred", rows, project=found.project.pk)
    return len(rows)


@atomic
def substitute(*, actor: Actor, pairs: Mapping[int, int], reason: str, now: datetime) -> list[Application]:
    """Each application's seat is its substitute's (application → teacher): the one ended, the other is admitted in its class. All or none."""
    require(actor, access.NOMINATE)
    if not reason.strip():
        raise Refused("admission_needs_reason")
    found, rows = held_with_project(actor, list(pairs), now)
    if why := refuse_late(found.terms.replace_until, now, "replacing_over"):
        raise Refused(why, until=moment(found.terms.replace_until))
    deed = Deed(actor, now, reason.strip())
    fresh = _substitutes(found, rows, pairs, deed)
    move(rows, Act.SUBSTITUTE, deed, reason=deed.reason[:200], decided_at=now, decided_by_id=actor.account_id)
    seats.unseat(rows, reason=Act.SUBSTITUTE.value, now=now)
    _sit_down(fresh, deed)
    tell_rooms("ended", rows, now)
    tell_rooms("admitted", fresh, now)
    note(deed, "substituted", rows, project=found.project.pk)
    return fresh


def _substitutes(found: Around, rows: Sequence[Application], pairs: Mapping[int, int], deed: Deed) -> list[Application]:
    """The applications of those who come in, each as good for the project as if nominated; refused where one is not."""
    wishes = [Wish(pairs[row.pk], row.choice_id, row.category) for row in rows]
    if deed.actor is None or len(set(pairs.values())) != len(pairs):
        raise Refused("admission_stands", count=1)
    teachers.teachers_held(deed.actor.scope, set(pairs.values()))
    people = teachers.teachers_by_id(pairs.values())
    seen = seen_of(found, wishes, deed.now)
    if against := sum(1 for look in seen.values() if look.blocking):
        raise Refused("admission_conditions", count=against)
    if standing := standing_of(found.project.pk, list(people)):
        raise Refused("admission_stands", count=len(standing))
    fresh = []
    for row, wish in zip(rows, wishes, strict=True):
        one = entered(found, wish, people[wish.teacher_id], Way(row.way), deed, seen[wish.teacher_id])
        one.replaces, one.quota_id, one.state = row, row.quota_id, State.ADMITTED.value
        one.decided_at, one.decided_by_id, one.reason = deed.now, deed.actor.account_id, deed.reason[:200]
        fresh.append(one)
    return fresh


def _sit_down(fresh: Sequence[Application], deed: Deed) -> None:
    """The substitutes sit on the very seats that became free, and their applications stand; refused where the seats are another branch's."""
    quotas = seats.offices_of({row.quota_id for row in fresh if row.quota_id})
    if any(not row.school.path.startswith(quotas.get(row.quota_id or 0, "~")) for row in fresh):
        raise Refused("substitute_elsewhere")
    if not seats.sit(fresh, deed.now):
        raise Refused("substitute_elsewhere")
    bear(fresh, Act.APPLY, deed)
