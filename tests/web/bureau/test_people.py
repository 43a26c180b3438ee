"""Office holders: who is listed, who gives which role, how it ends."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import rostering
from tests.rostering import LATER, NOW
from xingtan.foundation.people.grants import end_role, give_role, office_holders
from xingtan.foundation.people.models import ACTIVATION_BOX, NUMBER_BOX, PHONE_BOX, Account, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


@pytest.fixture
def cast(db):
    return rostering.cast()


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(Account.objects.get(pk=cast.zhou.account_id))
    return client


def test_an_office_sees_the_holders_of_its_branch_only(cast, client):
    names = {one["grant"].account.login for one in client.get("/bureau/people/").context["rows"]}
    assert names == {"zhou", "chen"}


def code_shown(answer):
    return answer.context["code"]


def test_whoever_works_elsewhere_is_answered_as_nobody_and_keeps_the_code(cast, client):
    Account.objects.update(created_at=NOW)
    Account.objects.filter(login="wu").update(
        number_index=NUMBER_BOX.index("360803199004120021"),
        phone_index=PHONE_BOX.index("19900000001"),
        activation_code=ACTIVATION_BOX.close("abcdefgh"),
    )
    told = {"organisation": "青禾实验小学", "role": Role.SCHOOL_REVIEWER}
    before = set(Grant.objects.values_list("pk", flat=True))
    for there, nobody in (("wu", "nobody"), ("360803199004120021", "360803199004120048"), ("19900000001", "19900000009")):
        for name in ("", "贺兰舟") if there != "wu" else ("",):
            answers = [client.post("/bureau/people/give/", told | {"identity": one, "name": name}) for one in (there, nobody)]
            assert [one.status_code for one in answers] == [409, 409]
            assert answers[0].context["form"].non_field_errors() == answers[1].context["form"].non_field_errors()
    assert client.post("/bureau/people/give/", told | {"identity": "wu", "name": "贺兰舟"}).status_code == 409
    assert set(Grant.objects.values_list("pk", flat=True)) == before


def test_the_code_of_an_own_person_is_not_shown_either(cast, client):
    Account.objects.filter(login="chen").update(activation_code=ACTIVATION_BOX.close("abcdefgh"))
    told = {"organisation": "云亭小学", "role": Role.SCHOOL_CLERK, "identity": "chen"}
    answer = client.post("/bureau/people/give/", told, follow=True)
    assert Grant.objects.filter(account__login="chen", organisation=cast.second).exists()
    assert "abcdefgh" not in answer.content.decode()


def test_someone_new_gets_an_account_and_a_code(cast, client):
    told = {"organisation": "青禾实验小学", "role": Role.SCHOOL_REVIEWER, "identity": "he", "name": "贺兰舟"}
    assert len(code_shown(client.post("/bureau/people/give/", told, follow=True))) == 8
    grant = Grant.objects.get(account__login="he")
    assert (grant.role, grant.organisation_id, grant.granted_by_id) == (Role.SCHOOL_REVIEWER, cast.school.pk, cast.zhou.account_id)
    assert grant.account.activation_code
    assert code_shown(client.post("/bureau/people/give/", told, follow=True)) == ""
    assert Grant.objects.filter(account__login="he").count() == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"organisation": "螺川路实验小学"}, 409),
        ({"organisation": "江西省"}, 409),
        ({"role": Role.COUNTY_OFFICER}, 409),
        ({"name": ""}, 409),
        ({"role": Role.TEACHER}, 422),
        ({"identity": ""}, 422),
    ],
    ids=["another county", "an office above", "no such role there", "unknown person", "a teacher", "nobody"],
)
def test_a_role_is_refused_where_it_may_not_be_given(cast, client, change, status):
    told = {"organisation": "青禾实验小学", "role": Role.SCHOOL_REVIEWER, "identity": "he", "name": "贺兰舟"} | change
    before = Grant.objects.count()
    assert client.post("/bureau/people/give/", told).status_code == status
    assert Grant.objects.count() == before
    assert not Account.objects.filter(login="he").exists()


def test_an_ended_role_is_gone_today_and_ending_it_again_is_not_found(cast, client):
    held = Grant.objects.get(account_id=cast.chen.account_id)
    assert client.post(f"/bureau/people/{held.pk}/end/").status_code == 302
    assert not office_holders(cast.school.scope, date.today()).exists()  # noqa: DTZ011 -- the page ended it on the machine's day
    assert client.post(f"/bureau/people/{held.pk}/end/").status_code == 404


def test_a_role_is_ended_only_by_who_may_and_never_the_own(cast):
    chen, zhou, wu = (Grant.objects.get(account_id=one.account_id) for one in (cast.chen, cast.zhou, cast.wu))
    with pytest.raises(NotAllowed):
        end_role(actor=cast.chen, grant_id=chen.pk, now=LATER)
    with pytest.raises(NotInScope):
        end_role(actor=cast.zhou, grant_id=wu.pk, now=LATER)
    with pytest.raises(Refused) as refused:
        end_role(actor=cast.zhou, grant_id=zhou.pk, now=LATER)
    assert refused.value.code == "role_own"
    with pytest.raises(NotInScope):
        give_role(
            actor=cast.zhou,
            account_id=cast.chen.account_id,
            role=Role.COUNTY_OFFICER,
            organisation_id=cast.other.pk,
            from_on=date(2026, 9, 10),
            now=NOW,
        )
