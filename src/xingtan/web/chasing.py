"""What the pages of the chasing list share: its rows with delivery results, and the list for the staff meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation

from xingtan.domains.certificates import api as certificates
from xingtan.domains.papers import api as door
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Organisation


@dataclass(frozen=True, slots=True)
class Chased:
    """A teacher of the list: under which matter, the last reminder with its result, whether a message is read here, and whether one may be sent now."""

    teacher: teachers.Teacher
    matter: door.Matter
    word: object
    post: str
    delivery: door.Delivery | None
    is_reached: bool
    may_remind: bool
    again_on: date | None


def chased_in(scope: Scope, year: policies.TrainingYear, now: datetime, today: date) -> list[Chased]:
    """Everyone who is chased in the branch, in the order of the way and by name."""
    matters = door.matters_of(scope, year, today)
    people = teachers.teachers_by_id(matters)
    sent = door.deliveries(list(matters.items()))
    idle = set(teachers.teachers_in(scope).filter(pk__among=list(matters), account__activated_at=None).values_list("pk", flat=True))
    rows = [
        _row(people[pk], matter, sent.get((pk, matter)), now, is_reached=pk not in idle) for pk, matter in matters.items() if pk in people
    ]
    order = {matter: place for place, matter in enumerate(door.Matter)}
    return sorted(rows, key=lambda one: (order[one.matter], one.teacher.name_pinyin, one.teacher.pk))


def _row(one: teachers.Teacher, matter: door.Matter, sent: door.Delivery | None, now: datetime, *, is_reached: bool) -> Chased:
    too_soon = sent is not None and sent.is_delivered and door.is_too_soon(sent.at, now)
    again_on = (sent.at + timedelta(days=door.REMIND_DAYS)).date() if sent is not None and too_soon else None
    post = f"{teachers.STAGES[teachers.Stage(one.stage)]} {teachers.SUBJECTS[teachers.Subject(one.subject)]}"
    may_remind = is_reached and matter not in door.SCHOOLS_OWN and not too_soon
    return Chased(one, matter, door.MATTERS[matter], post, sent, is_reached, may_remind, again_on)


@dataclass(frozen=True, slots=True)
class Held:
    """A matter with how many it holds back, their share of the largest number, when it was last reminded of, how many may be now and how many read no message."""

    matter: door.Matter
    word: object
    number: int
    percent: int
    last_at: datetime | None
    ready: int
    unreached: int
    is_schools_own: bool


def held_by(rows: Sequence[Chased]) -> list[Held]:
    """Every matter, also those that hold nobody back."""
    by: Mapping[door.Matter, list[Chased]] = {matter: [one for one in rows if one.matter is matter] for matter in door.Matter}
    most = max((len(own) for own in by.values()), default=0) or 1
    return [
        Held(
            matter, door.MATTERS[matter], len(own), len(own) * 100 // most,
            max((one.delivery.at for one in own if one.delivery), default=None), sum(one.may_remind for one in own),
            sum(not one.is_reached for one in own), matter in door.SCHOOLS_OWN,
        )
        for matter, own in by.items()
    ]  # fmt: skip


def meeting_pdf(school: Organisation, year: policies.TrainingYear, now: datetime, today: date) -> bytes:
    """The list to read out at the staff meeting, on A4, in Chinese, without numbers of persons."""
    with translation.override("zh-hans"):
        rows = chased_in(school.scope, year, now, today)
        held = [one for one in held_by(rows) if one.number]
        data: dict[str, Any] = {
            "title": "学习催办单",
            "school": school.name,
            "year": year.year,
            "day": today.isoformat(),
            "closes": door.study_of(year, today).closes_on.isoformat(),
            "matters": [
                {"word": str(one.word), "people": [f"{row.teacher.name}（{row.post}）" for row in rows if row.matter is one.matter]}
                for one in held
            ],
        }
    return certificates.set_sheet("chasing", data)
