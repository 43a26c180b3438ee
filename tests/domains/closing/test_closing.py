"""Closing a year: what must be so first, by whom, what is kept, and that nothing moves afterwards."""

from __future__ import annotations

import json
import subprocess
import sys

import polars as pl
import pytest
from django.db import DatabaseError, transaction

from tests import certifying, closing, crediting, enrolling
from tests.closing import JUNE, LATER, OVER
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.closing import api as closing_room
from xingtan.domains.closing.api import ARCHIVE_JOB
from xingtan.domains.closing.models import ClosingFile, YearClosing
from xingtan.domains.credits.models import EntryState
from xingtan.domains.determination import api as room
from xingtan.domains.determination.models import Determination
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.events.models import Event
from xingtan.foundation.files.store import path_of
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import NotAllowed, Refused


def refused(act, **values):
    with pytest.raises(Refused) as caught:
        act(**values)
    return caught.value


def close(cast, actor=None, now=OVER):
    return closing_room.close_year(actor=actor or cast.fan, training_year_id=cast.year.pk, now=now)


def test_a_year_closes_once_everything_is_done(cast):
    closing.ready(cast)
    assert closing.lacking(cast) == {}
    assert close(cast).state == "closed"
    kept = YearClosing.everywhere.get()
    assert kept.closed_by_id == cast.fan.account_id
    assert sum(kept.counts.values()) == Determination.everywhere.filter(span="year", is_current=True, examined_at__isnull=False).count()
    assert all(one["is_met"] for one in kept.conditions)
    assert Event.objects.filter(name="determination.examined").count() == 1


def test_before_anything_was_done_everything_is_lacking(cast):
    assert set(closing.lacking(cast)) == {
        "trial_run", "facts_clear", "all_settled", "notice_signed", "notice_over", "objections_decided", "two_people",
    }  # fmt: skip
    assert refused(close, cast=cast).code == "year_not_ready"


def test_who_ran_the_trial_does_not_close(cast):
    closing.ready(cast)
    assert set(closing.lacking(cast, cast.mei)) == {"two_people"}
    assert refused(close, cast=cast, actor=cast.mei).code == "year_not_ready"


def test_the_last_day_for_objections_is_waited_for(cast):
    closing.ready(cast)
    assert closing.lacking(cast, now=LATER) == {"notice_over": 8}
    assert refused(close, cast=cast, now=LATER).code == "year_not_ready"


def test_an_open_objection_and_an_upheld_one_without_its_new_run_keep_the_year_open(cast):
    closing.ready(cast)
    one = closing.objection(cast)
    assert closing.lacking(cast) == {"objections_decided": 1}
    closing_room.assign_objections(actor=cast.fan, objection_ids=[one.pk], handler_id=cast.fan.account_id, now=LATER)
    decision = notices.Decision(is_upheld=True, reason=notices.DecisionReason.ENTRY_MISSING, words="已补录学时")
    closing_room.decide_objection(actor=cast.fan, objection_id=one.pk, decision=decision, now=LATER)
    assert closing.lacking(cast) == {"objections_decided": 1}
    one.refresh_from_db()
    closing_room.follow_objection(actor=cast.fan, objection=one, now=LATER)
    assert closing.lacking(cast) == {}


def test_an_entry_that_waits_for_review_and_a_school_that_has_not_signed_keep_the_year_open(cast):
    (late,) = enrolling.teachers(cast.school, 1)
    crediting.register(cast, [late])
    crediting.delivered(cast, [late], 3600)
    crediting.enter(cast)
    closing.posted(cast)
    assert EntryState.everywhere.exclude(state="verified").count() == 1
    schools = Determination.everywhere.values("school").distinct().count()
    assert closing.lacking(cast) == {"chains_done": 1, "notice_signed": schools}


def test_a_verdict_that_would_be_another_than_the_last_run_said_needs_another_trial(cast):
    closing.ready(cast)
    late = enrolling.teachers(cast.school, 1)
    crediting.register(cast, late)
    assert closing.lacking(cast) == {"all_settled": 1}
    closing.tried(cast, LATER)
    certifying.verified(cast, late)
    assert closing.lacking(cast) == {}
    assert refused(close, cast=cast).code == "verdicts_moved"
    assert Determination.everywhere.exclude(examined_at=None).count() == 0
    closing.tried(cast, LATER)
    assert close(cast).state == "closed"


