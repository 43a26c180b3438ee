"""The line that moves, substitution, change of class, deferral, withdrawal, make-up; each before its date."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.admitting import LATE, NOW, SOON, grant, hours, nominate, sound, states
from tests.enrolling import actor_of
from xingtan.domains.admissions import api as admissions
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as register
from xingtan.foundation.events.models import Event
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused


@pytest.fixture
def full(admitting):
    """Ten have seats, two wait."""
    admitting.rows = nominate(admitting, admitting.people, actor=admitting.zhou, choice="red")
    yield admitting
    assert sound(admitting)


def own(cast, row):
    return own_of(cast, row.teacher)


def own_of(cast, teacher):
    return actor_of(Role.TEACHER, teacher.school, teacher)


def withdraw(cast, *rows, actor=None, now=NOW):
    return admissions.withdraw(actor=actor or cast.zhou, ids=[row.pk for row in rows], reason="调离", now=now)


def test_a_free_seat_is_offered_to_the_next_in_line_who_accepts(full):
    withdraw(full, full.rows[0])
    assert states(full.rows[9:]) == ["admitted", "offered", "waiting"]
    assert Message.objects.filter(account_id=full.rows[10].teacher.account_id, code="application_offered").exists()
    teacher = own(full, full.rows[10])
    assert admissions.accept(actor=teacher, application_id=full.rows[10].pk, now=SOON).state == "admitted"
    assert admissions.accept(actor=teacher, application_id=full.rows[10].pk, now=SOON).version == 4


def test_an_offer_without_an_answer_goes_to_the_one_after(full):
    withdraw(full, full.rows[0])
    late = NOW + hours(73)
    with pytest.raises(Refused, match="offer_over"):
        admissions.accept(actor=own(full, full.rows[10]), application_id=full.rows[10].pk, now=late)
    assert admissions.move_lines(NOW) == 0
    assert admissions.move_lines(late) == 1
    assert states(full.rows[10:]) == ["lapsed", "offered"]


def test_the_line_stands_still_once_the_training_has_begun(full):
    withdraw(full, full.rows[0], now=LATE)
    assert states(full.rows[10:]) == ["waiting", "waiting"]


def test_more_seats_move_the_line(full):
    grant(full, full.seated, 11)
    admissions.follow_freed(Event.objects.filter(name="quotas.freed").latest("pk").payload, NOW)
    assert states(full.rows[10:]) == ["offered", "waiting"]


def test_a_substitute_takes_the_very_seat_and_class(full):
    first, second = full.rows[:2]
    fresh = admissions.substitute(
        actor=full.zhou, pairs={first.pk: full.others[0].pk, second.pk: full.others[1].pk}, reason="产假", now=NOW
    )
    assert states([first, second, *fresh]) == ["substituted", "substituted", "admitted", "admitted"]
    assert [(row.replaces_id, row.choice_id) for row in fresh] == [(first.pk, first.choice_id), (second.pk, second.choice_id)]
    assert states(full.rows[10:]) == ["waiting", "waiting"]


def test_substitutes_end_with_their_day_and_are_nobody_who_stands(full):
    admissions.set_terms(actor=full.mei, project_id=full.seated.pk, terms=admissions.Terms(replace_until=SOON), now=NOW)
    with pytest.raises(Refused, match="replacing_over"):
        admissions.substitute(actor=full.zhou, pairs={full.rows[0].pk: full.others[0].pk}, reason="病", now=SOON + hours(1))
    with pytest.raises(Refused, match="admission_stands"):
        admissions.substitute(actor=full.zhou, pairs={full.rows[0].pk: full.people[11].pk}, reason="病", now=NOW)


def test_classes_are_changed_in_bulk_as_long_as_there_is_room_and_time(full):
    blue, ids = full.classes["blue"].pk, [row.pk for row in full.rows[:4]]
    admissions.set_limit(actor=full.mei, offer_id=blue, most=3, least=0, now=NOW)
    with pytest.raises(Refused, match="class_full"):
        admissions.change(actor=full.zhou, ids=ids, choice_id=blue, now=NOW)
    assert admissions.change(actor=full.zhou, ids=ids[:3], choice_id=blue, now=NOW) == 3
    assert admissions.change(actor=full.zhou, ids=ids[:3], choice_id=blue, now=NOW) == 0
    admissions.set_terms(actor=full.mei, project_id=full.seated.pk, terms=admissions.Terms(change_until=SOON), now=NOW)
    with pytest.raises(Refused, match="change_over"):
        admissions.change(actor=full.zhou, ids=ids[:1], choice_id=full.classes["red"].pk, now=SOON + hours(1))


def test_a_deferred_one_frees_the_seat(full):
    assert admissions.defer(actor=full.chen, ids=[full.rows[3].pk], reason="支教", now=NOW) == 1
    assert states([full.rows[3], *full.rows[10:]]) == ["deferred", "offered", "waiting"]


def test_withdrawal_has_a_last_moment_and_a_teacher_withdraws_alone(full):
    admissions.set_terms(actor=full.mei, project_id=full.seated.pk, terms=admissions.Terms(withdraw_until=SOON), now=NOW)
    with pytest.raises(Refused, match="withdrawal_over"):
        withdraw(full, full.rows[0], now=SOON + timedelta(days=1))
    teacher = own(full, full.rows[1])
    assert admissions.withdraw(actor=teacher, ids=[full.rows[1].pk], reason="", now=NOW) == 1
    assert admissions.withdraw(actor=teacher, ids=[full.rows[1].pk], reason="", now=NOW) == 0


def test_a_cancelled_project_ends_everything(full):
    projects.cancel_project(actor=full.mei, project_id=full.seated.pk, reason="经费", now=NOW)
    admissions.follow_cancelled(Event.objects.get(name="projects.cancelled").payload, NOW)
    from_trail = {step.became for row in full.rows for step in admissions.trail_of(row.pk)[-1:]}
    assert set(states(full.rows)) == from_trail == {"cancelled"}


def test_a_make_up_clears_the_oldest_debt_first(admitting):
    pk, me = admitting.lin_teacher.pk, admissions.Own(is_make_up=True)
    register.set_standings([(pk, 2021, "make_up_required"), (pk, 2022, "qualified"), (pk, 2023, "not_qualified")], NOW)
    assert admissions.debts_of([pk], before=2026) == {pk: [2021, 2023]}
    assert admissions.apply(actor=admitting.lin, project_id=admitting.seated.pk, own=me, now=NOW).makes_up == 2021
    assert admissions.debts_of([pk], before=2026) == {pk: [2023]}
    with pytest.raises(Refused, match="admission_no_debt"):
        admissions.apply(actor=own_of(admitting, admitting.people[0]), project_id=admitting.seated.pk, own=me, now=NOW)
