"""A round as its office sees it: each class with how many applied, what it takes and needs, and whom the rule leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Q

from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers

from .debts import oldest_debts
from .entering import taken
from .models import AdmissionTerms, Application, OfferLimit, Round
from .models.applications import HOLDS_SEAT
from .rules import USUAL, Entrant, cut
from .states import State


class ClassOfRound(NamedTuple):
    """A class (None: no class was asked for) with who is approved for it, who has a seat in it already, and who would be left out."""

    offer: projects.Offer | None
    applied: int
    seated: int
    most: int | None
    least: int
    is_cancelled: bool
    rows: tuple[Application, ...]
    cut: tuple[Application, ...]

    @property
    def is_thin(self) -> bool:
        """True when fewer want it than it needs."""
        return not self.is_cancelled and self.applied + self.seated < self.least


class RoundSeen(NamedTuple):
    """The round's classes in the order of the project, and the rule that orders people."""

    classes: tuple[ClassOfRound, ...]
    criteria: tuple[str, ...]


def round_of(found: Round) -> RoundSeen:
    """The round as it stands: who would be left out follows from the project's rule and the facts of today."""
    terms = AdmissionTerms.everywhere.filter(pk=found.project_id).first()
    criteria = tuple(terms.trimming if terms and terms.trimming else USUAL)
    rows = (
        Application.everywhere.filter(round=found, state=State.COUNTY_APPROVED)
        .select_related("teacher", "school")
        .order_by("arrived", "pk")
    )
    by_choice: dict[int | None, list[Application]] = defaultdict(list)
    for row in rows:
        by_choice[row.choice_id].append(row)
    offers = projects.offers_of([found.project_id])[found.project_id]
    limits = {one.pk: one for one in OfferLimit.everywhere.filter(pk__among=[offer.pk for offer in offers])}
    there, entrants = taken([offer.pk for offer in offers]), _entrants(found, list(rows))
    seen = [_seen(offer, by_choice[offer.pk], limits.get(offer.pk), there.get(offer.pk, 0), entrants, criteria) for offer in offers]
    if by_choice[None]:
        held = Application.everywhere.filter(HOLDS_SEAT, project_id=found.project_id, choice=None).count()
        seen.append(_seen(None, by_choice[None], None, held, entrants, criteria))
    return RoundSeen(tuple(seen), criteria)


def _seen(
    offer: projects.Offer | None,
    rows: Sequence[Application],
    limit: OfferLimit | None,
    seated: int,
    entrants: dict[int, Entrant],
    criteria: Sequence[str],
) -> ClassOfRound:
    most = limit.most if limit else None
    room = None if most is None else max(0, most - seated)
    by_id = {row.pk: row for row in rows}
    out = cut([entrants[row.pk] for row in rows], room, criteria)
    is_cancelled = bool(limit and limit.cancelled_at)
    least = limit.least if limit else 0
    return ClassOfRound(offer, len(rows), seated, most, least, is_cancelled, tuple(rows), tuple(by_id[one.pk] for one in out))


def _entrants(found: Round, rows: Sequence[Application]) -> dict[int, Entrant]:
    """What decides for each: earlier rounds, debts, deferrals, school, earlier trainings."""
    persons = teachers.whose({row.teacher_id for row in rows})
    debts = oldest_debts({row.teacher_id for row in rows}, before=found.project.training_year.year)
    past: dict[int, dict[str, int]] = defaultdict(dict)
    known = Application.everywhere.filter(teacher_id__among=persons).order_by()
    cancelled = Q(project_id=found.project_id, round__isnull=False) & (
        Q(state=State.CANCELLED) | Q(state=State.DECLINED, reason="=trimmed")
    )
    for name, where in {"cancelled": cancelled, "deferred": Q(state=State.DEFERRED), "trained": Q(state=State.ADMITTED)}.items():
        for teacher_id, count in known.filter(where).values("teacher_id").annotate(n=Count("pk")).values_list("teacher_id", "n"):
            person = past[persons[teacher_id]]
            person[name] = person.get(name, 0) + count
    return {
        row.pk: Entrant(
            row.pk,
            row.arrived or 0,
            bool(past[row.teacher_id].get("cancelled")),
            debts.get(row.teacher_id),
            bool(past[row.teacher_id].get("deferred")),
            row.school.is_rural,
            past[row.teacher_id].get("trained", 0),
        )
        for row in rows
    }
