"""A circular reaches every unit of its levels, is read, answered, withdrawn; its page counts as reading."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import planning
from tests.planning import DAY, NOW
from xingtan.domains.plans import api as plans
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(db):
    return planning.build()


def issue(cast, actor=None, **values):
    issued = {"title": "关于编制年度培训计划的通知", "text": "请于月底前上报。", "levels": ["school"], "reply_by": DAY} | values
    return plans.issue_circular(actor=actor or cast.city_officer, issued=plans.Issued(**issued), now=NOW)


def reply(actor, made, words="已收到", now=NOW):
    return plans.reply_to_circular(actor=actor, circular_id=made.pk, words=words, now=now)


def client(actor):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = "en"
    return made


def test_it_reaches_every_unit_of_its_levels_and_nobody_else(cast):
    made = issue(cast)
    assert [one.organisation for one in plans.receipts_of(made, cast.city.scope)] == [cast.school, cast.second, cast.elsewhere]
    told = set(Message.objects.filter(code="circular_issued").values_list("account_id", flat=True))
    assert {cast.chen.account_id, cast.wu.account_id} <= told
    assert cast.zhou.account_id not in told
    reply(cast.chen, made)
    plans.read_circular(actor=cast.second_clerk, circular_id=made.pk, now=NOW)
    assert plans.reading_of([made.pk], cast.county.scope) == {made.pk: (2, 2, 1)}
    assert plans.circular_in(cast.chen, made.public_id) == made
    mine = issue(cast, cast.zhou)
    with pytest.raises(NotInScope):
        plans.circular_in(cast.wu, mine.public_id)
    with pytest.raises(NotInScope):
        reply(cast.wu, mine)


def test_what_is_refused(cast):
    made, plain = issue(cast), issue(cast, reply_by=None)
    late = NOW + timedelta(days=1)
    wrong = [
        ("circular_reply_late", lambda: reply(cast.chen, made, now=late)),
        ("circular_words_missing", lambda: reply(cast.chen, made, " ")),
        ("circular_wants_no_reply", lambda: reply(cast.chen, plain)),
        ("circular_reaches_nobody", lambda: issue(cast, cast.zhou, levels=["city"])),
        ("circular_words_missing", lambda: plans.withdraw_circular(actor=cast.city_officer, circular_id=made.pk, reason="", now=NOW)),
    ]
    for code, act in wrong:
        with pytest.raises(Refused) as why:
            act()
        assert why.value.code == code
    with pytest.raises(NotAllowed):
        issue(cast, cast.chen)
    with pytest.raises(NotInScope):
        plans.withdraw_circular(actor=cast.zhou, circular_id=made.pk, reason="误发", now=NOW)
    reply(cast.chen, made)
    plans.withdraw_circular(actor=cast.city_officer, circular_id=made.pk, reason="误发", now=NOW)
    with pytest.raises(Refused):
        reply(cast.second_clerk, made)


def test_the_pages_issue_show_answer_and_withdraw(cast):
    zhou, chen = client(cast.zhou), client(cast.chen)
    form = {"title": "选学课程表", "number": "青教〔2026〕8号", "text": "见正文", "levels": ["school"], "reply_by": ""}
    assert b"x-empty" in zhou.get(reverse("bureau:circulars")).content
    assert zhou.post(reverse("bureau:circular_new"), form | {"levels": []}).status_code == 422
    later = DAY + timedelta(days=3650)
    page = zhou.post(reverse("bureau:circular_new"), form | {"reply_by": later.isoformat()}).url
    assert b"Send the answer" in chen.get(page).content
    assert zhou.get(page + "?unread=1").context["page_of"].total == 1
    chen.post(page + "reply/", {"words": "照办"})
    shown = zhou.get(page)
    assert (shown.context["told"], "照办" in shown.content.decode()) == ((2, 1, 1), True)
    assert [row["told"] for row in chen.get(reverse("bureau:circulars") + "?q=选学&sort=-issued").context["rows"]] == [(1, 1, 1)]
    assert b"PK" in b"".join(zhou.get(page + "?export=xlsx").streaming_content)
    zhou.post(page + "withdraw/", {"reason": "更正后再发"})
    assert "更正后再发" in chen.get(page).content.decode()
    assert client(cast.strange_officer).get(page).status_code == 404