def test_only_the_province_closes(cast):
    closing.ready(cast)
    with pytest.raises(NotAllowed):
        close(cast, actor=cast.zhou)


def test_a_closed_year_is_not_determined_again_and_closing_again_changes_nothing(cast):
    closing.closed(cast)
    before = Determination.everywhere.count()
    assert close(cast).state == "closed"
    assert YearClosing.everywhere.count() == 1
    assert refused(closing.tried, cast=cast, now=OVER).code == "year_closed"
    assert refused(room.examine, actor=cast.mei, training_year_id=cast.year.pk, now=OVER).code == "year_closed"
    assert Determination.everywhere.count() == before


def archived(cast):
    closing.closed(cast)
    job = run_job(Job.everywhere.get(kind=ARCHIVE_JOB).pk)
    assert job.state == "done", job.result
    return {row.table: row for row in ClosingFile.objects.select_related("file")}


def test_the_archive_holds_the_years_facts_and_verdicts_with_their_digests(cast):
    files = archived(cast)
    assert set(files) == {"teachers", "facts", "activities", "results", "verdicts"}
    frames = {table: pl.read_parquet(path_of(row.file)) for table, row in files.items()}
    assert {table: frame.height for table, frame in frames.items()} == {table: row.rows for table, row in files.items()}
    verdicts = dict(frames["verdicts"].select("teacher_id", "verdict").iter_rows())
    current = Determination.everywhere.filter(span="year", is_current=True)
    assert verdicts == dict(current.values_list("teacher_id", "verdict"))
    lin = frames["activities"].filter(pl.col("teacher_id") == cast.lin_teacher.pk)
    assert str(lin["amount"].sum()) == "72.00"
    assert set(lin["status"]) == {"verified"}
    line = AuditLine.objects.get(act="closing.year_archived")
    assert line.detail["files"] == {table: row.sha256 for table, row in files.items()}
    assert list(closing_room.altered_archives()) == []


def test_the_archive_is_written_once_and_the_same_rows_give_the_same_bytes(cast):
    files = archived(cast)
    kept = YearClosing.everywhere.select_related("training_year").get()
    again = closing_room.archive_year(actor=cast.fan, closing=kept, now=OVER)
    assert {row.table: row.sha256 for row in again} == {table: row.sha256 for table, row in files.items()}
    assert ClosingFile.objects.count() == 5


def test_an_altered_or_missing_archive_is_found(cast):
    files = archived(cast)
    place = path_of(files["verdicts"].file)
    place.chmod(0o644)
    place.write_bytes(place.read_bytes() + b" ")
    path_of(files["facts"].file).unlink()
    assert sorted(closing_room.altered_archives()) == [(2026, "facts is missing"), (2026, "verdicts was altered")]


def test_a_year_without_its_archive_is_told(cast):
    closing.closed(cast)
    assert list(closing_room.altered_archives()) == [(2026, "has no archive yet")]


@pytest.mark.parametrize("change", [{"closed_by_id": 1}, {"counts": {}}])
def test_the_database_refuses_to_change_a_closing_record(cast, change):
    closing.closed(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        YearClosing.everywhere.update(**change)


def test_the_web_process_never_loads_polars():
    script = "import django,sys; django.setup(); import xingtan.config.urls, xingtan.domains.determination.api as room; print('polars' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(ran.stdout.strip().lower()) is False


def test_certificates_follow_a_closing(cast):
    closing.closed(cast)
    payload = Event.objects.get(name="determination.examined").payload
    certifying.certificates.issue_due(payload, OVER)
    assert CertificatePage.everywhere.filter(certificate__teacher=cast.lin_teacher, state="valid").count() == 1


def test_a_year_that_was_studied_here_is_not_closed_as_a_past_one(cast):
    room.examine(actor=cast.mei, training_year_id=cast.year.pk, now=OVER)
    error = refused(closing_room.close_past_year, actor=cast.mei, training_year_id=cast.year.pk, now=OVER)
    assert error.code == "year_needs_notice"
    assert JUNE < OVER
