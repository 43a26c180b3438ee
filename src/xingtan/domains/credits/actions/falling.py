"""When learned time was set aside after it was entered: lines that take back, never a line that is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from xingtan.domains.credits.models import CreditEntry, EntryState, Evidence
from xingtan.domains.credits.states import STANDING, State
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.people.roles import OPERATOR

from .entering import taking_back, write_entries

REASON = "learned_time_fell"


def take_back_fallen(rows: Iterable[Evidence], *, now: datetime) -> int:
    """No evidence says less than what stands of it in the ledger: the newest lines that say more are taken back; answers how many.

    The rest of the evidence is due to be entered anew and goes the whole way of review. Closed years are never touched.
    """
    limits = {row.pk: row.learned_centi for row in rows if row.pk is not None}
    fallen = _fallen(limits)
    if not fallen:
        return 0
    entries = list(CreditEntry.everywhere.filter(pk__among=fallen).order_by("pk"))
    made = write_entries([taking_back(entry, REASON, OPERATOR, now) for entry in entries], state=State.REVERSED, actor=OPERATOR, now=now)
    EntryState.everywhere.filter(pk__among=fallen).update(state=State.REVERSED, changed_at=now, changed_by_id=None)
    record(OPERATOR, "credits.fell", "credit_entry", fallen, now=now)
    return len(made)


def _fallen(limits: dict[int, int]) -> list[int]:
    """Entries, newest first per evidence, without which what stands is no more than the evidence says; nobody decides on them meanwhile."""
    suspects = _over(limits)
    rows = (
        EntryState.everywhere.select_for_update(of=("self",))
        .filter(entry__evidence_id__among=suspects, state__in=STANDING)
        .exclude(training_year__state=policies.YearState.CLOSED)
        .order_by("pk")
    )
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pk, evidence_id, centi in rows.values_list("pk", "entry__evidence_id", "learned_centi"):
        lines[evidence_id].append((pk, centi))
    found: list[int] = []
    for evidence_id, own in lines.items():
        over = sum(centi for _pk, centi in own) - limits[evidence_id]
        while own and over > 0:
            pk, centi = own.pop()
            found.append(pk)
            over -= centi
    return sorted(found)


def _over(limits: dict[int, int]) -> Collection[int]:
    """The evidence of which more stands than it says; asked without locks first, for that is what most reports end with."""
    standing: dict[int, int] = defaultdict(int)
    rows = EntryState.everywhere.filter(entry__evidence_id__among=limits, state__in=STANDING).order_by()
    for evidence_id, centi in rows.values_list("entry__evidence_id", "learned_centi"):
        standing[evidence_id] += centi
    return {pk for pk, centi in standing.items() if centi > limits[pk]}
