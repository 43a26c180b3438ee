"""What arrived from kits, read: standing ways, forks, sessions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from xingtan.core.learned_time.together import Time
from xingtan.domains.courses import api as courses
from xingtan.domains.kits.models import ForkDecision, GroupMember, GroupTime, Kit, KitBlock, StudyGroup
from xingtan.domains.kits.reading import FAR, Arrived, Frame, Meeting, Reading, read_lines
from xingtan.domains.kits.times import Slot, epoch
from xingtan.domains.policies import api as policies
from xingtan.foundation.ledger.ways import Fork, Standing, standing


def decisions_of(kit_ids: Collection[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """By kit and fork the ways that stand; the latest decision of a fork holds."""
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for one in ForkDecision.objects.filter(kit_id__in=kit_ids).order_by("pk"):
        found[one.kit_id][one.previous] = tuple(one.chosen)
    return found


def standing_of(kit: Kit) -> Standing:
    """What of the kit's blocks stands."""
    rows = KitBlock.objects.filter(kit=kit).values_list("height", "previous", "digest")
    return standing(rows, decisions_of([kit.pk]).get(kit.pk, {}))


def frame_of(kit: Kit, members: Mapping[str, tuple[int, int]]) -> Frame:
    """What bounds the kit's lines: its manifest, and the group's people as the centre knows them today."""
    wanted = {unit["id"] for course in kit.manifest["courses"] for unit in course["units"]}
    found = list(courses.Unit.objects.filter(public_id__in=wanted))
    units = {one.public_id: (one.pk, one.length_s) for one in found}
    learned_time = policies.policy_of(kit.group.training_year).learned_time
    wants_signs = learned_time.beat_rules(is_effort=True).needs_activity
    effort = frozenset(one.public_id for one in found if wants_signs and one.kind == courses.UnitKind.DOCUMENT)
    span = int(kit.made_at.timestamp()), int(kit.expires_at.timestamp())
    return Frame(*span, units, members, learned_time.beat_rules(is_effort=False), effort)


def members_between(group: StudyGroup) -> dict[str, tuple[int, int]]:
    """From when to when each person belongs to the group, by public id, in epoch seconds; the leader too, who need not be a member."""
    found = {}
    for one in GroupMember.objects.filter(group=group).select_related("teacher"):
        last = min((day for day in (one.to_on, group.ended_on) if day), default=None)
        found[one.teacher.public_id] = (epoch(one.from_on), epoch(last + timedelta(days=1)) if last else FAR)
    return found


def times_between(group: StudyGroup) -> list[Time]:
    """The group's fixed times in epoch seconds, none after its end."""
    rows = GroupTime.objects.filter(group=group).order_by("on", "from_minute")
    slots = [Slot(one.on, one.from_minute, one.to_minute, one.mode) for one in rows]
    return [Time(one.start, one.end, one.mode) for one in slots if group.ended_on is None or one.on <= group.ended_on]


def lines_of(kit: Kit) -> Iterator[list[Arrived]]:
    """The lines of each way through the kit's blocks that stands, in order."""
    blocks = {one.digest: one for one in KitBlock.objects.filter(kit=kit)}
    found = standing(((one.height, one.previous, one.digest) for one in blocks.values()), decisions_of([kit.pk]).get(kit.pk, {}))
    for way in found.ways:
        yield [
            Arrived(source, body, int(blocks[digest].received_at.timestamp())) for digest in way for source, body in blocks[digest].lines
        ]


def readings_of(kit: Kit) -> list[Reading]:
    """What each way through the kit's chain says."""
    frame = frame_of(kit, members_between(kit.group))
    return [read_lines(frame, lines) for lines in lines_of(kit)]


class Way(NamedTuple):
    """One way behind a fork, as the county looks at it before deciding: how many blocks and lines, from when to when, whose."""

    digest: str
    blocks: int
    lines: int
    first_at: int
    last_at: int
    people: int


class ForkShown(NamedTuple):
    """A fork with its ways, and what was decided."""

    fork: Fork
    ways: tuple[Way, ...]
    chosen: tuple[str, ...]


def forks_of(kit: Kit) -> list[ForkShown]:
    """Every place where the kit's chain goes on in more than one way, decided or not."""
    blocks = list(KitBlock.objects.filter(kit=kit).order_by("height"))
    after: dict[str, list[KitBlock]] = defaultdict(list)
    for one in blocks:
        after[one.previous].append(one)
    decided = decisions_of([kit.pk]).get(kit.pk, {})
    found = []
    for previous, nexts in after.items():
        if len(nexts) > 1:
            fork = Fork(previous, nexts[0].height, tuple(sorted(one.digest for one in nexts)))
            ways = tuple(_way(one, after) for one in sorted(nexts, key=lambda block: block.digest))
            found.append(ForkShown(fork, ways, decided.get(previous, ())))
    return found


def _way(first: KitBlock, after: Mapping[str, list[KitBlock]]) -> Way:
    blocks, ends = [first], [first]
    while ends:
        more = after.get(ends.pop().digest, [])
        blocks += more
        ends += more
    lines = [body for block in blocks for _source, body in block.lines]
    times = [body["at"] for body in lines if isinstance(body.get("at"), int)]
    people = {body["person"] for body in lines if body.get("person")}
    return Way(first.digest, len(blocks), len(lines), min(times, default=0), max(times, default=0), len(people))


def meetings_of(kits: Iterable[Kit]) -> list[tuple[Kit, Meeting, Reading]]:
    """The sessions that the kits tell of, the latest first; a session that two ways tell of is listed once."""
    found: dict[str, tuple[Kit, Meeting, Reading]] = {}
    for kit in kits:
        for reading in readings_of(kit):
            for session, meeting in reading.meetings.items():
                found.setdefault(session, (kit, meeting, reading))
    return sorted(found.values(), key=lambda one: -one[1].opened_at)


def doubts_of(readings: Iterable[Reading]) -> Counter[str]:
    """Lines of these readings that are in doubt, by reason."""
    found: Counter[str] = Counter()
    for one in readings:
        found.update(one.doubts)
    return found
