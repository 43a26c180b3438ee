"""Random acts by random roles: no illegal state, no lost seat, the trail explains every state."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from tests.admitting import NOW, build, grant, sound
from tests.enrolling import actor_of
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import Application, ApplicationStep
from xingtan.domains.admissions.states import BIRTHS
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

STEPS = 250
PROJECTS_ACTS = (
    "apply", "nominate", "place", "approve", "decline", "return", "withdraw", "defer", "substitute", "change", "accept", "line", "seats", "trim",
    "draft", "cancel",
)  # fmt: skip


class Walk:
    """One walk: the cast, who may be anybody, and the acts, each on some random applications."""

    def __init__(self, cast, seed):
        self.cast, self.dice, self.now = cast, Random(seed), NOW
        self.people = [cast.lin_teacher, *cast.people, *cast.others]
        self.teachers = [actor_of(Role.TEACHER, one.school, one) if one != cast.lin_teacher else cast.lin for one in self.people]
        self.officers = [cast.chen, cast.he, cast.zhou, cast.cheng, cast.mei, cast.stranger, cast.wu]
        self.done = dict.fromkeys(PROJECTS_ACTS, 0)

    def some(self, most=3):
        ids = list(Application.everywhere.filter(project=self.cast.seated).order_by("pk").values_list("pk", flat=True))
        return self.dice.sample(ids, min(len(ids), self.dice.randint(1, most)))

    def offer(self):
        return self.dice.choice([None, *[one.pk for one in self.cast.classes.values()]])

    def step(self):
        self.now += timedelta(hours=self.dice.choice([0, 1, 5, 30]))
        name = self.dice.choice(PROJECTS_ACTS)
        try:
            getattr(self, f"do_{name}")()
            self.done[name] += 1
        except (Refused, NotInScope, NotAllowed):
            pass

    def do_apply(self):
        own = admissions.Own(self.offer())
        admissions.apply(actor=self.dice.choice(self.teachers), project_id=self.cast.seated.pk, own=own, now=self.now)

    def do_draft(self):
        own = admissions.Own(self.offer())
        admissions.save_draft(actor=self.dice.choice(self.teachers), project_id=self.cast.seated.pk, own=own, now=self.now)

    def do_nominate(self, way=admissions.Way.NOMINATION):
        wishes = [admissions.Wish(one.pk, self.offer()) for one in self.dice.sample(self.people, 2)]
        admissions.nominate(actor=self.dice.choice(self.officers), project_id=self.cast.seated.pk, wishes=wishes, way=way, now=self.now)

    def do_place(self):
        self.do_nominate(admissions.Way.PLACEMENT)

    def do_approve(self):
        admissions.approve(actor=self.dice.choice(self.officers), ids=self.some(), now=self.now)

    def do_decline(self):
        admissions.decline(actor=self.dice.choice(self.officers), ids=self.some(1), reason="不合适", now=self.now)

    def do_return(self):
        admissions.send_back(actor=self.dice.choice(self.officers), ids=self.some(1), reason="补", now=self.now)

    def do_withdraw(self):
        actor = self.dice.choice(self.officers + self.teachers)
        admissions.withdraw(actor=actor, ids=self.some(1), reason="有事", now=self.now)

    def do_defer(self):
        admissions.defer(actor=self.dice.choice(self.officers), ids=self.some(1), reason="病", now=self.now)

    def do_substitute(self):
        pairs = {pk: self.dice.choice(self.people).pk for pk in self.some(2)}
        admissions.substitute(actor=self.dice.choice(self.officers), pairs=pairs, reason="产假", now=self.now)

    def do_change(self):
        admissions.change(actor=self.dice.choice(self.officers), ids=self.some(), choice_id=self.offer() or 0, now=self.now)

    def do_accept(self):
        for actor in self.teachers:
            for row in Application.everywhere.filter(teacher=actor.teacher_id, state="offered"):
                admissions.accept(actor=actor, application_id=row.pk, now=self.now)

    def do_line(self):
        admissions.move_line(project_id=self.cast.seated.pk, now=self.now)

    def do_seats(self):
        grant(self.cast, self.cast.seated, self.dice.randint(2, 9))

    def do_trim(self):
        admissions.set_limit(actor=self.cast.mei, offer_id=self.cast.classes["red"].pk, most=self.dice.randint(1, 6), least=0, now=self.now)

    def do_cancel(self):
        if self.dice.random() < 0.1:
            admissions.cancel_class(actor=self.cast.mei, offer_id=self.cast.classes["blue"].pk, reason="人少", now=self.now)


def explained(cast):
    """True when every trail begins with a birth, goes by the table only, and ends in the state that stands."""
    for row in Application.everywhere.filter(project=cast.seated):
        steps = list(ApplicationStep.objects.filter(application=row).order_by("pk"))
        born = steps[0]
        assert born.was == ""
        assert admissions.State(born.became) in BIRTHS[admissions.Act(born.act)]
        for before, step in pairwise(steps):
            assert before.became == step.was
            assert admissions.MOVES[admissions.State(step.was)][admissions.Act(step.act)] == step.became
        assert steps[-1].became == row.state
    return True


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("steps", [0, 2])
def test_no_walk_loses_a_seat_or_leaves_the_table(db, steps, seed):
    cast = build(steps=steps, seats=5)
    walk = Walk(cast, seed)
    for number in range(STEPS):
        walk.step()
        if number % 10 == 0:
            assert sound(cast)
    assert sound(cast)
    assert explained(cast)
    assert sum(1 for count in walk.done.values() if count) >= 8, walk.done
