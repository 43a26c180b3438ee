"""Two at once: one closing, one number for each objection, one correction; on a database of their own, with threads."""

from __future__ import annotations

import threading
from importlib import import_module

import pytest
from django.db import connections

from tests import closing, crediting, enrolling
from tests.closing import OVER
from xingtan.domains.closing import api as closing_room
from xingtan.domains.closing.models import YearClosing
from xingtan.domains.determination.models import Determination, DeterminationRun
from xingtan.foundation.events.models import Event
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import Refused


@pytest.fixture
def own_cast(own_database):
    return import_module("tests.closing").build()


def together(*acts):
    """Each act in a thread of its own, all let go at once; what they returned or refused, in order."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        gate.wait()
        try:
            answers[place] = act()
        except Refused as refused:
            answers[place] = refused.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.race
def test_two_officers_who_close_at_once_close_once(own_cast):
    closing.ready(own_cast)
    third = closing.second_officer(own_cast.province, "third")
    answers = together(*(lambda who=who: close(own_cast, who) for who in (own_cast.fan, third)))
    assert [one.state for one in answers] == ["closed", "closed"]
    assert YearClosing.everywhere.count() == 1
    assert DeterminationRun.everywhere.filter(kind="final").count() == 1
    assert Event.objects.filter(name="determination.examined").count() == 1


def close(cast, actor):
    return closing_room.close_year(actor=actor, training_year_id=cast.year.pk, now=OVER)


@pytest.mark.race
def test_a_trial_and_a_closing_at_once_leave_one_truth(own_cast):
    closing.ready(own_cast)
    answers = together(lambda: close(own_cast, own_cast.fan), lambda: closing.tried(own_cast, OVER))
    current = Determination.everywhere.filter(training_year=own_cast.year, span="year", is_current=True)
    if getattr(answers[0], "state", "") == "closed":
        assert not current.filter(examined_at=None).exists()
    else:
        assert answers[0] == "year_not_ready"
    assert current.count() == current.values("teacher").distinct().count()


@pytest.mark.race
def test_objections_filed_at_once_have_numbers_of_their_own_and_one_person_one(own_cast):
    people = enrolling.teachers(own_cast.school, 5)
    crediting.register(own_cast, people)
    closing.posted(own_cast)
    acts = [lambda pk=one.pk: closing.objection(own_cast, actor=own_cast.chen, teacher_id=pk) for one in (*people, people[0])]
    answers = together(*acts)
    assert answers.count("objection_one_at_a_time") == 1
    assert sorted(notices.Objection.everywhere.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.race
def test_two_officers_who_publish_at_once_publish_once(own_cast):
    closing.tried(own_cast)
    values = {"training_year_id": own_cast.year.pk, "days": closing.DAYS, "now": closing.JUNE}
    answers = together(*(lambda who=who: closing_room.publish_notice(actor=who, **values) for who in (own_cast.mei, own_cast.fan)))
    assert answers.count("notice_stands") == 1
    assert notices.Notice.everywhere.count() == 1


@pytest.mark.django_db(databases="__all__")
def test_one_after_the_other_the_second_finds_it_closed(cast):
    closing.ready(cast)
    assert close(cast, cast.fan).closed_at == close(cast, cast.fan).closed_at == OVER
