"""What every way in shares: a wish is one of the project's, whoever it is for may take part, and nobody stands twice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused

from .around import Around, covered
from .checking import Look, looks
from .models import Application, OfferLimit
from .models.applications import HOLDS_SEAT
from .moving import Deed
from .states import Way


class Wish(NamedTuple):
    """Whom, for which class or course, in which category of seats, and the courses of a plan of study."""

    teacher_id: int
    choice_id: int | None = None
    category: str = ""
    plan: tuple[int, ...] = ()


def check_wishes(found: Around, wishes: Sequence[Wish], *, shut_out: bool = False, now: datetime | None = None) -> dict[int, Look]:
    """What is known against each; refused where a class or category is not the project's, or (`shut_out`) where a condition is not met."""
    offers = projects.offers_of([found.project.pk])[found.project.pk]
    known = {offer.pk: offer for offer in offers}
    codes = {str(one["code"]) for one in found.project.categories} | {""}
    for wish in wishes:
        if any(pk not in known for pk in (wish.choice_id, *wish.plan) if pk is not None):
            raise NotInScope
        if wish.category not in codes:
            raise Refused("admission_category_unknown")
    if not shut_out or now is None:
        return {}
    wanted = {wish.teacher_id: known.get(wish.choice_id or 0) for wish in wishes}
    seen = looks(found.project, list(wanted), now, wanted)
    if against := [pk for pk, look in seen.items() if look.blocking]:
        raise Refused("admission_conditions", count=len(against))
    return seen


def entered(found: Around, wish: Wish, teacher: teachers.Teacher, way: Way, deed: Deed, look: Look | None = None) -> Application:
    """The application as it would stand, not kept yet; `NotInScope` for a teacher of another branch than the organiser's."""
    if not covered(found.project, teacher.school):
        raise NotInScope
    return Application(
        project=found.project,
        teacher=teacher,
        school=teacher.school,
        category=wish.category,
        way=way.value,
        choice_id=wish.choice_id,
        arrived=arrival(),
        applied_at=deed.now,
        warnings=look.codes if look else [],
    )


_LAST = [0]


def arrival() -> int:
    """Microseconds since 1970, each once in this process and rising."""
    _LAST[0] = max(time.time_ns() // 1000, _LAST[0] + 1)
    return _LAST[0]


def taken(offer_ids: Collection[int]) -> dict[int, int]:
    """How many with a seat are in each class or course."""
    rows = Application.everywhere.filter(HOLDS_SEAT, choice_id__among=list(offer_ids)).order_by().values("choice_id")
    return dict(rows.annotate(n=Count("pk")).values_list("choice_id", "n"))


def refuse_taken(found: Around, wishes: Sequence[Wish], *, is_capped: bool = True) -> None:
    """Nothing happened; raises where a class was cancelled, or (in a round that is not trimmed later) has no room for so many more."""
    coming = Counter(wish.choice_id for wish in wishes if wish.choice_id is not None)
    if not coming:
        return
    limits = OfferLimit.everywhere.filter(pk__among=list(coming)).select_for_update(of=("self",)).order_by("pk")
    there = taken(list(coming))
    for limit in limits:
        if limit.cancelled_at is not None:
            raise Refused("class_cancelled")
        after = there.get(limit.pk, 0) + coming[limit.pk]
        if is_capped and limit.most is not None and after > limit.most:
            raise Refused("class_full", most=limit.most)
