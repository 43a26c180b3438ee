"""Twelve at once: a merge while a roster changes both records, a move while a determination runs, both sides agreeing together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from tests import crediting, rostering
from tests.rostering import LATER, NOW, row, write
from xingtan.domains.determination import api as determination
from xingtan.domains.moves import api as moves
from xingtan.domains.moves.models import Transfer
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Merge, Teacher, TeacherFact
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused

pytestmark = pytest.mark.race
TERMS = moves.Terms(date(2026, 11, 1), "工作调动")


def together(acts):
    """What each of these answers when all begin at the same moment: a result, or the code of a refusal."""
    start = Barrier(len(acts))

    def one(act):
        start.wait()
        try:
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_a_merge_while_a_roster_is_imported_loses_neither(own_database, tmp_path):
    cast = rostering.cast()
    first = write(tmp_path / "first.xlsx", [row(2), row(4, school="云亭小学")])
    rosters.import_roster(actor=cast.zhou, path=first, now=NOW)
    lin, double = Teacher.everywhere.order_by("pk")
    changed = write(tmp_path / "changed.xlsx", [row(2, title="高级教师"), row(4, school="云亭小学", title="高级教师")])

    def merge():
        return teachers.merge(actor=cast.zhou, merged_id=double.pk, into_id=lin.pk, reason="同一人", now=LATER)

    def bring():
        return rosters.import_roster(actor=cast.zhou, path=changed, now=LATER, good_only=True)

    together([merge, bring, merge, bring, merge, bring])
    lin.refresh_from_db()
    double.refresh_from_db()
    assert Merge.objects.filter(ended_at=None).count() == 1
    assert (double.status, lin.status, lin.title) == ("merged", "in_post", "senior")
    for one in (lin, double):
        kinds = list(TeacherFact.objects.filter(teacher=one, to_on=None).values_list("kind", flat=True))
        assert len(kinds) == len(set(kinds))
    assert teachers.check_search() == []


def test_both_sides_agree_at_once_and_the_move_happens_once(own_database, tmp_path):
    cast = rostering.cast()
    far_clerk = rostering.actor(Role.SCHOOL_CLERK, cast.far, "far")
    rosters.import_roster(actor=cast.zhou, path=write(tmp_path / "first.xlsx", [row(2)]), now=NOW)
    lin = Teacher.everywhere.get()
    asked = moves.offer_transfer(actor=cast.chen, teacher_id=lin.pk, to_school="螺川路实验小学", terms=TERMS, now=LATER)

    def agree(who):
        return lambda: moves.agree_to_transfer(actor=who, public_id=asked.public_id, now=LATER).state

    def end():
        return moves.end_transfer(actor=cast.chen, public_id=asked.public_id, answer="", now=LATER).state

    together([agree(far_clerk), agree(cast.wu), agree(far_clerk), end, agree(cast.wu), agree(far_clerk)])
    lin.refresh_from_db()
    done = Transfer.objects.get().state
    assert lin.school_id == (cast.far.pk if done == "done" else cast.school.pk)
    assert TeacherFact.objects.filter(teacher=lin, kind="school").count() == (2 if done == "done" else 1)
    assert Grant.objects.filter(account=lin.account_id, role="teacher", ended_at=None, to_on=None).count() == 1


def test_a_move_while_a_determination_runs_leaves_one_current_verdict(own_database):
    cast = crediting.build()
    crediting.delivered(cast, [cast.lin_teacher], 10 * 3600)

    def determine():
        return determination.determine(
            actor=cast.mei, training_year_id=cast.year.pk, organisation_id=cast.province.pk, now=crediting.NOW
        ).pk

    def move():
        terms = moves.Terms(crediting.NOW.date(), "调动")
        return moves.offer_transfer(
            actor=cast.zhou, teacher_id=cast.lin_teacher.pk, to_school="青山小学", terms=terms, now=crediting.NOW
        ).pk

    together([determine, move, determine, determine, move, determine])
    cast.lin_teacher.refresh_from_db()
    assert cast.lin_teacher.school_id == cast.second.pk
    rows = determination.Determination.everywhere.filter(teacher=cast.lin_teacher, span="year", is_current=True)
    assert rows.count() == 1
    determine()
    assert rows.get().school_id == cast.second.pk
