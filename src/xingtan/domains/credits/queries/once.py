"""What a person with two records earned twice counts once."""

from __future__ import annotations

from collections.abc import Iterable

from xingtan.domains.credits.models import Evidence
from xingtan.domains.credits.states import EvidenceKind


def counted_once(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Of one course studied under two merged records the longer study counts (our reading); everything else stands as it is."""
    rows = list(evidence)
    longest: dict[tuple[int | None, str, str], Evidence] = {}
    for one in rows:
        key = (one.offer_id, one.component, one.part)
        if one.kind == EvidenceKind.LEARNED and one.learned_centi > getattr(longest.get(key), "learned_centi", -1):
            longest[key] = one
    kept = {one.pk for one in longest.values()}
    return [one for one in rows if one.kind != EvidenceKind.LEARNED or one.pk in kept]
