"""What stood in the ledger at a moment of the past: lines that were there by then, in the state that their decisions gave them by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from xingtan.domains.credits.models import CreditEntry, EntryState, ReviewDecision
from xingtan.domains.credits.states import EntryKind, Outcome, State
from xingtan.domains.teachers import api as teachers

from .projection import state_by_ledger

COLUMNS = (
    "entry_id", "teacher_id", "training_year_id", "kind", "state", "changed_at", "entry__entered_at", "entry__public_id", "component",
    "entry__title", "entry__title_en", "entry__provider__name", "entry__provider__name_en", "happened_on", "recognised_centi",
)  # fmt: skip


class Line(NamedTuple):
    """A line of the ledger with today's state."""

    pk: int
    teacher_id: int
    training_year_id: int
    kind: str
    state: str
    changed_at: datetime
    entered_at: datetime
    public_id: str
    component: str
    title: str
    title_en: str
    provider: str
    provider_en: str
    on: date
    recognised_centi: int


class Moment(NamedTuple):
    """A line's state at a moment, since when, and the reason of a return."""

    state: State
    since: datetime
    reason_code: str = ""


class KnownEntry(NamedTuple):
    """A line of hours that was there by a moment and not verified by it, as it stood then."""

    line: Line
    then: Moment


def unverified_entries(teacher_ids: Collection[int], known_at: datetime) -> dict[tuple[int, int], list[KnownEntry]]:
    """Per (teacher, training year) the lines that were entered and not verified by that moment, returned and reversed ones too.

    Three queries, however many teachers; only lines that have moved since are told from their decisions.
    """
    persons = teachers.whose(teacher_ids, known_at)
    rows = EntryState.everywhere.filter(~Q(state=State.VERIFIED) | Q(changed_at__gt=known_at), teacher_id__among=persons)
    rows = rows.filter(entry__entered_at__lte=known_at).exclude(kind=EntryKind.CORRECTION)
    lines = [Line(*row) for row in rows.order_by("happened_on", "entry_id").values_list(*COLUMNS)]
    moments = _moments([line for line in lines if line.changed_at > known_at or line.state == State.RETURNED], known_at)
    found: dict[tuple[int, int], list[KnownEntry]] = defaultdict(list)
    for line in lines:
        then = moments.get(line.pk, Moment(State(line.state), line.changed_at))
        if then.state is not State.VERIFIED:
            found[persons[line.teacher_id], line.training_year_id].append(KnownEntry(line, then))
    return found


def _moments(lines: Collection[Line], known_at: datetime) -> dict[int, Moment]:
    """The state of each of these lines at the moment, by the ledger alone."""
    ids = [line.pk for line in lines]
    decisions: dict[int, list[ReviewDecision]] = defaultdict(list)
    for one in ReviewDecision.objects.filter(entry_id__among=ids, decided_at__lte=known_at).order_by("pk"):
        decisions[one.entry_id].append(one)
    corrections = CreditEntry.everywhere.filter(corrects_id__among=ids, entered_at__lte=known_at)
    reversed_at = dict(corrections.values_list("corrects_id", "entered_at"))
    return {line.pk: _moment(line, decisions[line.pk], reversed_at.get(line.pk)) for line in lines}


def _moment(line: Line, decisions: list[ReviewDecision], reversed_at: datetime | None) -> Moment:
    state = state_by_ledger(line.kind, [(one.step, one.outcome) for one in decisions], is_corrected=reversed_at is not None)
    last = decisions[-1] if decisions else None
    reason = last.reason_code if last is not None and last.outcome == Outcome.RETURNED else ""
    return Moment(state, reversed_at or (last.decided_at if last else line.entered_at), reason)
