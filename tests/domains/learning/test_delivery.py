"""The door to evidence: records stand once, figures that others put are absolute, and the hallway is told."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import studying
from tests.enrolling import LATER, actor_of, assign, teachers
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import DeliveredRecord, UnitProgress
from xingtan.foundation.events.models import Event
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = date(2026, 11, 10)


@pytest.fixture
def cast():
    return studying.build()


def events():
    return list(Event.objects.filter(name="learning.recognisable").values_list("payload", flat=True))


def test_a_known_number_with_other_figures_is_refused(cast):
    row = learning.RecordRow("R1", cast.lin_teacher.pk, cast.offers["A"].pk, 3600, DAY)
    assert learning.deliver_records(actor=cast.staff, rows=[row], now=LATER) == learning.Delivered(new=1, known=0)
    assert learning.deliver_records(actor=cast.staff, rows=[row], now=LATER) == learning.Delivered(new=0, known=1)
    with pytest.raises(Refused, match="record_changed"):
        learning.deliver_records(actor=cast.staff, rows=[row._replace(learned_s=7200)], now=LATER)
    assert DeliveredRecord.everywhere.get().learned_s == 3600


def test_absolute_figures_are_put_told_when_they_change_and_taken_back(cast):
    figure = learning.Figure("9:R1", cast.provider.pk, cast.lin_teacher.pk, cast.offers["A"].pk, 600, DAY, "disc")
    never = figure._replace(source="9:R2", learned_s=0)
    assert learning.put_delivered([figure, never], LATER) == 1
    assert learning.put_delivered([figure, never], LATER) == 0
    assert learning.put_delivered([figure._replace(learned_s=0)], LATER) == 1
    held = DeliveredRecord.everywhere.get()
    assert (held.learned_s, held.mode, held.school_id) == (0, "disc", cast.school.pk)
    assert [one["delivered"] for one in events()] == [[held.pk]] * 2
    year = cast.offers["A"].project.training_year_id
    assert [mode for *_, mode in learning.delivered_modes([cast.lin_teacher.pk], year)] == ["disc"]


def test_only_the_provider_itself_delivers(cast):
    row = learning.RecordRow("R1", cast.lin_teacher.pk, cast.offers["A"].pk, 60, DAY)
    with pytest.raises(NotAllowed):
        learning.deliver_records(actor=cast.chen, rows=[row], now=LATER)
    stranger = actor_of(Role.PROVIDER_STAFF, cast.school)
    with pytest.raises(NotInScope):
        learning.deliver_records(actor=stranger, rows=[row], now=LATER)
    assert not DeliveredRecord.everywhere.exists()


def test_six_thousand_records_take_a_fixed_number_of_queries(cast):
    people = teachers(cast.school, 60)
    assign(cast, people, "A", "own", actor=cast.chen)

    def rows(prefix, times):
        return [learning.RecordRow(f"{prefix}{one.pk}-{n}", one.pk, cast.offers["A"].pk, 60, DAY) for one in people for n in range(times)]

    learning.deliver_records(actor=cast.staff, rows=rows("a", 1), now=LATER)
    with CaptureQueriesContext(connection) as few:
        learning.deliver_records(actor=cast.staff, rows=rows("b", 1), now=LATER)
    with CaptureQueriesContext(connection) as many:
        done = learning.deliver_records(actor=cast.staff, rows=rows("c", 100), now=LATER)
    assert done.new == 6000
    assert len(many) <= len(few) + 12


def test_what_was_counted_is_told_once(cast):
    film = cast.units[0]
    row = UnitProgress.objects.create(teacher_id=cast.lin_teacher.pk, unit_id=film.pk, length_s=24, learned_s=10, changed_at=1_794_400_000)
    assert learning.tell_learned(LATER) == 1
    assert learning.tell_learned(LATER) == 0
    (told,) = events()
    assert told["rows"] == [{"teacher": cast.lin_teacher.pk, "unit": film.pk, "learned_s": 10, "on": "2026-11-11"}]
    UnitProgress.objects.filter(pk=row.pk).update(learned_s=24)
    assert learning.tell_learned(LATER) == 1
    assert events()[1]["rows"][0]["learned_s"] == 24
