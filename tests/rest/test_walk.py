"""A year over the API: from opening it to verified hours, each step by the role that owns it, through the real hallway."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import calling, enrolling, rostering
from xingtan.core.policy import bundled
from xingtan.domains.courses.models import Course
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.grants import actor_of
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import OPERATOR, Role

DAYS = {"opens_on": "2026-11-01", "closes_on": "2027-05-31"}
COURSE_S = 100  # fifty hours under `try-out`, where an hour is two seconds


@pytest.fixture
def place(own_database, now):
    """The tree, who acts in it, a reviewed course, an adopted pack; no year yet."""
    place = enrolling.tree()
    roles = {
        "mei": (Role.PROVINCE_OFFICER, place.province), "zhou": (Role.COUNTY_OFFICER, place.county), "chen": (Role.SCHOOL_CLERK, place.school),
        "he": (Role.SCHOOL_REVIEWER, place.school), "ming": (Role.PROVIDER_STAFF, place.provider),
    }  # fmt: skip
    for name, (role, organisation) in roles.items():
        setattr(place, name, enrolling.actor_of(role, organisation))
    place.pack = policies.adopt_pack(actor=OPERATOR, text=bundled()["try-out"], now=now)
    place.course = Course.everywhere.create(
        provider=place.provider, code="A", title="小学语文单元教学", component="course", area="professional", state="reviewed", made_at=now
    )
    return place


def done(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def windows(place):
    """Every window of the pack, open from September to June."""
    return [{"kind": kind, "opens_on": "2026-09-01", "closes_on": "2027-06-30"} for kind in policies.proposed_windows(place.pack, 2026)]


def opened(place, mei):
    """The year, and a published project with a course and a workshop."""
    year = done(mei.post("/years", {"year": 2026, "pack": place.pack.digest, "theme": "新课标", "windows": windows(place)}), 201)
    assert (year["state"], year["pack"]["code"]) == ("open", "try-out")
    assert {one["closes_on"] for one in year["windows"]} == {"2027-06-30"}
    [course] = done(mei.get("/courses"))["rows"]
    project = done(mei.post("/projects", {"year": 2026, "title": "全员培训", "tier": "province", "kind": "all_staff", **DAYS}), 201)
    path = f"/projects/{project['id']}"
    offer = {"kind": "course", "component": "course", "hours_centi": 5000, "course": course["id"]}
    done(mei.post(f"{path}/offers", offer), 201)
    workshop = {
        "kind": "workshop",
        "component": "workshop",
        "hours_centi": 2200,
        "title": "工作坊",
        "subject": "chinese",
        "stage": "primary",
    }
    done(mei.post(f"{path}/offers", {**workshop, "provider": place.provider.public_id}), 201)
    published = done(mei.post(f"{path}/publication"))
    assert (published["state"], len(published["offers"])) == ("published", 2)
    return published


def imported(chen, tmp_path):
    """The school's roster, first with a row to mend, then sound; the teacher."""
    for name, expected in (("坏", "refused"), ("林知微", "done")):
        broken = {"number": "36080319900412002X"} if name == "坏" else {}
        content = rostering.write(tmp_path / f"{expected}.xlsx", [rostering.row(2, **broken)]).read_bytes()
        file = SimpleUploadedFile("名册.xlsx", content, content_type=XLSX)
        started = done(chen.hand_in("/roster-imports", {"file": file}), 202)
        run_job(Job.everywhere.get(public_id=started["job"]).pk)
        job = done(chen.get(f"/jobs/{started['job']}"))
        assert (job["state"], job["has_report"]) == (expected, expected == "refused"), job
        report = chen.get(f"/jobs/{started['job']}/report")
        assert report.status_code == (200 if expected == "refused" else 404)
        assert expected == "done" or b"".join(report.streaming_content).startswith(b"PK")
        report.close()
    assert job["result"]["new"] == 1
    [row] = done(chen.get("/teachers", q="林知微"))["rows"]
    return row


