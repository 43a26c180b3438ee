"""Hours by other ways and what is disputed: trainings in every state, late entries, appeals, a batch of earlier hours with an objection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers import api as papers
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as recognition
from xingtan.domains.reviews import api as reviews
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.models import Organisation

from . import cast
from .clock import CHINA, Clock
from .people import COUNTY, people_of
from .workbooks import WORKSHOP, OpeningRow, write_opening_hours

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TITLES = ("语文组教材研读《花生》", "班主任工作坊：家校沟通", "信息技术应用微培训", "大单元教学设计研讨", "课堂观察量表培训")


def fill(clock: Clock, year: policies.TrainingYear, show: Callable[[str], None]) -> None:
    """The demonstration school has something in every state of these lists."""
    clerk, closed = cast.actor("clerk"), policies.year_for(cast.actor("province"), clock.closed[-1])
    lin = cast.teacher_actor("林知微").teacher_id or 0
    people = list(teachers.teachers_in_post(clerk.scope).filter(hired_on__lt=closed.first_on).exclude(pk=lin).order_by("-pk")[:8])
    _trainings(clock, year, people)
    _late(clock, closed, people)
    appealed = _appeals(clock, clerk)
    _openings(clock, year, clerk)
    show(f"  {len(TITLES)} school-run trainings, 3 late entries, {appealed} appeals, a batch of earlier hours with an objection")


def _paper(actor: Actor, kind: str, name: str, now: datetime) -> StoredFile:
    return keep_file([PDF], kind=kind, name=name, media_type="application/pdf", actor=actor, now=now)


def _trainings(clock: Clock, year: policies.TrainingYear, people: Sequence[teachers.Teacher]) -> None:
    """Declared, approved with a meeting, converted, returned, withdrawn."""
    clerk, county, now = cast.actor("clerk"), cast.actor("county"), clock.at(5, 4)
    first = date(clock.running + 1, 5, 6)
    made = [
        recognition.declare(
            actor=clerk,
            training_year_id=year.pk,
            declared=recognition.Declared(
                "school_training", title, "本校教师队伍建设规划第三条", 6_00, first, first + timedelta(days=9),
                [one.pk for one in people], "三楼会议室",
            ),
            papers=[("plan", _paper(clerk, "recognition", "培训方案.pdf", now))],
            now=now,
        )
        for title in TITLES
    ]  # fmt: skip
    _declared, running, converted, returned, withdrawn = made
    recognition.decide_trainings(actor=county, ids=[running.pk, converted.pk], is_approved=True, now=clock.at(5, 5))
    recognition.decide_trainings(
        actor=county, ids=[returned.pk], is_approved=False, reason="方案缺少课程安排，请补充后重报", now=clock.at(5, 5)
    )
    recognition.withdraw_training(actor=clerk, training_id=withdrawn.pk, reason="改为区域联合教研", now=clock.at(5, 5, 15))
    for training, hour in ((running, 14), (converted, 8)):
        meeting = recognition.add_meeting(
            actor=clerk,
            training_id=training.pk,
            span=recognition.Span(first, hour * 60, hour * 60 + 180),
            topic="同课异构",
            now=clock.at(5, 5, 16),
        )
        after = datetime(first.year, first.month, first.day, 18, tzinfo=CHINA)
        recognition.record_attendance(actor=clerk, meeting_id=meeting.pk, minutes={one.pk: 180 for one in people[:6]}, now=after)
    recognition.convert(actor=clerk, training_id=converted.pk, now=clock.at(5, 18))


def _late(clock: Clock, closed: policies.TrainingYear, people: Sequence[teachers.Teacher]) -> None:
    """Two requests for hours of the last closed year wait or are refused by the province; one was withdrawn."""
    clerk, province, now = cast.actor("clerk"), cast.actor("province"), clock.at(6, 10)
    asked = [
        reviews.ask_late(
            actor=clerk,
            teacher_id=one.pk,
            training_year_id=closed.pk,
            told=reviews.Told(
                "workshop", "县级课例研讨", 3_50, closed.last_on - timedelta(days=40), reviews.LateReason.MISTAKE, "当年登记时漏登一次研讨",
                _paper(clerk, "late_entry", "签到表.pdf", now).pk,
            ),
            now=now,
        )
        for one in people[:3]
    ]  # fmt: skip
    reviews.decide_late(actor=province, late_id=asked[1].pk, is_granted=False, answer="签到表无本人签名，不能认定", now=clock.at(6, 20))
    reviews.withdraw_late(actor=clerk, late_id=asked[2].pk, now=clock.at(6, 12))


def _appeals(clock: Clock, clerk: Actor) -> int:
    """Teachers of the branch say that a return was wrong: they wait for an answer, one took it back."""
    rows = credits_room.EntryState.objects.within(cast.actor("county").scope).filter(state=credits_room.State.RETURNED)
    found = list(rows.select_related("teacher__school", "entry").order_by("teacher__school__path", "pk"))
    people = {row.teacher_id: row for row in sorted(found, key=lambda row: row.school_id != clerk.organisation_id, reverse=True)}
    filed = [_appeal(clock, row) for row in list(people.values())[-3:]]
    if len(filed) > 1:
        reviews.withdraw_appeal(actor=_acting(filed[0].teacher), appeal_id=filed[0].pk, now=clock.now)
    return len(filed)


def _acting(one: teachers.Teacher) -> Actor:
    return Actor(one.account_id, Role.TEACHER, one.school_id, one.school.scope, one.name, one.pk)


def _appeal(clock: Clock, row: credits_room.EntryState) -> reviews.Appeal:
    return reviews.file_appeal(actor=_acting(row.teacher), words="活动当天有签到和照片，请重新核对。", entry_id=row.pk, now=clock.now)


def _openings(clock: Clock, year: policies.TrainingYear, clerk: Actor) -> None:
    """A batch of earlier hours stands: one teacher confirmed, one objects, one has not answered."""
    county = cast.actor("county")
    school = Organisation.everywhere.get(pk=clerk.organisation_id or 0).name
    known = set(teachers.teachers_in_post(clerk.scope).values_list("name", flat=True))
    people = [one for one in people_of(COUNTY) if one.name in known and one.school.name == school][-3:]
    with TemporaryDirectory() as folder:
        place = Path(folder) / "opening.xlsx"
        write_opening_hours(place, [OpeningRow(one, year.year, WORKSHOP, 2_00) for one in people])
        book = keep_file([place.read_bytes()], kind="papers.opening", name="补登台账.xlsx", media_type=XLSX, actor=county, now=clock.now)
    scan = _paper(county, "papers.opening_scan", "台账扫描件.pdf", clock.now)
    handed = papers.Handed(f"{year.year} 学年纸质台账", "学校纸质台账", book, scan, 30)
    batch, job = papers.hand_in_batch(actor=county, handed=handed, now=clock.now)
    run_job(job.pk)
    answers = list(papers.OpeningAnswer.everywhere.filter(batch=batch).select_related("teacher__school").order_by("pk"))
    for answer, said in zip(answers, (papers.Objection("台账少登一次县级研讨，应为 4.00 学时。"), None), strict=False):
        papers.say(actor=_acting(answer.teacher), answer_id=answer.public_id, objection=said, now=clock.now)
