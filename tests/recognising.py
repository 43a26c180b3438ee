"""The cast of credits with a second teacher at Lin's school, documents, and a training that the county approved."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests import crediting, enrolling
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination
from xingtan.domains.recognition import api as room
from xingtan.foundation.events.hallway import deliver_pending
from xingtan.foundation.files.store import keep_file

NOW = crediting.NOW
DAY = date(2026, 11, 18)
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 20)
PDF = b"%PDF-1.4 a plan"


def build():
    cast = crediting.build()
    [cast.ma] = enrolling.teachers(cast.school, 1)
    return cast


def paper(cast, actor=None, name="方案.pdf", content=PDF, kind="recognition"):
    return keep_file([content], kind=kind, name=name, media_type="application/pdf", actor=actor or cast.chen, now=NOW)


def wanted(cast, **changes):
    people = [cast.lin_teacher.pk, cast.ma.pk]
    values = {
        "way": "school_training", "title": "语文组磨课", "ground": "本校教师队伍建设规划第三条", "planned_centi": 6_00,
        "first_on": FIRST, "last_on": LAST, "teacher_ids": people, "place": "三楼会议室",
    }  # fmt: skip
    return room.Declared(**(values | changes))


def declare(cast, actor=None, papers=None, **changes):
    papers = [("plan", paper(cast))] if papers is None else papers
    return room.declare(actor=actor or cast.chen, training_year_id=cast.year.pk, declared=wanted(cast, **changes), papers=papers, now=NOW)


def approved(cast, **changes):
    made = declare(cast, **changes)
    room.decide_trainings(actor=cast.zhou, ids=[made.pk], is_approved=True, now=NOW)
    return made


def meet(cast, training, on=DAY, hours=(9, 11), actor=None):
    span = room.Span(on, hours[0] * 60, hours[1] * 60)
    return room.add_meeting(actor=actor or cast.chen, training_id=training.pk, span=span, topic="同课异构", now=NOW)


def attend(cast, meeting, minutes, actor=None):
    named = {one.pk: count for one, count in minutes.items()}
    return room.record_attendance(actor=actor or cast.chen, meeting_id=meeting.pk, minutes=named, now=NOW)


def convert(cast, training):
    made = room.convert(actor=cast.chen, training_id=training.pk, now=NOW)
    deliver_pending()
    return made


def told(claims):
    """The hallway's event, told straight to the ledger, as in a test whose transaction never ends."""
    credits_room.take_confirmed({"claims": [one.pk for one in claims]}, NOW)


def claim(cast, way="open_lesson", *, amount=1_00, actor=None, on=DAY, title="公开课《荷花》", papers=None, **more):
    code = {"open_lesson": "certificate", "paper": "publication", "contest": "award", "elsewhere": "certificate"}.get(way, "certificate")
    papers = [(code, paper(cast, actor or cast.lin))] if papers is None else papers
    claimed = room.Claimed(way, title, on, amount, "青原区教研室")
    return room.claim(actor=actor or cast.lin, training_year_id=cast.year.pk, claimed=claimed, papers=papers, now=NOW, **more)


def at(hour, minute=0, on=DAY):
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


TOMORROW = NOW + timedelta(days=1)


def record_of(cast):
    return determination.record_of(cast.lin_teacher.pk, cast.year.pk, NOW.date())
