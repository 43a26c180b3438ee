"""A provider's statements become claims: once, in order, also when voided, unknown, replayed, or sent in another order."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest

from tests import exchanging
from tests.enrolling import LATER, teachers
from tests.exchanging import HOUR, at, counted
from tests.statement_samples import as_json, sender
from xingtan.core.calendar import SHANGHAI
from xingtan.domains.exchange import api as exchange
from xingtan.domains.exchange.models import Claim, StatementMark
from xingtan.domains.exchange.rules import seconds_of_duration
from xingtan.domains.learning.models import DeliveredRecord
from xingtan.domains.projects.models import Project
from xingtan.domains.statements.api import Received, Version, receive
from xingtan.domains.statements.models import Credential, CredentialProject
from xingtan.domains.statements.storing import settle
from xingtan.domains.teachers.models import Teacher

pytestmark = pytest.mark.django_db(databases="__all__")
SITE = "http://127.0.0.1:8000"
COURSE = "https://lms.example.org/course/7"


class AtOnce:
    """A committer without a thread: the test's own transaction holds everything."""

    def submit(self, post):
        return settle([post])[0]


@pytest.fixture
def cast(monkeypatch):
    monkeypatch.setattr("xingtan.domains.statements.storing.time.time_ns", lambda: int(LATER.timestamp()) * 10**9)
    made = exchanging.build()
    made.key = Credential.everywhere.create(
        public_id="key7", provider=made.provider, title="平台", secret_hash="x", made_at=LATER, made_by_id=made.staff.account_id
    )
    return made


def spent(teacher, begin=None, lasts="PT1H", activity=COURSE, hours=1, **more):
    """A statement of a teacher who studied an activity until an hour after the beginning."""
    until = datetime.fromtimestamp(begin or at(9), SHANGHAI) + timedelta(hours=hours)
    return {
        "id": str(uuid.uuid4()),
        "actor": {"objectType": "Agent", "account": {"homePage": SITE, "name": teacher.public_id}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/terminated"},
        "object": {"objectType": "Activity", "id": activity},
        "result": {"duration": lasts},
        "timestamp": until.isoformat(),
    } | more


def voiding(statement_id):
    return {
        "actor": {"account": {"homePage": "https://lms.example.org", "name": "robot"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"},
        "object": {"objectType": "StatementRef", "id": statement_id},
    }


def send(cast, *said):
    who = sender(provider_id=cast.provider.pk, credential_id=cast.key.pk)
    return receive(Received(who, Version.V1, "POST", None, "application/json", as_json(list(said))), AtOnce()).ids


def take():
    return exchange.take_statements(LATER)


def learned():
    return sum(DeliveredRecord.everywhere.values_list("learned_s", flat=True))


def named(cast):
    exchange.name_activities(actor=cast.staff, rows=[(COURSE, cast.a)], now=LATER)


def reasons(number):
    return dict(exchange.reasons_of(exchange.Judgement.objects.get(claim__number=number, until_at=None)))


def test_statements_with_a_duration_count_once_for_trainees(cast):
    named(cast)
    offer = exchange.offer_address(cast.offers["A"].public_id)
    send(cast, spent(cast.lin_teacher), spent(cast.lin_teacher, at(11), activity=offer), spent(cast.lin_teacher, at(13), result={}))
    assert take() == 3
    assert take() == 0
    assert learned() == 2 * HOUR
    (day,) = DeliveredRecord.everywhere.all()
    assert (day.learned_on, day.offer_id, day.learned_s) == (exchanging.DAY, cast.a, 2 * HOUR)
    assert StatementMark.objects.get().after


def test_the_same_session_told_by_several_statements_counts_once(cast):
    named(cast)
    send(cast, spent(cast.lin_teacher), spent(cast.lin_teacher), spent(cast.lin_teacher, lasts="PT30M"))
    take()
    assert learned() == HOUR
    assert sorted(counted().values()) == [0, 0, HOUR]


def test_a_stranger_an_unknown_activity_and_another_project_are_told_and_do_not_count(cast):
    [stranger] = teachers(cast.school, 1)
    send(cast, spent(cast.lin_teacher), spent(stranger, activity=exchange.offer_address(cast.offers["A"].public_id)))
    take()
    assert learned() == 0
    unknown, other = Claim.everywhere.order_by("pk")
    assert reasons(unknown.number) == {exchange.WhyNot.ACTIVITY_UNKNOWN: HOUR}
    assert reasons(other.number) == {exchange.WhyNot.NOT_ENROLLED: HOUR}
    assert exchange.unknown_activities(cast.provider.pk) == [(COURSE, 1, HOUR)]
    named(cast)
    assert take() == 0
    assert exchange.replay_statements(actor=cast.staff, now=LATER) == 2 * HOUR
    assert take() == 2
    assert learned() == HOUR
    assert exchange.unknown_activities(cast.provider.pk) == []
    exchange.replay_statements(actor=cast.staff, now=LATER)
    take()
    assert learned() == HOUR
    assert Claim.everywhere.count() == 3


def test_a_key_bound_to_a_project_speaks_only_of_it(cast):
    named(cast)
    other = Project.everywhere.exclude(pk=cast.project.pk).first() or Project.everywhere.create(
        training_year=cast.year, organiser=cast.province, title="另一项目", tier="province", kind="all_staff",
        opens_on=cast.year.first_on, closes_on=cast.year.last_on, made_at=LATER,
    )  # fmt: skip
    CredentialProject.objects.create(credential=cast.key, project=other)
    send(cast, spent(cast.lin_teacher))
    take()
    assert learned() == 0


@pytest.mark.parametrize("is_early", [True, False])
def test_a_voided_statement_counts_nothing_whichever_came_first(cast, is_early):
    named(cast)
    said = spent(cast.lin_teacher)
    send(cast, *([voiding(said["id"]), said] if is_early else [said, voiding(said["id"])]))
    take()
    assert learned() == 0
    later = spent(cast.lin_teacher, at(11))
    for one in [voiding(later["id"]), later] if is_early else [later, voiding(later["id"])]:
        send(cast, one)
        take()
    assert learned() == 0
    assert Teacher.everywhere.filter(pk=cast.lin_teacher.pk).exists()


def test_units_of_a_course_count_for_their_parent(cast):
    named(cast)
    around = {"contextActivities": {"parent": [{"id": COURSE}]}}
    send(cast, spent(cast.lin_teacher, activity=f"{COURSE}/unit/3", context=around))
    take()
    assert learned() == HOUR


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT1H", 3600), ("PT1H30M", 5400), ("PT90.9S", 90), ("P1DT1S", 86_401), ("P2W", 1_209_600), ("PT0S", 0),
        ("P", None), ("PT", None), ("P1M", None), ("1H", None), (None, None), ("PT" + "9" * 50 + "S", None),
    ],
)  # fmt: skip
def test_durations_are_whole_seconds(text, seconds):
    assert seconds_of_duration(text) == seconds
