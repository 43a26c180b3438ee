"""Rosters in the background, on the command line, killed half way, and very long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.rostering import NOW, number, row, rows, write
from tests.rostering import cast as make_cast
from xingtan.domains.rosters import api as rosters
from xingtan.domains.rosters.reading import open_roster
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Teacher, TeacherFact
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file, path_of, readable
from xingtan.foundation.jobs import progress
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import run_job, start_job
from xingtan.foundation.people.models import Account

BAD = row(6, number=number(6)[:17] + ("1" if number(6)[17] != "1" else "2"))


@pytest.fixture
def job(cast, tmp_path):
    """Starts a job over a workbook of these rows and runs it to its end."""

    def act(kind, rows, actor=None, **params):
        path = write(tmp_path / "roster.xlsx", rows)
        with path.open("rb") as file:
            kept = keep_file(chunks_of(file), kind="roster", name="名册.xlsx", media_type=XLSX, actor=actor or cast.zhou, now=NOW)
        return run_job(start_job(actor=actor or cast.zhou, kind=kind, params=params, file=kept, now=NOW).pk)

    return act


def test_a_look_counts_and_shows_rows_with_masked_numbers(job):
    done = job(rosters.PREVIEW_JOB, [row(2), row(4), BAD])
    assert (done.state, done.result["new"], done.result["refused"]) == (State.DONE, 2, 1)
    shown = rosters.preview_shown(done)
    (refused,) = shown["rows"]["refused"]
    assert (refused["row"], refused["problems"][0]["cell"], refused["problems"][0]["code"]) == (4, "C4", "number_check_digit")
    assert number(2) not in str(shown)
    assert not Teacher.everywhere.exists()


def test_the_workbook_to_mend_is_mended_and_handed_in_again(job, cast, tmp_path):
    done = job(rosters.IMPORT_JOB, [row(2), row(4), BAD])
    assert (done.state, done.result["refusal"], done.result["params"]) == (State.REFUSED, "roster_has_problems", {"count": 1})
    assert not Teacher.everywhere.exists()
    with readable(done.report_file) as place, open_roster(place, today=timezone.localdate()) as roster:
        first, *rest = list(roster.rows)
        assert roster.layout.headings[-1] == "问题"
        assert roster.layout.ignored == []
    assert [problem.code for problem in first.problems] == ["number_check_digit"]
    assert "[C4] 身份证件号码" in first.cells[len(roster.layout.headings) - 1]
    assert [one.problems for one in rest] == [[], []]
    mended = tmp_path / "mended.xlsx"
    write(mended, [dict(zip(rosters.ROSTER_HEADINGS, [], strict=False)) | row(6), row(2), row(4)])
    assert rosters.import_roster(actor=cast.zhou, path=mended, now=NOW).counts["new"] == 3


def test_the_good_rows_alone_are_written_when_that_was_asked_for(job):
    done = job(rosters.IMPORT_JOB, [row(2), BAD], good_only=True)
    assert (done.state, done.result["new"], done.result["refused"]) == (State.DONE, 1, 1)
    assert done.report_file is not None
    assert done.percent == 100


def test_a_file_that_is_no_workbook_refuses_the_job(cast, tmp_path):
    path = tmp_path / "claims.xlsx"
    path.write_bytes(b"PK\x03\x04 but nothing more")
    with path.open("rb") as file:
        kept = keep_file(chunks_of(file), kind="roster", name="a.xlsx", media_type=XLSX, actor=cast.zhou, now=NOW)
    done = run_job(start_job(actor=cast.zhou, kind=rosters.PREVIEW_JOB, params={}, file=kept, now=NOW).pk)
    assert (done.state, done.result["refusal"]) == (State.REFUSED, "file_not_a_workbook")


def test_progress_is_seen_while_the_job_is_in_its_transaction(cast):
    running = Job.everywhere.create(kind="x", actor={}, state=State.RUNNING, created_at=NOW)
    progress.note(running.public_id, 30, 120)
    assert Job.everywhere.get(pk=running.pk).percent == 25
    progress.forget(running.public_id)
    assert Job.everywhere.get(pk=running.pk).percent == 0


def test_the_command_lists_every_error_and_answers_2(cast, tmp_path):
    said = []
    path = write(tmp_path / "roster.xlsx", [row(2), BAD, row(8, stage="大学")])
    assert rosters.import_roster_command(path, organisation="360803", now=NOW, say=said.append) == 2
    assert [line.split()[0] for line in said[:2]] == ["C3", "F4"]
    assert not Teacher.everywhere.exists()
    assert rosters.import_roster_command(path, organisation="nowhere", now=NOW, say=said.append) == 2
    good = write(tmp_path / "good.xlsx", rows(2))
    assert rosters.import_roster_command(good, organisation="360803", now=NOW, say=said.append) == 0
    assert rosters.import_roster_command(good, now=NOW, say=said.append) == 0
    assert Teacher.everywhere.count() == 2


@pytest.mark.django_db(databases="__all__")
def test_the_command_undoes_an_import_or_says_who_is_in_the_way(cast, tmp_path):
    said = []
    told = {"organisation": "360803", "now": NOW, "say": said.append}
    rosters.import_roster_command(write(tmp_path / "good.xlsx", [row(2), row(4)]), **told)
    batch = rosters.RosterBatch.everywhere.get()
    assert batch.public_id in said[-1]
    first = Account.objects.filter(phone_index__gt="").order_by("pk").first()
    Account.objects.filter(pk=first.pk).update(activated_at=NOW)
    assert rosters.undo_roster_command(batch.public_id, reason="试", **told) == 2
    assert said[-2].startswith("林知微 青禾实验小学")
    Account.objects.filter(pk=first.pk).update(activated_at=None)
    assert rosters.undo_roster_command("nobody", reason="试", **told) == 2
    assert rosters.undo_roster_command(batch.public_id, reason="试", **told) == 0
    assert not Teacher.everywhere.exists()


LONG = 100_000
FEW = 400


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_taken(cast, tmp_path):
    """Accepted in the background and told as it goes; most rows name people twice, so that the test need not write them all."""
    lines = [",".join(row(2 + 2 * at).values()) for at in range(FEW)]
    path, told = tmp_path / "long.csv", []
    headings = ",".join(rosters.ROSTER_HEADINGS[key] for key in row())
    path.write_text("\n".join([headings, *(lines[at % FEW] for at in range(LONG))]), encoding="utf-8")
    done = rosters.import_roster(
        actor=cast.zhou, path=path, now=NOW, good_only=True, work=rosters.Work(tell=lambda done, total: told.append((done, total)))
    )
    assert done.counts == {"new": FEW, "changed": 0, "unchanged": 0, "refused": LONG - FEW}
    assert Teacher.everywhere.count() == FEW
    assert told[-1] == (LONG + FEW, 2 * LONG)


CHILD = """
import sys, django
django.setup()
from datetime import datetime, UTC
from pathlib import Path
from xingtan.domains.rosters import api as rosters
# before
print("begin", flush=True)
tell = lambda done, total: print(done, total, flush=True)
sys.exit(rosters.import_roster_command(Path(sys.argv[1]), organisation="360803", now=datetime(2026, 9, 10, tzinfo=UTC), say=print, tell=tell))
"""


def importing(path, before=""):
    """The import in a process of its own, on this test's database."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        url = f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST'] or 'localhost'}:{told['PORT']}/{name}"
        if str(told["HOST"]).startswith("/"):
            url = f"postgresql://{told['USER']}:{told['PASSWORD']}@:{told['PORT']}/{name}?host={told['HOST']}"
    knobs = {"XINGTAN_HOME": str(settings.HOME), "XINGTAN_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "xingtan.config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", CHILD.replace("# before", before), str(path)],
        env=os.environ | knobs,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.race
@pytest.mark.usefixtures("own_database")
def test_an_import_killed_at_any_moment_leaves_nothing_half_done(tmp_path):
    cast = make_cast()
    path = write(tmp_path / "roster.xlsx", rows(450))
    for wait in (0.0, 0.1, 0.25):
        with importing(path) as child:
            child.stdout.readline()
            time.sleep(wait)
            child.send_signal(signal.SIGKILL)
        assert Teacher.everywhere.count() in {0, 450}
        assert (
            TeacherFact.objects.filter(kind="school").count()
            == Account.objects.filter(activated_at=None, phone_index__gt="").count()
            == Teacher.everywhere.count()
        )
    with importing(path) as child:
        child.communicate(timeout=60)
    assert child.returncode == 0
    assert teachers.teachers_in(cast.county.scope).count() == 450


def test_a_stored_file_has_no_name_of_another_folder(cast):
    kept = keep_file([b"PK\x03\x04"], kind="roster", name="../../名册.xlsx", media_type=XLSX, actor=cast.zhou, now=NOW)
    assert kept.name == "名册.xlsx"
    assert Path(settings.MEDIA_ROOT) in path_of(kept).parents
