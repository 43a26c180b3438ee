"""Offices that act at the same moment: one row, no overlap, one result that stands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests import crediting
from xingtan.domains.assessment import api as assessment
from xingtan.domains.assessment.models import ExamResult
from xingtan.domains.circumstances import api as room
from xingtan.domains.circumstances.models import Circumstance, CircumstanceStep
from xingtan.foundation.refusal import Refused

pytestmark = pytest.mark.race
LAST = date(2027, 4, 20)
LEAVE = room.Stated("leave", "maternity", date(2026, 11, 10), LAST)


def put(cast, stated):
    return room.record_circumstances(
        actor=cast.zhou, training_year_id=cast.year.pk, teacher_ids=[cast.lin_teacher.pk], stated=stated, now=crediting.NOW
    )


THREADS = 6


def together(act):
    start = Barrier(THREADS)

    def one(number):
        start.wait()
        try:
            return act(number)
        except Refused as why:
            return why.code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_offices_that_record_at_once_make_one_row_and_no_overlap(own_database):
    cast = crediting.build()
    together(lambda _: put(cast, LEAVE))
    assert Circumstance.everywhere.count() == CircumstanceStep.objects.count() == 1
    days = [LEAVE._replace(value="sick", from_on=LAST + timedelta(days=1 + at), to_on=date(2027, 6, 30)) for at in range(THREADS)]
    codes = together(lambda number: put(cast, days[number]))
    assert codes.count("circumstance_contradicts") == THREADS - 1
    assert Circumstance.everywhere.count() == 2


def test_officers_who_enter_the_same_result_at_once_leave_one_that_stands(own_database):
    cast = crediting.build()
    one = assessment.Entered(cast.lin_teacher.pk, "exam", assessment.ResultState.FINAL, 60_00, date(2026, 11, 20))

    def enter(number):
        result = one._replace(score_centi=60_00 + number)
        return assessment.enter_results(actor=cast.zhou, training_year_id=cast.year.pk, results=[result], reason="更正", now=crediting.NOW)

    together(enter)
    rows = ExamResult.everywhere.order_by("pk")
    assert len(rows) == THREADS
    assert [row.superseded_at is None for row in rows] == [False] * (THREADS - 1) + [True]
