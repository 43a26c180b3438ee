"""Turning what earlier rooms reported into evidence; hearing the same report again changes nothing.

Grain: studied time is one piece of evidence per teacher and offer, an activity one per teacher and activity, passed work one per
teacher and unit. Seconds become hours once per bucket (teacher, year, component): the pieces share what the whole makes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from xingtan.core.calendar import local_day
from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.credits.models import Evidence
from xingtan.domains.credits.queries.people import offers_for_courses, part_of_course, schools_of
from xingtan.domains.credits.rules import Share, shares_of
from xingtan.domains.credits.states import EvidenceKind
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.recognition import api as recognition
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.db import atomic, insert_objects

from .falling import take_back_fallen

BATCH = 1_000
CHANGING = ("learned_s", "learned_centi", "is_passed", "is_required", "happened_on", "detail", "changed_at")


class Studied(NamedTuple):
    """Seconds of one report: under `source` (`units` or `delivered`) and `key` they replace what they were, be it more or less."""

    teacher_id: int
    offer: projects.Offer
    source: str
    key: int
    seconds: int
    on: date
    part: str = ""


@atomic
def keep_studied(reports: Collection[Studied], *, now: datetime) -> None:
    """Evidence holds the reported seconds, every bucket they touch has its hours shared out anew, and entries that say more are taken back."""
    schools = schools_of({one.teacher_id for one in reports})
    held = _locked_buckets(set(schools), {one.offer.project.training_year_id for one in reports})
    touched: set[str] = set()
    for one in reports:
        source = _study_source(one)
        if source not in held:
            if not one.seconds:
                continue
            held[source] = _blank(source, EvidenceKind.LEARNED, (one.teacher_id, schools[one.teacher_id]), one.offer, now=now)
            held[source].part, held[source].happened_on = one.part, one.on
        _merge(held[source], one, now)
        touched.add(source)
    touched |= _share_hours(held.values())
    changed = [held[source] for source in sorted(touched)]
    _save(changed)
    take_back_fallen(changed, now=now)


def _study_source(one: Studied) -> str:
    return f"study:{one.offer.pk}:{one.teacher_id}"


def _locked_buckets(teacher_ids: Collection[int], year_ids: Collection[int]) -> dict[str, Evidence]:
    """All studied evidence of these teachers and years, by source; nobody else changes it until this transaction ends."""
    rows = Evidence.everywhere.select_for_update().filter(
        kind=EvidenceKind.LEARNED, teacher_id__among=teacher_ids, training_year_id__among=year_ids
    )
    return {one.source: one for one in rows.order_by("pk")}


def _blank(source: str, kind: EvidenceKind, teacher: tuple[int, int], offer: projects.Offer, *, now: datetime) -> Evidence:
    """Evidence of a teacher (id, school's id) that holds nothing yet."""
    return Evidence(
        source=source,
        teacher_id=teacher[0],
        training_year_id=offer.project.training_year_id,
        school_id=teacher[1],
        provider_id=offer.provider_id,
        offer_id=offer.pk,
        component=offer.component,
        kind=kind.value,
        title=offer.title,
        title_en=offer.title_en,
        happened_on=local_day(now),
        changed_at=now,
    )


def _merge(row: Evidence, one: Studied, now: datetime) -> None:
    """The figure of this unit or record is the one reported; the report was read anew, so it is today's whatever order events come in."""
    seconds: dict[str, int] = row.detail.setdefault(one.source, {})
    seconds[str(one.key)] = one.seconds
    row.learned_s = sum(sum(kept.values()) for kept in row.detail.values())
    row.happened_on = max(row.happened_on, one.on)
    row.changed_at = now


def _save(rows: Iterable[Evidence]) -> None:
    """Rows that are new are made, the others are brought up to date."""
    kept = list(rows)
    fresh = {row.source: row for row in kept if row.pk is None}
    for source, pk in Evidence.everywhere.filter(source__among=fresh).values_list("source", "pk"):
        fresh[source].pk = pk
    insert_objects([row for row in kept if row.pk is None])
    # An upsert by key: Django's bulk_update builds a CASE for every row and is ten times slower.
    old = [row for row in kept if row.pk is not None]
    Evidence.everywhere.bulk_create(old, update_conflicts=True, unique_fields=["id"], update_fields=list(CHANGING), batch_size=BATCH)


def _share_hours(rows: Iterable[Evidence]) -> set[str]:
    """Per teacher, year and component the studied seconds make hours once; returns the sources whose share changed."""
    grouped: dict[tuple[int, int, str], list[Evidence]] = defaultdict(list)
    for row in rows:
        grouped[row.teacher_id, row.training_year_id, row.component].append(row)
    rules = policies.policies_of({year for _, year, _ in grouped})
    changed = set()
    for (_, year, _), bucket in grouped.items():
        given, _ = shares_of([Share(row.learned_s, row.learned_centi) for row in bucket], rules[year].seconds_per_hour)
        for row, centi in zip(bucket, given, strict=True):
            if row.learned_centi != centi:
                row.learned_centi = centi
                changed.add(row.source)
    return changed


def studied_units(rows: Iterable[Mapping[str, Any]]) -> list[Studied]:
    """What of a report counts, as far as the teachers chose the courses; study without a choice counts nothing.

    The report says whose figures changed; the figures are read here, so that an event that is replayed late sets nothing back.
    """
    reports = list(rows)
    units = courses.units_by_id({row["unit"] for row in reports})
    offers = offers_for_courses({(row["teacher"], units[row["unit"]].course_id) for row in reports if row["unit"] in units})
    rules = policies.policies_of({offer.project.training_year_id for offer in offers.values()})
    chosen = {
        (row["teacher"], unit.pk): (unit, offer, date.fromisoformat(row["on"]))
        for row in reports
        if (unit := units.get(row["unit"])) and (offer := offers.get((row["teacher"], unit.course_id)))
    }
    seconds = _seconds_of_year({key: offer for key, (_unit, offer, _on) in chosen.items()})
    return [
        Studied(
            key[0],
            offer,
            "units",
            unit.pk,
            seconds[key],
            on,
            part_of_course(rules[offer.project.training_year_id], unit.course, offer.component),
        )
        for key, (unit, offer, on) in chosen.items()
    ]


def _seconds_of_year(offers: Mapping[tuple[int, int], projects.Offer]) -> dict[tuple[int, int], int]:
    """Each unit's seconds since its offer's year began: a course that is chosen again does not bring the earlier year's hours again."""
    figures = learning.figures_of(offers)
    first_days = policies.first_days({offer.project.training_year_id for offer in offers.values()})
    before = learning.learned_before({key: first_days[offer.project.training_year_id] for key, offer in offers.items()})
    return {key: max(figures[key] - before.get(key, 0), 0) for key in offers}


def studied_records(ids: Collection[int]) -> list[Studied]:
    """What delivered records say; no record brings more seconds than its offer has hours."""
    records = list(learning.delivered_records(ids))
    offers = projects.offers_by_id({one.offer_id for one in records})
    per_hour = {pk: one.seconds_per_hour for pk, one in policies.policies_of({o.project.training_year_id for o in offers.values()}).items()}
    found = []
    for one in records:
        offer = offers[one.offer_id]
        most = offer.hours_centi * per_hour[offer.project.training_year_id] // 100
        found.append(Studied(one.teacher_id, offer, "delivered", one.pk, min(one.learned_s, most), one.learned_on))
    return found


@atomic
def keep_activities(told: Iterable[recognition.Earned], *, now: datetime) -> None:
    """Hours that no clock measures are evidence as they are told; where one says less than before, entries that say more are taken back."""
    rows = [
        Evidence(
            **{name: value for name, value in one._asdict().items() if name not in ("centi", "on")},
            learned_centi=one.centi,
            happened_on=one.on,
            kind=EvidenceKind.ACTIVITY.value,
            changed_at=now,
        )
        for one in told
    ]
    _save(rows)
    take_back_fallen(rows, now=now)


def confirmed_parts(participation_ids: Collection[int]) -> list[recognition.Earned]:
    """Every part that its lead confirmed: its activity's hours and, where the activity asks for one, a work product."""
    rows = []
    for part in workshops.parts_by_id(participation_ids):
        activity, workshop = part.activity, part.activity.workshop
        if part.state != workshops.State.CONFIRMED:
            continue
        rows.append(
            recognition.Earned(
                source=f"activity:{activity.pk}:{part.teacher_id}",
                teacher_id=part.teacher_id,
                school_id=part.school_id,
                provider_id=workshop.organisation_id,
                training_year_id=workshop.offer.project.training_year_id,
                offer_id=workshop.offer_id,
                component=workshop.offer.component,
                part="",
                title=activity.title,
                title_en=activity.title_en,
                centi=activity.hours_centi,
                is_required=activity.is_work_product,
                on=local_day(part.decided_at or part.handed_in_at),
                detail={"activity": activity.pk, "workshop": workshop.title, "workshop_en": workshop.title_en, "part": part.pk},
            )
        )
    return rows


@atomic
def keep_work(attempt_ids: Collection[int], submission_ids: Collection[int], *, now: datetime) -> None:
    """Every marked quiz and assignment of a chosen course is evidence of work; once passed it stays passed."""
    marked: list[tuple[Any, EvidenceKind, bool]] = [
        (one, EvidenceKind.QUIZ, one.is_passed) for one in assessment.attempts_by_id(attempt_ids)
    ]
    marked += [
        (work, EvidenceKind.ASSIGNMENT, work.state == assessment.State.PASSED)
        for work in assessment.submissions_by_id(submission_ids)
        if work.state != assessment.State.HANDED_IN
    ]
    schools = schools_of({one.teacher_id for one, _, _ in marked})
    offers = offers_for_courses({(one.teacher_id, one.unit.course_id) for one, _, _ in marked})
    sources = {f"work:{one.unit_id}:{one.teacher_id}" for one, _, _ in marked}
    held = {one.source: one for one in Evidence.everywhere.select_for_update().filter(source__among=sources).order_by("pk")}
    for one, kind, is_passed in marked:
        offer = offers.get((one.teacher_id, one.unit.course_id))
        if offer is None:
            continue
        source = f"work:{one.unit_id}:{one.teacher_id}"
        row = held.setdefault(source, _blank(source, kind, (one.teacher_id, schools[one.teacher_id]), offer, now=now))
        row.is_passed = is_passed or (row.pk is not None and row.is_passed)
        row.title, row.title_en, row.is_required, row.changed_at = one.unit.title, one.unit.title_en, one.unit.is_required, now
        row.happened_on = local_day(one.handed_in_at)
        row.detail = {"unit": one.unit_id, "score": max(one.score or 0, row.detail.get("score", 0))}
    _save(held.values())
