"""Acting for another: what opens, what stays shut, whose name stands in the log and in what was written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import enrolling
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.acting import LONGEST
from xingtan.foundation.people.models import Account, ApiToken, Grant
from xingtan.web import middleware

SHUT_TO_CLERKS = ["/my/", "/my/record/", "/my/study/", "/my/certificates/", "/my/quiz/x/", "/my/eligibility/"]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(middleware.timezone, "now", lambda: enrolling.NOW)


def act(client, kind, row):
    return client.post(f"/acting/{kind}/{row.public_id}/")


def test_an_office_does_a_clerks_work_under_its_own_name(cast, as_actor):
    office = as_actor(cast.zhou)
    assert office.get("/school/selections/").status_code == 403 or "data-acting" not in office.get("/school/selections/").content.decode()
    assert act(office, "school", cast.school).status_code == 302
    page = office.get("/school/selections/").content.decode()
    assert "data-acting" in page
    assert "青禾实验小学" in page
    lines = AuditLine.objects.filter(act="people.acting_begun").values_list("account_id", "role", "organisation_id", "detail")
    own = {"own": {"role": "county_officer", "organisation": cast.county.pk}}
    assert list(lines) == [(cast.zhou.account_id, "school_clerk", cast.school.pk, own)]
    assert office.get("/bureau/queue/").status_code == 403  # one place at a time
    assert act(office, "school", cast.second).status_code == 403
    assert office.post("/acting/stop/").status_code == 302
    assert office.get("/bureau/queue/").status_code == 200


def test_what_an_office_confirms_for_a_school_names_the_officer(cast, as_actor):
    enrolling.choose(cast, cast.lin, "A", "own")
    office = as_actor(cast.zhou)
    act(office, "school", cast.school)
    selection = CourseSelection.everywhere.get()
    answer = office.post("/school/selections/confirm/", {"ids": [f"{selection.public_id}.{selection.version}"]})
    assert answer.status_code in (200, 302), answer.content.decode()
    selection.refresh_from_db()
    assert (selection.state, selection.confirmed_by_id) == ("confirmed", cast.zhou.account_id)
    line = AuditLine.objects.get(act="enrolment.confirmed")
    assert (line.account_id, line.role, line.organisation_id) == (cast.zhou.account_id, "school_clerk", cast.school.pk)
    assert line.detail["own"] == {"role": "county_officer", "organisation": cast.county.pk}


def test_a_clerk_chooses_for_a_teacher_and_sees_nothing_else_of_theirs(cast, as_actor):
    clerk = as_actor(cast.chen)
    assert act(clerk, "teacher", cast.lin_teacher).headers["Location"] == "/my/choose/"
    page = clerk.get("/my/choose/")
    assert page.status_code == 200
    assert "data-acting" in page.content.decode()
    assert [path for path in SHUT_TO_CLERKS if clerk.get(path).status_code not in (403, 404)] == []
    assert clerk.get("/school/bills/").status_code == 403
    assert clerk.post("/acting/stop/").status_code == 302
    assert clerk.get("/school/bills/").status_code == 200


@pytest.mark.parametrize(
    ("who", "kind", "whom", "status"),
    [
        ("zhou", "school", "elsewhere", 404),
        ("zhou", "school", "county", 404),
        ("zhou", "teacher", "lin_teacher", 403),
        ("chen", "school", "school", 403),
        ("he", "teacher", "lin_teacher", 403),
        ("wu", "teacher", "lin_teacher", 404),
        ("lin", "teacher", "lin_teacher", 403),
    ],
)
def test_nobody_acts_outside_the_own_branch_or_above_the_own_place(cast, as_actor, who, kind, whom, status):
    client = as_actor(getattr(cast, who))
    assert act(client, kind, getattr(cast, whom)).status_code == status
    assert "acting" not in client.session


@pytest.mark.parametrize(("who", "is_warned"), [("he", True), ("lin", False)])
def test_a_deputy_who_would_enter_and_review_is_warned_of(cast, as_actor, who, is_warned):
    clerk, account = as_actor(cast.chen), Account.objects.get(pk=getattr(cast, who).account_id)
    assert "由两人分别办理" in clerk.get("/deputies/").content.decode()
    day = f"{enrolling.NOW:%Y-%m-%d}"
    answer = clerk.post("/deputies/", {"identity": account.login, "from_on": day, "to_on": day}, follow=True)
    assert [one.level_tag for one in answer.context["messages"]] == ["success", "warning"][: 1 + is_warned]


def test_acting_goes_no_further_than_one_step(cast, as_actor):
    office = as_actor(cast.zhou)
    act(office, "school", cast.school)
    assert act(office, "teacher", cast.lin_teacher).status_code == 403
    assert office.get("/deputies/").status_code == 403


def test_it_ends_after_four_hours_and_a_late_form_changes_nothing(cast, as_actor, monkeypatch):
    office = as_actor(cast.zhou)
    act(office, "school", cast.school)
    late = enrolling.NOW + LONGEST + timedelta(seconds=1)
    monkeypatch.setattr(middleware.timezone, "now", lambda: late)
    assert office.post("/provider/enter/now/", {}).status_code == 409
    assert office.get("/bureau/queue/").status_code == 200


def test_it_ends_with_the_grant_and_when_the_teacher_leaves_the_school(cast, as_actor):
    clerk = as_actor(cast.chen)
    act(clerk, "teacher", cast.lin_teacher)
    type(cast.lin_teacher).everywhere.filter(pk=cast.lin_teacher.pk).update(school=cast.second)
    assert clerk.get("/my/choose/").status_code == 403
    office = as_actor(cast.zhou)
    act(office, "school", cast.school)
    Grant.objects.filter(account_id=cast.zhou.account_id).update(ended_at=timezone.now())
    assert office.get("/school/selections/").status_code == 302


def test_no_key_is_made_in_anothers_place(cast, as_actor):
    office = as_actor(cast.zhou)
    act(office, "school", cast.school)
    assert office.post("/tokens/", {"name": "x"}).status_code == 404
    assert not ApiToken.objects.exists()


def test_the_list_offers_the_branch_only(cast, as_actor):
    found = as_actor(cast.zhou).get("/acting/").context["page_of"].rows
    assert {one.pk for one in found} == {cast.school.pk, cast.second.pk}
    own = as_actor(cast.chen).get("/acting/", {"q": cast.lin_teacher.name}).context["page_of"].rows
    assert [one.pk for one in own] == [cast.lin_teacher.pk]
