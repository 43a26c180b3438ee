"""A provider's records: read, told what is wrong, delivered once."""

from __future__ import annotations

import csv
from datetime import date
from importlib import import_module

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import studying
from tests.enrolling import LATER, actor_of, assign, teachers
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import DeliveredRecord, UnitProgress
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.events.models import Event
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = date(2026, 11, 10)


@pytest.fixture
def cast():
    made = studying.build()
    box = import_module("xingtan.domains.teachers.queries").NUMBER_BOX
    Teacher.everywhere.filter(pk=made.lin_teacher.pk).update(number_index=box.index("NUMBERLIN"))
    return made


def write_csv(tmp_path, *rows, headings=learning.HEADINGS):
    place = tmp_path / "records.csv"
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return place


def good(cast, number="R1", seconds="3600", day="2026-11-10", **more):
    said = {"name": cast.lin_teacher.name, "identity": "NUMBERLIN", "title": "课程A"} | more
    return [number, said["identity"], said["name"], said["title"], seconds, day]


def preview(cast, path):
    return learning.preview_records(actor=cast.staff, path=path, now=LATER)


def deliver(cast, path):
    rows = [line.record for line in preview(cast, path) if line.record]
    return learning.deliver_records(actor=cast.staff, rows=rows, now=LATER)


def events():
    return list(Event.objects.filter(name="learning.recognisable").values_list("payload", flat=True))


def test_a_file_is_delivered_once_however_often_it_comes(cast, tmp_path):
    path = write_csv(tmp_path, good(cast, "R1"), good(cast, "R2", title="XXXX-none"), good(cast, "R3", title="A"))
    lines = preview(cast, path)
    assert [line.problems for line in lines] == [(), ("offer_unknown",), ()]
    assert deliver(cast, path) == learning.Delivered(new=2, known=0)
    assert deliver(cast, path) == learning.Delivered(new=0, known=2)
    assert [line.is_known for line in preview(cast, path)] == [True, False, True]
    made = DeliveredRecord.everywhere.order_by("pk")
    assert [(one.learned_s, one.learned_on, one.school_id) for one in made] == [(3600, DAY, cast.school.pk)] * 2
    assert [set(one["delivered"]) for one in events()] == [{one.pk for one in made}]


def test_a_workbook_is_read_like_the_text(cast, tmp_path):
    place = tmp_path / "records.xlsx"
    book = xlsxwriter.Workbook(str(place))
    sheet = book.add_worksheet()
    for at, row in enumerate([learning.HEADINGS, good(cast)]):
        sheet.write_row(at, 0, row)
    sheet.write_number(1, 4, 3600)
    sheet.write_datetime(1, 5, DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    (line,) = preview(cast, place)
    assert (line.problems, line.record.learned_s, line.record.learned_on) == ((), 3600, DAY)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"number": ""}, "number_missing"),
        ({"number": "x" * 81}, "number_missing"),
        ({"identity": "NUMBERWU"}, "not_a_trainee"),
        ({"name": "吴某"}, "name_differs"),
        ({"title": "课程B"}, "offer_unknown"),
        ({"day": "2025-11-10"}, "offer_unknown"),
        ({"seconds": "0"}, "seconds_wrong"),
        ({"seconds": "1.5"}, "seconds_wrong"),
        ({"seconds": "-3"}, "seconds_wrong"),
        ({"seconds": "９"}, "seconds_wrong"),
        ({"day": "2026-11-22"}, "day_wrong"),
        ({"day": "十一月"}, "day_wrong"),
    ],
)
def test_a_row_says_what_is_wrong_with_it(cast, tmp_path, changes, problem):
    (line,) = preview(cast, write_csv(tmp_path, good(cast, **changes)))
    assert line.record is None
    assert problem in line.problems


