"""Pages of the registers: each list with search, filter, sort and export; forms that refuse without losing what was typed."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import enrolling
from xingtan.domains.registers import api as door
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
LISTS = ["registers", "cadres", "register_providers", "side_offices", "members"]
NOMINATION = {
    "team": "experts", "name": "罗正行", "workplace": "进修学校", "duties": "指导", "competence": "正高级", "from_on": "2026-09-01",
}  # fmt: skip


@pytest.fixture
def cast(db):
    return enrolling.build()


def client(actor=None):
    made = Client()
    if actor:
        made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = "en"
    return made


def page(name):
    return reverse(f"bureau:{name}")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "?q=nobody&sort=-name", "?state=ended&page=9"])
def test_an_empty_list_says_what_comes_here(cast, name, query):
    answer = client(cast.zhou).get(page(name) + query)
    assert answer.status_code == 200
    assert b"x-empty" in answer.content


def test_a_school_nominates_the_county_ticks_and_approves(cast):
    sent = client(cast.chen).post(page("pool_nominate"), {**NOMINATION, "office_id": cast.county.pk})
    assert sent.status_code == 302
    [row] = door.pool_in(cast.zhou.scope)
    shown = client(cast.zhou).get(page("registers") + "?team=experts&state=nominated&sort=-name").content.decode()
    assert "罗正行" in shown
    assert f'value="{row.public_id}"' in shown
    refused = client(cast.zhou).post(page("pool_decide"), {"ids": [row.public_id], "outcome": "refused"})
    assert refused.status_code == 409
    client(cast.zhou).post(page("pool_decide"), {"ids": [row.public_id], "outcome": "approved"})
    ratio = client(cast.zhou).get(page("ratios"))
    assert ratio.context["rows"][0][1].held == 1
    book = b"".join(client(cast.zhou).get(page("registers") + "?export=xlsx").streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert (len(rows), rows[1][0], rows[1][-1]) == (2, "罗正行", "In the pool")


def test_a_form_that_is_refused_keeps_what_was_typed(cast):
    told = {**NOMINATION, "office_id": cast.county.pk, "to_on": "2026-01-01"}
    answer = client(cast.chen).post(page("pool_nominate"), told)
    assert answer.status_code == 409
    assert "罗正行" in answer.content.decode()
    assert client(cast.chen).post(page("pool_nominate"), {**NOMINATION, "office_id": cast.strange.pk}).status_code == 422


def test_a_principal_who_is_missing_is_named_and_entered(cast):
    [head] = enrolling.teachers(cast.school, 1, position="principal")
    assert head.name in client(cast.chen).get(page("cadres")).content.decode()
    told = {"person": head.name, "duty": "principal", "from_on": "2026-09-01", "need": "improving"}
    assert client(cast.chen).post(page("cadre_new"), told).status_code == 302
    [row] = door.cadres_in(cast.chen.scope)
    listed = client(cast.zhou).get(page("cadres") + "?duty=principal&need=improving").content.decode()
    assert "Improving training" in listed
    change = reverse("bureau:cadre", args=[row.public_id])
    assert client(cast.wu).post(change, {"need": ""}).status_code == 404
    assert client(cast.chen).post(change, {"need": "advanced", "to_on": "2026-10-01"}).status_code == 302


def test_what_an_office_holds_of_a_provider_needs_a_reason_when_it_is_bad(cast):
    form = reverse("bureau:register_provider", args=[cast.provider.public_id])
    told = {"licence": "36-77", "fields_taught": "信息技术", "contact": "李", "standing": "suspended"}
    assert client(cast.zhou).post(form, told).status_code == 409
    assert client(cast.zhou).post(form, {**told, "reason": "学时造假"}).status_code == 302
    assert "学时造假" in client(cast.zhou).get(page("register_providers") + "?state=suspended").content.decode()
    assert "36-77" in client(cast.zhou).get(form).content.decode()


def test_a_leading_group_with_its_head(cast):
    told = {"organisation_id": cast.county.pk, "kind": "leadership", "name": "领导小组", "from_on": "2026-09-01"}
    address = client(cast.zhou).post(page("side_office_new"), told)["Location"]
    seat = {"name": "甲", "post": "局长", "duty": "head", "from_on": "2026-09-01"}
    assert client(cast.zhou).post(address + "seat/", seat).status_code == 302
    assert client(cast.zhou).post(address + "seat/", {**seat, "name": "乙"}).status_code == 409
    assert "局长" in client(cast.zhou).get(address).content.decode()
    assert client(cast.zhou).post(address + "close/").status_code == 302


def test_a_school_applies_without_an_account_and_reads_its_receipt(cast):
    told = {"county_id": cast.county.pk, "name": "新星学校", "contact": "王", "phone": "13800000009", "words": "民办"}
    form = reverse("public:member_apply")
    assert client().post(form, {**told, "phone": ""}).status_code == 422
    receipt = client().post(form, told)["Location"]
    assert "Waits for the county" in client().get(receipt).content.decode()
    [row] = door.memberships_in(cast.zhou.scope)
    listed = client(cast.zhou).get(page("members")).content.decode()
    assert "138****0009" in listed
    assert client(cast.zhou).post(page("members_decide"), {"ids": [row.public_id], "outcome": "refused"}).status_code == 409
    client(cast.zhou).post(page("members_decide"), {"ids": [row.public_id], "outcome": "refused", "reason": "材料不全"})
    told_back = client().get(receipt).content.decode()
    assert "材料不全" in told_back
    assert "1380000" not in told_back


def test_a_teacher_asks_and_reads_what_came_of_it(cast):
    form = reverse("trainee:member")
    assert client(cast.lin).post(form, {"words": "想多学一些"}).status_code == 302
    assert "Waits for the county" in client(cast.lin).get(form).content.decode()
    assert client(cast.chen).get(form).status_code == 403
