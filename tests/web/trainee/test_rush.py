"""The page of the press: what stands before it, the plain form without script, and what became of it."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from tests import rushing
from xingtan.domains.admissions.models import Application, Round
from xingtan.domains.quotas.models import Quota
from xingtan.domains.rush.deciding import decide
from xingtan.domains.rush.presses import Press, stamped
from xingtan.domains.rush.recorder import Rush
from xingtan.domains.rush.tokens import read_token
from xingtan.foundation.people.models import Account


class AtOnce:
    """A committer that decides in the caller's own transaction."""

    def submit(self, press: Press) -> dict:
        [answer] = decide([stamped(press)])
        return answer


@pytest.fixture
def cast(db):
    cast = rushing.build(1)
    cast.browser = Client()
    cast.browser.force_login(Account.objects.get(pk=cast.lin.account_id))
    cast.page = f"/my/rush/{cast.rush.public_id}/"
    return cast


def token_on(cast):
    found = re.search(r'name="token" value="([^"]+)"', cast.browser.get(cast.page).content.decode())
    return found and found[1]


def press(token):
    body, told = urlencode({"token": token}).encode(), []
    environ = {
        "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.input": io.BytesIO(body),
    }  # fmt: skip
    Rush(AtOnce())(environ, lambda status, headers: told.append((status[:3], dict(headers).get("Location"))))
    return told[0]


def test_the_plain_form_presses_and_leads_back_to_the_answer(cast):
    token = token_on(cast)
    claims = read_token(token, timezone.now().timestamp())
    assert (claims.teacher_id, claims.project_id) == (cast.lin_teacher.pk, cast.rush.pk)
    assert press(token) == ("303", cast.page)
    assert Application.everywhere.get().state == "admitted"
    page = cast.browser.get(cast.page)
    assert token_on(cast) is None
    assert "x-rush-answer" in page.content.decode()


def test_before_the_round_opens_it_counts_down_and_a_press_is_refused_with_words(cast):
    Round.everywhere.update(opens_at=timezone.now() + timedelta(minutes=5))
    page = cast.browser.get(cast.page).content.decode()
    assert "data-clock" in page
    status, place = press(token_on(cast))
    assert (status, place) == ("303", f"{cast.page}?no=round_not_open")
    assert 'role="alert"' in cast.browser.get(place).content.decode()


def test_whom_the_conditions_leave_out_has_reasons_and_no_token(cast):
    type(cast.rush).everywhere.filter(pk=cast.rush.pk).update(conditions={"stages": ["senior"]})
    assert token_on(cast) is None
    assert "<li>" in cast.browser.get(cast.page).content.decode()


def test_another_county_and_an_unknown_address_find_nothing(cast):
    browser = Client()
    browser.force_login(Account.objects.get(pk=cast.wu.account_id))
    assert browser.get(cast.page).status_code == 403
    assert cast.browser.get("/my/rush/nothing/").status_code == 404


@pytest.mark.parametrize("token", ["", "x.y", "a" * 900], ids=["none", "foreign", "long"])
def test_a_token_that_is_none_leads_to_the_projects(db, token):
    assert press(token)[0] in {"303", "400"}
    assert Application.everywhere.count() == 0


def test_the_projects_own_page_leads_to_the_press(cast):
    there = f"/my/projects/{cast.rush.public_id}/"
    told = cast.browser.get(there).content.decode()
    assert f'href="{cast.page}"' in told
    assert "/apply/" not in told  # nothing else to say, so there is one way only
    assert press(token_on(cast)) == ("303", cast.page)
    assert f'href="{cast.page}"' not in cast.browser.get(there).content.decode()


def test_the_form_takes_the_only_category_that_serves_and_names_no_other(cast):
    type(cast.rush).everywhere.filter(pk=cast.rush.pk).update(categories=[{"code": "subject", "label": "学科教师"}])
    Quota.everywhere.filter(project=cast.rush).update(category="subject")
    there = f"/my/projects/{cast.rush.public_id}/"
    assert 'name="category"' not in cast.browser.get(there).content.decode()
    assert cast.browser.post(f"{there}apply/", {"act": "apply"}).status_code == 302
    row = Application.everywhere.get()
    assert (row.category, row.state) == ("subject", "admitted")
    shown = cast.browser.get(f"/my/applications/{row.public_id}/").content.decode()
    assert "学科教师" in shown
    assert "<dd>subject" not in shown


def test_who_withdrew_sees_nothing_of_the_earlier_press(cast):
    press(token_on(cast))
    row = Application.everywhere.get()
    assert str(row.arrived) in cast.browser.get(cast.page).content.decode()
    assert cast.browser.post(f"/my/applications/{row.public_id}/withdraw/", {"reason": "忙"}).status_code == 302
    assert str(row.arrived) not in cast.browser.get(cast.page).content.decode()
