"""A village's study group in the demonstration: granted by the county, with a kit whose records came on a stick, and one sheet of paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from xingtan.domains.courses import api as courses
from xingtan.domains.kits import api as kits
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import uuid7
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.ledger.digests import EMPTY
from xingtan.foundation.scope.models import Kind

from . import cast
from .circumstances import villagers
from .clock import Clock
from .media import cached, make_pdf
from .offers import Offered
from .people import newcomer

Show = Callable[[str], None]
MOST_PEOPLE, DAYS, MINUTE, PIECE_S = 6, 14, 60, 14
WEDNESDAY, SATURDAY = ((2,), (14 * 60, 16 * 60 + 30), "disc"), ((5,), (9 * 60, 11 * 60 + 30), "township")
VISIBLE_AND_ACTIVE = 3
GROUND = "教学点暂无上网条件，定期、定人集中学习"


def fill(clock: Clock, year: policies.TrainingYear, offered: Offered, show: Show) -> None:
    """A group of a teaching point met in the year's last two weeks: three times with its kit, once on paper; nothing without such people."""
    if not (people := _people(offered)):
        return
    county, slots = cast.actor("county"), _slots(year)
    granted_at = datetime.fromtimestamp(slots[0].start, UTC) - timedelta(days=1)
    back_at = min(datetime.fromtimestamp(slots[-1].end, UTC) + timedelta(days=1), clock.now)
    school, lead = people[0].school, people[0].pk
    wanted = kits.Wanted(f"{school.name}学习小组", [one.pk for one in people], lead, slots, place_id=school.pk, ground=GROUND)
    group = kits.grant_group(actor=county, training_year_id=year.pk, wanted=wanted, now=granted_at)
    units = kits.study_units(group)
    laptop = _Laptop(kits.register_kit(actor=county, group_id=group.pk, now=granted_at))
    laptop.meet(slots[0], people, units[:2], is_early=True)
    laptop.meet(slots[1], people, units[2:-1] or units[:1], is_early=False)
    laptop.meet(slots[3], people, units[:1], is_early=False)
    kits.receive(laptop.parcel(), how=kits.How.STICK, actor=county, now=back_at)
    _key_in(kits.times_of(group)[2], people, units[-1], back_at)
    show(f"  {len(people)} people study in a group in a village, {len(laptop.pieces)} blocks of their kit arrived")


def _people(offered: Offered) -> list[teachers.Teacher]:
    """Colleagues of one teaching point (or rural school) who chose courses, of one with films if there is; else the two with a grant."""
    films, chosen = offered.courses["XXYW-01"].pk, list(offered.registered_courses())
    filmed = {teacher_id for teacher_id, offer_id, _name in chosen if offer_id == films}
    tour = {offered.cast_name, newcomer().name}
    found = teachers.teachers_by_id({pk for pk, _offer, name in chosen if name not in tour}).values()
    rural = [one for one in found if one.school.kind == Kind.TEACHING_POINT or one.school.is_rural]
    rural.sort(key=lambda one: (one.school.kind != Kind.TEACHING_POINT, one.pk not in filmed, one.pk))
    if not rural:
        return list(teachers.teachers_by_id(villagers(offered)).values())
    return [one for one in rural if one.school_id == rural[0].school_id][:MOST_PEOPLE]


def _slots(year: policies.TrainingYear) -> list[kits.Slot]:
    """Wednesdays and Saturdays of the year's last two weeks, four times in all."""
    first_on = year.last_on - timedelta(days=DAYS - 1)
    known = kits.modes_of(policies.policy_of(year))
    patterns = [(days, minutes, mode if mode in known else next(iter(known), "")) for days, minutes, mode in (WEDNESDAY, SATURDAY)]
    return sorted(slot for pattern in patterns for slot in kits.weekly(first_on, year.last_on, *pattern))


class _Laptop:
    """What the group's laptop writes: a line a block, in a chain under the kit's key."""

    def __init__(self, made: kits.Made) -> None:
        self.made, self.uuid, self.pieces = made, str(made.kit.uuid), list[kits.Piece]()

    def write(self, what: kits.What, at: int, **said: Any) -> None:  # noqa: ANN401 -- what JSON holds
        """The line stands in a block of its own."""
        height, previous = (self.pieces[-1].height, self.pieces[-1].digest) if self.pieces else (0, EMPTY)
        line = (str(uuid7()), {"what": what.value, "at": at, **said})
        piece = kits.Piece(height + 1, previous, "", datetime.fromtimestamp(at, UTC).isoformat(), (line,))
        self.pieces.append(piece._replace(digest=kits.digest_of(self.uuid, piece)))

    def meet(self, slot: kits.Slot, people: Sequence[teachers.Teacher], units: Sequence[courses.Unit], *, is_early: bool) -> None:
        """They met then and played the units; when early the first one began before the time, and that half of it is in doubt."""
        session, names, told = str(uuid7()), [one.public_id for one in people], kits.What
        self.write(told.OPENED, slot.start - 10 * MINUTE, session=session, person=names[0])
        for number, person in enumerate(names):
            self.write(told.CAME, slot.start - (8 - number) * MINUTE, session=session, person=person)
        at = slot.start - units[0].length_s // 2 if is_early else slot.start + 15 * MINUTE
        for unit, player in ((unit, str(uuid7())) for unit in units):
            self.write(told.STARTED, at, session=session, player=player, unit=unit.public_id, person="")
            for seq, from_s in enumerate(range(0, unit.length_s, PIECE_S)):
                to_s = min(from_s + PIECE_S, unit.length_s)
                said = {"from_s": from_s, "to_s": to_s, "rate_centi": 100, "signs": VISIBLE_AND_ACTIVE}
                self.write(told.PLAYED, at + to_s, player=player, session=session, seq=seq, **said)
            at += unit.length_s + MINUTE
        for what, person in product((told.SIGNED, told.LEFT), names):
            self.write(what, slot.end - MINUTE, session=session, person=person)
        self.write(told.CLOSED, slot.end - MINUTE, session=session, person=names[0])

    def parcel(self) -> dict[str, Any]:
        """Everything in one parcel under the chain's signed head."""
        return kits.parcel(self.uuid, self.pieces, (len(self.pieces), self.pieces[-1].digest), 1, self.made.key)


def _key_in(time: kits.GroupTime, people: Sequence[teachers.Teacher], unit: courses.Unit, now: datetime) -> None:
    """The county keyed in the sheet of this time: one came late and missed what was shown."""
    county, begin, end = cast.actor("county"), time.from_minute, time.to_minute
    drawn = cached(f"sheet-{time.on}", ".pdf", lambda place: make_pdf(place, "集中学习签到表", [(time.on.isoformat(), ["见签名"])]))
    told = {"kind": "group_sheet", "name": drawn.name, "media_type": "application/pdf"}
    scan = keep_file([drawn.read_bytes()], **told, actor=county, now=now)
    there = [kits.There(one.pk, begin + 40 * (number == 1), end) for number, one in enumerate(people)]
    shown = kits.Shown(unit.pk, begin + 10, begin + 11 + unit.length_s // MINUTE)
    kits.key_in(actor=county, time_id=time.pk, shown=[shown], there=there, scan=scan, now=now)
