"""Workshops open and fill themselves; leads add, confirm, return and record; classes take trainees evenly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tests import enrolling, tutoring
from tests.deputies import refuses_own, standing_in
from tests.tutoring import NOW
from xingtan.domains.projects import api as projects
from xingtan.domains.workshops import api as workshops
from xingtan.domains.workshops.models import Cohort, CohortMember, Participation, Workshop, WorkshopMember
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.events.models import Event
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

TEXT = "我学到了等待三秒钟，下一节课就试。"
State = workshops.State


def hand_in(cast, actor, activity=None, now=NOW, text=TEXT):
    return workshops.hand_in_activity(actor=actor, activity_id=(activity or cast.activity).pk, text=text, now=now)


def confirm(cast, parts, actor=None):
    return workshops.confirm_participations(actor=actor or cast.lead, participation_ids=[part.pk for part in parts], now=NOW)


def attend(cast, teacher_ids, actor=None, activity=None):
    return workshops.record_attendance(
        actor=actor or cast.lead, activity_id=(activity or cast.activity).pk, teacher_ids=teacher_ids, now=NOW
    )


def told():
    return [
        payload["participations"]
        for payload in Event.objects.filter(name="workshops.confirmed").order_by("pk").values_list("payload", flat=True)
    ]


def test_a_published_project_opens_the_workshops_that_have_a_lead_once(cast):
    made = projects.draft_project(
        actor=cast.mei, training_year_id=cast.year.pk, title="工作坊项目", tier="province", kind="all_staff",
        opens_on=cast.year.first_on, closes_on=cast.year.last_on, now=NOW,
    )  # fmt: skip
    offer = projects.add_offer(
        actor=cast.mei, project_id=made.pk, kind="workshop", component="workshop", hours_centi=22_00, title="新坊", title_en="New",
        lead_id=cast.lead.account_id, provider_id=cast.provider.pk, now=NOW,
    )  # fmt: skip
    for _time in range(2):
        workshops.open_workshops({"project": made.pk}, NOW)
    workshop = Workshop.everywhere.get(offer=offer)
    assert (workshop.title, workshop.title_en, workshop.lead_id, workshop.organisation_id) == (
        "新坊", "New", cast.lead.account_id, cast.provider.pk,
    )  # fmt: skip
    workshops.open_workshops({"project": cast.project.pk}, NOW)
    assert Workshop.everywhere.count() == 3


def test_registered_teachers_are_members_and_seated_once(cast):
    tutoring.seat(cast, [cast.lin_teacher])
    assert list(WorkshopMember.objects.values_list("workshop_id", "teacher_id")) == [(cast.workshop.pk, cast.lin_teacher.pk)]
    assert workshops.cohort_of(cast.lin_teacher.pk, cast.project.pk) == cast.cohort


def test_seating_needs_no_more_queries_for_more_people(cast):
    for number in range(2):
        a_cohort(cast, f"二{number}班")

    def seat(number):
        people = enrolling.teachers(cast.school, number)
        enrolling.assign(cast, people, "A", "own")
        selections = enrolling.enrolment.selections_in(OPERATOR.scope, cast.year.pk).filter(teacher__in=people)
        payload = {"selections": list(selections.values_list("pk", flat=True))}
        return tutoring.queries_of(lambda: workshops.seat_members(payload, NOW))

    few = seat(2)
    assert seat(40) == few
    sizes = workshops.cohort_sizes(Cohort.everywhere.values_list("pk", flat=True))
    assert sorted(sizes.values()) in ([14, 14, 15], [13, 15, 15])


def a_cohort(cast, title, *, organisation=None, stage="", actor=OPERATOR):
    organisation = organisation or cast.provider
    return workshops.add_cohort(
        actor=actor,
        project_id=cast.project.pk,
        organisation_id=organisation.pk,
        tutor_id=cast.tan.account_id,
        title=title,
        stage=stage,
        now=NOW,
    )


def test_a_class_of_a_branch_takes_that_branch_only(cast):
    Cohort.everywhere.filter(pk=cast.cohort.pk).update(organisation=cast.county)
    [wu] = enrolling.teachers(cast.elsewhere, 1)
    tutoring.register(cast, [wu])
    assert workshops.cohort_of(wu.pk, cast.project.pk) is None
    strange = a_cohort(cast, "吉州班", organisation=cast.strange)
    assert workshops.cohort_of(wu.pk, cast.project.pk) == strange
    assert CohortMember.objects.filter(cohort=cast.cohort).count() == 1


def test_a_class_of_the_stage_comes_before_others(cast):
    junior = a_cohort(cast, "初中班", stage="junior")
    Cohort.everywhere.filter(pk=cast.cohort.pk).update(stage="primary")
    [zhang] = enrolling.teachers(cast.school, 1, stage="junior")
    tutoring.register(cast, [zhang], "A", "any")
    assert workshops.cohort_of(zhang.pk, cast.project.pk) == junior


def test_offices_arrange_classes_in_their_branch_only(cast):
    assert a_cohort(cast, "县班", organisation=cast.county, actor=cast.zhou)
    assert a_cohort(cast, "县班", organisation=cast.county, actor=cast.zhou)
    assert Cohort.everywhere.filter(title="县班").count() == 1
    for organisation in (cast.strange, cast.province):
        with pytest.raises(NotInScope):
            a_cohort(cast, "外班", organisation=organisation, actor=cast.zhou)
    with pytest.raises(NotAllowed):
        a_cohort(cast, "校班", organisation=cast.school, actor=cast.chen)


def test_a_provider_without_an_offer_arranges_nothing(cast):
    [other] = enrolling.add_children(cast.city, [{"kind": "provider", "name": "赣鄱师训网"}])
    staff = enrolling.actor_of("provider_staff", other)
    with pytest.raises(NotInScope):
        a_cohort(cast, "外班", organisation=other, actor=staff)


def test_an_activity_belongs_to_its_lead(cast):
    values = {"title": "新活动", "hours_centi": 200, "opens_on": date(2026, 11, 1), "closes_on": date(2026, 12, 1)}
    made = workshops.add_activity(actor=cast.lead, workshop_id=cast.workshop.pk, values=values, now=NOW)
    assert made.place == 2
    assert workshops.add_activity(actor=cast.lead, workshop_id=cast.workshop.pk, values=values, now=NOW) == made
    with pytest.raises(NotInScope):
        workshops.add_activity(actor=cast.luo, workshop_id=cast.workshop.pk, values=values, now=NOW)
    with pytest.raises(Refused) as refused:
        workshops.add_activity(actor=cast.lead, workshop_id=cast.workshop.pk, values=values | {"hours_centi": 22_01}, now=NOW)
    assert refused.value.code == "activity_hours_out_of_range"


def test_a_part_is_a_members_within_the_days(cast):
    assert hand_in(cast, cast.lin).state == State.HANDED_IN
    [stranger] = tutoring.newcomers(cast, 1, "A", "any")
    for actor, now, code in (
        (stranger, NOW, "not_a_member"),
        (cast.lin, NOW.replace(month=10), "activity_not_open"),
        (cast.lin, NOW.replace(year=2027, month=6), "activity_not_open"),
    ):
        with pytest.raises(Refused) as refused:
            hand_in(cast, actor, now=now)
        assert refused.value.code == code
    with pytest.raises(NotInScope):
        workshops.hand_in_activity(actor=cast.lin, activity_id=10**9, text=TEXT, now=NOW)
    with pytest.raises(NotAllowed):
        hand_in(cast, cast.lead)


def test_the_days_are_local_days(cast):
    activity = tutoring.an_activity(cast, opens_on=date(2026, 11, 22), closes_on=date(2026, 11, 22))
    with pytest.raises(Refused):
        hand_in(cast, cast.lin, activity, now=NOW.replace(day=21, hour=15, minute=59))
    assert hand_in(cast, cast.lin, activity, now=NOW.replace(day=21, hour=16, minute=0))


def test_many_parts_are_confirmed_at_once_told_once_and_audited_once(cast):
    parts = [hand_in(cast, actor) for actor in tutoring.newcomers(cast, 3)]
    assert confirm(cast, parts) == 3
    assert confirm(cast, parts) == 0
    assert told() == [[part.pk for part in parts]]
    assert AuditLine.objects.filter(act="workshops.confirmed").count() == 1
    assert Message.objects.filter(code="participation_confirmed").count() == 3


def test_confirming_more_needs_no_more_queries(cast):
    def count(number):
        parts = [hand_in(cast, actor) for actor in tutoring.newcomers(cast, number)]
        return tutoring.queries_of(lambda: confirm(cast, parts))

    assert count(1) == count(12)


def test_one_foreign_part_stops_all(cast):
    mine = hand_in(cast, cast.lin)
    [stranger] = tutoring.newcomers(cast, 1, "A", "any")
    theirs = hand_in(cast, stranger, tutoring.an_activity(cast, cast.other_workshop))
    for actor, parts in ((cast.lead, [mine, theirs]), (cast.luo, [mine])):
        with pytest.raises(NotInScope):
            confirm(cast, parts, actor)
    assert set(Participation.everywhere.values_list("state", flat=True)) == {State.HANDED_IN}
    with pytest.raises(NotAllowed):
        confirm(cast, [mine], cast.tutor)


def test_a_returned_part_comes_back(cast):
    part = hand_in(cast, cast.lin)
    assert workshops.return_participations(actor=cast.lead, participation_ids=[part.pk], comment=" 请写具体。 ", now=NOW) == 1
    part.refresh_from_db()
    assert (part.state, part.comment) == (State.RETURNED, "请写具体。")
    assert hand_in(cast, cast.lin).pk == part.pk
    assert told() == []


def test_attendance_makes_parts_confirms_waiting_ones_and_leaves_the_rest(cast):
    waiting, fresh, done = tutoring.newcomers(cast, 3)
    hand_in(cast, waiting)
    confirm(cast, [hand_in(cast, done)])
    people = [actor.teacher_id for actor in (waiting, fresh, done)]
    assert attend(cast, people) == 2
    assert attend(cast, people) == 0
    assert set(Participation.everywhere.values_list("state", flat=True)) == {State.CONFIRMED}
    assert sorted(pk for ids in told() for pk in ids) == sorted(Participation.everywhere.values_list("pk", flat=True))
    assert Message.objects.filter(code="participation_confirmed").count() == 2


def test_attendance_of_strangers_of_strange_leads_and_of_coming_days_is_refused(cast):
    [stranger] = tutoring.newcomers(cast, 1, "A", "any")
    with pytest.raises(Refused) as refused:
        attend(cast, [cast.lin_teacher.pk, stranger.teacher_id])
    assert refused.value.code == "not_a_member"
    with pytest.raises(NotInScope):
        attend(cast, [cast.lin_teacher.pk], cast.luo)
    coming = tutoring.an_activity(cast, opens_on=date(2026, 11, 22), closes_on=date(2026, 11, 30))
    with pytest.raises(Refused) as refused:
        attend(cast, [cast.lin_teacher.pk], activity=coming)
    assert refused.value.code == "activity_not_begun"
    assert not Participation.everywhere.exists()


def test_attendance_of_more_needs_no_more_queries(cast):
    def count(number):
        people = [actor.teacher_id for actor in tutoring.newcomers(cast, number)]
        return tutoring.queries_of(lambda: attend(cast, people))

    assert count(1) == count(12)


@pytest.mark.race
def test_eight_clicks_at_once_are_one_part_and_one_confirmation(own_database):
    cast = tutoring.build()
    together(lambda number: hand_in(cast, cast.lin, text=f"{TEXT}{number}"))
    [part] = Participation.everywhere.all()
    assert sum(together(lambda _: confirm(cast, [part]))) == 1
    assert told() == [[part.pk]]


@pytest.mark.race
def test_handing_in_while_attendance_is_recorded_leaves_one_confirmed_part(own_database):
    cast = tutoring.build()

    def act(number):
        try:
            return attend(cast, [cast.lin_teacher.pk]) if number % 2 else hand_in(cast, cast.lin) and 0
        except Refused:  # the lead was first: there is nothing left to hand in
            return 0

    assert sum(together(act)) == 1
    assert Participation.everywhere.get().state == State.CONFIRMED
    assert len(told()) == 1


def together(act):
    """What each of eight threads answers."""

    def one(number):
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(8)))


def test_a_lead_neither_decides_on_the_own_part_nor_records_the_own_presence(cast):
    part = hand_in(cast, cast.lin)
    lead = standing_in(cast.lead, cast.lin_teacher)
    Workshop.everywhere.filter(pk=cast.workshop.pk).update(lead_id=lead.account_id)
    refuses_own(confirm, cast, [part], actor=lead)
    refuses_own(workshops.return_participations, actor=lead, participation_ids=[part.pk], comment="请补充", now=NOW)
    refuses_own(attend, cast, [cast.lin_teacher.pk], actor=lead, activity=tutoring.an_activity(cast))
    Workshop.everywhere.filter(pk=cast.workshop.pk).update(lead_id=cast.lead.account_id)
    assert confirm(cast, [part]) == 1
