"""Counting a teacher's group study anew from everything that is known, and telling the difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Sum

from xingtan.core.learned_time.step import BeatRules
from xingtan.core.learned_time.together import Claim, Key, Online, Play, Stay, Tally, claims_of, tally
from xingtan.domains.courses import api as courses
from xingtan.domains.kits.models import CountedTime, GroupMember, Kit, KitPerson, PaperSheet, StudyGroup
from xingtan.domains.kits.queries.blocks import doubts_of, members_between, readings_of, times_between
from xingtan.domains.kits.states import Doubt
from xingtan.domains.kits.times import epoch
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic

FIELDS = ("source", "group_id", "teacher_id", "unit_id", "on", "mode", "seconds")


def kit_source(kit: Kit) -> str:
    """The name under which a kit's hours are told."""
    return f"kit:{kit.uuid}"


def paper_source(group: StudyGroup) -> str:
    """The name under which a group's paper hours are told."""
    return f"paper:{group.public_id}"


class Source(NamedTuple):
    """Where claims come from: a kit (with its lines in doubt) or the paper of a group, and each person's claims by public id."""

    name: str
    group: StudyGroup
    claims: Mapping[str, Sequence[Claim]]
    kit: Kit | None = None
    doubts: Mapping[str, int] = {}


def of_kit(kit: Kit) -> Source:
    """The claims that a kit's standing lines give, and the lines in doubt."""
    readings, times = readings_of(kit), times_between(kit.group)
    doubts, found = doubts_of(readings), defaultdict[str, list[Claim]](list)
    for reading in readings:
        for person, claims in claims_of(kit_source(kit), reading.plays, reading.stays, times, doubts).items():
            found[person] += claims
    return Source(kit_source(kit), kit.group, found, kit, doubts)


def of_paper(group: StudyGroup) -> Source:
    """The claims of the sheets that were keyed in for a group."""
    members, times = members_between(group), times_between(group)
    people = {row.teacher_id: row.teacher.public_id for row in GroupMember.objects.filter(group=group).select_related("teacher")}
    found = defaultdict[str, list[Claim]](list)
    for sheet in PaperSheet.objects.filter(time__group=group).select_related("time"):
        start = epoch(sheet.time.on)
        plays = [Play(start + a * 60, start + b * 60, unit, at, at + (b - a) * 60) for unit, a, b, at in sheet.shown if a < b]
        stays = [Stay(people[pk], start + a * 60, start + b * 60) for pk, a, b in sheet.there if pk in people]
        stays = [one for one in stays if members[one.person][0] <= one.start < members[one.person][1]]
        for person, claims in claims_of(paper_source(group), plays, stays, times, Counter()).items():
            found[person] += claims
    return Source(paper_source(group), group, found)


@atomic
def count_anew(teacher_ids: Collection[int], now: datetime) -> int:
    """What counts of these teachers' group study says what all blocks and sheets say, and the hallway knows; answers how many figures changed.

    Nothing depends on the order in which anything arrived. The teachers' rows are held, so that two arrivals at once see each other.
    """
    held = teachers.Teacher.everywhere.select_for_update(no_key=True, of=("self",)).filter(pk__among=teacher_ids).order_by("pk")
    people = {one.public_id: one.pk for one in held}
    sources = _sources(list(people.values()))
    due: dict[int, list[Claim]] = defaultdict(list)
    for source in sources:
        for person, claims in source.claims.items():
            if person in people:
                due[people[person]] += claims
    rows: list[tuple[Any, ...]] = []
    groups = {source.name: source.group for source in sources}
    lengths = _lengths(due.values())
    for teacher_id in people.values():
        rules = _rules(groups.values())
        counted = _tally(teacher_id, due.get(teacher_id, ()), lengths, rules)
        rows += [
            (key.source, groups[key.source].pk, teacher_id, key.unit_id, date.fromordinal(key.day), key.mode, n) for key, n in _by(counted)
        ]
    changed = _keep(list(people.values()), rows, _viewings(groups.values()), now)
    for source in sources:
        _doubt(source)
    return changed


