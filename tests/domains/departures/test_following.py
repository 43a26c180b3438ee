"""Who leaves frees a seat and the line moves; who moves keeps a seat, and what waits goes along or ends with a word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import admitting
from tests.admitting import LATE, NOW, SOON, grant, nominate, sound, states
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import AdmissionTerms, Application
from xingtan.domains.departures import api as departures
from xingtan.domains.moves import api as moves
from xingtan.domains.quotas import api as quotas
from xingtan.domains.teachers import api as register
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.events.models import Event
from xingtan.foundation.inbox.models import Message

REASON = {"reason": "调动", "now": NOW}


@pytest.fixture
def full(admitting_cast):
    """Ten have seats of the province, two wait."""
    admitting_cast.rows = nominate(admitting_cast, admitting_cast.people, actor=admitting_cast.zhou, choice="red")
    yield admitting_cast
    assert sound(admitting_cast)


@pytest.fixture
def admitting_cast(db):
    return admitting.build()


def left(cast, *people, status=register.Status.LEFT, now=NOW):
    ids = [one.pk for one in people]
    Teacher.everywhere.filter(pk__in=ids).update(status=status)
    departures.follow_leavers({"teachers": ids, "status": status.value, "since": str(now.date())}, now)


def moved(cast, school, *people, now=NOW):
    ids = [one.pk for one in people]
    Teacher.everywhere.filter(pk__in=ids).update(school=school)
    departures.follow_moves({"teachers": ids, "schools": {str(pk): school.pk for pk in ids}, "since": str(now.date())}, now)


def told(row):
    return list(Message.objects.filter(account_id=row.teacher.account_id).values_list("code", flat=True))


@pytest.mark.parametrize("status", [register.Status.LEFT, register.Status.RETIRED])
def test_a_leavers_seat_is_free_and_the_next_in_line_has_it(full, status):
    left(full, full.people[0], full.people[10], status=status)
    assert states([full.rows[0], full.rows[10], full.rows[11]]) == ["cancelled", "cancelled", "offered"]
    last = admissions.trail_of(full.rows[0].pk)[-1]
    assert (last.act, last.account_id, last.reason) == ("cancel", None, "=left_post")
    assert last.reason in admissions.REASONS
    events = Event.objects.count()
    left(full, full.people[0], full.people[10], status=status)
    assert Event.objects.count() == events


def test_one_who_came_back_before_the_word_arrived_keeps_what_stands(full):
    departures.follow_leavers({"teachers": [full.people[0].pk], "status": "left", "since": str(NOW.date())}, NOW)
    assert states(full.rows[:1]) == ["admitted"]


def test_during_the_training_the_seat_is_free_and_nobody_moves_up_and_after_it_everything_stays(full):
    left(full, full.people[0], now=LATE - timedelta(days=20))
    assert states([full.rows[0], full.rows[10]]) == ["cancelled", "waiting"]
    left(full, full.people[1], now=LATE)
    assert states(full.rows[1:2]) == ["admitted"]


def test_who_moves_keeps_the_seat_and_the_offer(full):
    left(full, full.people[0])
    moved(full, full.second, full.people[1], full.people[10])
    moved(full, full.elsewhere, full.people[2])
    assert states([full.rows[1], full.rows[2], full.rows[10]]) == ["admitted", "admitted", "offered"]


def test_who_waits_goes_along_in_the_same_place_and_draws_on_the_seats_of_the_new_school(full):
    one = full.rows[11]
    place = admissions.own_applications(one.teacher_id).get().place_in_line
    quota = quotas.quota_for(full.seated.pk, full.province)
    grant(full, full.seated, 12)
    quotas.share_out(actor=full.mei, quota_id=quota.pk, targets={full.city.pk: 2}, now=NOW)
    city = quotas.quota_for(full.seated.pk, full.city)
    county = {"actor": full.cheng, "quota_id": city.pk, "now": NOW}
    quotas.share_out(targets={full.strange.pk: 2}, **county)
    assert states([one]) == ["waiting"]
    moved(full, full.elsewhere, full.people[11])
    one.refresh_from_db()
    assert (one.school_id, one.state, one.place_in_line) == (full.elsewhere.pk, "offered", place)
    assert quotas.Quota.everywhere.get(pk=one.quota_id).organisation_id == full.strange.pk
    assert told(one)[-2:] == ["application_moved_along", "application_offered"]
    assert [step.act for step in admissions.trail_of(one.pk)][-2:] == ["change", "offer"]


def test_what_nobody_decided_on_waits_at_the_new_school(full):
    [row] = nominate(full, [full.lin_teacher], actor=full.chen)
    assert row.state == "school_approved"
    moved(full, full.elsewhere, full.lin_teacher)
    row.refresh_from_db()
    assert (row.school_id, told(row)) == (full.elsewhere.pk, ["application_moved_along"])
    assert admissions.applications_in(full.stranger.scope, project_id=full.seated.pk).filter(pk=row.pk).exists()


def test_where_the_project_is_not_for_the_new_school_what_had_no_seat_ends(full):
    full.seated.organiser = full.county
    full.seated.save(update_fields=["organiser"])
    moved(full, full.elsewhere, full.people[0], full.people[11])
    assert states([full.rows[0], full.rows[11]]) == ["admitted", "cancelled"]
    assert told(full.rows[11])[-1] == "application_moved_away"


def test_who_waits_for_a_seat_of_rural_schools_and_moves_to_another_ends(full):
    Application.everywhere.filter(pk__in=[one.pk for one in full.rows[10:]]).update(category="rural_arts_sports")
    type(full.elsewhere).everywhere.filter(pk=full.elsewhere.pk).update(is_rural=True)
    moved(full, full.second, full.people[10])
    moved(full, full.elsewhere, full.people[11])
    assert states(full.rows[10:]) == ["cancelled", "waiting"]


@pytest.mark.usefixtures("own_database")
def test_the_register_tells_and_several_projects_follow():
    cast = admitting.build()
    second, _classes = admitting.project(cast, title="第二个项目", seats=1, steps=0)
    AdmissionTerms.everywhere.update_or_create(project=second, defaults={"offer_hours": 0, "changed_at": NOW})
    first = nominate(cast, cast.people, actor=cast.zhou, choice="red")
    cast.seated = second
    rows = nominate(cast, cast.people[:2], actor=cast.zhou)
    told = {"actor": cast.zhou, "teacher_ids": [cast.people[0].pk], "since": NOW.date()}
    moves.change_status(status=register.Status.LEFT, **told, **REASON)
    assert states([first[0], first[10], *rows]) == ["cancelled", "offered", "cancelled", "admitted"]
    terms = moves.Terms(SOON.date(), "工作调动")
    moves.offer_transfer(actor=cast.cheng, teacher_id=cast.people[11].pk, to_school=cast.elsewhere.name, terms=terms, now=SOON)
    assert admissions.own_applications(cast.people[11].pk).get().school_id == cast.elsewhere.pk
    assert sound(cast, first[0].project_id)
    assert sound(cast)
