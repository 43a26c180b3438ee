"""Who is behind, each teacher once, under the first reason that holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import Scope

# In the order of the way: who has not signed in is not also counted as not having chosen.
REASONS: dict[str, str | Promise] = {
    "not-signed-in": pgettext_lazy("behind", "Never signed in"),
    "not-chosen": pgettext_lazy("behind", "Has not chosen"),
    "sent-back": pgettext_lazy("behind", "Sent back, to choose again"),
    "to-confirm": pgettext_lazy("behind", "Waits for our confirmation"),
    "to-pay": pgettext_lazy("behind", "Waits for payment"),
    "not-started": pgettext_lazy("behind", "Paid, not started"),
}
BY_STATE = {
    enrolment.State.RETURNED: "sent-back",
    enrolment.State.CHOSEN: "to-confirm",
    enrolment.State.CONFIRMED: "to-pay",
}


@dataclass(frozen=True, slots=True)
class Behind:
    """A reason, how many teachers it holds back, and their share of the largest number in hundredths."""

    reason: str
    word: object
    number: int
    percent: int


def behind_of(scope: Scope, year: policies.TrainingYear) -> list[Behind]:
    """For each reason how many teachers it holds back."""
    numbers = dict.fromkeys(REASONS, 0)
    for reason in _reasons(scope, year).values():
        numbers[reason] += 1
    most = max(numbers.values()) or 1
    return [Behind(reason, REASONS[reason], number, number * 100 // most) for reason, number in numbers.items()]


def names_of(scope: Scope, year: policies.TrainingYear, reason: str) -> list[tuple[teachers.Teacher, object, object]]:
    """The teachers held back by this reason, with stage and subject in words, by name."""
    held = {pk for pk, why in _reasons(scope, year).items() if why == reason}
    found = sorted(teachers.teachers_by_id(held).values(), key=lambda one: (one.name_pinyin, one.pk))
    return [(one, teachers.STAGES[teachers.Stage(one.stage)], teachers.SUBJECTS[teachers.Subject(one.subject)]) for one in found]


def _reasons(scope: Scope, year: policies.TrainingYear) -> dict[int, str]:
    """The first reason that holds for each teacher in post who is behind, in a fixed number of queries."""
    people = dict(teachers.teachers_in_post(scope).values_list("pk", "account__activated_at"))
    rows = enrolment.selections_in(scope, year.pk).exclude(state=enrolment.State.WITHDRAWN).values_list("teacher_id", "state")
    states = {pk: enrolment.State(state) for pk, state in rows}
    started = learning.studying_teachers(pk for pk, state in states.items() if state is enrolment.State.REGISTERED)
    found: dict[int, str] = {}
    for pk, activated_at in people.items():
        state = states.get(pk)
        if state is None:
            found[pk] = "not-chosen" if activated_at else "not-signed-in"
        elif state in BY_STATE:
            found[pk] = BY_STATE[state]
        elif state is enrolment.State.REGISTERED and pk not in started:
            found[pk] = "not-started"
    return found
