"""What goes into the inspection folder of a training or of a project, from what the platform knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.utils import timezone

from xingtan.core.units import format_hours_exact
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.models import Account
from xingtan.foundation.scope.branch import Scope

from .models import Claim, Training
from .packing import SECTIONS, Row, Section
from .queries.trainings import attendance_of, documents_of, meetings_of, members_of
from .states import Presence
from .words import PRESENCES

FOLDER = "folder"
# Under which section a document of the pack's own kind is filed.
FILED = {"photo": "photograph", "homework": "material", "programme": "timetable", "lesson_plan": "material"}


def sections_of_training(one: Training) -> list[Section]:
    """The training's twelve sections in their order, empty ones too."""
    found = {code: Section(code) for code in SECTIONS}
    for document in documents_of(one):
        if document.code != FOLDER:
            found[FILED.get(document.code, document.code if document.code in SECTIONS else "material")].files.append(document.file)
    members, meetings, attendance = members_of(one), meetings_of(one), attendance_of(one)
    names = {member.teacher_id: member.teacher.name for member in members}
    found["roster"].lists.append(("名单", ["姓名", "单位"], [(member.teacher.name, one.school.name) for member in members]))
    timetable = [(each.on, _clock(each.from_minute), _clock(each.to_minute), each.topic, each.place or one.place) for each in meetings]
    found["timetable"].lists.append(("课程安排", ["日期", "开始", "结束", "主题", "地点"], timetable))
    at = {each.pk: each for each in meetings}
    signed = [
        (at[meeting].on, _clock(at[meeting].from_minute), names.get(teacher, ""), row.minutes, PRESENCES[Presence(row.presence)])
        for (meeting, teacher), row in attendance.items()
    ]
    found["sign_in"].lists.append(("签到", ["日期", "开始", "姓名", "分钟", "方式"], signed))
    claims = Claim.everywhere.filter(training=one).order_by("pk")
    hours = [(names.get(claim.teacher_id, ""), claim.amount_centi / 100, format_hours_exact(claim.worth_centi)) for claim in claims]
    found["result"].lists.append(("学时", ["姓名", "数量", "折合学时"], hours))
    found["operation_log"].lists.append(log_of("training", [one.pk]))
    return list(found.values())


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def log_of(subject: str, ids: Collection[int]) -> tuple[str, Row, Sequence[Row]]:
    """The audit log's lines about these rows: when, who, in which role, what."""
    lines = [line for line in AuditLine.objects.filter(subject=subject).order_by("pk") if set(line.subject_ids) & set(ids)]
    names = dict(Account.objects.filter(pk__in={line.account_id for line in lines if line.account_id}).values_list("pk", "name"))
    rows = [
        (timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M"), names.get(line.account_id or 0, ""), line.role, line.act) for line in lines
    ]
    return "操作记录", ["时间", "姓名", "角色", "操作"], rows


def sections_of_project(one: projects.Project, scope: Scope, accounts: Sequence[Row], papers: Sequence[StoredFile]) -> list[Section]:
    """The project's twelve sections for one branch; `accounts` are the lines of money that a later room told."""
    found = {code: Section(code) for code in SECTIONS}
    found["material"].files += papers
    offers = projects.offers_of([one.pk])[one.pk]
    plan = [(offer.title, offer.provider.name, offer.component, format_hours_exact(offer.hours_centi)) for offer in offers]
    found["plan"].lists.append(("课程与工作坊", ["名称", "承训机构", "部分", "学时"], plan))
    if one.published_at:
        stated = [(one.title, one.opens_on, one.closes_on, one.summary)]
        found["notice"].lists.append(("项目公告", ["项目", "开始", "结束", "说明"], stated))
    chosen = list(enrolment.selections_in(scope, one.training_year_id).filter(project=one).select_related("teacher", "school"))
    roster = [(each.teacher.name, each.school.name, enrolment.STATES[enrolment.State(each.state)]) for each in chosen]
    found["roster"].lists.append(("名单", ["姓名", "单位", "状态"], roster))
    _workshops(found, [offer.pk for offer in offers], {each.teacher_id: each.teacher.name for each in chosen})
    found["account"].lists.append(("经费", ["单位", "单号", "金额（元）", "状态"], list(accounts)))
    found["operation_log"].lists.append(log_of("project", [one.pk]))
    return list(found.values())


def _workshops(found: dict[str, Section], offer_ids: Collection[int], names: dict[int, str]) -> None:
    """Activities with their days, who took part, and what was handed in."""
    rooms = list(workshops.Workshop.everywhere.filter(offer_id__in=offer_ids))
    activities = {one.pk: one for one in workshops.activities_of([room.pk for room in rooms])}
    timetable = [(one.title, one.opens_on, one.closes_on, format_hours_exact(one.hours_centi)) for one in activities.values()]
    found["timetable"].lists.append(("活动安排", ["活动", "开始", "结束", "学时"], timetable))
    parts: dict[int, list[Row]] = defaultdict(list)
    for room in rooms:
        for part in workshops.parts_in(room):
            if part.teacher_id in names:
                parts[part.activity_id].append(
                    (activities[part.activity_id].title, names[part.teacher_id], workshops.STATES[workshops.State(part.state)])
                )
    signed = [row for rows in parts.values() for row in rows]
    found["sign_in"].lists.append(("参与", ["活动", "姓名", "状态"], signed))
