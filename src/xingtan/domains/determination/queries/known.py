"""Verdicts as they were known at a moment of the past: what was determined by then, whatever came later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from xingtan.core.verdicts import Verdict
from xingtan.domains.determination.models import Determination
from xingtan.domains.teachers import api as teachers

from .determinations import CYCLE

COLUMNS = (
    "public_id", "teacher_id", "training_year_id", "span", "verdict", "route", "required_centi", "recognised_centi", "verified_centi",
    "numbers__by_exam", "reasons", "pack_digest", "determined_at", "examined_at", "until_run__ran_at",
)  # fmt: skip


class KnownVerdict(NamedTuple):
    """A verdict of a year (or of the cycle up to it) that stood at a moment; `examined_at` is None while it was not final by then."""

    public_id: str
    teacher_id: int
    training_year_id: int
    span: str
    verdict: Verdict
    route: int
    required_centi: int
    recognised_centi: int
    verified_centi: int
    by_exam_centi: int
    reasons: tuple[Mapping[str, Any], ...]
    pack_digest: str
    determined_at: datetime
    examined_at: datetime | None

    @property
    def is_cycle(self) -> bool:
        """True for the verdict of a cycle."""
        return self.span == CYCLE


def verdicts_known(teacher_ids: Collection[int], known_at: datetime) -> dict[tuple[int, int, str], KnownVerdict]:
    """Per (teacher, training year, span) the verdict that stood at the moment, in one query: rows are replaced and never overwritten."""
    persons = teachers.whose(teacher_ids, known_at)
    rows = Determination.everywhere.filter(teacher_id__among=persons, determined_at__lte=known_at)
    found: dict[tuple[int, int, str], KnownVerdict] = {}
    for row in rows.order_by("determined_at", "pk").values_list(*COLUMNS):
        public_id, teacher_id, year_id, span, verdict, route, required, recognised, verified, by_exam, *rest = row
        reasons, digest, determined_at, examined_at, until_at = rest
        if until_at is not None and until_at <= known_at:
            continue
        one = KnownVerdict(
            public_id=public_id,
            teacher_id=persons[teacher_id],
            training_year_id=year_id,
            span=span,
            verdict=Verdict(verdict),
            route=route,
            required_centi=required,
            recognised_centi=recognised,
            verified_centi=verified,
            by_exam_centi=by_exam or 0,
            reasons=tuple(reasons),
            pack_digest=digest,
            determined_at=determined_at,
            examined_at=examined_at if examined_at is not None and examined_at <= known_at else None,
        )
        held = found.get(key := (one.teacher_id, year_id, span))
        if held is None or len(persons) == len(teacher_ids) or teachers.better(held.verdict, verdict) != held.verdict:
            found[key] = one
    return found
