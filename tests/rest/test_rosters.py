"""Rosters by the API: looked at, written, listed, undone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import rostering
from tests.calling import Caller
from tests.rostering import NOW
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(db):
    return rostering.cast()


@pytest.fixture
def chen(cast):
    return Caller(cast.chen, now=NOW)


def file(tmp_path):
    content = rostering.write(tmp_path / "in.xlsx", [rostering.row(2), rostering.row(4)]).read_bytes()
    return SimpleUploadedFile("名册.xlsx", content, content_type=XLSX)


def ended(answer):
    assert answer.status_code == 202, answer.content
    return run_job(Job.everywhere.get(public_id=answer.json()["job"]).pk)


def test_a_roster_is_looked_at_then_written_then_undone(chen, tmp_path):
    started = chen.hand_in("/roster-imports/previews", {"file": file(tmp_path)})
    assert chen.post("/roster-imports/commits", {"preview": started.json()["job"]}).status_code == 409
    assert ended(started).result["new"] == 2
    assert not Teacher.everywhere.exists()
    done = ended(chen.post("/roster-imports/commits", {"preview": started.json()["job"]}))
    (batch,) = chen.rows("/roster-imports")
    told = (batch["id"], batch["state"], batch["new"], batch["changed"], batch["file_name"])
    assert told == (done.result["batch"], "written", 2, 0, "名册.xlsx")
    ended(chen.post(f"/roster-imports/{batch['id']}/undo", {"reason": "交错了文件"}))
    (undone,) = chen.rows("/roster-imports")
    assert (undone["state"], undone["undo_reason"]) == ("undone", "交错了文件")
    assert not Teacher.everywhere.exists()


def test_another_branchs_imports_are_not_there(cast, chen, tmp_path):
    started = chen.hand_in("/roster-imports/previews", {"file": file(tmp_path)})
    ended(started)
    done = ended(chen.post("/roster-imports/commits", {"preview": started.json()["job"]}))
    wu = Caller(cast.wu, now=NOW)
    assert wu.rows("/roster-imports") == []
    assert wu.post(f"/roster-imports/{done.result['batch']}/undo", {"reason": "x"}).status_code == 404
    assert wu.post("/roster-imports/commits", {"preview": started.json()["job"]}).status_code == 404
