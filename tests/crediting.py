"""The cast of enrolment with its trainees registered, and hours that a provider delivered and a workshop confirmed."""

from __future__ import annotations

from datetime import date

from tests import enrolling
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.models import EntryState
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.learning.models import DeliveredRecord
from xingtan.domains.reviews import api as reviews
from xingtan.domains.workshops.models import Activity, Participation, Workshop
from xingtan.foundation.people.roles import Role

NOW = enrolling.LATER
ON = date(2026, 11, 20)
Step, Outcome, State = credits_room.Step, credits_room.Outcome, credits_room.State


def build(**pack):
    """The cast, with a provider's clerk Ming, a city officer, a supervisor, and Lin registered for course A and a workshop."""
    cast = enrolling.build(**pack)
    cast.ming = enrolling.actor_of(Role.PROVIDER_STAFF, cast.provider)
    cast.city_officer = enrolling.actor_of(Role.CITY_OFFICER, cast.city)
    cast.supervisor = enrolling.actor_of(Role.SUPERVISOR, cast.county)
    cast.stranger = enrolling.actor_of(Role.COUNTY_OFFICER, cast.strange)
    cast.lead = enrolling.actor_of(Role.WORKSHOP_LEAD, cast.provider)
    register(cast, [cast.lin_teacher])
    cast.workshop = Workshop.everywhere.create(
        offer=cast.offers["own"], organisation=cast.provider, lead_id=cast.lead.account_id, title="工作坊", opened_at=NOW
    )
    cast.serial = 0
    return cast


def register(cast, teachers):
    """The teachers chose course A and the workshop, and are registered."""
    enrolling.assign(cast, teachers, "A", "own")
    CourseSelection.everywhere.filter(teacher__in=teachers).update(state="registered")


def delivered(cast, teachers, seconds, offer="A", on=ON):
    """The provider delivered so many seconds of each teacher, and the hallway brought them."""
    rows = []
    for teacher in teachers:
        cast.serial += 1
        rows.append(
            DeliveredRecord(
                source=f"r{cast.serial}", provider=cast.provider, teacher=teacher, school_id=teacher.school_id, offer=cast.offers[offer],
                learned_s=seconds, learned_on=on, delivered_at=NOW,
            )
        )  # fmt: skip
    rows = DeliveredRecord.everywhere.bulk_create(rows)
    payload = {"delivered": [row.pk for row in rows]}
    credits_room.take_learned(payload, NOW)
    return payload


def attended(cast, teachers, centi=400, *, is_work_product=False):
    """The teachers took part in a new activity, and its lead confirmed it."""
    place = Activity.objects.count() + 1
    activity = Activity.objects.create(
        workshop=cast.workshop, place=place, title=f"活动{place}", hours_centi=centi, is_work_product=is_work_product,
        opens_on=date(2026, 11, 1), closes_on=date(2027, 5, 1),
    )  # fmt: skip
    parts = Participation.everywhere.bulk_create(
        Participation(activity=activity, teacher=one, school_id=one.school_id, state="confirmed", handed_in_at=NOW, decided_at=NOW)
        for one in teachers
    )
    payload = {"participations": [part.pk for part in parts]}
    credits_room.take_confirmed(payload, NOW)
    return payload


def enter(cast, **which):
    """Ming enters what is due."""
    return credits_room.enter(actor=cast.ming, training_year_id=cast.year.pk, now=NOW, **which)


def decide(actor, step, entries, outcome=Outcome.PASSED, **why):
    return reviews.decide(actor=actor, step=step, entry_ids=[one.pk for one in entries], outcome=outcome, now=NOW, **why)


def walk(cast, entries, upto=Step.VERIFY):
    """The entries pass the chain up to this step."""
    who = {Step.REVIEW: cast.he, Step.REPORT: cast.chen, Step.COUNTY_REVIEW: cast.zhou, Step.VERIFY: cast.zhou}
    for step, actor in who.items():
        decide(actor, step, entries)
        if step is upto:
            return


def take_back(cast, entry, reason="并非本人学习", actor=None, now=NOW):
    """The verified entry is reopened, and a line takes it back."""
    who = actor or cast.zhou
    reviews.reopen(actor=who, entry_ids=[entry.pk], reason=reason, now=now)
    return credits_room.reverse(actor=who, entry_id=entry.pk, reason=reason, now=now)


def state_of(entry):
    return State(EntryState.everywhere.get(pk=entry.pk).state)


def amounts(cast, teacher):
    return credits_room.amounts_of([teacher.pk], cast.year.pk)[teacher.pk]