def test_a_number_twice_in_a_file_and_a_changed_record_are_refused(cast, tmp_path):
    lines = preview(cast, write_csv(tmp_path, good(cast), good(cast)))
    assert [line.problems for line in lines] == [("number_twice",)] * 2
    deliver(cast, write_csv(tmp_path, good(cast)))
    (line,) = preview(cast, write_csv(tmp_path, good(cast, seconds="7200")))
    assert line.problems == ("record_differs",)
    changed = learning.RecordRow("R1", cast.lin_teacher.pk, cast.offers["A"].pk, 7200, DAY)
    with pytest.raises(Refused, match="record_changed"):
        learning.deliver_records(actor=cast.staff, rows=[changed], now=LATER)
    assert DeliveredRecord.everywhere.get().learned_s == 3600


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\xff\xfe\x00", "姓名,日期\n林,2026-11-10\n".encode()])
def test_a_file_of_another_kind_is_refused(cast, tmp_path, content):
    place = tmp_path / "records.xlsx"
    place.write_bytes(content)
    with pytest.raises(Refused, match="records_unreadable"):
        preview(cast, place)


def test_only_the_provider_itself_delivers(cast):
    row = learning.RecordRow("R1", cast.lin_teacher.pk, cast.offers["A"].pk, 60, DAY)
    with pytest.raises(NotAllowed):
        learning.deliver_records(actor=cast.chen, rows=[row], now=LATER)
    stranger = actor_of(Role.PROVIDER_STAFF, cast.school)
    with pytest.raises(NotInScope):
        learning.deliver_records(actor=stranger, rows=[row], now=LATER)
    assert not DeliveredRecord.everywhere.exists()


def test_six_thousand_records_take_a_fixed_number_of_queries(cast):
    people = teachers(cast.school, 60)
    assign(cast, people, "A", "own", actor=cast.chen)

    def rows(prefix, times):
        return [learning.RecordRow(f"{prefix}{one.pk}-{n}", one.pk, cast.offers["A"].pk, 60, DAY) for one in people for n in range(times)]

    learning.deliver_records(actor=cast.staff, rows=rows("a", 1), now=LATER)
    with CaptureQueriesContext(connection) as few:
        learning.deliver_records(actor=cast.staff, rows=rows("b", 1), now=LATER)
    with CaptureQueriesContext(connection) as many:
        done = learning.deliver_records(actor=cast.staff, rows=rows("c", 100), now=LATER)
    assert done.new == 6000
    assert len(many) <= len(few) + 12


def test_what_was_counted_is_told_once(cast):
    film = cast.units[0]
    row = UnitProgress.objects.create(teacher_id=cast.lin_teacher.pk, unit_id=film.pk, length_s=24, learned_s=10, changed_at=1_794_400_000)
    assert learning.tell_learned(LATER) == 1
    assert learning.tell_learned(LATER) == 0
    (told,) = events()
    assert told["rows"] == [{"teacher": cast.lin_teacher.pk, "unit": film.pk, "learned_s": 10, "on": "2026-11-11"}]
    UnitProgress.objects.filter(pk=row.pk).update(learned_s=24)
    assert learning.tell_learned(LATER) == 1
    assert events()[1]["rows"][0]["learned_s"] == 24


def test_a_record_may_say_how_it_was_studied_in_the_words_of_the_pack(cast, tmp_path):
    headings = (*learning.HEADINGS, learning.MODE_HEADING)
    rows = [[*good(cast, f"M{at}"), word] for at, word in enumerate(("集中到乡镇上网学习", "disc", "", "函授"))]
    lines = preview(cast, write_csv(tmp_path, *rows, headings=headings))
    assert [line.record.mode if line.record else line.problems for line in lines] == ["township", "disc", "", ("mode_unknown",)]
    deliver(cast, tmp_path / "records.csv")
    year = cast.offers["A"].project.training_year_id
    assert [mode for *_, mode in learning.delivered_modes([cast.lin_teacher.pk], year)] == ["township", "disc"]
    again = preview(cast, write_csv(tmp_path, [*rows[0][:-1], "disc"], headings=headings))
    assert again[0].problems == ("record_differs",)
