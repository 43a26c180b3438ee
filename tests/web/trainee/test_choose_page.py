from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests import enrolling
from tests.enrolling import LATER, NOW, choose
from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.people.models import Account

TODAY = datetime(2026, 9, 20, 4, tzinfo=UTC)
CARD_FIRST = (
    'order = ["selection", "confirmation", "payment", "registration", "card", "study"]\nstudy_opens_on = "card"',
    'order = ["card", "registration", "selection", "confirmation", "payment", "study"]\nstudy_opens_on = "confirmation"',
)


@pytest.fixture
def cast(db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)
    return enrolling.build()


def page(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def form(cast, *courses, workshop="own", item="4", **more):
    pids = {code: offer.public_id for code, offer in cast.offers.items()}
    return {"item": item, "courses": [pids[code] for code in courses], "workshop": pids.get(workshop, workshop), **more}


def url(cast):
    return f"/my/choose/{cast.project.public_id}/"


def mine(cast):
    return enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk)


def test_a_plain_form_chooses_and_the_page_shows_what_stands(cast):
    client = page(cast.lin)
    assert client.post(url(cast), form(cast, "B", "C")).status_code == 302
    assert (mine(cast).state, mine(cast).item) == ("chosen", 4)
    shown = client.get("/my/choose/").context["choice"]
    assert sorted(row.offer.title for row in shown.courses if row.is_chosen) == ["课程B", "课程C"]
    assert shown.chosen_centi == 50_00


def test_workshops_of_the_own_subject_come_first_and_the_others_say_why_not(cast):
    rows = page(cast.lin).get("/my/choose/").context["choice"].workshops
    assert [(row.offer.title, bool(row.why)) for row in rows[:2]] == [("工作坊any", False), ("工作坊own", False)]
    assert {row.offer.title for row in rows[2:] if row.why} == {"工作坊senior", "工作坊sports"}


def test_only_items_that_hold_for_the_teacher_are_offered(cast):
    items = [row.item.number for row in page(cast.lin).get("/my/choose/").context["choice"].items]
    assert items == [2, 3, 4, 5, 6, 8, 9, 10, 11, 12]


@pytest.mark.parametrize(
    ("courses", "more", "status"),
    [
        (("B",), {}, 409),
        (("A", "B"), {}, 409),
        (("A",), {"workshop": ""}, 409),
        (("A",), {"workshop": "nope"}, 422),
        (("A",), {"item": "7"}, 422),
    ],
)
def test_a_choice_that_does_not_hold_keeps_what_was_ticked(cast, courses, more, status):
    answer = page(cast.lin).post(url(cast), form(cast, *courses, **more))
    assert answer.status_code == status
    assert [row.offer.title for row in answer.context["choice"].courses if row.is_chosen] == [f"课程{code}" for code in courses]
    assert mine(cast) is None


def test_the_same_form_twice_is_one_choice_and_a_stale_one_changes_nothing(cast):
    client = page(cast.lin)
    for _twice in range(2):
        assert client.post(url(cast), form(cast, "A")).status_code == 302
    assert mine(cast).version == 1
    choose(cast, cast.lin, "B", "C", "own", now=TODAY)
    assert client.post(url(cast), form(cast, "A", workshop="any", version=1)).status_code == 409
    assert mine(cast).version == 2


def test_a_confirmed_choice_is_shown_locked_with_its_reason(cast):
    selection = choose(cast, cast.lin, "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    client = page(cast.lin)
    assert client.get("/my/choose/").context["choice"].why
    assert client.post(url(cast), form(cast, "B", "C")).status_code == 409


def test_closed_windows_and_other_peoples_pages(cast, monkeypatch):
    assert page(cast.chen).get("/my/choose/").status_code == 403
    assert page(cast.lin).get("/my/choose/?project=nope").status_code == 404
    assert page(cast.lin).post("/my/choose/nope/", form(cast, "A")).status_code == 404
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    assert page(cast.lin).get("/my/choose/").context["choice"].why
    assert page(cast.lin).post(url(cast), form(cast, "A")).status_code == 409


def test_withdrawing_ones_own_choice_and_not_anothers(cast):
    [other] = enrolling.teachers(cast.school, 1)
    [theirs] = enrolling.assign(cast, [other], "A", "own")
    own = choose(cast, cast.lin, "A", "own")
    client = page(cast.lin)
    assert client.post(f"/my/choose/{theirs.public_id}/withdraw/").status_code == 404
    assert client.post(f"/my/choose/{own.public_id}/withdraw/").status_code == 302
    assert (mine(cast), enrolment.selection_of(other.pk, cast.year.pk).state) == (None, "chosen")


def test_my_card_comes_with_the_registration(cast):
    selection = choose(cast, cast.lin, "A", "own")
    client = page(cast.lin)
    assert [done for _word, done in client.get("/my/card/").context["steps"]] == [True, False, False, False]
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    enrolment.mark_paid([selection.pk], NOW)
    enrolment.register_paid(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    number = enrolment.card_of(cast.lin_teacher.pk, cast.year.pk).number
    assert number in client.get("/my/card/").content.decode()


def test_a_card_that_comes_first_is_activated_by_typing_its_number(db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)
    cast = enrolling.build(replace=[CARD_FIRST])
    enrolment.issue_cards(actor=cast.zhou, training_year_id=cast.year.pk, teacher_ids=[cast.lin_teacher.pk], now=NOW)
    number = enrolment.card_of(cast.lin_teacher.pk, cast.year.pk).number
    client = page(cast.lin)
    assert [client.post("/my/card/activate/", {"number": typed}).status_code for typed in ("", "123", f"{number[:8]} {number[8:]}")] == [
        422,
        409,
        302,
    ]
    assert enrolment.card_of(cast.lin_teacher.pk, cast.year.pk).activated_at == TODAY
