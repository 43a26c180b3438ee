"""Players on a real site: each opening is kept as its page would keep it, each beat comes through the recorder's door."""

from __future__ import annotations

from tests import enrolling, studying
from tests.domains.learning.players import AtOnce, Clock, Player, call
from tests.enrolling import LATER
from xingtan.domains.learning.models import Opening
from xingtan.domains.learning.recorder import Recorder
from xingtan.domains.teachers.models import Teacher

BEGIN = int(LATER.timestamp())


class Site:
    """The cast with its units, a clock moved by hand, and the recorder."""

    def __init__(self):
        self.cast = studying.build()
        self.clock = Clock(BEGIN)
        self.recorder = Recorder(AtOnce(), self.clock)
        self.lin = self.cast.lin_teacher.pk
        self.others = [one.pk for one in enrolling.teachers(self.cast.school, 2)]
        self.units = [unit.pk for unit in self.cast.units]

    def player(self, unit=0, *, teacher_id=None, length_s=600, **rules):
        """A player of one of the units, open since now."""
        teacher = Teacher.everywhere.get(pk=teacher_id or self.lin)
        made = Player(teacher.pk, self.units[unit], length_s, self.clock.at, **rules)
        Opening.everywhere.create(
            session=made.claims.session,
            teacher=teacher,
            school_id=teacher.school_id,
            unit_id=self.units[unit],
            opened_at=self.clock.at,
            length_s=length_s,
            rules=list(made.claims.rules),
        )
        return made

    def send(self, player, *beats):
        """The answer to these beats, which must be taken."""
        status, answer = call(self.recorder, player.post(*beats))
        assert status == 200, answer
        return answer

    def study(self, player, seconds, start=0, **more):
        """So many seconds pass and were played from `start`; the answer."""
        self.clock.at += seconds
        return self.send(player, player.beat(start, start + seconds, self.clock.at, **more))
