"""A study group with a kit, and a laptop that writes the kit's chain as the real one does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from tests import enrolling, studying
from xingtan.config.demo.lessons import add_demo_courses
from xingtan.core.calendar import SHANGHAI, local_day, training_year_of
from xingtan.domains.courses.models import Unit
from xingtan.domains.kits import api as kits
from xingtan.domains.kits.chain import MOST_BLOCKS, Piece, digest_of, parcel
from xingtan.domains.kits.times import epoch
from xingtan.domains.policies import api as policies
from xingtan.foundation.ledger.digests import EMPTY
from xingtan.foundation.people.roles import OPERATOR, Role

MADE = datetime(2026, 11, 20, 4, tzinfo=UTC)
SATURDAY = date(2026, 11, 21)
BEGIN = epoch(SATURDAY, 9 * 60)  # the group meets on Saturdays from 9 to 12
LATER = datetime(2026, 12, 20, 4, tzinfo=UTC)
SLOTS = [kits.Slot(date(2026, 11, 21), 540, 720, "township"), kits.Slot(date(2026, 11, 28), 540, 720, "township")]
ALL = 3  # visible and active
SERIAL = count(1)


def build():
    """The cast of `studying` with a second teacher of the same school and course, both in a group whose leader is Lin."""
    cast = studying.build()
    [cast.mao] = enrolling.teachers(cast.school, 1)
    enrolling.assign(cast, [cast.mao], "A", "own")
    cast.group = grant(cast, "东坑教学点")
    return cast


def grant(cast, name, people=None, slots=None):
    wanted = kits.Wanted(
        name, [one.pk for one in people or [cast.lin_teacher, cast.mao]], cast.lin_teacher.pk, slots or SLOTS, place_note="东坑"
    )
    return kits.grant_group(actor=cast.zhou, training_year_id=cast.year.pk, wanted=wanted, now=MADE)


class Laptop:
    """The lines of one kit, a block each, signed by the kit's key."""

    def __init__(self, made, pieces=()):
        self.kit, self.key, self.pieces = made.kit, made.key, list(pieces)
        self.uuid = str(made.kit.uuid)
        self.made = made

    def copy(self):
        """The same folder on another laptop."""
        return Laptop(self.made, self.pieces)

    def write(self, *lines):
        """The lines stand in one new block."""
        before = self.pieces[-1] if self.pieces else None
        told = tuple((f"00000000-0000-7000-8000-{next(SERIAL):012d}", line) for line in lines)
        latest = min(max(line["at"] for line in lines), 250_000_000_000)  # a broken clock may say any year; a calendar knows ten thousand
        at = datetime.fromtimestamp(max(latest, 0), UTC).isoformat()
        piece = Piece(before.height + 1 if before else 1, before.digest if before else EMPTY, "", at, told)
        self.pieces.append(piece._replace(digest=digest_of(self.uuid, piece)))

    def session(self, at, people, plays, session="s1"):
        """A session that opens then, with (person, came, left) in seconds from its beginning and (unit, from, to) plays one after the other."""
        self.write({"what": "opened", "at": at, "session": session, "person": "leader"})
        for person, came, _left in people:
            self.write({"what": "came", "at": at + came, "session": session, "person": person.public_id})
        here = at + max(came for _person, came, _left in people)
        for number, (unit, from_s, to_s) in enumerate(plays):
            player = f"{session}-{number}"
            self.write({"what": "started", "at": here, "session": session, "player": player, "unit": unit.public_id, "person": ""})
            here += to_s - from_s
            self.write(
                {
                    "what": "played", "at": here, "session": session, "player": player, "unit": unit.public_id, "seq": 0,
                    "from_s": from_s, "to_s": to_s, "rate_centi": 100, "signs": ALL,
                }
            )  # fmt: skip
        for person, _came, left in people:
            if left is not None:
                self.write({"what": "left", "at": max(at + left, here), "session": session, "person": person.public_id})
        self.write({"what": "closed", "at": here, "session": session, "person": "leader"})

    def parcels(self, above=0, size=MOST_BLOCKS):
        rest = self.pieces[above:]
        for start in range(0, len(rest), size):
            yield self.parcel(rest[start : start + size])

    def parcel(self, pieces):
        return parcel(self.uuid, pieces, (pieces[-1].height, pieces[-1].digest), pieces[-1].height, self.key)

    def asking(self):
        head = (self.pieces[-1].height, self.pieces[-1].digest) if self.pieces else (0, EMPTY)
        return parcel(self.uuid, [], head, 0, self.key)

    def follows(self, height, digest):
        return height == 0 or (height <= len(self.pieces) and self.pieces[height - 1].digest == digest)

    def keep_acknowledgement(self, told):
        self.acknowledged = told
        return True


def make(cast, group=None):
    """A new kit of the group."""
    return Laptop(kits.register_kit(actor=cast.zhou, group_id=(group or cast.group).pk, now=MADE))


def receive(laptop, pieces=None, now=LATER):
    """The pieces (all of them unless told) arrive as one parcel."""
    return kits.receive(laptop.parcel(pieces or laptop.pieces), how=kits.How.LINE, now=now)


def build_today(now):
    """The same cast in the training year of this moment: a group that may study now and until tomorrow; for tests with real processes and clocks."""
    today = local_day(now)
    year = training_year_of(today, "07-01")
    autumn = datetime(year, 9, 10, 4, tzinfo=UTC)
    cast = enrolling.tree()
    cast.mei = enrolling.actor_of(Role.PROVINCE_OFFICER, cast.province)
    cast.zhou = enrolling.actor_of(Role.COUNTY_OFFICER, cast.county)
    staff = enrolling.actor_of(Role.PROVIDER_STAFF, cast.provider)
    adopted = policies.adopt_pack(actor=OPERATOR, text=enrolling.pack_text(), now=autumn)
    cast.year = policies.open_year(actor=cast.mei, organisation_id=cast.province.pk, year=year, pack_id=adopted.pk, now=autumn)
    cast.project, cast.offers = enrolling.project(cast.mei, cast.year, cast.province, cast.provider)
    (lesson,) = add_demo_courses(actor=staff, provider_id=cast.provider.pk, codes=["XXYW-01"], now=autumn)
    Unit.objects.filter(course=lesson).update(course=cast.offers["A"].course_id)
    cast.units = list(Unit.objects.filter(course=cast.offers["A"].course_id).order_by("place"))
    cast.lin_teacher, cast.mao = enrolling.teachers(cast.school, 2)
    enrolling.assign(cast, [cast.lin_teacher, cast.mao], "A", "own", now=autumn)
    minute = (now.astimezone(SHANGHAI).hour * 60) + now.astimezone(SHANGHAI).minute
    slots = [
        kits.Slot(today, max(minute - 30, 0), min(minute + 240, 1440), "township"),
        kits.Slot(today + timedelta(days=1), 0, 240, "township"),
    ]
    cast.group = grant(cast, "东坑教学点", slots=slots)
    return cast
