"""Handing over: one act, what passes told before and after, the holder left with nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from tests import enrolling
from xingtan.core.calendar import local_day
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.people.models import ACTIVATION_BOX, Account, ApiToken, Grant, Handover
from xingtan.foundation.people.roles import Role
from xingtan.web import middleware

NOW = enrolling.NOW
TODAY = local_day(NOW)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(middleware.timezone, "now", lambda: NOW)


@pytest.fixture
def cast(db):
    return enrolling.build()


def signed_in(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def account_of(actor):
    return Account.objects.get(pk=actor.account_id)


def work_of_chen(cast):
    """A selection that waits, a job with a file, an unread message of the office and one of her own, a deputy, a key."""
    chen, grant = account_of(cast.chen), Grant.objects.get(account_id=cast.chen.account_id)
    enrolling.choose(cast, cast.lin, "A", "own")
    own = {"organisation_id": cast.school.pk, "account_id": chen.pk}
    file = StoredFile.everywhere.create(kind="roster", name="a", media_type="text/csv", size=1, sha256="0" * 64, stored_at=NOW, **own)
    Job.everywhere.create(kind="x", actor={}, report_file=file, created_at=NOW, **own)
    for link, source in (("/school/selections/", "a"), ("/my/record/", "b")):
        Message.objects.create(account=chen, code="x", link=link, source=source, sent_at=NOW)
    Grant.objects.create(
        account=account_of(cast.lin), role=grant.role, organisation=cast.school, from_on=TODAY, to_on=TODAY, deputy_for=grant
    )
    ApiToken.objects.create(grant=grant, name="x", digest="d", created_at=NOW, expires_at=NOW + timedelta(days=9))
    return chen, file


def test_everything_passes_in_one_act(cast):
    chen, file = work_of_chen(cast)
    office, path = signed_in(cast.zhou), f"/bureau/people/{chen.public_id}/handover/"
    before = {str(word): number for word, number in office.get(path).context["items"]}
    assert sorted(before.values()) == [0, 0, 0, 1, 1, 1, 1, 1]
    answer = office.post(path, {"identity": "qian", "name": "钱望舒"})
    assert answer.status_code == 302
    page = office.get(answer.headers["Location"])
    assert {str(word): number for word, number in page.context["items"]} == before
    assert page.context["code"] in page.content.decode()
    qian = Account.objects.get(login="qian")
    held = Grant.objects.get(account=qian)
    assert (held.role, held.organisation_id, held.from_on, held.to_on) == (Role.SCHOOL_CLERK, cast.school.pk, TODAY, None)
    assert not [
        one for one in Grant.objects.exclude(account=qian).filter(role=Role.SCHOOL_CLERK, organisation=cast.school) if one.holds_on(TODAY)
    ]
    assert (Job.everywhere.get().account_id, StoredFile.everywhere.get(pk=file.pk).account_id) == (qian.pk, qian.pk)
    assert set(Message.objects.values_list("account_id", "link")) >= {(qian.pk, "/school/selections/"), (chen.pk, "/my/record/")}
    assert signed_in(cast.chen).get("/school/selections/").status_code == 302
    assert AuditLine.objects.get(act="people.handed_over").detail["jobs"] == 1


def test_messages_of_an_office_elsewhere_stay_with_their_holder(cast):
    chen, _file = work_of_chen(cast)
    Grant.objects.create(account=chen, role=Role.PROVIDER_STAFF, organisation=cast.provider, from_on=TODAY)
    Message.objects.create(account=chen, code="x", link="/provider/", source="c", sent_at=NOW)
    office, path = signed_in(cast.zhou), f"/bureau/people/{chen.public_id}/handover/"
    told = {str(word): number for word, number in office.get(path).context["items"]}
    answer = office.post(path, {"identity": "qian", "name": "钱望舒"})
    assert {str(word): number for word, number in office.get(answer.headers["Location"]).context["items"]} == told
    assert not Message.objects.filter(account__login="qian").exists()
    assert Message.objects.filter(account=chen, read_at=None).count() >= 3


@pytest.mark.parametrize("who", ["wu", "mei"])
def test_nobody_of_another_branch_is_a_successor_or_shows_a_code(cast, who):
    Account.objects.update(created_at=NOW - timedelta(days=9))
    chen, other = account_of(cast.chen), account_of(getattr(cast, who))
    office, path = signed_in(cast.zhou), f"/bureau/people/{chen.public_id}/handover/"
    there, nobody = (office.post(path, {"identity": one}) for one in (other.login, "nobody-yet"))
    assert (there.status_code, nobody.status_code) == (409, 409)
    assert there.context["form"].non_field_errors() == nobody.context["form"].non_field_errors()
    assert not Handover.objects.exists()


def test_a_successor_of_the_branch_shows_no_code(cast):
    Account.objects.update(created_at=NOW - timedelta(days=9))
    Account.objects.filter(pk=cast.he.account_id).update(activation_code=ACTIVATION_BOX.close("abcdefgh"))
    chen, he = account_of(cast.chen), account_of(cast.he)
    page = signed_in(cast.zhou).post(f"/bureau/people/{chen.public_id}/handover/", {"identity": he.login}, follow=True)
    assert page.status_code == 200
    assert page.context["code"] == ""
    assert "abcdefgh" not in page.content.decode()


@pytest.mark.parametrize(
    ("who", "told", "status"),
    [
        ("chen", {"identity": "nobody-yet"}, 409),
        ("chen", {"identity": ""}, 422),
        ("wu", {"identity": "qian", "name": "钱望舒"}, 404),
        ("mei", {"identity": "qian", "name": "钱望舒"}, 404),
        ("zhou", {"identity": "qian", "name": "钱望舒"}, 409),
    ],
    ids=["nobody without a name", "nobody", "another county's", "an office above", "the own office"],
)
def test_a_handover_is_refused_and_nothing_has_moved(cast, who, told, status):
    holder = account_of(getattr(cast, who))
    before = set(Grant.objects.values_list("pk", "account_id", "ended_at"))
    assert signed_in(cast.zhou).post(f"/bureau/people/{holder.public_id}/handover/", told).status_code == status
    assert set(Grant.objects.values_list("pk", "account_id", "ended_at")) == before
    assert not Handover.objects.exists()
    assert not Account.objects.filter(login="qian").exists()


def test_to_oneself_is_refused(cast):
    chen = account_of(cast.chen)
    answer = signed_in(cast.zhou).post(f"/bureau/people/{chen.public_id}/handover/", {"identity": chen.login})
    assert answer.status_code == 409


def test_schools_without_an_active_administrator_are_listed_by_what_they_lack(cast):
    office = signed_in(cast.zhou)

    def lacks(**query):
        return {str(one.school): one.lack for one, _word in office.get("/bureau/people/unattended/", query).context["rows"]}

    assert lacks() == {"青禾实验小学": "never", "青山小学": "nobody"}
    Account.objects.filter(pk=cast.chen.account_id).update(last_login=NOW - timedelta(days=61))
    assert lacks()["青禾实验小学"] == "quiet"
    assert "青禾实验小学" not in lacks(days=90)
    assert lacks(lack="nobody") == {"青山小学": "nobody"}
    Grant.objects.filter(account_id=cast.chen.account_id).update(used_on=TODAY)
    assert "青禾实验小学" not in lacks()
    workbook = office.get("/bureau/people/unattended/", {"export": "xlsx"})
    assert workbook["Content-Type"].startswith("application/vnd.openxmlformats")
    workbook.close()


def test_roles_are_confirmed_once_a_year_by_somebody_else(cast):
    office = signed_in(cast.zhou)
    ids = {actor: Grant.objects.get(account_id=getattr(cast, actor).account_id).pk for actor in ("chen", "zhou", "wu")}
    assert all(row["is_due"] for row in office.get("/bureau/people/").context["rows"])
    office.post("/bureau/people/confirm/", {"grant": [*ids.values(), "x", "9" * 30]})
    confirmed = set(Grant.objects.filter(confirmed_on=TODAY).values_list("pk", flat=True))
    assert confirmed == {ids["chen"]}
    assert AuditLine.objects.get(act="people.roles_confirmed").subject_ids == [ids["chen"]]


def test_who_sees_a_teacher_names_the_way_up_deputies_and_keys(cast):
    enrolling.choose(cast, cast.lin, "A", "own")
    provider = enrolling.actor_of(Role.PROVIDER_STAFF, cast.provider)
    grant = Grant.objects.get(account_id=cast.chen.account_id)
    Grant.objects.create(
        account=account_of(cast.he), role=grant.role, organisation=cast.school, from_on=TODAY, to_on=TODAY, deputy_for=grant
    )
    ApiToken.objects.create(grant=grant, name="x", digest="d", created_at=NOW, expires_at=NOW + timedelta(days=9))
    over = Grant.objects.get(account_id=cast.zhou.account_id)
    Grant.objects.filter(pk=over.pk).update(to_on=date(2021, 1, 1))
    rows = signed_in(cast.mei).get(f"/bureau/teachers/{cast.lin_teacher.public_id}/who-sees/").context["rows"]
    told = {(one.name, str(one.role), one.deputy_of, one.keys) for one, _role, _way in rows}
    chen, he, mei, staff = (account_of(one).name for one in (cast.chen, cast.he, cast.mei, provider))
    assert {(chen, "school_clerk", "", 1), (he, "school_clerk", chen, 0), (he, "school_reviewer", "", 0)} <= told
    assert {(mei, "province_officer", "", 0), (staff, "provider_staff", "", 0)} <= told
    assert not [one for one in told if one[0] in (account_of(cast.zhou).name, account_of(cast.wu).name)]
    own = signed_in(cast.lin).get("/my/who-sees/")
    assert {(one.name, str(one.role), one.deputy_of, one.keys) for one, _role, _way in own.context["rows"]} == told
    assert signed_in(cast.wu).get(f"/bureau/teachers/{cast.lin_teacher.public_id}/who-sees/").status_code == 404


def test_a_role_begins_later_and_ends_by_itself(cast):
    office = signed_in(cast.zhou)
    told = {"organisation": "青山小学", "role": Role.SCHOOL_CLERK, "identity": "qian", "name": "钱望舒"}
    days = {"from_on": TODAY + timedelta(days=2), "to_on": TODAY + timedelta(days=3)}
    assert office.post("/bureau/people/give/", told | {"from_on": days["to_on"], "to_on": days["from_on"]}).status_code == 409
    assert office.post("/bureau/people/give/", told | days).context["code"]
    grant = Grant.objects.get(account__login="qian")
    assert [grant.holds_on(TODAY + timedelta(days=n)) for n in (1, 2, 3, 4)] == [False, True, True, False]
    assert [row["is_later"] for row in office.get("/bureau/people/", {"q": "qian"}).context["rows"]] == [True]
