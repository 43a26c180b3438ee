"""What tricks earn by the bare rule: never more than the time that passed."""

from __future__ import annotations

import pytest

from tests.attacks import of
from xingtan.core.learned_time import Beat, BeatRules, TeacherClock, UnitState, fold, open_session

START = 1_795_000_000
DAY_S = 86_400


class Course:
    """Teachers, units and openings as bare values."""

    def __init__(self):
        self.now, self.clocks, self.units, self.opened = START, {}, {}, 0

    def open(self, unit=0, *, teacher=0, length_s=600, **rules):
        self.opened += 1
        session = f"{self.opened:04}"
        key, said = (teacher, unit), BeatRules(**rules)
        self.units[key] = open_session(self.units.get(key) or UnitState(length_s), session, self.now, said)
        return {"key": key, "session": session, "rules": said, "seq": -1}

    def wait(self, seconds):
        self.now += seconds

    def tell(self, player, from_s, to_s, *, seq=None, client=0, rate=100, visible=True, active=True):
        player["seq"] = player["seq"] + 1 if seq is None else seq
        key = player["key"]
        beat = Beat(
            player["session"], player["seq"], self.now, self.now + client, from_s, to_s, rate, visible, active, day=self.now // DAY_S
        )
        clock = self.clocks.get(key[0], TeacherClock())
        self.clocks[key[0]], self.units[key], *_ = fold(clock, self.units[key], beat, player["rules"])

    def learned(self, teacher=0):
        return sum(unit.learned_s for (whose, _unit), unit in self.units.items() if whose == teacher)


@pytest.mark.parametrize(("name", "script"), of("rule").items(), ids=of("rule"))
def test_a_trick_earns_no_more_than_true_time(name, script):
    course = Course()
    may_earn = script(course)
    teachers = {whose for whose, _unit in course.units}
    assert {course.learned(teacher) for teacher in teachers} == {may_earn}
    assert may_earn <= course.now - START
