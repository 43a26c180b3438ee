"""A training year under other rules than its own: nothing is written, whatever comes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from xingtan.core.determination import YearVerdict, determine_many
from xingtan.core.policy import Policy
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.foundation.scope.branch import Scope

from .facts import facts_of_year

BATCH = 1_000


class UnderBoth(NamedTuple):
    """One person's year under its own rules and under the others."""

    person: credits_room.Person
    own: YearVerdict
    other: YearVerdict


def verdicts_under(policy: Policy, training_year: policies.TrainingYear, scope: Scope, day: date) -> Iterator[UnderBoth]:
    """The year of everyone of the branch in post, from the facts of this moment, under its own rules and under this policy's."""
    own = policies.policy_of(training_year)
    people = iter(credits_room.people_in(scope, training_year.pk, own).items())
    while batch := dict(islice(people, BATCH)):
        facts = [one for _pk, one in facts_of_year(training_year, batch, day)]
        yield from map(UnderBoth, batch.values(), determine_many(own, facts), determine_many(policy, facts))
