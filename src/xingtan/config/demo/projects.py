"""A year of projects with seats in every state: drafts, open to application, running, closed, cancelled, of province, city and county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects

from . import cast
from .clock import Clock

Kind = projects.ProjectKind
# Categories of the city's project with the seats that its document gives them for a year.
SEATS = {
    "subject": 600, "principal": 150, "class_head": 150, "technology": 150, "english_abroad": 30, "rural_arts_sports": 500, "psychology": 100,
}  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """One project of the scene: who runs it, its names, its days counted from today (application, training), and how it stands."""

    login: str
    kind: Kind
    title: str
    title_en: str
    days: tuple[int, int, int, int]
    state: str = "published"
    venue: str = ""
    summary: str = ""
    seats: Mapping[str, int] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def _other(seats: int) -> dict[str, Any]:
    return {
        "categories": [{"code": "subject", "label": "学科教师", "label_en": "Teachers of subjects", "seats": seats, "is_reserved": False}]
    }


PLANNED: dict[str, Planned] = {
    "it": Planned(
        "province", Kind.IT_CAPABILITY, "中小学教师信息技术应用能力提升工程", "IT capability of teachers", (-2, 6, 8, 38),
        summary="诊断测评、自主选学、实践应用。周期内单列 72 学时。", more={**_other(240), "approval_steps": 0, "ways": ["own"]},
    ),
    "backbone": Planned(
        "city", Kind.FACE_TO_FACE, "骨干教师市级集中培训", "Backbone teachers, together in the city", (-100, -70, -60, 38), venue="吉安市教师培训基地",
        summary="集中培训 20 天，分散研修两个月。", seats=SEATS,
    ),
    "principals": Planned(
        "province", Kind.PRINCIPALS, "农村校长助力研修", "Principals of rural schools", (-5, 12, 15, 36), venue="南昌",
        seats={"primary": 40, "secondary": 30, "rural": 30},
    ),
    "kindergarten": Planned(
        "province", Kind.KINDERGARTEN, "幼儿园教师游戏活动研修", "Play in kindergarten", (5, 15, 18, 38), state="draft", seats={"teacher": 80},
    ),
    "network": Planned(
        "province", Kind.NETWORK_SCHOOL, "网络研修与校本研修整合培训", "Network and school-based", (4, 14, 16, 38), more=_other(300),
    ),
    "outreach": Planned(
        "province", Kind.OUTREACH, "送培到县：课堂诊断与改进", "Outreach: diagnosing lessons", (-150, -130, -120, -60), state="closed", more=_other(60),
    ),
    "overseas": Planned(
        "province", Kind.OVERSEAS, "英语教师境外研修", "English teachers abroad", (-40, -20, -10, 20), state="cancelled", seats={"english_abroad": 30},
        summary="因签证周期无法按期成行。",
    ),
    "county": Planned(
        "county", Kind.NETWORK_SCHOOL, "青原区青年教师课堂教学研修", "Young teachers of the county", (-3, 7, 9, 37), venue="青原区教师进修学校",
        more={**_other(5), "conditions": {"service_years_at_most": 10}},
    ),
}  # fmt: skip
TIERS = {"province": projects.Tier.PROVINCE, "city": projects.Tier.CITY, "county": projects.Tier.COUNTY}


def fill(clock: Clock, year: policies.TrainingYear) -> dict[str, projects.Project]:
    """The scene stands; each project by its name in `PLANNED`."""
    return {name: _made(clock, year, planned) for name, planned in PLANNED.items()}


def _made(clock: Clock, year: policies.TrainingYear, planned: Planned) -> projects.Project:
    actor = cast.actor(planned.login)
    first, last = projects.days_of(year)
    opens_on, closes_on, starts_on, ends_on = (max(first, min(last, clock.today + timedelta(days=days))) for days in planned.days)
    now = clock.ago(max(8, 10 - planned.days[0]))
    made = projects.draft_from_template(
        actor=actor,
        training_year_id=year.pk,
        title=f"{year.year} 年{planned.title}",
        title_en=f"{planned.title_en}, {year.year}",
        summary=planned.summary,
        tier=TIERS[planned.login],
        kind=planned.kind,
        opens_on=opens_on,
        closes_on=closes_on,
        starts_on=starts_on,
        ends_on=ends_on,
        venue=planned.venue,
        now=now,
        **planned.more,
    )
    if planned.seats:
        seated: list[projects.Category] = made.categories
        for one in seated:
            one["seats"] = planned.seats.get(one["code"], 0)
        made = projects.set_categories(actor=actor, project_id=made.pk, categories=seated, now=now)
    return _brought(clock, made, planned)


def _brought(clock: Clock, made: projects.Project, planned: Planned) -> projects.Project:
    """The draft is published, closed or cancelled as planned."""
    actor, now = cast.actor(planned.login), clock.ago(max(7, 9 - planned.days[0]))
    if planned.state != "draft":
        made = projects.publish(actor=actor, project_id=made.pk, now=now)
    if planned.state == "closed":
        return projects.close_project(actor=actor, project_id=made.pk, now=clock.ago(50))
    if planned.state == "cancelled":
        return projects.cancel_project(actor=actor, project_id=made.pk, reason=planned.summary, now=clock.ago(12))
    return made
