"""Claims judged anew from all that is known: the core decides, the difference is kept, and what counts goes through learning's door.

Only claims of open years are looked at; what a closed year counted stays as it is. One transaction at a time judges (an advisory lock), so the
answer never depends on who was first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from xingtan.core.learned_time.claims import Claim as Word
from xingtan.core.learned_time.claims import ClaimRules, Judged, Subject, WhyNot, judge
from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.db import insert_rows

from .models import LOST, Claim, Judgement

PG_LOCK = 0x45584348  # "EXCH": one judges at a time among all processes
NUMBERS = ("pk", "provider_id", "number", "teacher_id", "offer_id", "training_year_id")
WORDS = ("seconds", "from_at", "until_at", "first_on", "last_on", "said_at", "media_s", "is_trainee")
MORE = ("mode", "delivery__channel", "is_replaced")
JUDGED_FIELDS = ("claim", "judged_at", "until_at", "said_s", "counted_s", *LOST)


NO_DAYS = Subject(1, 0, 0)


class Row(NamedTuple):
    """A claim as it is judged."""

    pk: int
    provider_id: int
    number: str
    teacher_id: int | None
    offer_id: int | None
    year_id: int | None
    seconds: int
    from_at: int
    until_at: int
    first_on: date
    last_on: date
    said_at: int
    media_s: int
    is_trainee: bool
    mode: str
    channel: str
    is_replaced: bool


class Moved(NamedTuple):
    """What a judging changed: claims judged, and how many of them count otherwise than before."""

    judged: int
    changed: int


def hold_bench() -> None:
    """Nobody else judges until this transaction ends (on SQLite the writer's lock says so already)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PG_LOCK])


def judge_claims(teacher_ids: Collection[int], claim_ids: Collection[int], now: datetime) -> Moved:
    """All claims of these teachers in open years, and these claims, are judged by all that is known now; within the caller's transaction."""
    hold_bench()
    rows = _rows(teacher_ids, claim_ids)
    found = _judged(rows)
    changed = _differing(rows, found)
    _keep({row.pk: (row, found[row.pk]) for row in rows if row.pk in changed}, now)
    _hand_on([row for row in rows if row.pk in changed], rows, found, now)
    return Moved(len(rows), len(changed))


def _rows(teacher_ids: Collection[int], claim_ids: Collection[int]) -> list[Row]:
    replaced = Exists(Claim.everywhere.filter(replaces=OuterRef("pk")))
    every: QuerySet[Claim] = Claim.everywhere.annotate(is_replaced=replaced).order_by("pk")
    fields = (*NUMBERS, *WORDS, *MORE)
    is_closed = Q(training_year__state=policies.YearState.CLOSED)
    of_teachers = every.filter(~is_closed, teacher_id__among=teacher_ids, training_year__isnull=False)
    alone = every.filter(is_closed | Q(training_year=None), pk__among=claim_ids)
    return [Row(*values) for values in of_teachers.values_list(*fields)] + [
        Row(*values)._replace(year_id=None) for values in alone.values_list(*fields)
    ]


def _judged(rows: Sequence[Row]) -> dict[int, Judged]:
    """Each claim's judgement; those without a teacher, an offer or an open year are judged alone, and count nothing."""
    cases: dict[tuple[int, int], list[Row]] = defaultdict(list)
    alone = []
    for row in rows:
        if row.teacher_id and row.year_id and row.offer_id:
            cases[row.teacher_id, row.year_id].append(row)
        else:
            alone.append(row)
    known = _Known({key[0] for key in cases}, {row.offer_id for row in rows if row.offer_id}, {key[1] for key in cases})
    found: dict[int, Judged] = {}
    for (teacher_id, year_id), own in cases.items():
        said = judge(map(_word, own), known.subjects(teacher_id, own), known.walls.get(teacher_id, ()), known.rules[year_id])
        found |= {row.pk: said[row.provider_id, row.number] for row in own}
    for row in alone:
        subjects = {row.offer_id: NO_DAYS} if row.offer_id else {}
        found[row.pk] = judge([_word(row)], subjects, (), ClaimRules())[row.provider_id, row.number]
    return found


def _word(row: Row) -> Word:
    return Word(
        row.number, row.provider_id, row.offer_id or 0, row.seconds, row.from_at, row.until_at, row.first_on.toordinal(),
        row.last_on.toordinal(), row.said_at, row.media_s, row.is_trainee and row.teacher_id is not None, row.is_replaced,
    )  # fmt: skip


class _Known:
    """What the claims are held against: offers with their days and hours, our own counted time, the rules of the years."""

    def __init__(self, teacher_ids: Collection[int], offer_ids: Collection[int], year_ids: Collection[int]) -> None:
        packs = policies.policies_of(year_ids)
        self.rules = {pk: ClaimRules(pack.learned_time.day_cap_s) for pk, pack in packs.items()}
        self.offers = projects.offers_by_id(offer_ids)
        years = policies.TrainingYear.everywhere.filter(pk__among={offer.project.training_year_id for offer in self.offers.values()})
        self.days = {year.pk: (year.first_on.toordinal(), year.last_on.toordinal()) for year in years}
        self.most = {
            pk: offer.hours_centi * packs[offer.project.training_year_id].seconds_per_hour // 100
            for pk, offer in self.offers.items()
            if offer.project.training_year_id in packs
        }
        self.walls = learning.walls_of(teacher_ids)
        self.here = _here_by_course(teacher_ids, {offer.course_id for offer in self.offers.values() if offer.course_id})

    def subjects(self, teacher_id: int, rows: Iterable[Row]) -> dict[int, Subject]:
        """The bounds of the offers that the teacher's claims name."""
        found = {}
        for offer_id in {row.offer_id for row in rows if row.offer_id}:
            offer = self.offers[offer_id]
            first, last = self.days[offer.project.training_year_id]
            here_s = self.here.get((teacher_id, offer.course_id or 0), 0)
            found[offer_id] = Subject(first, last, self.most.get(offer_id, 0), here_s)
        return found


def _here_by_course(teacher_ids: Collection[int], course_ids: Collection[int]) -> Mapping[tuple[int, int], int]:
    """Seconds that our own server counted, by teacher and course."""
    listed = courses.units_of(course_ids) if course_ids else {}
    course_of = {unit.pk: course_id for course_id, units in listed.items() for unit in units}
    found: dict[tuple[int, int], int] = defaultdict(int)
    for (teacher_id, unit_id), seconds in learning.online_seconds(teacher_ids, course_of).items():
        found[teacher_id, course_of[unit_id]] += seconds
    return found


def _differing(rows: Sequence[Row], found: Mapping[int, Judged]) -> set[int]:
    """The claims whose standing judgement says something else, or that have none."""
    ids = [row.pk for row in rows]
    standing = Judgement.objects.filter(claim__among=ids, until_at=None).values_list("claim_id", "counted_s", *LOST)
    held = {row[0]: row[1:] for row in standing}
    return {row.pk for row in rows if held.get(row.pk) != _figures(found[row.pk])}


def _figures(judged: Judged) -> tuple[int, ...]:
    return (judged.counted_s, *(judged.lost.get(why, 0) for why in WhyNot))


def _keep(changed: Mapping[int, tuple[Row, Judged]], now: datetime) -> None:
    """The new judgements stand; those before them ended now."""
    Judgement.objects.filter(claim__among=list(changed), until_at=None).update(until_at=now)
    made = ((pk, now, None, row.seconds, *_figures(judged)) for pk, (row, judged) in changed.items())
    insert_rows(Judgement, JUDGED_FIELDS, made)


def source_of(row: Row) -> str:
    """The name under which learning keeps what counts: a record of its own, or for statements the offer's day."""
    if row.channel == "statements":
        return f"{row.provider_id}:xapi:{row.offer_id}:{row.teacher_id}:{row.last_on.isoformat()}"
    return f"{row.provider_id}:{row.number}"


def _hand_on(changed: Sequence[Row], rows: Sequence[Row], found: Mapping[int, Judged], now: datetime) -> None:
    """Learning's delivered records hold what counts of the claims that changed, statements summed by day."""
    wanted = {source_of(row) for row in changed if row.teacher_id and row.offer_id and row.year_id}
    figures: dict[str, learning.Figure] = {}
    for row in rows:
        if not (row.teacher_id and row.offer_id and row.year_id) or (source := source_of(row)) not in wanted:
            continue
        before = figures[source].learned_s if source in figures else 0
        counted = before + found[row.pk].counted_s
        figures[source] = learning.Figure(source, row.provider_id, row.teacher_id, row.offer_id, counted, row.last_on, row.mode)
    if figures:
        learning.put_delivered(list(figures.values()), now)
