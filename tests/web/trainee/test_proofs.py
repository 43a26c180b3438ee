"""Proofs of hours on the pages and over the API: one's own, and those of the branch; nobody else's."""

from __future__ import annotations

import pytest

from tests.calling import Caller
from tests.enrolling import LATER
from tests.playing import Site
from tests.web.trainee.test_study import browser_of
from xingtan.core.learned_time.proof import checked
from xingtan.domains.courses.models import Unit
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.audit.models import AuditLine

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def in_the_study_window(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture
def site():
    """Lin studied the first unit for 40 s; her number and the unit's in addresses."""
    made = Site()
    made.study(made.player(0), 40)
    made.person = Teacher.everywhere.get(pk=made.lin).public_id
    made.unit = Unit.objects.get(pk=made.units[0]).public_id
    made.unopened = Unit.objects.get(pk=made.units[1]).public_id
    return made


def given():
    return AuditLine.objects.filter(act="learning.proof_given").count()


def test_a_teacher_takes_the_own_proof(site):
    lin = browser_of(site.cast.lin)
    page = lin.get("/my/time/proofs/").content.decode()
    assert f"/my/time/proofs/{site.unit}.json" in page
    assert "0:40" in page
    answer = lin.get(f"/my/time/proofs/{site.unit}.json")
    assert answer["Content-Disposition"] == f'attachment; filename="proof-{site.unit}.json"'
    found = checked(answer.content)
    assert (found.faults, [one.counted_s for one in found.judged]) == ((), [40])
    assert given() == 0
    assert lin.get(f"/my/time/proofs/{site.unopened}.json").status_code == 404


def test_an_office_of_the_branch_takes_it_and_that_is_on_record(site):
    zhou = browser_of(site.cast.zhou)
    page = zhou.get(f"/bureau/teachers/{site.person}/proofs/").content.decode()
    assert f"/bureau/teachers/{site.person}/proofs/{site.unit}.json" in page
    answer = zhou.get(f"/bureau/teachers/{site.person}/proofs/{site.unit}.json")
    assert checked(answer.content).faults == ()
    assert given() == 1
    wu = browser_of(site.cast.wu)
    assert wu.get(f"/bureau/teachers/{site.person}/proofs/").status_code == 404
    assert wu.get(f"/bureau/teachers/{site.person}/proofs/{site.unit}.json").status_code == 404
    lin = browser_of(site.cast.lin)
    assert lin.get(f"/bureau/teachers/{site.person}/proofs/").status_code == 403


def test_programs_list_and_take_it(site):
    for actor in (site.cast.lin, site.cast.zhou):
        caller = Caller(actor, now=LATER)
        [row] = caller.get(f"/records/{site.person}/proofs").json()
        assert (row["unit"], row["learned_s"]) == (site.unit, 40)
        assert checked(caller.get(f"/records/{site.person}/proofs/{site.unit}").content).faults == ()
    assert Caller(site.cast.wu, now=LATER).get(f"/records/{site.person}/proofs").status_code == 404
    assert Caller(site.cast.zhou, now=LATER).get(f"/records/{site.person}/proofs/{site.unopened}").status_code == 404
