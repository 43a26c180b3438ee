"""A provider's program delivers a file or rows, once for each key; what counts is asked by the provider and by the offices above."""

from __future__ import annotations

from importlib import import_module

import pytest

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = 3600


@pytest.fixture
def cast(db, monkeypatch):
    moment = import_module("tests.enrolling").LATER
    monkeypatch.setattr(import_module("xingtan.web.middleware").timezone, "now", lambda: moment)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return import_module("tests.exchanging").build()


@pytest.fixture
def ask(cast):
    caller, moment = import_module("tests.calling").Caller, import_module("tests.enrolling").LATER

    def as_actor(actor):
        return caller(actor, now=moment, language="")

    return as_actor


def row(cast, number="R1", **more):
    return {
        "number": number, "identity": "NUMBERLIN", "name": cast.lin_teacher.name, "title": "课程A", "seconds": HOUR, "day": "2026-11-10",
    } | more  # fmt: skip


def test_rows_are_delivered_once_and_wrong_ones_are_named(cast, ask):
    staff = ask(cast.staff)
    looked = staff.post("/deliveries/rows", {"rows": [row(cast)], "dry_run": True}).json()
    assert (looked["delivery"], looked["new_count"], looked["counted_s"]) == (None, 1, HOUR)
    timed = row(cast, "R2", begin="2026-11-10T09:00:00+08:00", end="2026-11-10T09:30:00+08:00", day=None)
    done = staff.post("/deliveries/rows", {"rows": [row(cast), timed]}).json()
    assert (done["new_count"], done["said_s"], done["counted_s"]) == (2, 2 * HOUR, HOUR + 1800)
    assert [(one["code"], one["lost_s"]) for one in done["losses"]] == [("impossible", 1800)]
    again = staff.post("/deliveries/rows", {"rows": [row(cast), timed]}).json()
    assert (again["delivery"], again["known_count"]) == (None, 2)
    wrong = staff.post("/deliveries/rows", {"rows": [row(cast, "R3"), row(cast, "R4", title="没有")]})
    assert wrong.status_code == 422
    assert [(one["loc"][-1], one["type"]) for one in wrong.json()["errors"]] == [(1, "offer_unknown")]
    assert staff.post("/deliveries/rows", {"rows": [row(cast, "R5", colour="red")]}).status_code == 422
    assert len(staff.get("/deliveries").json()["rows"]) == 1


def test_a_file_is_a_job_and_a_delivery_is_undone(cast, ask):
    jobs = import_module("xingtan.foundation.jobs.models")
    exchanging = import_module("tests.exchanging")
    upload = import_module("django.core.files.uploadedfile").SimpleUploadedFile
    content = "\n".join([",".join(exchanging.HEADINGS), ",".join(exchanging.row(cast, "R1"))]).encode()
    staff = ask(cast.staff)
    answer = staff.hand_in("/deliveries", {"file": upload("records.csv", content)})
    assert answer.status_code == 202
    job = answer.json()["job"]
    import_module("xingtan.foundation.jobs.run").run_job(jobs.Job.everywhere.get(public_id=job).pk)
    told = staff.get(f"/jobs/{job}").json()
    assert (told["state"], told["result"]["new"], told["result"]["counted_s"]) == ("done", 1, HOUR)
    delivery = told["result"]["delivery"]
    assert staff.post(f"/deliveries/{delivery}/undoing", {"reason": ""}).status_code == 422
    back = staff.post(f"/deliveries/{delivery}/undoing", {"reason": "发错了"}).json()
    assert back["undoes"] == delivery
    assert staff.get(f"/deliveries/{delivery}").json()["undone_by"] == back["id"]
    assert staff.post(f"/deliveries/{delivery}/undoing", {"reason": "again"}).status_code == 409
    assert staff.get("/deliveries/nothing").status_code == 404


def test_the_reconciliation_adds_up_for_whoever_sees_it(cast, ask):
    staff = ask(cast.staff)
    same = {"begin": "2026-11-10T09:00:00+08:00", "end": "2026-11-10T10:00:00+08:00", "day": None}
    staff.post("/deliveries/rows", {"rows": [row(cast, "R1", **same), row(cast, "R2", **same)]})
    for who in (cast.staff, cast.zhou, cast.mei):
        [one] = ask(who).get("/reconciliations").json()
        assert (one["said_s"], one["counted_s"]) == (2 * HOUR, HOUR)
        assert one["said_s"] == one["counted_s"] + sum(loss["lost_s"] for loss in one["losses"])
        place = f"/reconciliations/{one['provider']['id']}/{one['project']}/records"
        rows = ask(who).get(place).json()["rows"]
        assert {each["number"]: each["counted_s"] for each in rows} == {"R1": HOUR, "R2": 0}
        assert [each["number"] for each in ask(who).get(place, why="duplicate").json()["rows"]] == ["R2"]
        assert ask(who).get(f"/reconciliations/{one['provider']['id']}/-/records").json()["rows"] == []
    stranger = ask(
        import_module("tests.enrolling").actor_of(import_module("xingtan.foundation.people.roles").Role.COUNTY_OFFICER, cast.strange)
    )
    assert stranger.get("/reconciliations").json() == []
    assert stranger.get(place).status_code == 404
