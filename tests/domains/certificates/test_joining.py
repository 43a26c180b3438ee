"""Two records that become one person: one certificate a cycle with the pages of both, the other superseded; and all of it undone."""

from __future__ import annotations

import pytest

from tests import enrolling
from tests.certifying import NOW, examined, issued, verified
from xingtan.domains.certificates import api as certificates
from xingtan.domains.certificates.models import Certificate, CertificatePage
from xingtan.domains.determination.models import Determination
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def double(cast):
    """The same person on record a second time."""
    [made] = enrolling.teachers(cast.school, 1, number_closed=cast.lin_teacher.number_closed)
    return made


def join(cast, merged):
    made = teachers.merge(actor=cast.zhou, merged_id=merged.pk, into_id=cast.lin_teacher.pk, reason="同一人", now=NOW)
    certificates.follow_merge(told("teachers.merged"), NOW)
    return made


def part(cast, made):
    teachers.end_merge(actor=cast.zhou, public_id=made.public_id, now=NOW)
    certificates.follow_parting(told("teachers.merge_ended"), NOW)


def told(name):
    """What the hallway carries; in a test's transaction nobody delivers it."""
    return Event.objects.filter(name=name).latest("pk").payload


def valid():
    rows = CertificatePage.everywhere.filter(state="valid").select_related("certificate", "determination")
    return [(one.certificate.number, one.determination.teacher_id) for one in rows.order_by("pk")]


def test_who_has_a_certificate_under_the_merged_record_gets_no_second_one(cast, double):
    [old] = issued(cast)
    number = old.certificate.number
    Certificate.everywhere.filter(pk=old.certificate_id).update(teacher=double)
    Determination.everywhere.filter(pk=old.determination_id).update(teacher=double)
    join(cast, double)
    assert Certificate.everywhere.count() == 1
    [new] = issued(cast)
    assert (new.certificate.number, new.version) == (number, 2)
    assert valid() == [(number, cast.lin_teacher.pk)]
    assert new.frozen["name"] == "林知微"


def test_two_certificates_become_one_and_part_again(cast, double):
    verified(cast, [double])
    [own], [other] = issued(cast), issued(cast, [double])
    made = join(cast, double)
    joined = Certificate.everywhere.get(pk=other.certificate_id)
    assert (joined.joined_into_id, joined.joined_at) == (own.certificate_id, NOW)
    assert valid() == [(own.certificate.number, cast.lin_teacher.pk)]
    said = certificates.check_result(joined.number, now=NOW)
    assert (said["state"].value, said["joined_into"]) == ("superseded", own.certificate.number)
    assert [one.pk for one, _years in certificates.own_certificates(cast.lin_teacher.pk)] == [own.certificate_id, joined.pk]
    assert AuditLine.objects.filter(act="certificates.joined").count() == 1
    part(cast, made)
    joined.refresh_from_db()
    assert joined.joined_into is None
    assert set(valid()) == {(own.certificate.number, cast.lin_teacher.pk), (joined.number, double.pk)}


def test_a_year_that_only_the_merged_record_has_stands_on_the_certificate_that_holds(cast, double):
    verified(cast, [double])
    [other] = issued(cast, [double])
    [own] = issued(cast)
    CertificatePage.everywhere.filter(pk=own.pk).update(state="superseded", ended_at=NOW)
    made = join(cast, double)
    assert valid() == [(own.certificate.number, double.pk)]
    part(cast, made)
    assert (other.certificate.number, double.pk) in valid()
    assert (own.certificate.number, double.pk) not in valid()


def test_a_page_lists_the_hours_of_both_records(cast, double):
    verified(cast, [double], hours=3)
    join(cast, double)
    [page] = issued(cast)
    shown = str(page.frozen)
    assert examined(cast, [cast.lin_teacher])
    assert page.frozen["recognised"] >= 72_00
    assert shown
