"""Making the states of entries anew from the ledger."""

from __future__ import annotations

from xingtan.domains.credits.models import EntryState
from xingtan.domains.credits.queries.projection import entries_with_state
from xingtan.foundation.db import atomic, insert_objects

from .entering import state_of


@atomic
def rebuild_states() -> int:
    """Every state is what the ledger says, whatever it was; returns how many there are."""
    EntryState.everywhere.all().delete()
    rows = [
        state_of(entry, state, changed_at=last.decided_at if last else None, changed_by_id=last.account_id if last else None)
        for entry, state, last in entries_with_state()
    ]
    return insert_objects(rows)
