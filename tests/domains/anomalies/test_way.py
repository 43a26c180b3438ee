"""Random acts by random people in random order: only the table's ways are gone, and the figures always say what stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from tests import anomalous
from tests.anomalous import NOW, shared
from xingtan.domains.anomalies import api as anomalies
from xingtan.domains.anomalies.models import Aside, Case, Concern, Deed
from xingtan.domains.anomalies.states import ASIDE, MOVES, OPEN, WHO, Act, By, State
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import UnitDay
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
WHOEVER = ("county", "city", "province", "stranger", "clerk", "supervisor", "lin", "colleague")
WORDS = "这里写下几句话。"
REASONS = {Act.LET_STAND: "technical", Act.SET_ASIDE: "impossible"}
ALLOWED = {By.OFFICE: {"county", "city", "province"}, By.TEACHER: {"lin", "colleague"}, By.HIGHER: {"city", "province"}}
acts = some.lists(some.tuples(some.sampled_from([one for one in Act if one is not Act.FOUND]), some.sampled_from(WHOEVER)), max_size=9)


@pytest.fixture
def cast():
    made = anomalous.build()
    colleague = made.colleagues[1]
    made.people = {
        "county": made.zhou, "city": made.city_officer, "province": made.mei, "stranger": made.stranger, "clerk": made.chen,
        "supervisor": made.supervisor, "lin": made.lin,
        "colleague": replace(made.lin, role=Role.TEACHER, account_id=colleague.account_id, teacher_id=colleague.pk),
    }  # fmt: skip
    made.case = shared(made)
    return made


def attempt(cast, act, who, now):
    actor = cast.people[who]
    target = cast.colleagues[1] if who == "colleague" else cast.lin_teacher
    held = Concern.everywhere.get(case=cast.case, teacher=target)
    before = held.state
    try:
        if WHO[act] is By.OFFICE:
            decision = anomalies.Decision(act, REASONS.get(act, ""), WORDS)
            anomalies.decide(actor=actor, concern_ids=[held.pk], decision=decision, now=now)
        elif WHO[act] is By.TEACHER:
            {Act.ANSWER: anomalies.answer, Act.APPEAL: anomalies.appeal}[act](
                actor=actor, public_id=cast.case.public_id, words=f"{WORDS}{now}", now=now
            )
        else:
            anomalies.decide_appeal(actor=actor, concern_id=held.pk, is_accepted=act is Act.ACCEPT, words=WORDS, now=now)
    except (Refused, NotAllowed, NotInScope):
        held.refresh_from_db()
        assert held.state == before
        return
    held.refresh_from_db()
    assert who in ALLOWED[WHO[act]]
    assert held.state == before or MOVES[State(before)][act] == held.state


def check(cast):
    for held in Concern.everywhere.filter(case=cast.case):
        path = [State(one.state) for one in Deed.objects.filter(concern=held).order_by("pk")]
        assert path[0] is State.FOUND
        assert path[-1] == held.state
        assert all(after in MOVES[before].values() for before, after in pairwise(path))
        counted = sum(UnitDay.objects.filter(teacher_id=held.teacher_id).values_list("learned_s", flat=True))
        aside = sum(Aside.objects.filter(concern=held).values_list("seconds", flat=True))
        assert aside == (counted if State(held.state) in ASIDE else 0)
        assert learning.learned_of(held.teacher_id, [cast.unit.pk])[cast.unit.pk] == counted - aside
    states = {State(one.state) for one in Concern.everywhere.filter(case=cast.case)}
    assert Case.everywhere.get(pk=cast.case.pk).is_open is bool(states & OPEN)


def test_any_acts_of_anybody(cast):
    @settings(max_examples=25)
    @given(acts)
    def walk(steps):
        with transaction.atomic():
            for place, (act, who) in enumerate(steps):
                attempt(cast, act, who, NOW + timedelta(days=place, seconds=place))
            check(cast)
            transaction.set_rollback(True)

    walk()
