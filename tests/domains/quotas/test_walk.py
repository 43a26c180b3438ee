"""Random acts of random offices: whatever happens, no seat is lost or held twice, and the trail explains every figure."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta

import pytest

from tests.enrolling import NOW, actor_of, teachers
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota
from xingtan.foundation.people.roles import OPERATOR, Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

STEPS = 120


class Walk:
    """Offices of four levels and some teachers; every act is tried by whoever comes, most are refused."""

    def __init__(self, cast, seed):
        self.draw, self.cast, self.now = random.Random(seed), cast, NOW
        offices = [cast.province, cast.city, cast.county, cast.strange, cast.school, cast.second, cast.elsewhere]
        fresh = [(Role.CITY_OFFICER, cast.city), (Role.COUNTY_OFFICER, cast.strange), (Role.SCHOOL_CLERK, cast.second)]
        self.actors = [cast.mei, cast.zhou, cast.chen, cast.wu, *(actor_of(role, office) for role, office in fresh), OPERATOR]
        self.offices, self.people = offices, teachers(cast.school, 12)
        self.acts = [self.grant, self.share, self.share, self.share, self.back, self.overdue, self.give, self.give, self.end]
        self.done = dict.fromkeys({act.__name__ for act in self.acts}, 0)

    def step(self):
        act, actor = self.draw.choice(self.acts), self.draw.choice(self.actors)
        self.now += timedelta(hours=self.draw.randrange(30))
        with contextlib.suppress(Refused, NotAllowed, NotInScope):
            self.done[act.__name__] += bool(act(actor))

    def quota(self):
        found = list(Quota.everywhere.filter(project=self.cast.project).select_related("organisation"))
        return self.draw.choice(found) if found else Quota(pk=0, organisation=self.cast.province, organisation_id=self.cast.province.pk)

    def grant(self, actor):
        return quotas.grant(actor=actor, project_id=self.cast.project.pk, seats=self.draw.randrange(20), now=self.now)

    def share(self, actor):
        quota = self.quota()
        below = [one.pk for one in self.offices if one.parent_id == quota.organisation_id] or [self.cast.city.pk]
        targets = {pk: self.draw.randrange(-1, 9) for pk in self.draw.sample(below, self.draw.randint(1, len(below)))}
        day = self.now.date() + timedelta(days=self.draw.randrange(1, 4)) if self.draw.random() < 0.5 else None
        holder = next((one for one in self.actors if one.organisation_id == quota.organisation_id), actor)
        return quotas.share_out(actor=self.draw.choice([actor, holder]), quota_id=quota.pk, targets=targets, return_by=day, now=self.now)

    def back(self, actor):
        return quotas.give_back(actor=actor, seats={self.quota().pk: self.draw.randrange(4)}, now=self.now)

    def overdue(self, actor):
        return quotas.take_back_overdue(actor=actor, quota_id=self.quota().pk, now=self.now)

    def give(self, _actor):
        line = [one.pk for one in self.draw.sample(self.people, 3)]
        return any(quotas.give_seats(self.cast.project.pk, {self.quota().pk: line}, now=self.now).values())

    def end(self, _actor):
        return quotas.end_seats(self.cast.project.pk, [self.draw.choice(self.people).pk], reason="", now=self.now)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_happens_figures_seats_and_trail_agree(cast, seed):
    walk = Walk(cast, seed)
    for _step in range(STEPS):
        walk.step()
        assert quotas.check_quotas(cast.project.pk) == []
    assert walk.done["share"]
    assert walk.done["give"]
