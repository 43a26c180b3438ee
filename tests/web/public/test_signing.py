"""Signing in and out, activation, roles, messages, jobs and files."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from xingtan.foundation.files.store import keep_file
from xingtan.foundation.inbox.send import tell, unread_count
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.people.models import ACTIVATION_BOX, Account, Grant

PASSWORD = "kong-shan-xin-yu"


@pytest.fixture
def chen(cast):
    account = Account.objects.get(pk=cast.chen.account_id)
    account.set_password(PASSWORD)
    account.activated_at = timezone.now()
    account.save()
    return account


@pytest.fixture
def waiting(cast):
    account = Account.objects.get(pk=cast.lin.account_id)
    account.activation_code = ACTIVATION_BOX.close("abcd2345")
    account.save()
    return account


def sign_in(browser, account, password=PASSWORD, **more):
    return browser.post("/sign-in/", {"identity": account.login, "password": password, **more})


def test_a_right_password_opens_the_roles_first_page(browser, chen):
    assert sign_in(browser, chen).status_code == 302
    assert browser.session["_auth_user_id"] == str(chen.pk)


def test_a_wrong_password_says_so_and_keeps_the_number(browser, chen):
    answer = sign_in(browser, chen, "wrong")
    assert answer.status_code == 422
    assert f'value="{chen.login}"' in answer.content.decode()
    assert "_auth_user_id" not in browser.session


def test_the_page_that_asked_for_it_comes_back_after_signing_in(browser, chen):
    assert browser.get("/messages/").headers["Location"] == "/sign-in/?next=/messages/"
    assert sign_in(browser, chen, next="/messages/").headers["Location"] == "/messages/"


def test_the_sixth_attempt_is_locked_even_with_the_right_password(browser, chen):
    for _attempt in range(5):
        sign_in(browser, chen, "wrong")
    answer = sign_in(browser, chen)
    assert answer.status_code == 422
    assert "请" in answer.content.decode()
    assert "_auth_user_id" not in browser.session


def test_signing_out_needs_a_form_and_forgets_the_account(browser, chen):
    sign_in(browser, chen)
    assert browser.get("/sign-out/").status_code == 405
    browser.post("/sign-out/")
    assert "_auth_user_id" not in browser.session


def test_activation_sets_the_password_once(browser, waiting):
    given = {"identity": waiting.login, "code": "ABCD-2345", "password": PASSWORD, "again": PASSWORD}
    assert browser.post("/activate/", given).status_code == 302
    assert browser.session["_auth_user_id"] == str(waiting.pk)
    browser.post("/sign-out/")
    assert browser.post("/activate/", given).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"again": "another-one-9"}, {"password": "12345678", "again": "12345678"}, {"code": "zzzz9999"}, {"identity": "nobody"}]
)
def test_activation_is_refused_and_nothing_changes(browser, waiting, wrong):
    given = {"identity": waiting.login, "code": "abcd2345", "password": PASSWORD, "again": PASSWORD}
    assert browser.post("/activate/", given | wrong).status_code == 422
    waiting.refresh_from_db()
    assert waiting.activated_at is None


def test_one_person_switches_between_the_own_roles_only(browser, cast, chen):
    second = Grant.objects.create(account=chen, role="county_officer", organisation=cast.county, from_on=date(2020, 1, 1))
    foreign = Grant.objects.exclude(account=chen).first()
    sign_in(browser, chen)
    assert browser.post("/role/", {"grant": second.pk}).status_code == 302
    assert browser.session["grant"] == second.pk
    assert browser.post("/role/", {"grant": foreign.pk}).status_code == 404
    assert browser.post("/role/", {"grant": "x"}).status_code == 404


def test_messages_are_read_once_they_were_shown(as_actor, cast):
    tell([cast.lin.account_id], "unknown_code", source="a:1", params={}, now=timezone.now())
    assert unread_count(cast.lin.account_id) == 1
    assert as_actor(cast.lin).get("/messages/").status_code == 200
    assert unread_count(cast.lin.account_id) == 0


def make_job(actor, **values):
    sound = {
        "kind": "x",
        "organisation_id": actor.organisation_id,
        "account_id": actor.account_id,
        "actor": {"role": actor.role.value, "organisation_id": actor.organisation_id},
        "created_at": timezone.now(),
    }
    return Job.everywhere.create(**sound | values)


def test_a_job_shows_its_progress_to_its_starter_only(as_actor, cast):
    job = make_job(cast.chen, state="running", done_count=30, total_count=120)
    answer = as_actor(cast.chen).get(f"/job/{job.public_id}/", headers={"accept": "application/json"})
    assert answer.json() == {"percent": 25, "is_over": False, "words": "已处理 30，共 120"}
    assert as_actor(cast.he).get(f"/job/{job.public_id}/").status_code == 404


@pytest.mark.parametrize("state", ["queued", "running", "done", "refused", "failed"])
def test_a_job_has_a_page_in_every_state(as_actor, cast, state):
    job = make_job(cast.chen, state=state, result={"refusal": "stale", "params": {}, "added": 3})
    assert as_actor(cast.chen).get(f"/job/{job.public_id}/").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("chen", 200), ("he", 200), ("zhou", 200), ("wu", 404), ("lin", 404)])
def test_a_file_is_read_by_its_owner_and_the_offices_above(as_actor, cast, settings, tmp_path, who, status):
    settings.MEDIA_ROOT = tmp_path
    kept = keep_file([b"words"], kind="report", name="名册.txt", media_type="text/plain", actor=cast.chen, now=timezone.now())
    answer = as_actor(getattr(cast, who)).get(f"/files/{kept.public_id}/")
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert b"".join(answer.streaming_content) == b"words"
