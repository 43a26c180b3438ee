"""A workbook of nominations: preview, errors by row, the workbook to mend, portions that go on after a cut, taken back as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from tests.admitting import NOW, known, nominate, sound, states, write
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import Application, NominationBatch
from xingtan.domains.nominations import api as nominations
from xingtan.domains.nominations import batches, handin
from xingtan.domains.nominations.mending import write_mending
from xingtan.domains.nominations.tasks import PREVIEW, UNDO, WRITE
from xingtan.domains.projects.models import Project
from xingtan.foundation.files.sheets import XLSX, open_sheet
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.run import run_job, start_job
from xingtan.foundation.refusal import Refused


@pytest.fixture
def booked(admitting, tmp_path):
    """Twelve sound rows of the school's own teachers, for the red class."""
    numbers = known([*admitting.people, *admitting.others])
    admitting.rows = [(numbers[one.pk], one.name, "", "red班", "骨干") for one in admitting.people]
    admitting.book = lambda rows, way=admissions.Way.NOMINATION: nominations.Book(
        admitting.seated.pk, way, write(tmp_path / "推荐.xlsx", rows)
    )
    admitting.numbers = numbers
    return admitting


def hand_in(cast, rows, actor=None, book=None, **more):
    return nominations.hand_in_nominations(actor=actor or cast.zhou, book=book or cast.book(rows), now=NOW, **more)


def test_a_sound_workbook_seats_and_lines_up_in_its_order(booked):
    plan, batch = hand_in(booked, booked.rows)
    assert (plan.counts["good"], batch.state) == (12, "written")
    assert states(Application.everywhere.order_by("pk")) == ["admitted"] * 10 + ["waiting"] * 2
    assert sound(booked)


def test_a_preview_changes_nothing_and_names_every_fault(booked):
    nominate(booked, booked.people[3:4])
    rows = [
        booked.rows[0], (booked.rows[1][0], "别人", "", "", ""), booked.rows[0], booked.rows[3],
        ("36080319900101001X", "无名", "", "", ""), (booked.rows[4][0], booked.people[4].name, "农村", "蓝班", ""),
    ]  # fmt: skip
    plan = nominations.preview_nominations(actor=booked.chen, book=booked.book(rows), now=NOW)
    assert plan.counts == {"good": 1, "warned": 0, "refused": 5, "there": 0}
    assert [(one.typed.place, one.problems) for one in plan.bad] == [
        (3, ("nominee_name_differs",)), (4, ("nominee_twice",)), (5, ("nominee_stands",)), (6, ("nominee_unknown",)),
        (7, ("nominee_class_unknown", "nominee_category_unknown")),
    ]  # fmt: skip
    assert Application.everywhere.count() == 1


def test_with_a_fault_nothing_is_written_unless_the_good_ones_are_asked_for(booked, tmp_path):
    rows = [*booked.rows[:2], ("36080319900101001X", "无名", "", "", "=1+1")]
    with pytest.raises(nominations.BookRefused) as refused:
        hand_in(booked, rows)
    assert not Application.everywhere.exists()
    write_mending(tmp_path / "mend.xlsx", refused.value.plan)
    with open_sheet(tmp_path / "mend.xlsx") as sheet:
        [_head, bad] = [cells for _place, cells in sheet.rows]
    assert bad[:2] == ["36080319900101001X", "无名"]
    assert bad[4] == "=1+1"
    assert bad[-1]
    plan, batch = hand_in(booked, rows, good_only=True)
    assert (Application.everywhere.count(), plan.refused, batch.refused) == (2, 1, 1)


def test_a_cut_off_import_goes_on_where_it_stopped(booked, monkeypatch):
    monkeypatch.setattr(handin, "PORTION", 5)
    whole, calls = batches.write_portion, []

    def cut(**told):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(**told)

    monkeypatch.setattr(handin, "write_portion", cut)
    book = booked.book(booked.rows)
    with pytest.raises(KeyboardInterrupt):
        hand_in(booked, (), book=book)
    assert Application.everywhere.count() == 5
    plan, batch = hand_in(booked, (), book=book)
    assert (plan.counts["there"], plan.counts["good"], batch.state) == (5, 7, "written")
    assert (Application.everywhere.count(), NominationBatch.everywhere.count()) == (12, 1)
    assert sound(booked)


def test_a_workbook_is_taken_back_as_a_whole_and_the_line_moves_afterwards(booked):
    [waits] = nominate(booked, booked.others[:1], actor=booked.zhou)
    Application.everywhere.filter(pk=waits.pk).update(place_in_line=10**18)
    _plan, batch = hand_in(booked, booked.rows)
    admissions.withdraw(actor=booked.zhou, ids=[Application.everywhere.filter(batch=batch).first().pk], reason="病", now=NOW)
    with pytest.raises(Refused, match="admission_needs_reason"):
        nominations.undo_nominations(actor=booked.zhou, batch_id=batch.public_id, reason=" ", now=NOW)
    done = nominations.undo_nominations(actor=booked.zhou, batch_id=batch.public_id, reason="发错了", now=NOW)
    assert done.state == "undone"
    ended = states(Application.everywhere.filter(batch=batch).order_by("pk"))
    assert sorted(set(ended)) == ["cancelled", "withdrawn"]
    assert ended.count("withdrawn") == 1
    assert sound(booked)
    with pytest.raises(Refused, match="batch_wrong_state"):
        nominations.undo_nominations(actor=booked.zhou, batch_id=batch.public_id, reason="再", now=NOW)


def test_jobs_preview_write_and_take_back(booked):
    path = booked.book([*booked.rows[:2], ("x", "无名", "", "", "")]).path
    with path.open("rb") as file:
        kept = keep_file(chunks_of(file), kind="nominations", name="推荐.xlsx", media_type=XLSX, actor=booked.zhou, now=NOW)
    params = {"project": booked.seated.pk, "way": "nomination"}
    Project.everywhere.filter(pk=booked.seated.pk).update(closes_on=date(2099, 1, 1), starts_on=None, ends_on=None)

    def job(kind, **more):
        return run_job(start_job(actor=booked.zhou, kind=kind, params={**params, **more}, file=kept, now=NOW).pk)

    looked = job(PREVIEW)
    assert looked.state == "done", looked.result
    assert (looked.state, looked.result["good"], looked.result["refused"]) == ("done", 2, 1)
    assert nominations.sentences(looked.result["rows"]["refused"][0])
    assert looked.report_file is not None
    assert job(WRITE).result["refusal"] == "nominations_have_problems"
    written = job(WRITE, good_only=True)
    assert written.result["good"] == 2
    assert job(UNDO, batch=written.result["batch"], reason="试").state == "done"
