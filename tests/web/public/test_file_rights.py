"""Who may download a stored file: by its kind and branch, and who made it where."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import enrolling
from xingtan.foundation.files.kinds import PERSONAL
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role
from xingtan.web.public.file_rights import IN_BRANCH

NOW = enrolling.NOW
NUMBERS = ["roster", "roster.preview", "roster.mend", "roster.bundle", "everything"]


def kept(actor, kind):
    return keep_file([b"a,b\n"], kind=kind, name="a.csv", media_type="text/csv", actor=actor, now=NOW)


def link(file):
    return f"/files/{file.public_id}/"


def ended(actor, **which):
    """These grants of the person are over."""
    Grant.objects.filter(account_id=actor.account_id, **which).update(ended_at=timezone.now())


def given(actor, role, organisation):
    Grant.objects.create(account_id=actor.account_id, role=role, organisation=organisation, from_on=date(2020, 1, 1))


def test_every_personal_kind_says_whom_it_is_for():
    assert set(IN_BRANCH) >= PERSONAL


@pytest.mark.parametrize("kind", NUMBERS)
def test_what_holds_whole_numbers_is_only_for_who_imports(cast, as_actor, kind):
    file = kept(cast.chen, kind)
    colleague = enrolling.actor_of(Role.SUPERVISOR, cast.county)
    assert as_actor(cast.chen).get(link(file)).status_code == 200
    assert as_actor(cast.zhou).get(link(file)).status_code == 200
    for actor in (cast.he, colleague, cast.wu, cast.lin):
        answer = as_actor(actor).get(link(file))
        assert answer.status_code == 404
        assert answer.content.decode().count("a.csv") == 0


def test_a_document_that_reviewers_need_stays_theirs(cast, as_actor):
    file = kept(cast.chen, "late_entry")
    assert as_actor(cast.he).get(link(file)).status_code == 200
    assert as_actor(cast.wu).get(link(file)).status_code == 404


def test_handed_in_work_is_its_makers_and_follows_the_teacher(cast, as_actor):
    file = kept(cast.lin, "hand_in")
    for actor in (cast.he, cast.chen, cast.zhou, cast.mei):
        assert as_actor(actor).get(link(file)).status_code == 404
    ended(cast.lin)
    given(cast.lin, Role.TEACHER, cast.second)
    assert as_actor(cast.lin).get(link(file)).status_code == 200


@pytest.mark.parametrize(("role", "place"), [(Role.SCHOOL_REVIEWER, "school"), (Role.SCHOOL_CLERK, "elsewhere"), (Role.TUTOR, "school")])
def test_an_upload_stays_with_the_office_when_the_role_ended(cast, as_actor, role, place):
    file = kept(cast.chen, "roster")
    job = start_job(actor=cast.chen, kind="teachers.preview_roster", params={}, file=file, now=NOW)
    Job.everywhere.update(report_file=file, state="done")
    addresses = [link(file), reverse("public:job", args=[job.public_id]), reverse("public:job_report", args=[job.public_id])]
    given(cast.chen, role, getattr(cast, place))
    assert [as_actor(cast.chen).get(one).status_code for one in addresses] == [200, 200, 200]
    ended(cast.chen, role=Role.SCHOOL_CLERK, organisation=cast.school)
    assert [as_actor(cast.chen).get(one).status_code for one in addresses] == [404, 404, 404]


def test_a_job_that_another_started_is_not_there(cast, as_actor):
    job = start_job(actor=cast.chen, kind="teachers.preview_roster", params={}, now=NOW)
    assert as_actor(cast.zhou).get(reverse("public:job", args=[job.public_id])).status_code == 404
