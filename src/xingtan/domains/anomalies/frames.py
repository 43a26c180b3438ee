"""Query set → frame: the facts of one local day that the detectors look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from xingtan.core.calendar import midnight_of, ordinal_of
from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.keys import made_at

from .detectors import SUSPICIOUS, Answered, Beats, Habit, Meeting, Opened, Studied

HABIT_DAYS = 28
SECONDS_PER_CENTI = 36
"""A meeting's hour is sixty minutes of the clock, whatever it is worth as a training hour (reading)."""


def _bounds(on: date) -> tuple[int, int]:
    return midnight_of(on.toordinal()), midnight_of(on.toordinal() + 1)


def openings_of(on: date) -> list[Opened]:
    """Every opening of a player on that local day."""
    first, beyond = _bounds(on)
    rows = learning.Opening.everywhere.filter(opened_at__gte=first, opened_at__lt=beyond).order_by("opened_at", "pk")
    return [Opened(*row) for row in rows.values_list("teacher_id", "unit_id", "opened_at", "device", "address_key")]


def studied_on(first_on: date, last_on: date, teacher_ids: Collection[int] | None = None) -> list[Studied]:
    """What was counted on these local days, of all teachers or of these."""
    rows = learning.UnitDay.objects.filter(local_on__gte=first_on, local_on__lte=last_on)
    if teacher_ids is not None:
        rows = rows.filter(teacher_id__among=teacher_ids)
    found = rows.order_by("local_on", "teacher_id", "unit_id").values_list("teacher_id", "unit_id", "local_on", "walls")
    return [Studied(teacher_id, unit_id, on, tuple((start, end) for start, end in walls)) for teacher_id, unit_id, on, walls in found]


def beats_of(on: date) -> list[Beats]:
    """How many beats of the day were refused, by teacher, unit and reason.

    The raw record has no index by day, but its ids rise with the clock: the day's stretch of ids is found by halving.
    """
    first, beyond = _first_id(on), _first_id(on + timedelta(days=1))
    if first is None:
        return []
    rows = learning.Beat.objects.filter(pk__gte=first, reason__in=SUSPICIOUS)
    rows = rows.filter(pk__lt=beyond) if beyond is not None else rows
    counted = rows.order_by().values("teacher_id", "unit_id", "reason").annotate(n=Count("pk"))
    return [Beats(*row) for row in counted.values_list("teacher_id", "unit_id", "reason", "n")]


def _first_id(on: date) -> int | None:
    """The first id whose beat was received on this local day or later; None while there is none."""
    last = learning.Beat.objects.order_by("-pk").values_list("pk", "local_on").first()
    if last is None or last[1] < on:
        return None
    low, high = 0, last[0]
    while low < high:
        middle = (low + high) // 2
        found = learning.Beat.objects.filter(pk__gt=middle).order_by("pk").values_list("pk", "local_on").first()
        if found is None or found[1] >= on:
            high = middle
        else:
            low = found[0]
    return low + 1


def answered_on(on: date) -> list[Answered]:
    """The quizzes handed in on that day whose form says when its page was made."""
    first, beyond = (datetime.fromtimestamp(at, UTC) for at in _bounds(on))
    rows = assessment.QuizAttempt.everywhere.filter(handed_in_at__gte=first, handed_in_at__lt=beyond).order_by("pk")
    attempts = list(rows.values_list("pk", "teacher_id", "unit_id", "source", "handed_in_at"))
    sizes = {pk: size_of(unit.body) for pk, unit in courses.units_by_id({row[2] for row in attempts}).items()}
    return [
        Answered(pk, teacher_id, unit_id, int(opened.timestamp()), int(handed.timestamp()), *sizes[unit_id])
        for pk, teacher_id, unit_id, source, handed in attempts
        if (opened := made_at(source.rpartition(":")[2]))
    ]


def size_of(body: Mapping[str, Any]) -> tuple[int, int]:
    """Characters to read and questions to answer of a quiz."""
    questions = body.get("questions", [])
    texts = (str(part.get("text", "")) for question in questions for part in (question, *question.get("options", ())))
    return sum(map(len, texts)), len(questions)


def habits_of(addresses: Iterable[str], schools: Mapping[int, int], on: date) -> dict[str, Habit]:
    """Whose each of these addresses is by the four weeks before that day, and how many of that school it has on its usual day."""
    wanted = sorted(set(addresses) - {""})
    first, beyond = _bounds(on - timedelta(days=HABIT_DAYS))[0], _bounds(on)[0]
    rows = learning.Opening.everywhere.filter(address_key__in=wanted, opened_at__gte=first, opened_at__lt=beyond).order_by()
    seen: dict[str, dict[tuple[int, int], set[int]]] = defaultdict(lambda: defaultdict(set))
    for address, school_id, at, teacher_id in rows.values_list("address_key", "school_id", "opened_at", "teacher_id"):
        seen[address][school_id, ordinal_of(at)].add(teacher_id)
    return {address: _habit(days) for address, days in seen.items()}


def _habit(days: Mapping[tuple[int, int], set[int]]) -> Habit:
    people: dict[int, set[int]] = defaultdict(set)
    for (school_id, _day), teachers in days.items():
        people[school_id] |= teachers
    total = Counter({school_id: len(teachers) for school_id, teachers in people.items()})
    school_id, count = total.most_common(1)[0]
    if 2 * count < sum(total.values()):
        return Habit()
    usual = sorted(len(teachers) for (school, _day), teachers in days.items() if school == school_id)
    return Habit(school_id, usual[len(usual) // 2])


def meetings_of(on: date) -> list[Meeting]:
    """Who was at which meeting of that day: workshops' one-day activities, and study groups off line with their times."""
    rows = workshops.attended_on(on)
    return [Meeting(teacher_id, f"activity:{activity_id}", centi * SECONDS_PER_CENTI) for teacher_id, activity_id, centi in rows]


def seconds_of(keys: Collection[tuple[int, int, date]]) -> dict[tuple[int, int, date], int]:
    """Seconds that were counted of each (teacher, unit, day); a key without any is left out."""
    if not keys:
        return {}
    days = {day for _teacher, _unit, day in keys}
    narrow = Q(teacher_id__among={key[0] for key in keys}, unit_id__among={key[1] for key in keys}, local_on__in=days)
    rows = learning.UnitDay.objects.filter(narrow).values_list("teacher_id", "unit_id", "local_on", "learned_s")
    wanted = set(keys)
    return {(row[0], row[1], row[2]): row[3] for row in rows if (row[0], row[1], row[2]) in wanted}
