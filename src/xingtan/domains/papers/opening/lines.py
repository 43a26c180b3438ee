"""The ledger's lines of a batch, and what they add up to beside the old system's totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers.models import OpeningAnswer, OpeningBatch


class Reconciled(NamedTuple):
    """A school's year: what the old system says, and what stands in the ledger now; in hundredths."""

    school: str
    year: int
    claimed: int
    stands: int

    @property
    def difference(self) -> int:
        """How much more stands than the old system says; negative for less."""
        return self.stands - self.claimed


def lines_of(batch: OpeningBatch, teacher_ids: Collection[int] | None = None) -> QuerySet[credits_room.EntryState]:
    """The batch's lines with those that mended them, standing or taken back, by school, name and year."""
    teachers = teacher_ids if teacher_ids is not None else OpeningAnswer.everywhere.filter(batch=batch).values("teacher_id")
    whose = Q(teacher_id__in=teachers)
    of_batch = Q(entry__entered_at=batch.stands_since) | Q(entry__reason__startswith=mark_of(batch))
    rows = credits_room.EntryState.everywhere.filter(whose & of_batch, kind=credits_room.EntryKind.OPENING)
    return rows.select_related("entry", "teacher", "school", "training_year__pack").order_by(
        "school__path", "teacher__name_pinyin", "training_year__year", "pk"
    )


def mark_of(batch: OpeningBatch) -> str:
    """What the batch column of a mending line begins with."""
    return f"{batch.public_id}·"


def reconciled(batch: OpeningBatch) -> list[Reconciled]:
    """Every school and year of the batch, those that differ first."""
    rows = credits_room.OpeningTotal.everywhere.filter(job_id=batch.job_id or 0).select_related("school", "training_year")
    claimed = {(one.school_id, one.training_year_id): one for one in rows}
    stands: Counter[tuple[int, int]] = Counter()
    sums = lines_of(batch).filter(state__in=credits_room.STANDING).order_by().values("entry__school_id", "training_year_id")
    for school, year, centi in sums.annotate(centi=Sum("learned_centi")).values_list("entry__school_id", "training_year_id", "centi"):
        stands[school, year] += centi
    found = [
        Reconciled(str(one.school), one.training_year.year, one.claimed_centi, stands[key] if batch.line_count else one.claimed_centi)
        for key, one in claimed.items()
    ]
    return sorted(found, key=lambda one: (one.difference == 0, one.school, one.year))
