"""The live view's figures: the same table whatever order events come in, equal to the raw record, told in a fixed number of queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as some

from tests import anomalous, crediting, enrolling
from tests.anomalous import HOUR
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import UnitProgress
from xingtan.domains.supervision import api as supervision
from xingtan.domains.supervision.models import LiveProject, LiveTally, LiveTrainee
from xingtan.domains.supervision.rules import expected_s, pace_of
from xingtan.foundation.events.models import Event
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY = date(2026, 11, 21)
Pace = supervision.Pace


@pytest.fixture
def cast():
    made = anomalous.build()
    made.serial = 0
    made.people = [*made.colleagues, *made.others, made.far]
    ids = list(CourseSelection.everywhere.values_list("pk", flat=True))
    supervision.follow_selections({"selections": ids}, NOW)
    return made


def study(cast, teacher, seconds, on=TODAY, hour=8):
    anomalous.study(cast, teacher, on, hour, seconds)
    UnitProgress.objects.filter(teacher_id=teacher.pk).update(changed_at=anomalous.at(on, hour) + seconds)


def payloads():
    return [one.payload for one in Event.objects.filter(name="learning.recognisable").order_by("pk")]


def hear(events=None):
    learning.tell_learned(NOW)
    for payload in payloads() if events is None else events:
        supervision.follow_learned(payload, NOW)


def table():
    fields = ("provider_id", "teacher_id", "school_id", "required_s", "learned_s", "counted_s", "last_at", "last_on", "pace")
    return sorted(LiveTrainee.everywhere.values_list(*fields), key=str)


def sums():
    fields = ("provider_id", "school_id", "cohort_id", "trainees", "done", "not_begun", "stopped", "behind", "on_track", "learned_s")
    return sorted(LiveTally.everywhere.values_list(*fields), key=str)


def row(teacher):
    return LiveTrainee.everywhere.get(teacher=teacher, provider=None)


def compared(cast, *, mends=False):
    return supervision.compare_all(NOW, mends=mends, ids=[cast.project.pk])[cast.project.pk]


def test_every_trainee_stands_from_the_confirmation_on_and_leaves_with_it(cast):
    assert {one.pace for one in LiveTrainee.everywhere.all()} == {"not_begun"}
    assert row(cast.lin_teacher).required_s == 50 * HOUR
    CourseSelection.everywhere.filter(teacher=cast.far).update(state="withdrawn")
    supervision.follow_selections({"selections": list(CourseSelection.everywhere.values_list("pk", flat=True))}, NOW)
    assert not LiveTrainee.everywhere.filter(teacher=cast.far).exists()
    assert sum(LiveTally.everywhere.filter(provider=None).values_list("trainees", flat=True)) == len(cast.people) - 1


def test_what_is_learned_here_delivered_and_set_aside_is_told_to_the_second(cast):
    study(cast, cast.lin_teacher, 1234)
    crediting.delivered(cast, [cast.lin_teacher], 100)
    learning.put_shares([learning.Share(cast.lin_teacher.pk, cast.unit.pk, "anomaly:x", -34, TODAY)], NOW)
    hear()
    supervision.follow_learned({"delivered": list(learning.DeliveredRecord.everywhere.values_list("pk", flat=True))}, NOW)
    found = row(cast.lin_teacher)
    assert (found.learned_s, found.last_at, found.last_on) == (1300, anomalous.at(TODAY, 8) + 1234, TODAY)
    assert compared(cast) == (6, 0, 0)


steps = some.lists(some.tuples(some.integers(0, 5), some.sampled_from(["learn", "deliver", "aside"]), some.integers(1, 2000)), max_size=8)


def test_events_in_any_order_and_the_raw_record_make_the_same_table(cast):
    @settings(max_examples=10)
    @given(steps, some.randoms(use_true_random=False))
    def walk(happened, order):
        try:
            with transaction.atomic():
                told = [apart(cast, place, *step) for place, step in enumerate(happened)]
                order.shuffle(told)
                hear(told)
                by_events, sums_by_events = table(), sums()
                assert compared(cast).differing == 0
                compared(cast, mends=True)
                assert (table(), sums()) == (by_events, sums_by_events)
                LiveTrainee.everywhere.all().delete()
                assert compared(cast).differing > 0
                compared(cast, mends=True)
                assert (table(), sums()) == (by_events, sums_by_events)
                transaction.set_rollback(True)
        finally:
            UnitProgress.objects.all().delete()
            learning.UnitDay.objects.all().delete()

    walk()


def apart(cast, place, who, what, seconds):
    """One thing happens, and what the hallway is told of it."""
    teacher = cast.people[who]
    if what == "learn":
        study(cast, teacher, seconds, hour=place)
        return {"rows": [{"teacher": teacher.pk, "unit": cast.unit.pk, "learned_s": seconds, "on": TODAY.isoformat()}]}
    if what == "deliver":
        return crediting.delivered(cast, [teacher], seconds)
    learning.put_shares([learning.Share(teacher.pk, cast.unit.pk, f"anomaly:{place}", -seconds, TODAY)], NOW)
    return payloads()[-1]


def test_a_lost_event_is_a_difference_to_the_second_until_it_is_mended(cast):
    study(cast, cast.lin_teacher, 77)
    assert compared(cast)[1:] == (1, 77)
    assert LiveProject.objects.get().difference_s == 77
    compared(cast, mends=True)
    assert (row(cast.lin_teacher).learned_s, LiveProject.objects.get().differing) == (77, 0)


def test_wrong_sums_are_a_difference_too(cast):
    LiveTally.everywhere.filter(provider=None, school=cast.school).update(learned_s=5)
    assert compared(cast).differing == 1
    compared(cast, mends=True)
    assert compared(cast).differing == 0


def test_a_new_day_tells_who_stopped(cast):
    study(cast, cast.lin_teacher, 5 * HOUR)
    hear()
    assert row(cast.lin_teacher).pace in {"behind", "on_track"}
    assert supervision.roll_day(NOW + timedelta(days=14)) > 0
    assert row(cast.lin_teacher).pace == "stopped"
    assert supervision.roll_day(NOW + timedelta(days=14)) == 0
    assert compared(cast).differing == 0


@pytest.mark.parametrize(
    ("counted", "last", "pace"),
    [
        (0, None, Pace.NOT_BEGUN),
        (100, TODAY, Pace.DONE),
        (79, TODAY, Pace.BEHIND),
        (80, TODAY, Pace.ON_TRACK),
        (90, TODAY - timedelta(days=14), Pace.STOPPED),
    ],
)
def test_one_pace_holds(counted, last, pace):
    assert pace_of(counted, 100, last, 100, TODAY) is pace


def test_an_even_pace_brings_all_on_the_last_day():
    opens, closes = date(2026, 11, 1), date(2026, 11, 10)
    days = [opens - timedelta(days=1), opens, closes, closes + timedelta(days=9)]
    assert [expected_s(100, opens, closes, day) for day in days] == [0, 10, 100, 100]


def seen(cast, actor, **more):
    project = supervision.watched_project(actor, cast.project.public_id)
    return supervision.view_of(project, supervision.eyes_of(actor), NOW, **more)


def test_everyone_sees_the_own_part(cast):
    study(cast, cast.lin_teacher, 60, hour=11)
    UnitProgress.objects.filter(teacher_id=cast.lin_teacher.pk).update(changed_at=int(NOW.timestamp()) - 100)
    hear()
    assert [seen(cast, who).total.trainees for who in (cast.mei, cast.zhou, cast.stranger, cast.chen, cast.staff)] == [6, 5, 1, 3, 6]
    assert [(part.name, part.sums.trainees, part.sums.now) for part in seen(cast, cast.zhou).parts] == [
        ("青禾实验小学", 3, 1),
        ("青山小学", 2, 0),
    ]
    assert seen(cast, cast.mei).total.now == 1


def test_out_of_scope_is_not_there(cast):
    elsewhere = enrolling.actor_of(Role.PROVIDER_STAFF, cast.second)
    with pytest.raises(NotInScope):
        supervision.watched_project(elsewhere, cast.project.public_id)
    with pytest.raises(NotInScope):
        supervision.narrowed(supervision.eyes_of(cast.zhou), cast.elsewhere.public_id)


def test_the_view_asks_as_often_for_many_as_for_few(cast):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            seen(cast, cast.mei)
        return len(counted)

    few = queries()
    more = enrolling.teachers(cast.school, 40) + enrolling.teachers(cast.elsewhere, 40)
    crediting.register(cast, more)
    supervision.refresh(cast.project.pk, [one.pk for one in more], NOW)
    assert (queries(), seen(cast, cast.mei).total.trainees) == (few, 86)


def test_who_is_behind_is_reminded_once_a_week(cast):
    ids = [cast.lin_teacher.pk, cast.colleagues[1].pk]
    assert supervision.remind(actor=cast.chen, project=cast.project, teacher_ids=ids, now=NOW) == (2, 0)
    assert supervision.remind(actor=cast.zhou, project=cast.project, teacher_ids=ids, now=NOW + timedelta(days=3)) == (0, 2)
    assert supervision.remind(actor=cast.zhou, project=cast.project, teacher_ids=ids[:1], now=NOW + timedelta(days=8)) == (1, 0)
    assert Message.objects.filter(code="live_not_begun", account=cast.lin_teacher.account).count() == 2
    with pytest.raises(NotInScope):
        supervision.remind(actor=cast.chen, project=cast.project, teacher_ids=[cast.far.pk], now=NOW)
    with pytest.raises(Refused, match="nobody_ticked"):
        supervision.remind(actor=cast.chen, project=cast.project, teacher_ids=[], now=NOW)
    with pytest.raises(NotAllowed):
        supervision.remind(actor=cast.supervisor, project=cast.project, teacher_ids=ids, now=NOW)
