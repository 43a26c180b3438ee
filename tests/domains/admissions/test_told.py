"""Whoever is admitted reads it in the inbox, once, by whatever way the seat came."""

from __future__ import annotations

import pytest
from django.db.models import Max

from tests import admitting, rushing
from tests.admitting import NOW, nominate
from tests.enrolling import actor_of, teachers
from xingtan.domains.admissions import api as admissions
from xingtan.domains.rush.deciding import decide
from xingtan.foundation.events.hallway import deliver_pending, replay
from xingtan.foundation.events.models import Event
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role


def told(people):
    found = Message.objects.filter(code="application_admitted").values_list("account_id", flat=True)
    assert len(found) == len(set(found))
    return sorted(found) == sorted(one.account_id for one in people)


def last_event():
    return Event.objects.filter(name="admissions.admitted").aggregate(last=Max("pk"))["last"]


@pytest.mark.usefixtures("own_database")
def test_an_office_the_line_and_a_substitution_tell_each_person_once():
    cast = admitting.build()
    rows = nominate(cast, cast.people, actor=cast.zhou, choice="red")
    assert told(cast.people[:10])
    admissions.withdraw(actor=cast.zhou, ids=[rows[0].pk], reason="调离", now=NOW)
    moved_up = actor_of(Role.TEACHER, cast.school, cast.people[10])
    admissions.accept(actor=moved_up, application_id=rows[10].pk, now=NOW)
    assert told(cast.people[:11])
    admissions.substitute(actor=cast.zhou, pairs={rows[1].pk: cast.others[0].pk}, reason="生病", now=NOW)
    assert told([*cast.people[:11], cast.others[0]])
    replay(last_event())
    assert told([*cast.people[:11], cast.others[0]])


@pytest.mark.usefixtures("own_database")
def test_the_rush_tells_those_with_a_seat_and_not_those_in_line_or_gone_again():
    cast = rushing.build(2)
    people = teachers(cast.school, 4)
    decide([rushing.press(cast, one) for one in people])
    gone = admissions.own_applications(people[0].pk).get()
    admissions.withdraw(actor=actor_of(Role.TEACHER, cast.school, people[0]), ids=[gone.pk], reason="", now=gone.applied_at)
    deliver_pending()
    assert told([people[1]])
    replay(last_event())
    assert told([people[1]])
