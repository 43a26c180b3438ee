"""A provider's records by file: handed in, looked at, mended, delivered, undone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import enrolling, exchanging
from tests.enrolling import LATER
from tests.exchanging import HEADINGS, HOUR, counted, row
from xingtan.domains.exchange.models import ActivityName, Claim, Delivery, Layout
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def in_the_study_window(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture
def cast():
    return exchanging.build()


def browser_of(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def file_of(*rows, headings=HEADINGS):
    lines = [",".join(headings), *(",".join(cells) for cells in rows)]
    return {"file": SimpleUploadedFile("records.csv", "\n".join(lines).encode())}


def work():
    """The background did what waits."""
    for pk in Job.everywhere.filter(state=State.QUEUED).order_by("pk").values_list("pk", flat=True):
        run_job(pk)


def hand_in(staff, *rows, **more):
    """The address of the looked-at file."""
    place = staff.post("/provider/records/upload/", file_of(*rows, **more))["Location"]
    assert staff.get(place).status_code == 200
    work()
    return place


def test_a_file_is_looked_at_then_delivered_then_undone(cast):
    staff = browser_of(cast.staff)
    place = hand_in(staff, row(cast, "R1"), row(cast, "R2"))
    page = staff.get(place).content.decode()
    assert "R1" in page
    assert "NUMBERLIN" not in page
    assert not Claim.everywhere.exists()
    for _time in range(2):
        done = staff.post(f"{place}deliver/")["Location"]
    work()
    assert staff.get(done).status_code == 200
    assert counted() == {"R1": HOUR, "R2": HOUR}
    delivery = Delivery.everywhere.get()
    assert delivery.public_id in staff.get("/provider/records/").content.decode()
    address = f"/provider/records/delivery/{delivery.public_id}/"
    assert cast.lin_teacher.name in staff.get(address).content.decode()
    assert staff.post(f"{address}undo/", {"reason": " "}).status_code == 409
    assert staff.post(f"{address}undo/", {"reason": "发错了"}).status_code == 302
    assert "发错了" in staff.get(address).content.decode()
    assert sum(counted().values()) == 0


def test_wrong_rows_hold_the_file_and_come_back_as_a_workbook(cast):
    staff = browser_of(cast.staff)
    place = hand_in(staff, row(cast, "R1"), row(cast, "R2", identity="NOBODY"))
    page = staff.get(place).content.decode()
    assert "disabled" in page
    job = Job.everywhere.get()
    assert b"".join(staff.get(f"/job/{job.public_id}/report/").streaming_content).startswith(b"PK")
    assert staff.post(f"{place}deliver/").status_code == 409
    assert not Claim.everywhere.exists()


def test_columns_are_asked_for_once(cast):
    staff = browser_of(cast.staff)
    cells = ["R1", "NUMBERLIN", cast.lin_teacher.name, "课程A", "90", "2026-11-10"]
    place = hand_in(staff, cells, headings=list("abcdef"))
    assert '<option value="c"' in staff.get(place).content.decode()
    told = dict(zip(("number", "identity", "name", "title", "seconds", "day"), "abcdef", strict=True))
    assert staff.post(f"{place}layout/", {**told, "unit": "parsec"}).status_code == 409
    again = staff.post(f"{place}layout/", {**told, "unit": "min"})["Location"]
    work()
    assert "1:30:00" in staff.get(again).content.decode()
    assert Layout.everywhere.get().unit == "min"
    assert "1:30:00" in staff.get(hand_in(staff, cells, headings=list("abcdef"))).content.decode()


def test_a_file_that_is_no_list_is_refused(cast):
    staff = browser_of(cast.staff)
    answer = staff.post("/provider/records/upload/", {"file": SimpleUploadedFile("x.xlsx", b"nothing")})
    assert answer.status_code == 422
    place = staff.post("/provider/records/upload/", {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04nothing")})["Location"]
    work()
    assert ".xlsx" in staff.get(place).content.decode()
    assert b"".join(staff.get("/provider/records/template.xlsx").streaming_content).startswith(b"PK")


def test_another_provider_finds_nothing_and_a_clerk_may_not(cast):
    exchanging.second_provider(cast)
    place = hand_in(browser_of(cast.staff), row(cast))
    assert browser_of(cast.other_staff).get(place).status_code == 404
    assert browser_of(cast.chen).get(place).status_code == 403
    stranger = enrolling.actor_of("provider_staff", cast.second)
    assert browser_of(stranger).get("/provider/records/").status_code == 404


def test_names_of_activities_are_registered(cast):
    staff = browser_of(cast.staff)
    page = staff.get("/provider/records/activities/").content.decode()
    assert f"/xapi/activities/offers/{cast.offers['A'].public_id}" in page
    sent = {"iri": "https://lms.example.org/c/1", "offer": cast.offers["A"].public_id}
    assert staff.post("/provider/records/activities/name/", sent).status_code == 302
    assert ActivityName.everywhere.get().offer_id == cast.a
    assert "https://lms.example.org/c/1" in staff.get("/provider/records/activities/").content.decode()
    for wrong in ({"iri": "no iri"}, {"offer": "nothing"}):
        assert staff.post("/provider/records/activities/name/", sent | wrong).status_code == 409
    assert staff.post("/provider/records/activities/again/").status_code == 302