def _doubt(source: Source) -> None:
    """The kit's row says what of its lines does not count, and how many seconds were counted elsewhere or above a cap."""
    if source.kit is None:
        return
    counted = CountedTime.objects.filter(source=source.name).aggregate(n=Sum("seconds"))["n"] or 0
    claimed = sum(one.end - one.start for claims in source.claims.values() for one in claims)
    found = {**source.doubts, Doubt.COUNTED_ALREADY: max(claimed - counted, 0)}
    kept = {str(reason): count for reason, count in sorted(found.items()) if count}
    if kept != source.kit.doubts:
        source.kit.doubts = kept
        source.kit.save(update_fields=["doubts"])


def _sources(teacher_ids: Collection[int]) -> list[Source]:
    """Every kit and every group's paper in which one of the teachers may stand."""
    groups = set(GroupMember.objects.filter(teacher_id__among=teacher_ids).values_list("group_id", flat=True))
    on_kits = set(KitPerson.objects.filter(teacher_id__among=teacher_ids).values_list("kit__group_id", flat=True))
    related = ("group__training_year__pack", "group__place")
    kits = Kit.everywhere.filter(group_id__in=groups | on_kits).select_related(*related).order_by("uuid")
    papers = StudyGroup.everywhere.filter(pk__in=groups).select_related("training_year__pack").order_by("pk")
    return [*map(of_kit, kits), *map(of_paper, papers)]


def _lengths(claims: Iterable[Sequence[Claim]]) -> dict[int, int]:
    wanted = {one.unit_id for some in claims for one in some}
    return {pk: unit.length_s for pk, unit in courses.units_by_id(wanted).items()}


def _rules(groups: Iterable[StudyGroup]) -> BeatRules:
    """The rules of the latest year in which the groups study: caps and viewings are one for a person's time."""
    years = {group.training_year_id: group.training_year for group in groups}
    latest = max(years.values(), key=lambda year: (year.year, year.pk), default=None)
    return policies.policy_of(latest).learned_time.beat_rules(is_effort=False) if latest else BeatRules()


def _viewings(groups: Iterable[StudyGroup]) -> int:
    return max(_rules(groups).viewings, 1)


def _tally(teacher_id: int, claims: Sequence[Claim], lengths: Mapping[int, int], rules: BeatRules) -> Tally:
    if not claims:
        return Tally()
    progress = learning.progress_of(teacher_id, {one.unit_id for one in claims})
    online = {pk: Online(one.online_s, one.covered) for pk, one in progress.items()}
    days = learning.UnitDay.objects.filter(teacher_id=teacher_id).values_list("walls", flat=True)
    walls = [(start, end) for some in days for start, end in some]
    return tally(claims, lengths=lengths, rules=rules, online=online, walls=walls)


def _by(counted: Tally) -> list[tuple[Key, int]]:
    return sorted((key, seconds) for key, seconds in counted.seconds.items() if seconds)


def _keep(teacher_ids: Collection[int], rows: Sequence[tuple[Any, ...]], viewings: int, now: datetime) -> int:
    """The projection says these rows of these teachers, and their shares are told; a source that counts nothing any more is told as nothing."""
    before = set(CountedTime.objects.filter(teacher_id__among=teacher_ids).values_list(*FIELDS))
    if before == set(rows):
        return 0
    CountedTime.objects.filter(teacher_id__among=teacher_ids).delete()
    CountedTime.objects.bulk_create([CountedTime(**dict(zip(FIELDS, row, strict=True))) for row in rows], batch_size=500)
    shares: dict[tuple[int, int, str], tuple[int, date]] = {(row[2], row[3], row[0]): (0, row[4]) for row in before}
    for source, _group, teacher_id, unit_id, on, _mode, seconds in rows:
        total, last = shares.get((teacher_id, unit_id, source), (0, on))
        shares[teacher_id, unit_id, source] = (total + seconds, max(last, on))
    told = [learning.Share(*key, seconds, on, viewings) for key, (seconds, on) in shares.items()]
    return learning.put_shares(told, now)


def follow_learned(payload: Mapping[str, Any], now: datetime) -> None:
    """`learning.recognisable`: who studies in a group and on line has the same second and the same part of a film counted once."""
    ids = {row["teacher"] for row in payload.get("rows", ())}
    own = set(CountedTime.objects.filter(teacher_id__among=ids).values_list("teacher_id", flat=True)) if ids else set()
    if own:
        count_anew(own, now)
