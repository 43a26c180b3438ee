from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests import enrolling
from tests.enrolling import LATER, NOW, assign, choose, teachers
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.finance import api as finance
from xingtan.foundation.events.models import Event
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = datetime(2026, 9, 20, 4, tzinfo=UTC)


@pytest.fixture
def cast(db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)
    return enrolling.build()


def page(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def keys(*selections):
    return [f"{one.public_id}.{one.version}" for one in selections]


def billed(cast, *some):
    enrolment.confirm(actor=cast.chen, selection_ids=[one.pk for one in some], now=NOW)
    for event in Event.objects.filter(name="enrolment.confirmed"):
        finance.bill_confirmed(event.payload, event.happened_at)
    return finance.bills_in(cast.school.scope, cast.year.pk).first()


@pytest.mark.parametrize("path", ["/school/", "/school/selections/", "/school/bills/", "/school/behind/not-chosen/"])
def test_the_school_looks_and_no_teacher_does(cast, path):
    choose(cast, cast.lin, "A", "own")
    for actor, status in ((cast.chen, 200), (cast.he, 200), (cast.lin, 403)):
        assert page(actor).get(path).status_code == status
    assert Client().get(path).status_code == 302


def test_a_stranger_sees_an_empty_list_and_may_not_touch_what_is_not_theirs(cast):
    selection = choose(cast, cast.lin, "A", "own")
    bill = billed(cast, *assign(cast, teachers(cast.school, 1), "A", "own"))
    stranger = page(cast.wu)
    assert cast.lin_teacher.name not in stranger.get("/school/selections/").content.decode()
    for path in (f"/school/bills/{bill.public_id}/",):
        assert stranger.get(path).status_code == 404
    for path, data in (
        ("/school/selections/confirm/", {"ids": keys(selection)}),
        ("/school/selections/send-back/", {"ids": keys(selection), "reason": "x"}),
        (f"/school/bills/{bill.public_id}/pay/", {"transfer_reference": "T"}),
        ("/school/selections/confirm/", {"ids": ["nonsense"]}),
    ):
        assert stranger.post(path, data).status_code == 404
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).state == "chosen"


def test_a_reviewer_may_look_and_neither_confirm_nor_pay(cast):
    selection = choose(cast, cast.lin, "A", "own")
    bill = billed(cast, *assign(cast, teachers(cast.school, 1), "A", "own"))
    reviewer = page(cast.he)
    assert reviewer.post("/school/selections/confirm/", {"ids": keys(selection)}).status_code == 403
    assert reviewer.post(f"/school/bills/{bill.public_id}/pay/", {"transfer_reference": "T"}).status_code == 403
    assert "data-batch" not in reviewer.get("/school/selections/").content.decode()


def test_the_clerk_confirms_what_is_ticked_and_the_same_form_again_changes_nothing(cast):
    selection = choose(cast, cast.lin, "A", "own")
    clerk = page(cast.chen)
    for _twice in range(2):
        answer = clerk.post("/school/selections/confirm/", {"ids": keys(selection), "next": "/school/"})
        assert (answer.status_code, answer["Location"]) == (302, "/school/")
    assert Event.objects.filter(name="enrolment.confirmed").count() == 1


def test_a_page_that_is_out_of_date_confirms_nothing_and_says_so(cast):
    old = keys(choose(cast, cast.lin, "A", "own"))
    choose(cast, cast.lin, "B", "C", "own")
    answer = page(cast.chen).post("/school/selections/confirm/", {"ids": old})
    assert answer.status_code == 409
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).state == "chosen"


def test_all_that_have_nothing_against_them_are_confirmed_the_others_stay(cast):
    assign(cast, teachers(cast.school, 60), "A", "own")
    assign(cast, teachers(cast.school, 2), "A")
    assign(cast, teachers(cast.school, 1), "E", "own")
    assert page(cast.chen).post("/school/selections/confirm-clean/").status_code == 302
    counts = enrolment.counts_by_state(cast.school.scope, cast.year.pk)
    assert (counts[enrolment.State.CONFIRMED], counts[enrolment.State.CHOSEN]) == (60, 3)


def test_sending_back_needs_a_reason(cast):
    selection = choose(cast, cast.lin, "A", "own")
    clerk = page(cast.chen)
    assert clerk.post("/school/selections/send-back/", {"ids": keys(selection), "reason": ""}).status_code == 302
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).state == "chosen"
    clerk.post("/school/selections/send-back/", {"ids": keys(selection), "reason": "工作坊不对"})
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).reason == "工作坊不对"


def test_nobody_is_sent_to_another_site(cast):
    selection = choose(cast, cast.lin, "A", "own")
    answer = page(cast.chen).post("/school/selections/confirm/", {"ids": keys(selection), "next": "//evil.example/"})
    assert answer["Location"] == "/school/selections/"


