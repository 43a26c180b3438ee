"""The pack says who does what: no school step, a city's, the county's for kindergartens, days and levels."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from tests import crediting, enrolling, reviewing
from tests.reviewing import NOW, Outcome, State, Step
from xingtan.core.policy import PolicyError, bundled, read_policy
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.refusal import NotAllowed, Refused


@pytest.mark.django_db
def test_without_a_school_step_the_county_verifies_what_was_entered():
    cast = reviewing.build("verify")
    entries = reviewing.entered(cast)
    with pytest.raises(Refused, match="stale"):
        crediting.decide(cast.he, Step.REVIEW, entries)
    assert crediting.decide(cast.zhou, Step.VERIFY, entries).moved == 1
    assert crediting.state_of(entries[0]) is State.VERIFIED
    reviewing.sound()


@pytest.mark.django_db
def test_a_city_has_its_step_between_the_county_and_the_province():
    cast = reviewing.build("review", "county_verify", "verify:city")
    entries = reviewing.entered(cast)
    for actor, step in ((cast.he, Step.REVIEW), (cast.zhou, Step.COUNTY_VERIFY)):
        crediting.decide(actor, step, entries)
    assert crediting.amounts(cast, enrolling.Teacher.everywhere.get(pk=entries[0].teacher_id)).total.verified == 0
    with pytest.raises(Refused, match="not_your_level"):
        crediting.decide(cast.zhou, Step.VERIFY, entries)
    crediting.decide(cast.city_officer, Step.VERIFY, entries)
    assert crediting.state_of(entries[0]) is State.VERIFIED
    reviewing.sound()


@pytest.mark.django_db
def test_the_county_does_a_kindergartens_steps():
    own = 'by_stage = { kindergarten = "county" }'
    cast = reviewing.build("review", "verify", review=own)
    [small] = reviewing.entered(cast, stage="kindergarten")
    [big] = reviewing.entered(cast)
    with pytest.raises(NotAllowed):
        crediting.decide(cast.he, Step.REVIEW, [small])
    with pytest.raises(NotAllowed):
        crediting.decide(cast.zhou, Step.REVIEW, [big])
    crediting.decide(cast.zhou, Step.REVIEW, [small])
    crediting.decide(cast.he, Step.REVIEW, [big])
    levels = {(one.level.value, one.office.kind) for one in reviews.clocks(cast.province.scope, cast.year, NOW.date(), by_school=True)}
    assert levels == {("county", "county")}


def text_with(*steps, **more):
    [(old, new)] = reviewing.chain(*steps, **more)["replace"]
    return bundled()["jiangxi-2011"].replace(old, new)


def test_a_chain_in_another_order_is_refused_with_its_line():
    with pytest.raises(PolicyError) as found:
        read_policy(text_with("county_review", "review", "verify"), "chain.toml")
    [problem] = found.value.problems
    assert (problem.code, problem.line > 0) == ("review_chain", True)


STEPS = ["review", "report", "county_review", "county_verify", "city_review"]
ACTS = some.tuples(
    some.sampled_from(["pass", "return", "undo", "reopen"]), some.sampled_from(list(Step)), some.sampled_from(sorted(reviewing.LEVELS))
)


class Model:
    """What the chain allows, told independently: the steps that were passed, or that it was returned."""

    def __init__(self, steps):
        self.steps, self.passed, self.returned, self.last = steps, [], False, None

    def act(self, kind, step, level):
        """True when the act is the next one that may be."""
        if kind == "undo":
            return self.undo(level)
        if kind == "pass" and not self.returned and len(self.passed) < len(self.steps) and self.steps[len(self.passed)] == step.value:
            self.passed.append(step)
        elif kind == "return" and not self.returned and len(self.passed) < len(self.steps) and self.steps[len(self.passed)] == step.value:
            self.returned = True
        elif kind == "reopen" and not self.returned and len(self.passed) == len(self.steps):
            self.passed.pop()
        else:
            return False
        self.last = level if kind != "reopen" else None
        return True

    def undo(self, level):
        """Who decided last takes it back, once."""
        if self.last is None or self.last != level:
            return False
        self.last = None
        if self.returned:
            self.returned = False
        else:
            self.passed.pop()
        return True

    @property
    def state(self):
        return State.RETURNED if self.returned else (credits_room.TO[self.passed[-1]] if self.passed else State.ENTERED)


@pytest.mark.django_db
@settings(max_examples=12)
@given(
    some.lists(some.sampled_from(STEPS), unique=True),
    some.lists(some.tuples(ACTS, some.sampled_from(["school", "county", "city", "province"])), min_size=6, max_size=24),
)
def test_no_act_of_anybody_reaches_a_state_that_the_chain_does_not_know(names, acts):
    steps = [one for one in STEPS if one in names] + ["verify"]
    with transaction.atomic():
        cast = reviewing.build(*steps)
        [entry] = reviewing.entered(cast)
        model, levels = Model(steps), {**reviewing.LEVELS}
        for (kind, step, _name), level in acts:
            right = levels.get(step.value) == level if kind in ("pass", "return") else kind == "undo" or level != "school"
            by = f"{level}:report" if (level, step) == ("school", Step.REPORT) else level
            happened = tried(cast, entry, kind, step, level)
            assert happened == (right and model.act(kind, step, by)), (kind, step, level)
            assert crediting.state_of(entry) is model.state
        reviewing.sound()
        transaction.set_rollback(True)


def tried(cast, entry, kind, step, level):
    """True when the act changed something."""
    before, actor = crediting.state_of(entry), cast.actors[level]
    who = cast.chen if (level, step) == ("school", Step.REPORT) else actor
    try:
        if kind == "undo":
            return reviews.undo(actor=who, entry_ids=[entry.pk], now=NOW) > 0
        if kind == "reopen":
            return reviews.reopen(actor=actor, entry_ids=[entry.pk], reason="重新审核", now=NOW) > 0
        outcome = Outcome.PASSED if kind == "pass" else Outcome.RETURNED
        reason = {} if kind == "pass" else {"reason_code": "differs"}
        return crediting.decide(who, step, [entry], outcome, **reason).moved == 1
    except (Refused, NotAllowed):
        assert crediting.state_of(entry) is before
        return False


@pytest.mark.django_db
def test_a_year_bound_to_a_shorter_chain_lets_nothing_hang():
    cast = reviewing.build("review", "report", "county_review", "verify")
    entries = reviewing.entered(cast)
    crediting.walk(cast, entries, Step.REPORT)
    [(old, new)] = reviewing.chain("verify")["replace"]
    pack = policies.adopt_pack(
        actor=enrolling.OPERATOR, text=enrolling.pack_text(replace=((old, new), ('version = "2011.2"', 'version = "99"'))), now=NOW
    )
    policies.TrainingYear.everywhere.filter(pk=cast.year.pk).update(pack=pack)
    crediting.decide(cast.zhou, Step.VERIFY, entries)
    assert crediting.state_of(entries[0]) is State.VERIFIED
    reviewing.sound()
