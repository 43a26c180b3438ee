"""Presses on two servers while offices nominate, trim, seat a round, withdraw, defer, share out and follow leavers in the same project."""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests import rushing
from tests.domains.rush.test_races import press
from tests.enrolling import actor_of, teachers
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions import seats
from xingtan.domains.admissions.models import Application, Round
from xingtan.domains.departures import api as departures
from xingtan.domains.projects.models import Project
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota
from xingtan.domains.rush.recorder import Rush
from xingtan.domains.rush.tokens import write_token
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher
from xingtan.foundation.db import writing
from xingtan.foundation.people.roles import OPERATOR, Role
from xingtan.foundation.refusal import NotInScope, Refused

pytestmark = pytest.mark.race
THREADS, ACTS = 16, 300


class Morning:
    """A capped round that is open, an earlier one that waits to be trimmed, and everybody's acts on the same people."""

    def __init__(self):
        cast = self.cast = rushing.build(2)
        Project.everywhere.filter(pk=cast.rush.pk).update(ways=["own", "nomination", "placement"])
        self.people = [one for school in (cast.school, cast.second) for one in teachers(school, 14)]
        self.top = Quota.everywhere.get(parent=None, project=cast.rush)
        self.servers = [Rush(), Rush()]
        self.officer = cast.mei
        self.selves = {one.pk: actor_of(Role.TEACHER, one.school, one) for one in self.people}
        self.earlier = self._earlier(teachers(cast.school, 8))
        Teacher.everywhere.update(number_closed=NUMBER_BOX.close("360802198109020029"))

    def _earlier(self, people):
        now, cast = datetime.now(UTC), self.cast
        made = Round.everywhere.create(
            project=cast.rush, number=2, opens_at=now - timedelta(days=1), closes_at=now - timedelta(hours=1), is_capped=False
        )
        for order, one in enumerate(people):
            Application.everywhere.create(
                project=cast.rush, teacher=one, school=one.school, way="own", state="county_approved", round=made, arrived=order + 1, applied_at=now
            )  # fmt: skip
        return made

    def ids(self, dice, *states, most=2):
        found = Application.everywhere.filter(project=self.cast.rush, state__in=states or admissions.STANDING).order_by("pk")
        known = list(found.values_list("pk", flat=True))
        return dice.sample(known, min(most, len(known)))

    def do_press(self, dice, _now):
        teacher = dice.choice(self.people)
        served = (self.cast.leaves[teacher.school_id].pk, self.top.pk)
        token = write_token(rushing.claims(self.cast, teacher, quota_ids=served))
        (status, _headers), said = press(dice.choice(self.servers), token)
        assert status == "200", said
        return json.loads(said)["state"]

    def do_apply(self, dice, now):
        teacher = dice.choice(self.people)
        admissions.apply(actor=self.selves[teacher.pk], project_id=self.cast.rush.pk, own=admissions.Own(), now=now)

    def do_nominate(self, dice, now):
        wishes = [admissions.Wish(one.pk) for one in dice.sample(self.people, 2)]
        admissions.nominate(actor=self.officer, project_id=self.cast.rush.pk, wishes=wishes, now=now)

    def do_withdraw(self, dice, now):
        admissions.withdraw(actor=self.officer, ids=self.ids(dice), reason="有事", now=now)

    def do_defer(self, dice, now):
        admissions.defer(actor=self.officer, ids=self.ids(dice, "admitted", most=1), reason="延期", now=now)

    def do_substitute(self, dice, now):
        pairs = dict.fromkeys(self.ids(dice, "admitted", most=1), dice.choice(self.people).pk)
        admissions.substitute(actor=self.officer, pairs=pairs, reason="生病", now=now)

    def do_trim(self, dice, now):
        ids = list(Application.everywhere.filter(round=self.earlier, state="county_approved").values_list("pk", flat=True))
        admissions.trim(actor=self.officer, public_id=self.earlier.public_id, ids=dice.sample(ids, min(1, len(ids))), now=now)

    def do_decide(self, dice, now):
        if dice.random() < 0.2:
            admissions.decide_round(actor=self.officer, public_id=self.earlier.public_id, now=now)

    def do_share(self, dice, now):
        leaf = dice.choice(list(self.cast.leaves.values()))
        if dice.random() < 0.5:
            quotas.give_back(actor=OPERATOR, seats={leaf.pk: 1}, now=now)
        else:
            held = Quota.everywhere.get(pk=self.top.pk).held
            quotas.grant(actor=OPERATOR, project_id=self.cast.rush.pk, seats=held + dice.choice([-1, 1]), now=now)

    def do_leave(self, dice, now):
        teacher = dice.choice(self.people)
        Teacher.everywhere.filter(pk=teacher.pk).update(status=dice.choice(["left", "in_post"]))
        with writing():  # as the hallway delivers
            departures.follow_leavers({"teachers": [teacher.pk], "status": "left", "since": ""}, now)


MOSTLY = ["press"] * 6 + [
    "apply",
    "nominate",
    "nominate",
    "withdraw",
    "withdraw",
    "defer",
    "substitute",
    "trim",
    "decide",
    "share",
    "leave",
]


def test_no_act_waits_for_another_in_a_circle_and_seats_given_are_those_who_stand(own_database, caplog):
    morning = Morning()

    def act(number):
        dice = random.Random(number)
        try:
            return getattr(morning, f"do_{dice.choice(MOSTLY)}")(dice, datetime.now(UTC))
        except (Refused, NotInScope) as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with caplog.at_level(logging.WARNING, "xingtan.domains.rush"), ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(act, range(ACTS)))
    for server in morning.servers:
        server.committer.close()
    assert "decided again" not in caplog.text
    assert {"admitted", "waiting"} <= {one for one in answers if isinstance(one, str)}
    given = Quota.everywhere.filter(project=morning.cast.rush).values_list("given", flat=True)
    seated = Application.everywhere.filter(project=morning.cast.rush, state__in=admissions.SEATED)
    assert sum(given) == seated.count() > 0
    sitting = quotas.Seat.objects.filter(project=morning.cast.rush, ended_at=None).values_list("teacher_id", flat=True)
    assert sorted(sitting) == sorted(seated.values_list("teacher_id", flat=True))
    assert [fault for fault in quotas.check_quotas(morning.cast.rush.pk) if "trail" not in fault] == []


def test_an_office_between_application_and_seat_does_not_end_in_a_circle_with_a_press_of_the_same_teacher(
    own_database, caplog, monkeypatch
):
    """The press holds the quota and asks for the application, the office the other way round: unless one of them waits before both."""
    morning, written, seat = Morning(), threading.Event(), seats.seat

    def slowly(*args):
        written.set()
        time.sleep(0.7)
        return seat(*args)

    monkeypatch.setattr(seats, "seat", slowly)
    teacher = morning.people[0]
    wish, claims = admissions.Wish(teacher.pk), rushing.claims(morning.cast, teacher)

    def nominate():
        try:
            return admissions.nominate(actor=morning.officer, project_id=morning.cast.rush.pk, wishes=[wish], now=datetime.now(UTC))
        finally:
            connection.close()

    with caplog.at_level(logging.WARNING, "xingtan.domains.rush"), ThreadPoolExecutor(1) as pool:
        named = pool.submit(nominate)
        assert written.wait(20)
        _head, said = press(morning.servers[0], write_token(claims))
        [row] = named.result()
    for server in morning.servers:
        server.committer.close()
    assert "decided again" not in caplog.text
    assert json.loads(said)["state"] == row.state == "admitted"