def test_paying_a_bill_on_its_page(cast):
    bill = billed(cast, choose(cast, cast.lin, "A", "own"))
    clerk = page(cast.chen)
    assert "77.00" in clerk.get(f"/school/bills/{bill.public_id}/").content.decode()
    assert clerk.post(f"/school/bills/{bill.public_id}/pay/", {"transfer_reference": ""}).status_code == 422
    for _twice in range(2):
        assert clerk.post(f"/school/bills/{bill.public_id}/pay/", {"transfer_reference": "20260920-1"}).status_code == 302
    assert finance.receipt_number(bill.number) in clerk.get(f"/school/bills/{bill.public_id}/").content.decode()
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).state == "registered"


def test_only_the_county_makes_a_bill_void(cast):
    bill = billed(cast, choose(cast, cast.lin, "A", "own"))
    assert page(cast.chen).post(f"/school/bills/{bill.public_id}/void/", {"reason": "x"}).status_code == 403
    assert page(cast.zhou).post(f"/school/bills/{bill.public_id}/void/", {"reason": "抬头有误"}).status_code == 302
    assert page(cast.chen).post("/school/bills/rest/").status_code == 302
    assert finance.totals(cast.school.scope, cast.year.pk).due_fen == 77_00


def test_lists_filter_search_and_export(cast):
    [other] = teachers(cast.school, 1, subject="mathematics")
    choose(cast, cast.lin, "A", "own")
    assign(cast, [other], "A", "any")
    clerk = page(cast.chen)
    only = clerk.get("/school/selections/", {"subject": "mathematics"}).content.decode()
    assert other.name in only
    assert cast.lin_teacher.name + "<" not in only
    answer = clerk.get("/school/selections/", {"export": "xlsx", "q": cast.lin_teacher.name})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    assert sheet[1][0] == cast.lin_teacher.name
    assert sheet[1][7] == 72.0


@pytest.mark.parametrize("path", ["/school/", "/school/selections/", "/school/bills/", "/bureau/cards/"])
def test_a_list_asks_as_many_questions_for_three_rows_as_for_one(cast, path):
    actor = cast.zhou if path.startswith("/bureau") else cast.chen
    client, counts = page(actor), []
    for number in (1, 2):
        billed(cast, *assign(cast, teachers(cast.school, number), "A", "own"))
        assign(cast, teachers(cast.school, number), "A", "own")
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_is_behind_stands_once_under_the_first_reason(cast):
    signed, choosing, waiting, paying = teachers(cast.school, 4)
    Account.objects.filter(pk=signed.account_id).update(activated_at=NOW)
    assign(cast, [waiting], "A", "own")
    billed(cast, *assign(cast, [paying], "A", "own"))
    numbers = {row.matter.value: row.number for row in page(cast.chen).get("/school/").context["behind"] if row.number}
    assert numbers == {"not-signed-in": 2, "not-chosen": 1, "to-confirm": 1, "to-pay": 1}
    listed = page(cast.chen).get("/school/behind/not-signed-in/").content.decode()
    assert choosing.name in listed
    assert page(cast.chen).get("/school/behind/nonsense/").status_code == 404


def test_the_county_sees_its_schools_cards_and_registers_who_is_paid_for(cast):
    selection = choose(cast, cast.lin, "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    enrolment.mark_paid([selection.pk], LATER)
    county = page(cast.zhou)
    assert cast.school.name in county.get("/bureau/cards/").content.decode()
    assert county.post("/bureau/cards/register/").status_code == 302
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).state == "registered"
    assert county.post("/bureau/cards/issue/").status_code == 409
    assert page(cast.chen).get("/bureau/cards/").status_code == 403


def test_the_clerk_chooses_for_those_who_have_not_and_for_nobody_elses(cast):
    first, second = teachers(cast.school, 2)
    [other] = teachers(cast.elsewhere, 1)
    clerk = page(cast.chen)
    shown = clerk.get("/school/assign/").content.decode()
    assert first.name in shown
    assert other.name + "<" not in shown
    path = f"/school/assign/{cast.project.public_id}/"
    sent = {"courses": [cast.offers["A"].public_id], "workshop": cast.offers["own"].public_id}
    assert clerk.post(path, {**sent, "ids": [first.public_id, other.public_id]}).status_code == 404
    assert clerk.post(path, {"ids": [first.public_id]}).status_code == 422
    for _twice in range(2):
        assert clerk.post(path, {**sent, "ids": [first.public_id, second.public_id]}).status_code == 302
    assert enrolment.counts_by_state(cast.province.scope, cast.year.pk)[enrolment.State.CHOSEN] == 2
    assert page(cast.he).get("/school/assign/").status_code == 403
    assert clerk.post("/school/assign/nope/", sent).status_code == 404


def test_assigning_after_the_window_says_why(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    sent = {"courses": [cast.offers["A"].public_id], "ids": [cast.lin_teacher.public_id]}
    answer = page(cast.chen).post(f"/school/assign/{cast.project.public_id}/", sent)
    assert answer.status_code == 409
    assert "2026-10-31" in answer.context["refusal"]
