"""Comparing the states of entries with the ledger that they are a projection of."""

from __future__ import annotations

from collections.abc import Iterator

from xingtan.domains.credits.models import CreditEntry, EntryState, ReviewDecision
from xingtan.domains.credits.states import TO, EntryKind, Outcome, State, Step

FIELDS = (
    "teacher_id",
    "training_year_id",
    "school_id",
    "county_id",
    "provider_id",
    "component",
    "kind",
    "learned_centi",
    "recognised_centi",
)
CHUNK = 5_000


def state_by_ledger(kind: str, decisions: list[tuple[str, str]], *, is_corrected: bool) -> State:
    """The state that an entry's kind, its decisions in order and its corrections give it; a reopening takes the last decision back."""
    if kind == EntryKind.CORRECTION or is_corrected:
        return State.REVERSED
    if not decisions:
        return State.VERIFIED if kind == EntryKind.OPENING else State.ENTERED
    stood = [State.ENTERED]
    for step, outcome in decisions:
        if outcome == Outcome.REOPENED:
            stood = stood[:-1] or [State.ENTERED]
        else:
            stood.append(State.RETURNED if outcome == Outcome.RETURNED else TO[Step(step)])
    return stood[-1]


def entries_with_state(after: int = 0) -> Iterator[tuple[CreditEntry, State, ReviewDecision | None]]:
    """Every entry of the ledger in order, the state that the ledger gives it, and its last decision."""
    while True:
        entries = list(CreditEntry.everywhere.filter(pk__gt=after).order_by("pk")[:CHUNK])
        if not entries:
            return
        ids = [entry.pk for entry in entries]
        after = ids[-1]
        decisions: dict[int, list[ReviewDecision]] = {}
        for one in ReviewDecision.objects.filter(entry_id__among=ids).order_by("pk"):
            decisions.setdefault(one.entry_id, []).append(one)
        corrected = set(CreditEntry.everywhere.filter(corrects_id__among=ids).values_list("corrects_id", flat=True))
        for entry in entries:
            own = decisions.get(entry.pk, [])
            state = state_by_ledger(entry.kind, [(one.step, one.outcome) for one in own], is_corrected=entry.pk in corrected)
            yield entry, state, own[-1] if own else None


def check_states() -> Iterator[str]:
    """Every place where the projection does not say what the ledger says; nothing when they agree."""
    states = {row.pk: row for row in EntryState.everywhere.iterator(chunk_size=CHUNK)}
    for entry, state, _ in entries_with_state():
        held = states.pop(entry.pk, None)
        if held is None:
            yield f"entry {entry.pk} has no state"
        elif held.state != state:
            yield f"entry {entry.pk} is {state.value} by the ledger, {held.state} by its state"
        elif any(getattr(held, name) != getattr(entry, name) for name in FIELDS):
            yield f"entry {entry.pk} has a state with other facts"
    for pk in states:
        yield f"state {pk} has no entry"