def chosen_and_paid(lin, chen, project):
    """The teacher chose both offers, the school confirmed and paid; registered."""
    offers = [offer["id"] for offer in done(lin.get(f"/projects/{project['id']}"))["offers"]]
    made = done(lin.post("/selections", {"project": project["id"], "item": 4, "offers": offers}), 201)
    stale = chen.post("/selections/confirmations", {"selections": [{"id": made["id"], "version": made["version"] + 1}]})
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:xingtan:refusal:stale")
    assert done(chen.post("/selections/confirmations", {"selections": [{"id": made["id"], "version": made["version"]}]})) == {
        "confirmed": 1
    }
    [bill] = done(chen.get("/bills", year=2026, state="due"))["rows"]
    assert bill["teacher_count"] == 1
    assert done(chen.post("/bills/payments", {"bills": [bill["id"]], "transfer_reference": "电汇 1"})) == {"paid": 1}
    [selection] = done(chen.get("/selections", year=2026))["rows"]
    assert (selection["state"], sorted(selection["offers"])) == ("registered", sorted(offers))
    assert [row["id"] for row in done(lin.get("/selections", year=2026))["rows"]] == [made["id"]]


def studied(place, project, teacher_id, now):
    """The provider delivered what was learned of the course."""
    [offer] = [one for one in projects.offers_by_id(offer_ids(project)).values() if one.kind == "course"]
    row = learning.RecordRow("1", teacher_id, offer.pk, COURSE_S, date(2026, 11, 20))
    learning.deliver_records(actor=place.ming, rows=[row], now=now)


def offer_ids(project):
    return projects.Offer.objects.filter(public_id__in=[one["id"] for one in project["offers"]]).values_list("pk", flat=True)


def entered(ming):
    """What was due, and the lines that were entered for it."""
    [due] = done(ming.get("/evidence/due", year=2026))["rows"]
    assert (due["learned_centi"], due["recognised_centi"]) == (5000, 5000)
    lines = done(ming.post("/entries", {"year": 2026, "evidence": [due["evidence"]]}), 201)["entries"]
    assert [line["recognised_centi"] for line in lines] == [5000]
    assert done(ming.post("/entries", {"year": 2026}), 201) == {"entries": []}
    assert done(ming.get("/evidence/due", year=2026))["rows"] == []
    return [line["entry"] for line in lines]


def decided(caller, step, entries, **why):
    waiting = done(caller.get("/queue", year=2026, step=step))["rows"]
    assert [row["entry"] for row in waiting] == entries
    return caller.post("/decisions", {"step": step, "entries": entries, "outcome": "passed", **why})


def test_a_year_from_its_opening_to_verified_hours(place, now, tmp_path):
    mei, zhou, chen, he, ming = (calling.Caller(getattr(place, name), now=now) for name in ("mei", "zhou", "chen", "he", "ming"))
    project = opened(place, mei)
    row = imported(chen, tmp_path)
    teacher = Teacher.everywhere.get(public_id=row["id"])
    grant = Grant.objects.get(account_id=teacher.account_id)
    lin = calling.Caller(actor_of(grant, name=teacher.name, teacher_id=teacher.pk), now=now)
    assert done(lin.get("/me"))["teacher"] == row["id"]
    chosen_and_paid(lin, chen, project)
    studied(place, project, teacher.pk, now)
    entries = entered(ming)
    assert decided(chen, "review", entries).status_code == 403
    assert done(decided(he, "review", entries)) == {"moved": 1, "already": 0}
    assert done(he.post("/decisions", {"step": "review", "entries": entries, "outcome": "passed"})) == {"moved": 0, "already": 1}
    for caller, step in ((chen, "report"), (zhou, "county_review"), (zhou, "verify")):
        assert done(decided(caller, step, entries))["moved"] == 1
    check_record(done(lin.get(f"/records/{row['id']}", year=2026)), entries)
    check_determined(zhou, mei)


def check_record(record, entries):
    total = record["total"]
    amounts = [total[f"{name}_centi"] for name in ("required", "learned", "recognised", "entered", "verified", "remaining")]
    assert amounts == [7200, 5000, 5000, 5000, 5000, 2200]
    [activity] = record["activities"]
    assert [entry["id"] for entry in activity["entries"]] == entries
    assert [step["step"] for step in activity["entries"][0]["chain"]] == ["enter", "review", "report", "county_review", "verify"]
    assert record["verdict"]["verdict"] == "in_progress"
    assert any("22" in reason["sentence"] for reason in record["verdict"]["reasons"])
    assert record["verdict"]["tree"]["children"]


def check_determined(zhou, mei):
    started = done(zhou.post("/determinations", {"year": 2026}), 202)
    run_job(Job.everywhere.get(public_id=started["job"]).pk)
    assert done(zhou.get(f"/jobs/{started['job']}"))["state"] == "done"
    [row] = done(zhou.get("/determinations", year=2026))["rows"]
    assert (row["verdict"], row["verified_centi"], row["examined_at"]) == ("in_progress", 5000, None)
    assert done(mei.post("/determinations/examinations", {"year": 2026})) == {"examined": 0}
