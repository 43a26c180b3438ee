"""Imports in portions: cut off by a kill and gone on, two at once, and one beside a move of the same teacher."""

from __future__ import annotations

import signal
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from tests.domains.rosters.test_jobs import importing
from tests.rostering import LATER, NOW, row, rows, write
from tests.rostering import cast as make_cast
from xingtan.domains.rosters import api as rosters
from xingtan.domains.rosters import spool
from xingtan.domains.rosters.models import RosterPortion
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Teacher, TeacherFact
from xingtan.foundation.db import writing
from xingtan.foundation.people.models import Account, Grant

SMALL = 40
COUNT = 400


def consistent():
    """Every teacher has one account, one role and one open fact of each kind."""
    count = Teacher.everywhere.count()
    kinds = TeacherFact.objects.filter(to_on=None, kind="school").count()
    return kinds == Grant.objects.filter(role="teacher").count() == Account.objects.filter(phone_index__gt="").count() == count


@pytest.mark.race
@pytest.mark.usefixtures("own_database")
def test_an_import_cut_off_between_portions_goes_on_and_is_undone_as_one(tmp_path):
    cast = make_cast()
    path = write(tmp_path / "roster.xlsx", rows(COUNT))
    with importing(path, before=f"from xingtan.domains.rosters import spool; spool.Spool.__init__.__defaults__ = ({SMALL},)") as child:
        deadline = time.monotonic() + 60
        while not RosterPortion.objects.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    half = Teacher.everywhere.count()
    assert half % SMALL == 0
    assert 0 < half <= COUNT
    assert consistent()
    batch = rosters.RosterBatch.everywhere.get()
    with importing(path) as child:
        child.communicate(timeout=60)
    assert Teacher.everywhere.count() == COUNT
    assert consistent()
    batch.refresh_from_db()
    assert batch.state == "written"
    assert rosters.written_of([batch.pk])[batch.pk].new == COUNT
    rosters.undo_batch(actor=cast.zhou, batch_id=batch.public_id, reason="试", now=NOW, tell=lambda done, total: None)
    assert not Teacher.everywhere.exists()
    assert Account.objects.count() == 4


def at_once(*acts):
    """The acts run in threads that begin together; returns what each raised, None where it did not."""
    ready, raised = threading.Barrier(len(acts)), [None] * len(acts)

    def run(at, act):
        try:
            ready.wait()
            act()
        except Exception as fault:  # noqa: BLE001 -- what a thread raised is looked at by the test
            raised[at] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def hand_in(actor, path, now=NOW):
    return lambda: rosters.import_roster(actor=actor, path=path, now=now)


@pytest.mark.race
@pytest.mark.usefixtures("own_database")
def test_two_imports_of_the_same_people_at_once_register_each_once(tmp_path, monkeypatch):
    cast = make_cast()
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (20,))
    one, other = write(tmp_path / "a.xlsx", rows(100)), write(tmp_path / "b.xlsx", rows(100, title="高级教师"))
    assert at_once(hand_in(cast.zhou, one), hand_in(cast.head, other)) == [None, None]
    assert Teacher.everywhere.count() == 100
    assert consistent()
    assert {batch.state for batch in rosters.RosterBatch.everywhere.all()} == {"written"}


@pytest.mark.race
@pytest.mark.usefixtures("own_database")
def test_an_import_and_a_move_of_the_same_teacher_leave_one_open_fact(tmp_path):
    cast = make_cast()
    rosters.import_roster(actor=cast.zhou, path=write(tmp_path / "in.xlsx", [row(2), row(4)]), now=NOW)
    path = write(tmp_path / "changed.xlsx", [row(2, title="高级教师", school="云亭小学"), row(4, title="高级教师")])

    def move():
        with writing():
            held = teachers.Teacher.everywhere.select_for_update(of=("self",)).get(name="林知微", number_index=index)
            change = teachers.Change("school", str(held.school_id), str(cast.far.pk))
            teachers.change_teachers([teachers.Amendment(held, [change], LATER.date())], teachers.Occasion(LATER, None))

    index = Teacher.everywhere.order_by("pk").values_list("number_index", flat=True)[0]
    raised = at_once(move, hand_in(cast.zhou, path, LATER + timedelta(seconds=1)))
    assert [type(fault) for fault in raised if fault] in ([], [rosters.RosterRefused])
    moved = Teacher.everywhere.get(number_index=index)
    (open_fact,) = TeacherFact.objects.filter(teacher=moved, kind="school", to_on=None)
    assert open_fact.value == str(moved.school_id)
    grants = Grant.objects.filter(account_id=moved.account_id, role="teacher", to_on=None, ended_at=None)
    assert [grant.organisation_id for grant in grants] == [moved.school_id]
