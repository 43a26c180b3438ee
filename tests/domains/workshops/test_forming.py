from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

import pytest

from xingtan.domains.admissions.models import Application
from xingtan.domains.workshops import api as workshops
from xingtan.domains.workshops.models import Cohort, CohortMember, FormingClass, FormingSeat
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

NOW = datetime(2026, 9, 10, 4, tzinfo=UTC)


@pytest.fixture
def cast(db):
    return import_module("tests.forming").build()


def rule(keys=("county",), least=2, most=6, per_tutor=12):
    return workshops.Rule(tuple(workshops.Key(key) for key in keys), least, most, per_tutor)


def proposed(cast, **values):
    return workshops.propose(actor=cast.mei, project_id=cast.seated.pk, rule=rule(**values), now=NOW)


@pytest.fixture
def mei(cast):
    return cast.mei


def test_everybody_admitted_is_in_the_draft_and_tutors_stay_within_the_ratio(cast, mei):
    forming = proposed(cast)
    classes = workshops.drafted(forming)
    assert sorted(one.size for one in classes) == [5, 5, 6]
    assert len({one.it.title for one in classes}) == 3
    loads = {}
    for one in classes:
        loads[one.it.tutor_id] = loads.get(one.it.tutor_id, 0) + one.size
    assert set(loads) == {one.pk for one in cast.tutors}
    assert max(loads.values()) <= 12
    assert not Cohort.everywhere.filter(project=cast.seated).exists()


def test_a_hand_moves_people_names_a_class_and_a_stale_page_is_refused(cast, mei):
    forming = proposed(cast)
    one = FormingSeat.objects.filter(forming=forming, number=1).first()
    moved = workshops.move_people(
        actor=mei, forming_id=forming.pk, teacher_ids=[one.teacher_id], number=4, version=forming.version, now=NOW
    )
    assert [found.size for found in workshops.drafted(moved)][3] == 1
    with pytest.raises(Refused, match="stale"):
        workshops.move_people(actor=mei, forming_id=forming.pk, teacher_ids=[one.teacher_id], number=1, version=forming.version, now=NOW)
    named = workshops.NamedClass("名师班", cast.tutors[0].pk, cast.tutors[1].pk)
    moved = workshops.name_class(actor=mei, forming_id=forming.pk, number=4, named=named, version=moved.version, now=NOW)
    with pytest.raises(Refused, match="forming_title_twice"):
        workshops.name_class(actor=mei, forming_id=forming.pk, number=1, named=named, version=moved.version, now=NOW)
    ids = list(FormingSeat.objects.filter(forming=forming).values_list("teacher_id", flat=True))
    with pytest.raises(Refused, match="forming_overfull"):
        workshops.move_people(actor=mei, forming_id=forming.pk, teacher_ids=ids, number=1, version=moved.version, now=NOW)


def test_arranged_classes_seat_everybody_once_and_introduce_them(cast, mei):
    forming = proposed(cast)
    assert workshops.arrange(actor=mei, forming_id=forming.pk, version=forming.version, now=NOW) == 3
    members = CohortMember.objects.filter(cohort__project=cast.seated).values_list("teacher_id", flat=True)
    assert sorted(members) == sorted(one.pk for one in (*cast.people, *cast.others))
    told = Message.objects.filter(code="class_introduced")
    assert told.count() == 16
    assert Message.objects.filter(code="class_given", account__in=cast.tutors).count() == 3
    with pytest.raises(Refused, match="forming_done"):
        workshops.arrange(actor=mei, forming_id=forming.pk, version=forming.version, now=NOW)
    with pytest.raises(Refused, match="forming_nobody"):
        proposed(cast)


def test_a_class_without_a_tutor_is_not_arranged(cast, mei):
    forming = proposed(cast, per_tutor=6)
    assert FormingClass.objects.filter(forming=forming, tutor=None).count() == 1
    with pytest.raises(Refused, match="forming_tutor_missing"):
        workshops.arrange(actor=mei, forming_id=forming.pk, version=forming.version, now=NOW)
    assert not Cohort.everywhere.filter(project=cast.seated).exists()


def test_who_lost_the_seat_since_is_not_seated_and_late_ones_follow(cast, mei):
    forming = proposed(cast)
    gone, late = cast.people[0], cast.people[1]
    Application.everywhere.filter(teacher=gone).update(state="withdrawn")
    Application.everywhere.filter(teacher=late).update(state="waiting")
    workshops.arrange(actor=mei, forming_id=forming.pk, version=forming.version, now=NOW)
    held = set(CohortMember.objects.filter(cohort__project=cast.seated).values_list("teacher_id", flat=True))
    assert not {gone.pk, late.pk} & held
    row = Application.everywhere.get(teacher=late)
    Application.everywhere.filter(pk=row.pk).update(state="admitted")
    for _twice in range(2):
        workshops.follow_admitted({"applications": [row.pk]}, NOW)
    assert CohortMember.objects.filter(cohort__project=cast.seated, teacher=late).count() == 1
    Application.everywhere.filter(pk=row.pk).update(state="withdrawn")
    for _twice in range(2):
        workshops.follow_ended({"applications": [row.pk]}, NOW)
    assert not CohortMember.objects.filter(cohort__project=cast.seated, teacher=late).exists()


def test_a_draft_made_anew_forgets_the_hand_and_a_dropped_one_is_gone(cast, mei):
    first = proposed(cast)
    second = proposed(cast, most=16)
    assert second.pk == first.pk
    assert [one.size for one in workshops.drafted(second)] == [16]
    workshops.drop_forming(actor=mei, forming_id=second.pk, now=NOW)
    assert workshops.draft_of(mei.scope, cast.seated.pk) is None


def test_only_the_offices_of_the_project_form_its_classes(cast, mei):
    with pytest.raises(NotInScope):
        workshops.propose(actor=cast.zhou, project_id=cast.seated.pk, rule=rule(), now=NOW)
    with pytest.raises(NotAllowed):
        workshops.propose(actor=cast.chen, project_id=cast.seated.pk, rule=rule(), now=NOW)
    forming = proposed(cast)
    with pytest.raises(NotInScope):
        workshops.drop_forming(actor=cast.stranger, forming_id=forming.pk, now=NOW)
    with pytest.raises(Refused, match="forming_sizes"):
        proposed(cast, least=5, most=6)


def test_more_people_need_no_more_queries(cast, mei, django_assert_max_num_queries):
    made = import_module("tests.enrolling").teachers(cast.school, 200)
    rows = [Application(project=cast.seated, teacher=one, school=one.school, way="own", state="admitted", applied_at=NOW) for one in made]
    Application.everywhere.bulk_create(rows)
    with django_assert_max_num_queries(45):
        forming = proposed(cast, most=60, per_tutor=200)
    assert sum(one.size for one in workshops.drafted(forming)) == 216
